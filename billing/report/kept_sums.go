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
	return r.makeKept(ctx, tx, run, setting, nil, false)
}

// makeKept is MakeKept with what is known of the rows, if they were added up before, or from what the run before kept of them.
func (r *Reporter) makeKept(ctx context.Context, tx *ledger.Tx, run ledger.Run, setting Setting, known *Kept, fromBefore bool) (*Kept, error) {
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
	if err := r.addRowsOf(ctx, tx, run, since, kept, setting, fromBefore); err != nil {
		return nil, err
	}
	if kept.Missing, err = missing(ctx, tx, since, kept.senders(head.Files)); err != nil {
		return nil, err
	}
	kept.Gap.settle(declared)
	return kept, nil
}

// addRowsOf adds the rows of a run: what changed to what the run of the period before it kept, else all.
func (r *Reporter) addRowsOf(ctx context.Context, tx *ledger.Tx, run ledger.Run, since ledger.Since, kept *Kept, setting Setting, fromBefore bool) error {
	var before ledger.Run
	var known *Kept
	var err error
	if fromBefore {
		if before, known, err = keptBefore(ctx, tx, run, since); err != nil {
			return err
		}
	}
	if known == nil {
		var all ledger.RowCounts
		if all.Totals, all.Recounted, err = tx.RowTotals(ctx, run, since, setting.Policy.RecalculateFrom); err != nil {
			return err
		}
		return kept.addRows(all, 1, r.Catalogue)
	}
	came, went, err := tx.RowTotalsSince(ctx, run, before, since, setting.Policy.RecalculateFrom)
	if err != nil {
		return err
	}
	kept.Rows, kept.Reasons, kept.Gap = known.Rows, known.Reasons, known.Gap
	if err := kept.addRows(went, -1, r.Catalogue); err != nil {
		return err
	}
	return kept.addRows(came, 1, r.Catalogue)
}

// keptBefore returns the run of the period before a run with what it kept; nil when that is not to be relied on for what
// did not change since: there is none, another program made it, or something was taken back.
func keptBefore(ctx context.Context, tx *ledger.Tx, run ledger.Run, since ledger.Since) (ledger.Run, *Kept, error) {
	before, ok, err := tx.RunBefore(ctx, run)
	if err != nil || !ok || before.Program != run.Program || before.Book != run.Book {
		return before, nil, err
	}
	if then, err := tx.SinceClose(ctx, before.ID); err != nil || then != since {
		return before, nil, err
	}
	if taken, err := tx.TakenBackAfter(ctx, before.ID); err != nil || taken {
		return before, nil, err
	}
	known, err := KeptOf(ctx, tx, before)
	if err != nil || !known.isWhole() {
		return before, nil, err
	}
	return before, known, nil
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

// addRows adds the rows so many times: once, or less than nothing to take them off.
func (k *Kept) addRows(of ledger.RowCounts, times int, catalogue *billing.Catalogue) error {
	for i := range of.Totals {
		row := &of.Totals[i]
		codes, err := words.Codes(row.Codes)
		if err != nil {
			return err
		}
		if row.Outcome != billing.Held && row.Outcome != billing.Rejected {
			codes = nil
		}
		k.addReasons(row, times, codes, catalogue)
		codes = slices.DeleteFunc(codes, func(code billing.Code) bool { return catalogue.Severity(code) < billing.Hold })
		k.Rows = append(k.Rows, RowSum{Provider: row.Provider, Municipality: row.Municipality, Outcome: row.Outcome, Codes: codes, Earlier: row.Earlier,
			Sum: Sum{times * row.Rows, billing.Money(times) * row.Amount()}})
	}
	k.Gap.add(of, billing.Money(times))
	k.sortRows()
	k.Reasons = slices.DeleteFunc(k.Reasons, func(reason Reason) bool { return reason.Count == 0 })
	if k.Reasons == nil {
		k.Reasons = []Reason{} // nil is not known
	}
	slices.SortFunc(k.Reasons, func(a, b Reason) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Code, b.Code)) })
	return nil
}

// addReasons counts why rows are held or rejected.
func (k *Kept) addReasons(row *ledger.RowTotal, times int, codes []billing.Code, catalogue *billing.Catalogue) {
	for _, code := range codes {
		if catalogue.SeverityFor(code, originOf(row)) == billing.Signal {
			continue
		}
		at := slices.IndexFunc(k.Reasons, func(known Reason) bool { return known.Code == code })
		if at < 0 {
			at, k.Reasons = len(k.Reasons), append(k.Reasons, Reason{Code: code})
		}
		k.Reasons[at].add(times*row.Rows, billing.Money(times)*row.Amount())
	}
}

func originOf(row *ledger.RowTotal) billing.Origin {
	if row.Prestatie {
		return billing.FromMessage
	}
	return billing.FromSpreadsheet
}

// sortRows puts the sums of rows in one order and together where they are of the same, whatever order they were made in.
func (k *Kept) sortRows() {
	same := func(a, b RowSum) int {
		return cmp.Or(strings.Compare(a.Provider, b.Provider), strings.Compare(a.Municipality, b.Municipality), cmp.Compare(a.Outcome, b.Outcome),
			slices.Compare(a.Codes, b.Codes), compareBool(a.Earlier, b.Earlier))
	}
	slices.SortStableFunc(k.Rows, same)
	var sums []RowSum
	for _, row := range k.Rows {
		if last := len(sums) - 1; last >= 0 && same(sums[last], row) == 0 {
			sums[last].Sum = sums[last].Plus(row.Sum)
		} else {
			sums = append(sums, row)
		}
	}
	k.Rows = slices.DeleteFunc(sums, func(row RowSum) bool { return row.Sum == Sum{} })
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
