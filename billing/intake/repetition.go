package intake

import (
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/versions"
)

// repetition is a row that only repeats the version that holds: where it stands, and what its content does not say. It
// may still have to be kept, when its group gives the reference another content too.
type repetition struct {
	fileID   int64
	row      int
	words    *writtenWords
	remark   string
	findings []billing.Finding
}

// writtenWords are how a row writes what means the same: many rows share them.
type writtenWords struct{ sheet, municipality, product, daypart string }

// repetition returns what has to be known of a row that repeats the version that holds.
func (g *group) repetition(r *billing.Record) *repetition {
	words := writtenWords{r.Sheet, r.Municipality, r.Product, r.Daypart}
	shared := g.words[words]
	if shared == nil {
		shared = &words
		g.words[words] = shared
	}
	return &repetition{r.FileID, r.Row, shared, strings.Clone(r.Remark), r.Findings}
}

// keepRepetition keeps a row that repeats the version that holds after all, as one of the ambiguous rows.
func (g *group) keepRepetition(key ledger.Key, p *repetition, version int) error {
	row, err := g.repeated(key, p)
	if err != nil {
		return err
	}
	row.Received, row.Ambiguous, row.Version = g.asOf, true, version
	if row.FileID == g.file.id {
		g.countReceived(row, -1)
		return g.keep(row)
	}
	// An earlier file of the group gave the repetition, and is stored with its counts already.
	if err := g.tx.KeepAlreadyReceived(g.ctx, row); err != nil {
		return err
	}
	g.results[row.FileID].keepAfterAll(1)
	g.file.unkept = append(g.file.unkept, row.FileID)
	g.file.result.Kept--
	return g.keep(row)
}

// repeated returns the row that repeated the version that holds of its reference.
func (g *group) repeated(key ledger.Key, p *repetition) (*billing.Record, error) {
	rows, err := g.tx.History(g.ctx, []ledger.Key{key})
	if err != nil {
		return nil, err
	}
	var before []ledger.StoredRecord
	for _, row := range rows[key] {
		if row.FileID < g.firstFile {
			before = append(before, row)
		}
	}
	row := *currentOf(g.references.Fingerprints, before)
	row.FileID, row.Row, row.Remark, row.Findings = p.fileID, p.row, p.remark, p.findings
	row.Sheet, row.Municipality, row.Product, row.Daypart = p.words.sheet, p.words.municipality, p.words.product, p.words.daypart
	row.HasPrior, row.PriorUnit, row.PriorQuantity = false, billing.NoUnit, 0
	row.Declared, row.DeclaredPrice = 0, 0
	return &row, nil
}

// knownOf returns what the kept rows of a reference mean together.
func knownOf(f *versions.Fingerprints, rows []ledger.StoredRecord) *versions.Known {
	kept := make([]versions.Kept, len(rows))
	for i, row := range rows {
		kept[i] = f.Kept(row.Record, row.State, row.SettledBy)
	}
	return versions.NewKnown(kept)
}

// currentOf returns the readable version that holds among the kept rows of a reference; nil if there is none.
func currentOf(f *versions.Fingerprints, rows []ledger.StoredRecord) *billing.Record {
	current, ok := knownOf(f, rows).Current()
	if !ok {
		return nil
	}
	for _, row := range rows {
		if row.ID == current.ID {
			return row.Record
		}
	}
	return nil
}
