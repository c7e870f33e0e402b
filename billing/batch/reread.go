package batch

import (
	"context"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// rereading is what is known of a file that was taken in before and is looked at once more, because a file that
// it repeated was taken back. What it said then still stands; only what was not kept of it is taken now, as if it
// had been kept at once. The nil value is of a file that is not.
type rereading struct {
	file ledger.File
	rows map[rowPlace]bool // kept of it, and whether they could be read
}

type rowPlace struct {
	sheet string
	row   int
}

// rereading gives what is known of a file that is to be looked at once more; nil if it is not.
func (in *intake) rereading(ctx context.Context, before ledger.File) (*rereading, error) {
	if !before.Reread {
		return nil, nil
	}
	rows, err := in.tx.RowsOfFiles(ctx, []int64{before.ID})
	if err != nil {
		return nil, err
	}
	anew := &rereading{file: before, rows: make(map[rowPlace]bool, len(rows))}
	for _, row := range rows {
		anew.rows[rowPlace{row.Sheet, row.Row}] = row.Readable()
	}
	return anew, nil
}

// received gives the day on which the file first came in: its rows must not be late because of another's mistake.
func (a *rereading) received(asOf billing.Date) billing.Date {
	if a == nil {
		return asOf
	}
	return billing.Date(a.file.Received)
}

// kept says whether this very row was kept already.
func (a *rereading) kept(r *billing.Record) bool {
	if a == nil {
		return false
	}
	readable, kept := a.rows[rowPlace{r.Sheet, r.Row}]
	return kept && readable == r.Readable()
}

// older says whether the file came before another that said something since.
func (a *rereading) older(file int64) bool { return a != nil && file > a.file.ID }

// overruled says whether a later file decided on the same finding.
func (a *rereading) overruled(decisions []billing.Decision, decision *billing.Decision) bool {
	for _, d := range decisions {
		if a.older(d.FileID) && d.Version == decision.Version && d.Code == decision.Code {
			return true
		}
	}
	return false
}
