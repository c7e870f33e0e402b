package batch

import (
	"context"

	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/parallel"
)

// clients gives the clients that are to be judged, in order, some at a time.
type clients struct {
	next func() ([]*ledger.StoredClient, error) // none at the end
	end  func()                                 // whoever reads them ends it
}

// clients returns the clients of a choice. What they are judged on was there before the transaction began, unless that
// judged messages: so a transaction of its own reads it, beside the writing of what those before them came to. Of a store in
// memory there is only one at a time.
func (b *Batch) clients(ctx context.Context, tx *ledger.Tx, choice ledger.Choice, messages bool) (*clients, error) {
	if messages || !b.Store.ReadsBeside() {
		reader, err := tx.ClientReader(ctx, choice)
		return &clients{func() ([]*ledger.StoredClient, error) { return reader.Next(ctx) }, func() {}}, err
	}
	ctx, stop := context.WithCancel(ctx)
	chunks := make(chan []*ledger.StoredClient)
	group, _ := parallel.New(ctx)
	group.Go(func() error {
		defer close(chunks)
		return b.Store.Read(ctx, func(tx *ledger.Tx) error { return readInto(ctx, tx, choice, chunks) })
	})
	next := func() ([]*ledger.StoredClient, error) {
		if chunk := <-chunks; chunk != nil {
			return chunk, nil
		}
		return nil, group.Wait()
	}
	return &clients{next, func() {
		stop()
		_ = group.Wait() // told by next, to whoever wants to know
	}}, nil
}

func readInto(ctx context.Context, tx *ledger.Tx, choice ledger.Choice, chunks chan<- []*ledger.StoredClient) error {
	reader, err := tx.ClientReader(ctx, choice)
	if err != nil {
		return err
	}
	for {
		chunk, err := reader.Next(ctx)
		if err != nil || len(chunk) == 0 {
			return err
		}
		select {
		case chunks <- chunk:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
