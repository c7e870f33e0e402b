package batch_test

import (
	"context"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// looksFarEnough checks that the causes of corrections are the same whether only the rows of the month of each key are looked
// at, with those that were judged differently, or all rows of the client. It returns the number of keys.
func (w *world) looksFarEnough(run ledger.Run) (keys int) {
	ctx := context.Background()
	err := w.batch.Store.Read(ctx, func(tx *ledger.Tx) error {
		closed, ok, err := tx.ClosedBefore(ctx, run.ID)
		if err != nil || !ok {
			return err
		}
		clients, err := tx.CorrectedClients(ctx, run)
		if err != nil {
			return err
		}
		net := make(map[billing.LineKey]billing.Money)
		err = tx.EachLineOf(ctx, run, clients, func(line *billing.DeclaredLine) error {
			if line.Kind.ChangesDeclared() {
				net[line.LineKey] += line.Amount
			}
			return nil
		})
		if err != nil {
			return err
		}
		changes, err := tx.Changes(ctx, closed, run, w.book)
		if err != nil {
			return err
		}
		for key, amount := range net {
			look := ledger.Look{Clients: []string{key.BSN}, From: key.CareMonth, To: key.CareMonth}
			if err := tx.LookAt(ctx, changes, closed, run, look); err != nil {
				return err
			}
			near := changes.Split(key, amount)
			look.Widen(billing.NewDate(1900, 1, 1).Period())
			look.Widen(billing.NewDate(2199, 1, 1).Period())
			if err := tx.LookAt(ctx, changes, closed, run, look); err != nil {
				return err
			}
			if all := changes.Split(key, amount); !slices.Equal(near, all) {
				w.draw.Errorf("%s\n%s: %v, of all rows %v", strings.Join(w.told, "\n"), key.CareMonth, near, all)
			}
			keys++
		}
		return nil
	})
	if err != nil {
		w.draw.Fatal(err)
	}
	return keys
}
