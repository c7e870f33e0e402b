package intake

import (
	"context"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// readAgain is what is known of a file that was taken in before and is read once more, because a file that it repeated was
// taken back. What it said then still stands; referrals and decisions of it that were not kept are taken now, as if they had
// been kept then. Its care has been restored already (see restoring). It is nil for any other file.
type readAgain struct {
	file     ledger.File    // its first reading: what other files said after that is later than it
	readings []ledger.File  // all of them
	places   map[place]bool // the rows that were kept of it at any reading
	waiting  billing.Date   // the first day for which a row waits that lay in the future; none if none does
}

// place is where a row of a file stands.
type place struct {
	sheet string
	row   int
}

// placeOf returns the place of a row. Older pxq kept the name of a sheet as it was; the numbers in it are masked where a file is
// read now.
func placeOf(sheet string, row int) place { return place{bsn.MaskLine(sheet), row} }

// readingsOf returns every reading of a file that was taken in before, the first one first, and the rows that they kept.
func readingsOf(ctx context.Context, tx *ledger.Tx, sha256 string) ([]ledger.File, []ledger.StoredRecord, error) {
	readings, err := tx.FilesHashed(ctx, sha256)
	if err != nil {
		return nil, nil, err
	}
	ids := make([]int64, len(readings))
	for i, reading := range readings {
		ids[i] = reading.ID
	}
	rows, err := tx.RowsOfFiles(ctx, ids)
	return readings, rows, err
}

// readAgainOf returns what is known of a file that is to be looked at once more. A file may have been read several times
// before: when a day came that lay in the future at first, or when another file was taken back.
func readAgainOf(ctx context.Context, tx *ledger.Tx, sha256 string) (*readAgain, error) {
	readings, rows, err := readingsOf(ctx, tx, sha256)
	if err != nil {
		return nil, err
	}
	again := &readAgain{file: readings[0], readings: readings, places: make(map[place]bool), waiting: firstWaiting(rows)}
	for _, row := range rows {
		again.places[placeOf(row.Sheet, row.Row)] = true
	}
	return again, nil
}

// cameIn returns with which reading and on which day the file that is being read came in; a file that is read once more came
// with its first reading.
func (g *group) cameIn() (file int64, day billing.Date) {
	if g.file.again != nil {
		return g.file.again.file.ID, g.file.again.file.Received
	}
	return g.file.id, g.asOf
}

// done notes that the file need not be looked at once more.
func (a *readAgain) done(ctx context.Context, tx *ledger.Tx) error {
	if a == nil {
		return nil
	}
	for _, reading := range a.readings {
		if err := tx.WasReadAgain(ctx, reading.ID); err != nil {
			return err
		}
	}
	return nil
}

// older reports whether the file came before another that said something since.
func (a *readAgain) older(file int64) bool { return a != nil && file > a.file.ID }

// overruled reports whether a later file decided on the same finding.
func (a *readAgain) overruled(decisions []billing.Decision, decision *billing.Decision) bool {
	for _, d := range decisions {
		if a.older(d.FileID) && sameFinding(&d, decision) {
			return true
		}
	}
	return false
}

// dueRows are the rows of a file that was taken in before whose care date lay in the future then. When that day has come these
// rows alone are taken, unless something newer came under their reference. It is nil for a file that comes in for the first
// time: all its rows are taken.
type dueRows struct {
	waiting map[place]bool
	delayed bool // they were held up by a file that was taken back since: they must not be late through another's mistake
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
			due.waiting[placeOf(row.Sheet, row.Row)] = true
		}
	}
	return due, nil
}

// waits reports whether a kept row waits for its day: it lay in the future, and nothing newer came under its reference.
func waits(row *ledger.StoredRecord) bool {
	return liesInFuture(row.Record) && row.Identified() && row.State == ledger.Current
}

// firstWaiting returns the first day for which one of the rows waits; none if none does.
func firstWaiting(rows []ledger.StoredRecord) (first billing.Date) {
	for i := range rows {
		if waits(&rows[i]) && (first == 0 || rows[i].First < first) {
			first = rows[i].First
		}
	}
	return first
}

// skips reports whether the row is not taken: it is not one of those that are due.
func (d *dueRows) skips(r *billing.Record) bool {
	return d != nil && (liesInFuture(r) || !d.waiting[placeOf(r.Sheet, r.Row)])
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
