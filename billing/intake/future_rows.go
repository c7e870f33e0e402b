package intake

import (
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// dueRows are the rows of a file that was taken in before whose care date lay in the future then. They alone are looked
// at once more, unless something newer came under their reference. The nil value is of a file that comes in for the
// first time, of which every row is looked at.
type dueRows struct {
	waiting map[place]bool
	delayed bool // by another file that was taken back since: they are not late because of another's mistake
}

// dueRows returns the rows of all readings of a file that wait for their day.
func (g *group) dueRows(before ledger.File) (*dueRows, error) {
	_, rows, err := readingsOf(g.ctx, g.tx, before.SHA256)
	if err != nil {
		return nil, err
	}
	due := &dueRows{waiting: make(map[place]bool), delayed: g.im.restored[before.SHA256] != nil}
	for _, row := range rows {
		if waits(&row) {
			due.waiting[place{row.Sheet, row.Row}] = true
		}
	}
	return due, nil
}

// waits reports whether a kept row waits for its day: it lay in the future, and nothing newer came under its reference.
func waits(row *ledger.StoredRecord) bool {
	return liesInFuture(row.Record) && row.Identified() && row.State == ledger.Current
}

// skips reports whether the row is left as it is.
func (d *dueRows) skips(r *billing.Record) bool {
	return d != nil && (liesInFuture(r) || !d.waiting[place{r.Sheet, r.Row}])
}

// receivedOn returns the day on which a row of the file came in.
func (d *dueRows) receivedOn(r *billing.Record, asOf billing.Date) billing.Date {
	if d != nil && d.delayed {
		return r.First // the first day on which it could
	}
	return asOf
}

// liesInFuture reports whether the care date of a row lay in the future when it was read (F09).
func liesInFuture(r *billing.Record) bool {
	return slices.ContainsFunc(r.Findings, func(f billing.Finding) bool { return f.Code == billing.F09 })
}
