package batch

import (
	"context"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// history is what was kept of a reference before this group of files.
type history struct {
	current     *billing.Record   // the readable version that holds
	withdrawing *billing.Record   // the row that withdrew it
	prior       *billing.Record   // the last readable version, whether it still holds or not
	open        []*billing.Record // unreadable and ambiguous rows that still stand
}

// newHistory reads what the kept rows of a reference mean together.
func newHistory(rows []ledger.StoredRecord) *history {
	h := &history{}
	for _, row := range rows {
		version := row.Readable() && !row.Ambiguous
		switch {
		case row.State == ledger.Withdrawn:
			h.withdrawing = row.Record
		case row.State == ledger.Current && version:
			h.current = row.Record
		case row.State == ledger.Current:
			h.open = append(h.open, row.Record)
		}
		if version && row.Quantity > 0 {
			h.prior = row.Record
		}
	}
	return h
}

// lastVersion gives the highest version among the rows: the next one never takes a number that was given.
func lastVersion(rows []ledger.StoredRecord) int32 {
	last := 0
	for _, row := range rows {
		last = max(last, row.Version)
	}
	return int32(last)
}

// repetition is a row that only repeats the current version: where it stands, and what its content does not say.
type repetition struct {
	fileID int64
	row    int
	words  *repeatedWords
	remark string
	found  []billing.Finding
}

// repeatedWords are how a row writes what means the same: many rows share them.
type repeatedWords struct{ sheet, municipality, product, daypart string }

func (in *intake) repetition(r *billing.Record) *repetition {
	words := repeatedWords{r.Sheet, r.Municipality, r.Product, r.Daypart}
	shared := in.words[words]
	if shared == nil {
		shared = &words
		in.words[words] = shared
	}
	return &repetition{r.FileID, r.Row, shared, strings.Clone(r.Remark), r.Findings}
}

// repeated gives the row that repeated the current version of its reference.
func (in *intake) repeated(ctx context.Context, key ledger.Key, p *repetition) (*billing.Record, error) {
	rows, err := in.tx.History(ctx, []ledger.Key{key})
	if err != nil {
		return nil, err
	}
	kept := rows[key]
	before := kept[:0]
	for _, row := range kept {
		if row.FileID < in.firstFile {
			before = append(before, row)
		}
	}
	row := *newHistory(before).current
	row.FileID, row.Row, row.Remark, row.Findings = p.fileID, p.row, p.remark, p.found
	row.Sheet, row.Municipality, row.Product, row.Daypart = p.words.sheet, p.words.municipality, p.words.product, p.words.daypart
	row.HasPrior, row.PriorUnit, row.PriorQuantity = false, billing.NoUnit, 0
	row.Declared, row.DeclaredPrice = 0, 0
	return &row, nil
}
