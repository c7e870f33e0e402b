package rates

import (
	"cmp"
	"math"
	"slices"

	"github.com/pxq-nl/pxq/billing"
)

// overlaps finds rows under one key whose days overlap.
type overlaps struct {
	keys  []string // in the order of first use, so that problems come in a fixed order
	spans map[string][]span
}

type span struct {
	from, to billing.Date
	row      *row
}

func newOverlaps() *overlaps { return &overlaps{spans: map[string][]span{}} }

// add notes a row's days under its key; to may be open. A period that ends before it begins has no days.
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

// each calls report for every row that overlaps, with the one that reaches furthest among those that begin before it: enough to
// mend the table, without naming every pair. The pair comes in the order of the table.
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
