package batch

import (
	"context"

	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/parallel"
)

// clientStream gives the clients that are to be judged, in order, some at a time.
type clientStream struct {
	next func() ([]*ledger.StoredClient, error) // no clients at the end
	end  func()                                 // must be called by the reader of the stream
}

// clientsOf returns the clients of a choice. A transaction of its own reads them, beside the one that writes what became of the
// clients before them: all that they are judged on was there before the run began. Only when the run judged messages was it
// not, because a finding on a message matters to its clients; then the transaction of the run reads them. So it does with a
// store in memory, which has one transaction at a time.
func (b *Batch) clientsOf(ctx context.Context, tx *ledger.Tx, choice ledger.Choice, judgedMessages bool) (*clientStream, error) {
	if judgedMessages || !b.Store.ReadsBeside() {
		reader, err := tx.ClientReader(ctx, choice)
		return &clientStream{func() ([]*ledger.StoredClient, error) { return reader.Next(ctx) }, func() {}}, err
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
	return &clientStream{next, func() {
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
