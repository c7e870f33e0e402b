package tables

import (
	"cmp"
	"context"
	"io"
	"slices"
	"strconv"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/exporters/shown"
)

// totalsColumns are the columns of the export totals.
var totalsColumns = []string{"municipality", "provider", "segment", "product", "unit", "lines", "quantity", "amount"}

// totalsKey is what declaration lines are grouped by.
type totalsKey struct {
	Municipality, Provider, Segment, Product string
	Unit                                     billing.Unit
}

// Totals adds up declaration lines. The quantity of a credit counts as negative, like its amount, so what remains is what
// was declared for the care itself.
type Totals struct {
	book *billing.Book
	sums map[totalsKey]*sum
}

type sum struct {
	lines    int
	quantity billing.Quantity
	amount   billing.Money
}

// newTotals returns empty totals; the book says to which segment a product belongs.
func newTotals(book *billing.Book) *Totals {
	return &Totals{book: book, sums: make(map[totalsKey]*sum)}
}

// Add adds a line.
func (t *Totals) Add(line *billing.DeclaredLine) {
	key := totalsKey{line.Municipality, line.Provider, segmentOf(t.book, line), line.Product, line.Unit}
	total := t.sums[key]
	if total == nil {
		total = &sum{}
		t.sums[key] = total
	}
	total.lines++
	total.quantity += shown.SignedQuantity(line)
	total.amount += line.Amount
}

// Each visits the cells of every total in the order of totalsColumns, sorted by them.
func (t *Totals) Each(visit func(cells []string) error) error {
	keys := make([]totalsKey, 0, len(t.sums))
	for key := range t.sums {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b totalsKey) int {
		return cmp.Or(cmp.Compare(a.Municipality, b.Municipality), cmp.Compare(a.Provider, b.Provider),
			cmp.Compare(a.Segment, b.Segment), cmp.Compare(a.Product, b.Product), cmp.Compare(a.Unit.String(), b.Unit.String()))
	})
	for _, key := range keys {
		total := t.sums[key]
		cells := []string{
			key.Municipality, key.Provider, key.Segment, key.Product, key.Unit.String(), strconv.Itoa(total.lines),
			total.quantity.Format(key.Unit), total.amount.String(),
		}
		if err := visit(cells); err != nil {
			return err
		}
	}
	return nil
}

// ExportTotals exports the totals of declaration lines.
func ExportTotals(ctx context.Context, w io.Writer, format string, book *billing.Book, lines Stream[*billing.DeclaredLine]) error {
	totals := newTotals(book)
	err := lines(ctx, func(line *billing.DeclaredLine) error {
		totals.Add(line)
		return nil
	})
	if err != nil {
		return err
	}
	stream := func(_ context.Context, visit func([]string) error) error { return totals.Each(visit) }
	return export(ctx, w, format, totalsColumns, stream, func(cells []string) []string { return cells })
}

func segmentOf(book *billing.Book, line *billing.DeclaredLine) string {
	if found := book.ProductIn(line.Product, line.CareMonth); found != nil {
		return found.Segment
	}
	return ""
}
