package intake

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// readAgain is what is known of a file that was taken in before and is looked at once more, because a file that it
// repeated was taken back. What it said then still stands; only what was not kept of it is taken now, as if it had been
// kept at once. The nil value is of a file that is not.
type readAgain struct {
	file ledger.File    // its first reading: what other files said after that is later than it
	rows map[place]bool // kept of it at any reading, and whether they wait for a day that lay in the future each time
}

// place is where a row of a file stands.
type place struct {
	sheet string
	row   int
}

// readings returns every reading of a file that was taken in before, the first one first, and the rows that they kept.
func (g *group) readings(before ledger.File) ([]ledger.File, []ledger.StoredRecord, error) {
	readings, err := g.tx.FilesHashed(g.ctx, before.SHA256)
	if err != nil {
		return nil, nil, err
	}
	ids := make([]int64, len(readings))
	for i, reading := range readings {
		ids[i] = reading.ID
	}
	rows, err := g.tx.RowsOfFiles(g.ctx, ids)
	return readings, rows, err
}

// readAgain returns what is known of a file that is to be looked at once more. A file may have been read several times
// before: when a day came that lay in the future at first, or when another file was taken back.
func (g *group) readAgain(before ledger.File) (*readAgain, error) {
	readings, rows, err := g.readings(before)
	if err != nil {
		return nil, err
	}
	again := &readAgain{file: readings[0], rows: make(map[place]bool)}
	for _, row := range rows {
		at := place{row.Sheet, row.Row}
		waits, kept := again.rows[at]
		again.rows[at] = liesInFuture(row.Record) && (waits || !kept)
	}
	return again, nil
}

// receivedOn returns the day on which the file first came in: its rows must not be late because of another's mistake.
func (a *readAgain) receivedOn(asOf billing.Date) billing.Date {
	if a == nil {
		return asOf
	}
	return billing.Date(a.file.Received)
}

// kept reports whether this very row was kept already. One that lay in the future, and no longer does, was not.
func (a *readAgain) kept(r *billing.Record) bool {
	waits, kept := a.rows[place{r.Sheet, r.Row}]
	return kept && (!waits || liesInFuture(r))
}

// said reports whether nothing is left to take of a row: it was kept, or another file said something of its reference since.
func (a *readAgain) said(ref *reference, r *billing.Record) bool {
	return a != nil && (ref.Known().CameAfter(a.file.ID) || a.kept(r))
}

// older reports whether the file came before another that said something since.
func (a *readAgain) older(file int64) bool { return a != nil && file > a.file.ID }

// overruled reports whether a later file decided on the same finding.
func (a *readAgain) overruled(decisions []billing.Decision, decision *billing.Decision) bool {
	for _, d := range decisions {
		if a.older(d.FileID) && d.Version == decision.Version && d.Code == decision.Code {
			return true
		}
	}
	return false
}
