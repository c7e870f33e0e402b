package batch

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// Diff is the difference between the last run of a period and the run of that period before it.
type Diff struct {
	Before, After ledger.Run
	Lines         []LineChange          // in the order of the export
	Causes        []billing.CauseAmount // of the changes of all keys together
	Rows          []RowChange           // by provider and reference
}

// LineChange is a line that was added (no Before), removed (no After) or changed.
type LineChange struct {
	Before, After *billing.DeclaredLine
	Referral      string        // its number, masked
	Cause         billing.Cause // of the causes of its key, the one with the largest amount

	// Causes are the causes for which the amount of the key changed. They are set only in the first change of a key, for all
	// its changes together.
	Causes []billing.CauseAmount
}

// Line returns the line after the change, or before it if it was removed.
func (c *LineChange) Line() *billing.DeclaredLine {
	if c.After != nil {
		return c.After
	}
	return c.Before
}

// Net returns the amount after the change less that before it.
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

// RowChange is a row whose outcome or codes changed. Its outcome is NoOutcome in a run that did not know the row. The
// reference is masked: some administrations use the client's number in references.
type RowChange struct {
	Provider, Reference, File, Sheet string
	Row                              int
	Before, After                    billing.Outcome
	BeforeCodes, AfterCodes          string
}

// Diff compares the last run of the period with the one before it; ok is false when there is only one. If the run judged by the
// book of the input, care that no longer counts is priced by that book.
func (b *Batch) Diff(ctx context.Context, input RunInput) (diff *Diff, ok bool, err error) {
	period := input.Period
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
		book, err := bookOf(ctx, tx, after, input)
		if err != nil {
			return err
		}
		if err := diff.addCauses(ctx, tx, book); err != nil {
			return err
		}
		return diff.addRows(ctx, tx)
	})
	if err != nil {
		return nil, false, err
	}
	return diff, ok, nil
}

// addRows adds the rows whose outcome or codes differ between the runs.
func (d *Diff) addRows(ctx context.Context, tx *ledger.Tx) error {
	var clients []string
	err := tx.EachChangedRow(ctx, d.Before.ID, d.After.ID, func(row *ledger.ChangedRow) error {
		clients = append(clients, row.BSN)
		d.Rows = append(d.Rows, RowChange{
			Provider: row.Provider, Reference: row.Reference, File: row.File, Sheet: row.Sheet, Row: row.Row,
			Before: row.Before, After: row.After, BeforeCodes: row.BeforeCodes, AfterCodes: row.AfterCodes,
		})
		return nil
	})
	if err != nil {
		return err
	}
	numbers := tx.ClientNumbers(ctx)
	for i := range d.Rows {
		if d.Rows[i].Reference, err = numbers.MaskOf(d.Rows[i].Reference, clients[i]); err != nil {
			return err
		}
	}
	return nil
}

// addLines adds the lines that were removed or added; those with the same key and kind are paired as changed.
func (d *Diff) addLines(ctx context.Context, tx *ledger.Tx) error {
	var went, came []billing.DeclaredLine
	err := tx.EachChangedLine(ctx, d.Before, d.After, func(line *billing.DeclaredLine, isNew bool) error {
		line.Number = "" // it depends on the place in the declaration, and changes at a close
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
	numbers := tx.ClientNumbers(ctx)
	for i := range d.Lines {
		line := d.Lines[i].Line()
		if d.Lines[i].Referral, err = numbers.MaskOf(line.Referral, line.BSN); err != nil {
			return err
		}
	}
	return nil
}

// withoutEqual leaves out the lines that are in both lists, as often as they are.
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

// bookOf returns the book by which a run judged: for a closed run the one stored at its close, for an open one the book in
// use; nil when the run judged by another book.
func bookOf(ctx context.Context, tx *ledger.Tx, run ledger.Run, input RunInput) (*billing.Book, error) {
	if run.Closed() {
		book, _, _, err := tx.Book(ctx, run)
		return book, err
	}
	if run.Book != input.Fingerprint {
		return nil, nil
	}
	return input.Book, nil
}

// addCauses divides the amounts of the changes over their causes, key by key.
func (d *Diff) addCauses(ctx context.Context, tx *ledger.Tx, book *billing.Book) error {
	changes, err := tx.Changes(ctx, d.Before, d.After, book)
	if err != nil {
		return err
	}
	byClient := make(map[string][]*LineChange)
	net := make(map[billing.LineKey]billing.Money)
	for i := range d.Lines {
		change := &d.Lines[i]
		key := change.Line().LineKey
		byClient[key.BSN] = append(byClient[key.BSN], change)
		net[key] += change.Net()
	}
	total, main := make(map[billing.Cause]billing.Money), make(map[billing.LineKey]billing.Cause)
	for part := range slices.Chunk(slices.Sorted(maps.Keys(byClient)), ledger.ClientsPerLook) {
		look := ledger.Look{Clients: part}
		for _, bsn := range part {
			for _, change := range byClient[bsn] {
				look.Widen(change.Line().CareMonth)
			}
		}
		if err := tx.LookAt(ctx, changes, d.Before, d.After, look); err != nil {
			return err
		}
		for _, bsn := range part {
			for _, change := range byClient[bsn] {
				key := change.Line().LineKey
				if main[key] == "" { // the first change of the key
					change.Causes = changes.Split(key, net[key])
					main[key] = weightiest(change.Causes)
				}
				change.Cause = main[key]
				for _, cause := range change.Causes {
					total[cause.Cause] += cause.Amount
				}
			}
		}
	}
	for _, cause := range slices.SortedFunc(maps.Keys(total), billing.CompareCauses) {
		d.Causes = append(d.Causes, billing.CauseAmount{Cause: cause, Amount: total[cause]})
	}
	return nil
}

// weightiest returns the cause with the largest absolute amount, the first of equal ones.
func weightiest(causes []billing.CauseAmount) billing.Cause {
	abs := func(c billing.CauseAmount) billing.Money { return max(c.Amount, -c.Amount) }
	return slices.MaxFunc(causes, func(a, b billing.CauseAmount) int { return cmp.Compare(abs(a), abs(b)) }).Cause
}
