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

// makePageSummary computes the page summary of a run. totals are the totals of its rows and lines; if nil, they are read from the store.
func (r *Reporter) makePageSummary(ctx context.Context, tx *ledger.Tx, run ledger.Run, setting Setting, totals *PageSummary) (*PageSummary, error) {
	since, err := tx.SinceClose(ctx, run.ID)
	if err == nil && totals == nil {
		totals, err = r.readTotals(ctx, tx, run, since, setting)
	}
	if err != nil {
		return nil, err
	}
	head := &ReportHead{Period: run.Month(), Book: setting.Book, Policy: setting.Policy, Fingerprint: setting.Fingerprint, Catalogue: r.Catalogue}
	g := &gathering{tx, run, since, head}
	money := func(ctx context.Context) error {
		earlier, err := tx.ClosedNets(ctx, run.Month())
		if err != nil {
			return err
		}
		now := totals.lineTotals()
		g.pay(earlier, now)
		if head.Ceilings = totals.Ceilings; totals.Ceilings == nil {
			err = g.ceilings(ctx, now)
		}
		return err
	}
	for _, fill := range []func(context.Context) error{g.files, g.leftOut, money, g.causes} {
		if err := fill(ctx); err != nil {
			return nil, err
		}
	}
	kept := &PageSummary{
		Run: run.ID, Period: run.Month(), AsOf: run.AsOf, ClosedOn: run.ClosedOn, Head: run.Head, Inputs: run.Inputs, Files: len(head.Files),
		Rows: totals.Rows, Reasons: totals.Reasons, Lines: totals.Lines, Gap: totals.Gap,
		Payments: head.Payments, Ceilings: head.Ceilings, OnDay: true, Causes: head.Causes, LeftOut: len(head.LeftOut), Debts: head.LastingDebts(),
	}
	kept.addFiles(head.Files)
	if kept.Signals, err = tx.CountSignals(ctx, run.Month()); err != nil {
		return nil, err
	}
	received := kept.received()
	if kept.Unsent, err = unsent(ctx, tx, since, run, received); err != nil {
		return nil, err
	}
	if kept.Missing, err = missing(ctx, tx, since, received, kept.Unsent); err != nil {
		return nil, err
	}
	declared := billing.Money(0)
	for i := range kept.Lines {
		declared += kept.Lines[i].Amount
	}
	kept.Gap.settle(declared)
	return kept, nil
}

// totalsOf returns the totals of the rows and lines of a run: those stored before its close, or those added up while
// judging; nil if they must be read from the store.
func (r *Reporter) totalsOf(ctx context.Context, tx *ledger.Tx, run ledger.Run, added *ledger.Added) (*PageSummary, error) {
	if run.Closed() {
		return wholePageSummary(ctx, tx, run)
	}
	if added == nil {
		return nil, nil
	}
	totals := &PageSummary{}
	if added.Before.ID != 0 {
		before, err := wholePageSummary(ctx, tx, added.Before)
		if err != nil || before == nil {
			return nil, err
		}
		totals.Rows, totals.Reasons, totals.Gap = before.Rows, before.Reasons, before.Gap
		if before.Period == run.Month() {
			totals.Lines = before.Lines
		}
	}
	totals.Ceilings = added.Ceilings
	totals.addLines(added.Lines)
	return totals, totals.addRows(added.Rows, r.Catalogue)
}

// wholePageSummary returns the stored page summary of a run; nil if it has none that is whole.
func wholePageSummary(ctx context.Context, tx *ledger.Tx, run ledger.Run) (*PageSummary, error) {
	kept, err := PageSummaryOf(ctx, tx, run)
	if err != nil || !kept.isWhole() {
		return nil, err
	}
	return kept, nil
}

// readTotals reads the totals of all rows and lines of a run from the store.
func (r *Reporter) readTotals(ctx context.Context, tx *ledger.Tx, run ledger.Run, since ledger.Since, setting Setting) (*PageSummary, error) {
	rows, err := tx.RowTotals(ctx, run, since, setting.Policy.RecalculateFrom)
	if err != nil {
		return nil, err
	}
	lines, err := tx.LineTotals(ctx, run)
	if err != nil {
		return nil, err
	}
	totals := &PageSummary{}
	totals.addLines(lines)
	return totals, totals.addRows(rows, r.Catalogue)
}

// addLines adds the lines of a declaration, sorts them and merges those of the same kind.
func (k *PageSummary) addLines(lines []ledger.LineTotal) {
	for _, line := range lines {
		k.Lines = append(k.Lines, LinePart{
			Provider: line.Provider, Municipality: line.Municipality, Product: line.Product, Unit: line.Unit, Kind: line.Kind, CareMonth: line.CareMonth,
			Late: line.CareMonth < line.Period, Lines: line.Lines, Quantity: line.Quantity, Amount: line.Amount,
		})
	}
	same := func(a, b LinePart) int {
		return cmp.Or(strings.Compare(a.Municipality, b.Municipality), strings.Compare(a.Provider, b.Provider), strings.Compare(a.Product, b.Product),
			strings.Compare(b.Unit.String(), a.Unit.String()), cmp.Compare(a.CareMonth, b.CareMonth), cmp.Compare(a.Kind, b.Kind))
	}
	slices.SortStableFunc(k.Lines, same)
	k.Lines = addedUp(k.Lines, same, func(sum *LinePart, line LinePart) {
		sum.Lines, sum.Quantity, sum.Amount = sum.Lines+line.Lines, sum.Quantity+line.Quantity, sum.Amount+line.Amount
	}, func(line LinePart) bool { return line.Lines == 0 })
}

// addedUp merges neighbours of a sorted list that compare as equal, and removes sums for which none holds.
func addedUp[T any](list []T, same func(a, b T) int, add func(sum *T, one T), none func(T) bool) []T {
	var sums []T
	for _, one := range list {
		if last := len(sums) - 1; last >= 0 && same(sums[last], one) == 0 {
			add(&sums[last], one)
		} else {
			sums = append(sums, one)
		}
	}
	if sums = slices.DeleteFunc(sums, none); len(sums) == 0 {
		return nil
	}
	return sums
}

// lineTotals returns the totals of the declaration in the form in which the ledger returns them.
func (k *PageSummary) lineTotals() []ledger.LineTotal {
	totals := make([]ledger.LineTotal, 0, len(k.Lines))
	for _, line := range k.Lines {
		totals = append(totals, ledger.LineTotal{
			Municipality: line.Municipality, Provider: line.Provider, Product: line.Product, Unit: line.Unit, CareMonth: line.CareMonth,
			Kind: line.Kind, Lines: line.Lines, Quantity: line.Quantity, Amount: line.Amount,
		})
	}
	return totals
}

func (k *PageSummary) addFiles(files []FileIn) {
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

// addRows adds the totals of rows.
func (k *PageSummary) addRows(of ledger.RowTotals, catalogue *billing.Catalogue) error {
	for i := range of.Rows {
		row := &of.Rows[i]
		codes, err := words.Codes(row.Codes)
		if err != nil {
			return err
		}
		k.addReasons(row, codes, catalogue)
		codes = slices.DeleteFunc(codes, func(code billing.Code) bool { return catalogue.Severity(code) < billing.Hold })
		k.Rows = append(k.Rows, RowSum{Provider: row.Provider, Municipality: row.Municipality, Outcome: row.Outcome, Codes: codes, Earlier: row.Earlier,
			Sum: Sum{row.Rows, row.Amount}})
	}
	k.Gap.add(of)
	k.sortRows()
	k.Reasons = slices.DeleteFunc(k.Reasons, func(reason Reason) bool { return reason.Count == 0 })
	if k.Reasons == nil {
		k.Reasons = []Reason{} // nil means unknown
	}
	slices.SortFunc(k.Reasons, func(a, b Reason) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Code, b.Code)) })
	return nil
}

// addReasons counts the rules because of which rows are held or rejected.
func (k *PageSummary) addReasons(row *ledger.RowTotal, codes []billing.Code, catalogue *billing.Catalogue) {
	for _, code := range codes {
		if catalogue.SeverityFor(code, originOf(row)) == billing.Signal {
			continue
		}
		at := slices.IndexFunc(k.Reasons, func(known Reason) bool { return known.Code == code })
		if at < 0 {
			at, k.Reasons = len(k.Reasons), append(k.Reasons, Reason{Code: code})
		}
		k.Reasons[at].add(row.Rows, row.Amount)
	}
}

func originOf(row *ledger.RowTotal) billing.Origin {
	if row.Prestatie {
		return billing.FromMessage
	}
	return billing.FromSpreadsheet
}

// sortRows sorts the sums of rows and merges those of the same kind, so that the result does not depend on the order of adding.
func (k *PageSummary) sortRows() {
	same := func(a, b RowSum) int {
		return cmp.Or(strings.Compare(a.Provider, b.Provider), strings.Compare(a.Municipality, b.Municipality), cmp.Compare(a.Outcome, b.Outcome),
			slices.Compare(a.Codes, b.Codes), compareBool(a.Earlier, b.Earlier))
	}
	slices.SortStableFunc(k.Rows, same)
	k.Rows = addedUp(k.Rows, same, func(sum *RowSum, row RowSum) { sum.Sum = sum.Plus(row.Sum) }, func(row RowSum) bool { return row.Sum == Sum{} })
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
