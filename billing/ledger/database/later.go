package database

import (
	"context"
	"database/sql"
	"errors"
	"sync"

	"github.com/jmoiron/sqlx"

	"github.com/pxq-nl/pxq/billing/parallel"
)

// later carries out what a transaction is to do and that gives nothing back, in the order in which it is given, while
// whoever gave it works on: what comes next is read and judged while this is stored. Whatever is asked of the transaction
// waits until all of it is done. The first step that fails is the last: its error is that of whatever is given or asked next.
type later struct {
	steps chan step     // nil as long as nothing was given
	ended chan struct{} // closed once the goroutine is
	given bool          // something was since all of it was done

	mutex sync.Mutex
	err   error // the first
}

// step is work, or else the mark up to which somebody waits.
type step struct {
	work func() error
	mark chan<- struct{}
}

// stepsAhead is how many steps wait at most: one may be some thousands of rows.
const stepsAhead = 20

// give hands over work, or returns the error of what was given before.
func (l *later) give(work func() error) error {
	if err := l.failed(); err != nil {
		return err
	}
	if l.steps == nil {
		l.steps, l.ended = make(chan step, stepsAhead), make(chan struct{})
		go l.work()
	}
	l.given = true
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

// settle waits until all that was given is done, and returns the first error.
func (l *later) settle() error {
	if l.given {
		mark := make(chan struct{})
		l.steps <- step{mark: mark}
		<-mark
		l.given = false
	}
	return l.failed()
}

// end leaves out what is not yet done, and waits until nothing is being done any more.
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

// settled asks a transaction only once all that it was to do is done.
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
