package report

import (
	"context"
	"sync"

	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/parallel"
)

// reportRows visits the rows of a report, those that need a decision with what a controller must know for it. Two
// transactions, each for half of the clients, read ahead of the visits.
func (r *Reporter) reportRows(ctx context.Context, run ledger.Run, setting Setting, some *ledger.Some, visit func(*Row) error) error {
	var since ledger.Since
	var halves []ledger.Clients
	err := r.Store.Read(ctx, func(tx *ledger.Tx) (err error) {
		if since, err = tx.SinceClose(ctx, run.ID); err != nil {
			return err
		}
		halves, err = tx.HalvesOfClients(ctx)
		return err
	})
	if err != nil {
		return err
	}
	group, ctx := parallel.New(ctx)
	holds := r.holdsAhead(ctx, group, run, setting)
	group.Go(func() error {
		return ahead(ctx, halves, func(ctx context.Context, of ledger.Clients, hand func(*Row) error) error {
			return r.Store.Read(ctx, func(tx *ledger.Tx) error {
				undecided := &undecidedRows{holds: holds, hand: hand}
				rows := newRowReader(tx, undecided.add)
				rows.reporting = true
				err := tx.EachReportRow(ctx, run, since, of, some, rows.add, func() error { return rows.show(ctx) })
				if err != nil {
					return err
				}
				return undecided.end(ctx)
			})
		}, visit)
	})
	return group.Wait()
}

// holdsAhead is a holdView that is read concurrently with the rows.
type holdsAhead struct {
	view  *holdView     // valid once known is closed
	known chan struct{} // closed when view has been read
}

// holdsAhead starts reading the holdView. It returns once the reader has its own connection: otherwise the readers of rows
// could take all connections and wait forever for a holdView that cannot be read.
func (r *Reporter) holdsAhead(ctx context.Context, group *parallel.Group, run ledger.Run, setting Setting) *holdsAhead {
	holds := &holdsAhead{known: make(chan struct{})}
	begun := make(chan struct{})
	begin := sync.OnceFunc(func() { close(begun) })
	group.Go(func() error {
		defer begin()
		err := r.Store.Read(ctx, func(tx *ledger.Tx) (err error) {
			begin()
			holds.view, err = newHoldView(ctx, tx, run, setting)
			return err
		})
		if err == nil {
			close(holds.known)
		}
		return err
	})
	<-begun
	return holds
}

// undecidedRows passes rows on. It keeps back the rows that need a decision until the holdView has been read.
type undecidedRows struct {
	holds   *holdsAhead
	hand    func(*Row) error
	waiting []*Row
}

func (u *undecidedRows) add(row *Row) error {
	if len(row.OpenHolds) == 0 {
		return u.hand(row)
	}
	u.waiting = append(u.waiting, row)
	select {
	case <-u.holds.known:
		return u.flush()
	default:
		return nil
	}
}

// end waits for the holdView and passes on the rows that were kept back.
func (u *undecidedRows) end(ctx context.Context) error {
	if len(u.waiting) == 0 {
		return nil
	}
	select {
	case <-u.holds.known:
		return u.flush()
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (u *undecidedRows) flush() error {
	for _, row := range u.waiting {
		u.holds.view.add(row)
		if err := u.hand(row); err != nil {
			return err
		}
	}
	clear(u.waiting)
	u.waiting = u.waiting[:0]
	return nil
}

// Reading ahead passes on chunks of rowsAhead rows or lines, and holds up to chunksAhead of these in a queue.
const (
	rowsAhead   = 1000
	chunksAhead = 4
)

// ahead reads all parts concurrently and visits, one at a time, what read hands over. It returns the first error of read or
// visit.
func ahead[P, T any](ctx context.Context, parts []P, read func(ctx context.Context, part P, hand func(*T) error) error, visit func(*T) error) error {
	chunks := make(chan []*T, chunksAhead)
	group, ctx := parallel.New(ctx)
	group.Go(func() error {
		defer close(chunks)
		readers, ctx := parallel.New(ctx)
		for _, part := range parts {
			readers.Go(func() error {
				var chunk []*T
				send := func() error {
					select {
					case chunks <- chunk:
						chunk = make([]*T, 0, rowsAhead)
						return nil
					case <-ctx.Done():
						return ctx.Err()
					}
				}
				err := read(ctx, part, func(row *T) error {
					if chunk = append(chunk, row); len(chunk) < rowsAhead {
						return nil
					}
					return send()
				})
				if err != nil {
					return err
				}
				return send()
			})
		}
		return readers.Wait()
	})
	group.Go(func() error {
		for chunk := range chunks {
			for _, row := range chunk {
				if err := visit(row); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return group.Wait()
}
