package database

import (
	"context"
	"database/sql"
	"runtime"

	"github.com/pxq-nl/pxq/billing/parallel"
)

// readersBeside is how many connections read beside a transaction at most.
const readersBeside = 3

// Beside does tasks that only read, each on one connection: as many at a time as there are processors. A transaction of
// SQLite that writes keeps other writers away, so that connections beside it see what was there before it began; it must
// have written nothing yet. Elsewhere the tasks follow each other in the transaction itself.
func (t *Tx) Beside(ctx context.Context, tasks int, work func(ctx context.Context, reader *Tx, task int) error) error {
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
		group.Go(func() error { return t.readBeside(ctx, next, work) })
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

// readBeside does tasks as they come, on a connection of its own.
func (t *Tx) readBeside(ctx context.Context, tasks <-chan int, work func(ctx context.Context, reader *Tx, task int) error) error {
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
