package batch

import (
	"context"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// CheckBook refuses a book that lacks entries which lines of closed periods depend on, and names all of them: with such a
// book the next declaration would take back what was paid.
func (b *Batch) CheckBook(ctx context.Context, book *billing.Book) error {
	return b.Store.Read(ctx, func(tx *ledger.Tx) error { return refuseLosses(ctx, tx, book) })
}

func refuseLosses(ctx context.Context, tx *ledger.Tx, book *billing.Book) error {
	declared, err := tx.DeclaredOn(ctx)
	if err != nil {
		return err
	}
	losses := book.Lost(declared)
	if len(losses) == 0 {
		return nil
	}
	var dutch, english strings.Builder
	for _, loss := range losses {
		dutch.WriteString("\n  " + loss.Table + ": " + loss.Problem.Dutch)
		english.WriteString("\n  " + loss.Table + ": " + loss.Problem.English)
	}
	return ledger.Refuse("In het contractenboek ontbreekt waarop in afgesloten perioden is gedeclareerd. Er is niets gewijzigd. Zet terug:%[1]s",
		"The contract book no longer contains everything that closed periods were declared on. Nothing was changed. Put back:%[2]s", dutch.String(), english.String())
}
