package intake

import (
	"fmt"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/scratch"
	"github.com/pxq-nl/pxq/billing/versions"
)

// repetition is a row that only repeats what holds, the current version or the row that withdrew it: its place, and what
// does not follow from its content. It may still have to be kept, if its group gives the reference another content too.
type repetition struct {
	repeats   int64 // number of the row that it repeats
	fileID    int64
	row       int
	reference string // as written, like the texts
	texts     [5]string
	findings  []billing.Finding
}

// textsOf returns the texts of a row that its content omits or folds, so that they do not follow from it. The reference,
// which is such a text too, is stored separately.
func textsOf(r *billing.Record) [5]*string {
	return [...]*string{&r.Remark, &r.Sheet, &r.Municipality, &r.Product, &r.Daypart}
}

// newRepetition returns what must be stored of a row that repeats another.
func newRepetition(r *billing.Record, repeats int64) *repetition {
	made := &repetition{repeats: repeats, fileID: r.FileID, row: r.Row, reference: r.Reference, findings: r.Findings}
	for i, text := range textsOf(r) {
		made.texts[i] = *text
	}
	return made
}

// appendNumbers appends a repetition as numbers; nothing for nil.
func (p *repetition) appendNumbers(to []uint64) []uint64 {
	if p == nil {
		return to
	}
	to = scratch.AppendText(append(to, uint64(p.repeats), uint64(p.fileID), uint64(p.row)), p.reference)
	for _, text := range p.texts {
		to = scratch.AppendText(to, text)
	}
	for _, finding := range p.findings {
		to = append(to, uint64(finding.Code), uint64(finding.Field), uint64(len(finding.Values)))
		for _, value := range finding.Values {
			to = scratch.AppendText(to, value)
		}
	}
	return to
}

// repetitionOf returns the repetition written by appendNumbers; nil for no numbers.
func repetitionOf(numbers []uint64) *repetition {
	if len(numbers) == 0 {
		return nil
	}
	p := &repetition{repeats: int64(numbers[0]), fileID: int64(numbers[1]), row: int(numbers[2])}
	p.reference, numbers = scratch.TextOf(numbers[3:])
	for i := range p.texts {
		p.texts[i], numbers = scratch.TextOf(numbers)
	}
	for len(numbers) > 0 {
		finding := billing.Finding{Code: billing.Code(numbers[0]), Field: billing.Field(numbers[1])}
		values := numbers[2]
		numbers = numbers[3:]
		for range values {
			var value string
			value, numbers = scratch.TextOf(numbers)
			finding.Values = append(finding.Values, value)
		}
		p.findings = append(p.findings, finding)
	}
	return p
}

// keepRepetition keeps a repetition after all, as one of the ambiguous rows.
func (g *group) keepRepetition(key billing.RecordKey, p *repetition, verdict versions.Verdict) error {
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
	// An earlier file of the group has the repetition, and is already stored with its counts.
	if err := g.tx.KeepAlreadyReceived(g.ctx, row); err != nil {
		return err
	}
	g.results[row.FileID].keepAfterAll(1)
	g.file.keptAfterAll = append(g.file.keptAfterAll, row.FileID)
	g.file.result.Kept-- // keep counts it for this file, but it belongs to the earlier one
	return g.keep(row)
}

// repeated rebuilds the row that repeated a kept row of its reference.
func (g *group) repeated(key billing.RecordKey, p *repetition) (*billing.Record, error) {
	rows, err := g.tx.History(g.ctx, []billing.RecordKey{key})
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(rows[key], func(row ledger.StoredRecord) bool { return row.ID == p.repeats })
	if at < 0 {
		return nil, fmt.Errorf("row %d, which a later row repeats, is not there any more", p.repeats)
	}
	row := *rows[key][at].Record
	row.FileID, row.Row, row.Reference, row.Findings = p.fileID, p.row, p.reference, p.findings
	for i, text := range textsOf(&row) {
		*text = p.texts[i]
	}
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
