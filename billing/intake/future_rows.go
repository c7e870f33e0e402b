package intake

import (
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// dueRows are the rows of a file that was taken in before whose care date lay in the future then. They alone are looked
// at once more, unless something newer came under their reference. The nil value is of a file that comes in for the
// first time, of which every row is looked at.
type dueRows struct{ waiting map[place]bool }

// dueRows returns the rows of all readings of a file that wait for their day.
func (g *group) dueRows(before ledger.File) (*dueRows, error) {
	_, rows, err := g.readings(before)
	if err != nil {
		return nil, err
	}
	due := &dueRows{waiting: make(map[place]bool)}
	for _, row := range rows {
		if liesInFuture(row.Record) && row.Identified() && row.State == ledger.Current {
			due.waiting[place{row.Sheet, row.Row}] = true
		}
	}
	return due, nil
}

// skips reports whether the row is left as it is.
func (d *dueRows) skips(r *billing.Record) bool {
	return d != nil && (liesInFuture(r) || !d.waiting[place{r.Sheet, r.Row}])
}

// liesInFuture reports whether the care date of a row lay in the future when it was read (F09).
func liesInFuture(r *billing.Record) bool {
	return slices.ContainsFunc(r.Findings, func(f billing.Finding) bool { return f.Code == billing.F09 })
}
