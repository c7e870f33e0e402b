package intake

import (
	"context"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// readAgain is what is known of a file that is read again because a file that it repeated was taken back. What it said
// before still counts; its referrals and decisions that were not kept are taken now, as if they had been kept then. Its
// care has been restored already (see restoring). It is nil for any other file.
type readAgain struct {
	file     ledger.File    // its first reading; files after that are later than it
	readings []ledger.File  // all of its readings
	places   map[place]bool // the rows that were kept at any reading
	waiting  billing.Date   // the earliest future care date that a row waits for; 0 for none
}

// place identifies a row in a file.
type place struct {
	sheet string
	row   int
}

// placeOf returns the place of a row. Older versions of pxq stored a sheet name as it was; now numbers in it are masked
// when the file is read.
func placeOf(sheet string, row int) place { return place{bsn.MaskLine(sheet), row} }

// readingsOf returns every reading of a file that was taken in before, the first one first, and the rows kept from them.
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

// readAgainOf returns what is known of a file that is to be read again. It may have been read several times before: when a
// day came that lay in the future at first, or when another file was taken back.
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

// cameIn returns the number and day of the reading with which the current file came in; for a file that is read again, its
// first reading.
func (g *group) cameIn() (file int64, day billing.Date) {
	if g.file.again != nil {
		return g.file.again.file.ID, g.file.again.file.Received
	}
	return g.file.id, g.asOf
}

// done marks the file as not to be read again.
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

// older reports whether the file that is read again came before the file with that number.
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

// dueRows are the rows of a known file whose care date lay in the future when it was read. Once that day has come only
// these rows are taken, unless something newer came under their reference. It is nil for a new file: all its rows are
// taken.
type dueRows struct {
	waiting map[place]bool
	delayed bool // they were blocked by a file that was taken back since; that must not make them late
}

// dueRows returns the rows in all readings of a file that wait for their day.
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
	return row.LiesInFuture() && row.Identified() && row.State == ledger.Current
}

// firstWaiting returns the earliest day that one of the rows waits for; 0 if none waits.
func firstWaiting(rows []ledger.StoredRecord) (first billing.Date) {
	for i := range rows {
		if waits(&rows[i]) && (first == 0 || rows[i].First < first) {
			first = rows[i].First
		}
	}
	return first
}

// skips reports whether the row is not taken, because it is not one of the due rows.
func (d *dueRows) skips(r *billing.Record) bool {
	return d != nil && (r.LiesInFuture() || !d.waiting[placeOf(r.Sheet, r.Row)])
}

// receivedOn returns the day on which a row of the file counts as received.
func (d *dueRows) receivedOn(r *billing.Record, asOf billing.Date) billing.Date {
	if d != nil && d.delayed {
		return r.First // the first day on which it could be received
	}
	return asOf
}
