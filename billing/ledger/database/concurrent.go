package database

import (
	"context"
	"database/sql"
	"runtime"

	"github.com/pxq-nl/pxq/billing/parallel"
)

// readersBeside is the maximum number of connections that read concurrently with a transaction.
const readersBeside = 3

// Concurrently runs read-only tasks concurrently, each on one connection, at most one per processor and readersBeside in all.
// Because a writing SQLite transaction excludes other writers, the other connections see the state from before it began; it
// must not have written anything yet. Elsewhere the tasks run one after another in the transaction itself.
func (t *Tx) Concurrently(ctx context.Context, tasks int, work func(ctx context.Context, reader *Tx, task int) error) error {
	workers := min(runtime.GOMAXPROCS(0), readersBeside, tasks)
	if t.beside == nil || workers < 2 {
		for task := range tasks {
			if err := work(ctx, t, task); err != nil {
				return err
			}
		}
		return nil
	}
	next := make(chan int)
	group, ctx := parallel.New(ctx)
	for range workers {
		group.Go(func() error { return t.readTasks(ctx, next, work) })
	}
	for task := 0; task < tasks && ctx.Err() == nil; {
		select {
		case next <- task:
			task++
		case <-ctx.Done():
		}
	}
	close(next)
	return group.Wait()
}

// readTasks runs tasks from the channel on a separate connection.
func (t *Tx) readTasks(ctx context.Context, tasks <-chan int, work func(ctx context.Context, reader *Tx, task int) error) error {
	conn, err := t.beside.Connx(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	tx, err := conn.BeginTxx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // it changed nothing
	reader := newTx(tx, t.dialect, t.schema)
	defer reader.later.end()
	for task := range tasks {
		if err := work(ctx, reader, task); err != nil {
			return err
		}
	}
	return nil
}
