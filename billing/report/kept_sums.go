package report

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/ledger/words"
)

// MakeKept adds up what a run came to.
func (r *Reporter) MakeKept(ctx context.Context, tx *ledger.Tx, run ledger.Run, setting Setting) (*Kept, error) {
	return r.makeKept(ctx, tx, run, setting, nil)
}

// makeKept is MakeKept with what is known of the rows, if they were added up before.
func (r *Reporter) makeKept(ctx context.Context, tx *ledger.Tx, run ledger.Run, setting Setting, known *Kept) (*Kept, error) {
	since, err := tx.SinceClose(ctx, run.ID)
	if err != nil {
		return nil, err
	}
	head := &ReportHead{Period: run.Month(), Book: setting.Book, Policy: setting.Policy, Fingerprint: setting.Fingerprint, Catalogue: r.Catalogue}
	g := &gathering{tx, run, since, head}
	for _, fill := range []func(context.Context) error{g.files, g.leftOut, g.money, g.causes} {
		if err := fill(ctx); err != nil {
			return nil, err
		}
	}
	kept := &Kept{
		Run: run.ID, Period: run.Month(), AsOf: billing.Date(run.AsOf), ClosedOn: billing.Date(run.ClosedOn), Head: run.Head, Inputs: run.Inputs, Files: len(head.Files),
		Payments: head.Payments, Ceilings: head.Ceilings, Causes: head.Causes, LeftOut: len(head.LeftOut), Debts: head.LastingDebts(),
	}
	kept.addFiles(head.Files)
	declared, err := kept.addLines(ctx, tx, run)
	if err != nil {
		return nil, err
	}
	if kept.Signals, err = tx.CountSignals(ctx, run.Month()); err != nil {
		return nil, err
	}
	if known.isWhole() {
		kept.Rows, kept.Reasons, kept.Missing, kept.Gap = known.Rows, known.Reasons, known.Missing, known.Gap
		return kept, nil
	}
	rows, recounted, err := tx.RowTotals(ctx, run, since, setting.Policy.RecalculateFrom)
	if err != nil {
		return nil, err
	}
	if err := kept.addRows(rows, r.Catalogue); err != nil {
		return nil, err
	}
	if kept.Missing, err = missing(ctx, tx, since, senders(rows, head.Files)); err != nil {
		return nil, err
	}
	kept.Gap = newGap(rows, recounted, declared)
	return kept, nil
}

// addLines adds the lines of the run's declaration and returns what they come to.
func (k *Kept) addLines(ctx context.Context, tx *ledger.Tx, run ledger.Run) (declared billing.Money, err error) {
	lines, err := tx.LineTotals(ctx, run)
	for _, line := range lines {
		declared += line.Amount
		k.Lines = append(k.Lines, LinePart{
			Provider: line.Provider, Municipality: line.Municipality, Product: line.Product, Unit: line.Unit, Kind: line.Kind, CareMonth: line.CareMonth,
			Late: line.CareMonth < run.Month(), Lines: line.Lines, Quantity: line.Quantity, Amount: line.Amount,
		})
	}
	return declared, err
}

func (k *Kept) addFiles(files []FileIn) {
	again := make(map[AgainSum]int)
	received := make(map[ReceivedSum]int)
	for _, file := range files {
		k.Read += file.Rows
		k.Skipped += file.Totals + file.Empty
		for _, a := range file.Again {
			again[AgainSum{Provider: a.Provider, Municipality: a.Municipality}] += a.Rows
		}
		if file.Rows > 0 {
			received[ReceivedSum{Day: file.Received, Provider: file.Provider}] += file.Rows
		}
	}
	for key, rows := range again {
		key.Rows = rows
		k.Again = append(k.Again, key)
	}
	slices.SortFunc(k.Again, func(a, b AgainSum) int {
		return cmp.Or(strings.Compare(a.Provider, b.Provider), strings.Compare(a.Municipality, b.Municipality))
	})
	for key, rows := range received {
		key.Rows = rows
		k.Received = append(k.Received, key)
	}
	slices.SortFunc(k.Received, func(a, b ReceivedSum) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), strings.Compare(a.Provider, b.Provider))
	})
}

func (k *Kept) addRows(rows []ledger.RowTotal, catalogue *billing.Catalogue) error {
	type key struct {
		provider, municipality, codes string
		outcome                       billing.Outcome
		earlier                       bool
	}
	sums := make(map[key]*Sum)
	for i := range rows {
		row := &rows[i]
		at := key{provider: row.Provider, municipality: row.Municipality, outcome: row.Outcome, earlier: row.Earlier}
		if row.Outcome == billing.Held || row.Outcome == billing.Rejected {
			at.codes = row.Codes
		}
		if sums[at] == nil {
			sums[at] = &Sum{}
		}
		sums[at].add(row.Rows, row.Amount())
	}
	for at, sum := range sums {
		codes, err := words.Codes(at.codes)
		if err != nil {
			return err
		}
		codes = slices.DeleteFunc(codes, func(code billing.Code) bool { return catalogue.Severity(code) < billing.Hold })
		k.Rows = append(k.Rows, RowSum{Provider: at.provider, Municipality: at.municipality, Outcome: at.outcome, Codes: codes, Earlier: at.earlier, Sum: *sum})
	}
	k.sortRows()
	return k.addReasons(rows, catalogue)
}

// addReasons counts why rows are held or rejected, the most frequent reason first.
func (k *Kept) addReasons(rows []ledger.RowTotal, catalogue *billing.Catalogue) error {
	reasons := make(map[billing.Code]*Reason)
	for i := range rows {
		row := &rows[i]
		if row.Outcome != billing.Held && row.Outcome != billing.Rejected {
			continue
		}
		codes, err := words.Codes(row.Codes)
		if err != nil {
			return err
		}
		for _, code := range codes {
			if catalogue.SeverityFor(code, originOf(row)) == billing.Signal {
				continue
			}
			if reasons[code] == nil {
				reasons[code] = &Reason{Code: code}
			}
			reasons[code].add(row.Rows, row.Amount())
		}
	}
	k.Reasons = make([]Reason, 0, len(reasons)) // also of none: nil is not known
	for _, reason := range reasons {
		k.Reasons = append(k.Reasons, *reason)
	}
	slices.SortFunc(k.Reasons, func(a, b Reason) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Code, b.Code)) })
	return nil
}

func originOf(row *ledger.RowTotal) billing.Origin {
	if row.Prestatie {
		return billing.FromMessage
	}
	return billing.FromSpreadsheet
}

// sortRows puts the sums of rows in one order, whatever order they were made in.
func (k *Kept) sortRows() {
	slices.SortFunc(k.Rows, func(a, b RowSum) int {
		return cmp.Or(strings.Compare(a.Provider, b.Provider), strings.Compare(a.Municipality, b.Municipality), cmp.Compare(a.Outcome, b.Outcome),
			slices.Compare(a.Codes, b.Codes), compareBool(a.Earlier, b.Earlier), cmp.Compare(a.Count, b.Count), cmp.Compare(a.Amount, b.Amount))
	})
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}
