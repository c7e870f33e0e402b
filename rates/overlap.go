package rates

import (
	"cmp"
	"math"
	"slices"

	"github.com/pxq-nl/pxq/billing"
)

// overlaps finds rows with the same key whose days overlap.
type overlaps struct {
	keys  []string // in order of first use, so that problems come in a fixed order
	spans map[string][]span
}

type span struct {
	from, to billing.Date
	row      *row
}

func newOverlaps() *overlaps { return &overlaps{spans: map[string][]span{}} }

// add adds the days of a row under its key; a zero to is open. A period that ends before it begins has no days.
func (o *overlaps) add(key string, from, to billing.Date, line *row) {
	if to.IsZero() {
		to = math.MaxInt32
	}
	if to < from {
		return
	}
	if o.spans[key] == nil {
		o.keys = append(o.keys, key)
	}
	o.spans[key] = append(o.spans[key], span{from, to, line})
}

// each calls report for every row that overlaps with a row that begins earlier, paired with the one of these that ends last:
// that is enough to correct the table without listing every pair. The rows of a pair are in table order.
func (o *overlaps) each(report func(earlier, later *row)) {
	for _, key := range o.keys {
		spans := o.spans[key]
		slices.SortStableFunc(spans, func(a, b span) int { return cmp.Compare(a.from, b.from) })
		furthest := spans[0]
		for _, next := range spans[1:] {
			if next.from <= furthest.to {
				report(inTableOrder(furthest.row, next.row))
			}
			if next.to > furthest.to {
				furthest = next
			}
		}
	}
}

func inTableOrder(a, b *row) (earlier, later *row) {
	if b.number < a.number {
		return b, a
	}
	return a, b
}
