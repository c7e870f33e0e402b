package batch

import (
	"context"
	"maps"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// Diff is what the last run of a period made otherwise than the run of that period before it.
type Diff struct {
	Before, After ledger.Run
	Lines         []LineChange // in the order of the export
	Rows          []RowChange  // by provider and reference
}

// LineChange is a line that came (no Before), went (no After) or changed.
type LineChange struct {
	Before, After *billing.DeclaredLine
	Cause         billing.Cause
}

// Line returns the line as it is, or was when it is there no longer.
func (c *LineChange) Line() *billing.DeclaredLine {
	if c.After != nil {
		return c.After
	}
	return c.Before
}

// Net returns what the change costs.
func (c *LineChange) Net() billing.Money {
	net := billing.Money(0)
	if c.After != nil {
		net += c.After.Amount
	}
	if c.Before != nil {
		net -= c.Before.Amount
	}
	return net
}

// RowChange is a row whose outcome or codes changed. A run that does not know the row gives it no outcome. Its
// reference is fit to be shown: some administrations make references of the client's number.
type RowChange struct {
	Provider, Reference, File, Sheet string
	Row                              int
	Before, After                    billing.Outcome
	BeforeCodes, AfterCodes          string
}

// Diff compares the last run of a period with the one before it; ok is false when there is only one.
func (b *Batch) Diff(ctx context.Context, period billing.Period) (diff *Diff, ok bool, err error) {
	err = b.Store.Read(ctx, func(tx *ledger.Tx) error {
		after, ran, err := tx.RunOf(ctx, period)
		if err != nil {
			return err
		}
		if !ran {
			return ledger.Refuse("Periode %s heeft nog geen run. Doe eerst ‘pxq run --period %[1]s’.", "Period %s has no run yet. First do “pxq run --period %[1]s”.", period)
		}
		diff = &Diff{After: after}
		if diff.Before, ok, err = tx.RunBefore(ctx, after); err != nil || !ok {
			return err
		}
		if err := diff.addLines(ctx, tx); err != nil {
			return err
		}
		return tx.EachChangedRow(ctx, diff.Before.ID, after.ID, func(row *ledger.ChangedRow) error {
			diff.Rows = append(diff.Rows, RowChange{
				Provider: row.Provider, Reference: bsn.MaskOf(row.Reference, row.BSN), File: row.File, Sheet: row.Sheet, Row: row.Row,
				Before: row.Before, After: row.After, BeforeCodes: row.BeforeCodes, AfterCodes: row.AfterCodes,
			})
			return nil
		})
	})
	if err != nil {
		return nil, false, err
	}
	return diff, ok, nil
}

// addLines pairs the lines that went with those that came under the same key and for the same kind.
func (d *Diff) addLines(ctx context.Context, tx *ledger.Tx) error {
	var went, came []billing.DeclaredLine
	err := tx.EachChangedLine(ctx, d.Before, d.After, func(line *billing.DeclaredLine, isNew bool) error {
		line.Number = "" // of its place in a declaration, or final
		if isNew {
			came = append(came, *line)
		} else {
			went = append(went, *line)
		}
		return nil
	})
	if err != nil {
		return err
	}
	went, came = withoutEqual(went, came)
	d.Lines = pairLines(went, came)
	return d.addCauses(ctx, tx)
}

// withoutEqual leaves out the lines that went and came back.
func withoutEqual(went, came []billing.DeclaredLine) (gone, fresh []billing.DeclaredLine) {
	count := make(map[billing.DeclaredLine]int)
	for _, line := range went {
		count[line]++
	}
	for _, line := range came {
		if count[line] > 0 {
			count[line]--
			continue
		}
		fresh = append(fresh, line)
	}
	for _, line := range went {
		if count[line] > 0 {
			count[line]--
			gone = append(gone, line)
		}
	}
	return gone, fresh
}

type lineAndKind struct {
	billing.LineKey
	kind billing.LineKind
}

func pairLines(went, came []billing.DeclaredLine) []LineChange {
	waiting := make(map[lineAndKind][]*billing.DeclaredLine)
	for i := range went {
		key := lineAndKind{went[i].LineKey, went[i].Kind}
		waiting[key] = append(waiting[key], &went[i])
	}
	var changes []LineChange
	for i := range came {
		change := LineChange{After: &came[i]}
		key := lineAndKind{came[i].LineKey, came[i].Kind}
		if before := waiting[key]; len(before) > 0 {
			change.Before, waiting[key] = before[0], before[1:]
		}
		changes = append(changes, change)
	}
	for i := range went {
		if slices.Contains(waiting[lineAndKind{went[i].LineKey, went[i].Kind}], &went[i]) {
			changes = append(changes, LineChange{Before: &went[i]})
		}
	}
	slices.SortStableFunc(changes, func(a, b LineChange) int { return billing.CompareDeclared(*a.Line(), *b.Line()) })
	return changes
}

// addCauses returns every change of a line its cause.
func (d *Diff) addCauses(ctx context.Context, tx *ledger.Tx) error {
	changes, err := tx.Changes(ctx, d.Before, d.After)
	if err != nil {
		return err
	}
	byClient := make(map[string][]*LineChange)
	for i := range d.Lines {
		bsn := d.Lines[i].Line().BSN
		byClient[bsn] = append(byClient[bsn], &d.Lines[i])
	}
	for part := range slices.Chunk(slices.Sorted(maps.Keys(byClient)), ledger.ClientsPerLook) {
		if err := tx.LookAt(ctx, changes, d.Before, d.After, part); err != nil {
			return err
		}
		for _, bsn := range part {
			for _, change := range byClient[bsn] {
				change.Cause = changes.Cause(change.Line().LineKey)
			}
		}
	}
	return nil
}
