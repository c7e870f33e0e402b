package intake

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/versions"
)

// repetition is a row that only repeats what holds, the current version or the row that withdrew it: where it stands, and
// what its content does not say. It may still have to be kept, when its group gives the reference another content too.
type repetition struct {
	repeats   int64 // the number of the row that it repeats
	fileID    int64
	row       int
	reference string // as written
	words     *writtenWords
	remark    string
	findings  []billing.Finding
}

// writtenWords are how a row writes what means the same: many rows share them.
type writtenWords struct{ sheet, municipality, product, daypart string }

// repetition returns what has to be known of a row that repeats another.
func (g *group) repetition(r *billing.Record, repeats int64) *repetition {
	words := writtenWords{r.Sheet, r.Municipality, r.Product, r.Daypart}
	shared := g.words[words]
	if shared == nil {
		shared = &words
		g.words[words] = shared
	}
	return &repetition{repeats, r.FileID, r.Row, strings.Clone(r.Reference), shared, strings.Clone(r.Remark), r.Findings}
}

// keepRepetition keeps a row that repeats what holds after all, as one of the ambiguous rows.
func (g *group) keepRepetition(key ledger.Key, p *repetition, verdict versions.Verdict) error {
	row, err := g.repeated(key, p)
	if err != nil {
		return err
	}
	row.Received = g.asOf
	first := versions.Verdict{Kind: versions.Ambiguous, Version: verdict.FirstVersion, FirstReceived: verdict.FirstReceived}
	first.Note(row)
	if row.FileID == g.file.id {
		g.countReceived(row, -1)
		return g.keep(row)
	}
	// An earlier file of the group gave the repetition, and is stored with its counts already.
	if err := g.tx.KeepAlreadyReceived(g.ctx, row); err != nil {
		return err
	}
	g.results[row.FileID].keepAfterAll(1)
	g.file.keptAfterAll = append(g.file.keptAfterAll, row.FileID)
	g.file.result.Kept-- // keep counts it for this file, and it belongs to the earlier one
	return g.keep(row)
}

// repeated returns the row that repeated a kept row of its reference.
func (g *group) repeated(key ledger.Key, p *repetition) (*billing.Record, error) {
	rows, err := g.tx.History(g.ctx, []ledger.Key{key})
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(rows[key], func(row ledger.StoredRecord) bool { return row.ID == p.repeats })
	if at < 0 {
		return nil, fmt.Errorf("row %d, which a later row repeats, is not there any more", p.repeats)
	}
	row := *rows[key][at].Record
	row.FileID, row.Row, row.Reference, row.Remark, row.Findings = p.fileID, p.row, p.reference, p.remark, p.findings
	row.Sheet, row.Municipality, row.Product, row.Daypart = p.words.sheet, p.words.municipality, p.words.product, p.words.daypart
	row.Declared, row.DeclaredPrice = 0, 0
	return &row, nil
}

// knownOf returns what the kept rows of a reference mean together.
func knownOf(f *versions.Fingerprints, rows []ledger.StoredRecord) *versions.Known {
	kept := make([]versions.Kept, len(rows))
	for i, row := range rows {
		kept[i] = f.Kept(row.Record, row.State, row.SettledBy, row.Stands)
	}
	return versions.NewKnown(kept)
}
