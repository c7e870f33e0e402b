package batch

import (
	"context"

	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/parallel"
)

// clientStream yields the clients to judge, in order, in chunks.
type clientStream struct {
	next func() ([]*ledger.StoredClient, error) // the next chunk; empty at the end
	end  func()                                 // stops reading; the reader of the stream must call it
}

// clientsOf streams the chosen clients. A separate read transaction fetches them, concurrently with the one that writes the
// results of earlier clients; that is safe because everything they are judged on was stored before the run began. If the run
// judged messages it was not, since a finding on a message affects its clients; then the transaction of the run reads them. So
// it does in a store in memory, which has only one transaction at a time.
func (b *Batch) clientsOf(ctx context.Context, tx *ledger.Tx, choice ledger.Choice, judgedMessages bool) (*clientStream, error) {
	if judgedMessages || !b.Store.ReadsConcurrently() {
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
		_ = group.Wait() // next returns the error
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
