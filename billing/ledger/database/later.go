package database

import (
	"context"
	"database/sql"
	"errors"
	"sync"

	"github.com/jmoiron/sqlx"

	"github.com/pxq-nl/pxq/billing/parallel"
)

// later runs the deferred steps of a transaction, which return no data, in the order in which they were added, while the
// caller goes on: the next rows are read and judged while these are stored. A query on the transaction first waits until
// all steps are done. After the first failure no further step runs; its error is returned by the next step added or the
// next query.
type later struct {
	steps   chan step     // nil until the first step is added
	ended   chan struct{} // closed when the goroutine has ended
	pending bool          // a step was added since the last settle

	mutex sync.Mutex
	err   error // the first failure
}

// step is work to do, or else a mark that is closed once everything before it is done.
type step struct {
	work func() error
	mark chan<- struct{}
}

// stepsAhead is how many steps may wait; one may hold some thousands of rows.
const stepsAhead = 20

// add queues work, or returns the error of an earlier step.
func (l *later) add(work func() error) error {
	if err := l.failed(); err != nil {
		return err
	}
	if l.steps == nil {
		l.steps, l.ended = make(chan step, stepsAhead), make(chan struct{})
		go l.work()
	}
	l.pending = true
	l.steps <- step{work: work}
	return nil
}

func (l *later) work() {
	defer close(l.ended)
	for step := range l.steps {
		if step.mark != nil {
			close(step.mark)
		} else if l.failed() == nil {
			l.fail(parallel.Safely(step.work)())
		}
	}
}

// settle waits until all steps are done, and returns the first error.
func (l *later) settle() error {
	if l.pending {
		mark := make(chan struct{})
		l.steps <- step{mark: mark}
		<-mark
		l.pending = false
	}
	return l.failed()
}

// end drops the steps that have not started and waits for the one that is running.
func (l *later) end() {
	if l.steps != nil {
		l.fail(errors.New("the transaction is at its end"))
		close(l.steps)
		<-l.ended
	}
}

func (l *later) failed() error {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.err
}

func (l *later) fail(err error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if l.err == nil {
		l.err = err
	}
}

// settled queries a transaction after waiting for its deferred steps.
type settled struct {
	tx    *sqlx.Tx
	later *later
}

func (s settled) QueryxContext(ctx context.Context, query string, args ...any) (*sqlx.Rows, error) {
	if err := s.later.settle(); err != nil {
		return nil, err
	}
	return s.tx.QueryxContext(ctx, query, args...)
}

func (s settled) SelectContext(ctx context.Context, into any, query string, args ...any) error {
	if err := s.later.settle(); err != nil {
		return err
	}
	return s.tx.SelectContext(ctx, into, query, args...)
}

func (s settled) GetContext(ctx context.Context, into any, query string, args ...any) error {
	if err := s.later.settle(); err != nil {
		return err
	}
	return s.tx.GetContext(ctx, into, query, args...)
}

func (s settled) PrepareContext(ctx context.Context, query string) (*sql.Stmt, error) {
	if err := s.later.settle(); err != nil {
		return nil, err
	}
	return s.tx.PrepareContext(ctx, query)
}
