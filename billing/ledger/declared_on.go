package ledger

import (
	"context"
	"fmt"
	"strings"

	"github.com/pxq-nl/pxq/billing"
)

var declaredOnColumns = []string{"provider", "product", "municipality", "care_month", "segment", "first_date"}

// NoteDeclaredOn keeps what the final lines of a closed run's period were declared on, with the segments that its book
// gave the products on their care dates.
func (t *Tx) NoteDeclaredOn(ctx context.Context, run Run, book *billing.Book) error {
	found, err := t.declaredOnBy(ctx, run, book)
	if err != nil {
		return err
	}
	for _, on := range found {
		err := t.countRows(ctx, "declared_on", 1, "INSERT INTO declared_on ("+strings.Join(declaredOnColumns, ", ")+") VALUES (?,?,?,?,?,?) ON CONFLICT DO NOTHING RETURNING "+
			summed["declared_on"].fields(), on.Provider, on.Product, on.Municipality, int32(on.Day.Period()), on.Segment, int32(on.Day))
		if err != nil {
			return err
		}
	}
	return nil
}

// declaredOnBy returns what the lines of a closed run's period were declared on, the earliest day of each month.
func (t *Tx) declaredOnBy(ctx context.Context, run Run, book *billing.Book) ([]billing.DeclaredOn, error) {
	var found []billing.DeclaredOn
	known := make(map[billing.DeclaredOn]bool) // with the first of the month as the day
	err := t.each(ctx, "SELECT DISTINCT provider, product, municipality, first_date FROM lines WHERE period = ? AND sequence > 0 "+
		"ORDER BY provider, product, municipality, first_date", []any{run.Period}, func(scan scanner) error {
		var on billing.DeclaredOn
		if err := scan(&on.Provider, &on.Product, &on.Municipality, &on.Day); err != nil {
			return err
		}
		if product := book.ProductOn(on.Product, on.Day); product != nil {
			on.Segment = product.Segment
		}
		month := on
		if month.Day = on.Day.Period().First(); !known[month] {
			known[month] = true
			found = append(found, on)
		}
		return nil
	})
	return found, err
}

// DeclaredOn returns what closed periods declared on, also if it was credited since.
func (v *view) DeclaredOn(ctx context.Context) ([]billing.DeclaredOn, error) {
	var all []billing.DeclaredOn
	err := v.each(ctx, "SELECT provider, product, municipality, segment, first_date FROM declared_on ORDER BY provider, product, municipality, care_month, segment", nil,
		func(scan scanner) error {
			var on billing.DeclaredOn
			err := scan(&on.Provider, &on.Product, &on.Municipality, &on.Segment, &on.Day)
			all = append(all, on)
			return err
		})
	return all, err
}

// noteAllDeclaredOn keeps what the periods were declared on that were closed before this was kept, with their own books.
func noteAllDeclaredOn(ctx context.Context, tx *Tx) error {
	closed, err := tx.closesInShort(ctx) // of a schema that lacks later columns
	if err != nil {
		return err
	}
	for _, run := range closed {
		book, _, kept, err := tx.Book(ctx, run)
		if err != nil {
			return fmt.Errorf("what was declared on: %w", err)
		}
		if !kept {
			book = (&billing.Book{}).Index() // the segments are not known then
		}
		if err := tx.NoteDeclaredOn(ctx, run, book); err != nil {
			return err
		}
	}
	return nil
}
