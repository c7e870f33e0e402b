package report

import (
	"cmp"
	"context"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/rules"
)

// Bounds are judged only if there are at least this many records, since a percentage of fewer says nothing: of the provider,
// or for the whole month in it or in the month before.
const (
	recordsOfProvider = 200
	recordsOfMonth    = 1000
)

// Broken is a safety bound of the policy that a run exceeds. Such a run can be closed only with a confirmation.
type Broken struct {
	Key      string // of the policy
	Provider string // "" for the whole month
	Found    int64  // in tenths of a percent
	Limit    int    // percentage
	Text     billing.Text
}

// Bounds returns the safety bounds that a run exceeds.
func (r *Reporter) Bounds(ctx context.Context, run ledger.Run, policy billing.Policy) (broken []Broken, err error) {
	err = r.Store.Read(ctx, func(tx *ledger.Tx) error {
		kept, err := PageSummaryOf(ctx, tx, run)
		if err != nil {
			return err
		}
		if kept != nil {
			broken, err = boundsOfSummary(ctx, tx, run, policy, kept)
			return err
		}
		since, err := tx.SinceClose(ctx, run.ID)
		if err != nil {
			return err
		}
		rows, err := tx.RowTotals(ctx, run, since, policy.RecalculateFrom)
		if err != nil {
			return err
		}
		lines, err := tx.LineTotals(ctx, run)
		if err != nil {
			return err
		}
		broken, err = boundsOf(ctx, tx, run, policy, rows.Rows, lines)
		return err
	})
	return broken, err
}

// boundsOfSummary returns the safety bounds that a run exceeds, computed from its page summary.
func boundsOfSummary(ctx context.Context, tx *ledger.Tx, run ledger.Run, policy billing.Policy, kept *PageSummary) ([]Broken, error) {
	var rows []ledger.RowTotal
	for i := range kept.Rows {
		sum := &kept.Rows[i]
		rows = append(rows, ledger.RowTotal{RowsAlike: ledger.RowsAlike{Provider: sum.Provider, Outcome: sum.Outcome, Earlier: sum.Earlier}, Rows: sum.Count})
	}
	return boundsOf(ctx, tx, run, policy, rows, kept.lineTotals())
}

func boundsOf(ctx context.Context, tx *ledger.Tx, run ledger.Run, policy billing.Policy, rows []ledger.RowTotal, lines []ledger.LineTotal) ([]Broken, error) {
	records, broken := rejections(policy, rows)
	if records < recordsOfMonth { // as in a small region, or in a month that is closed before its files came in
		before, err := recordsOfClosed(ctx, tx, run.Month().Add(-1))
		if err != nil || before < recordsOfMonth {
			return broken, err
		}
	}
	amounts, err := tx.ClosedAmounts(ctx, run.Month())
	if err != nil {
		return nil, err
	}
	var before, total, credited billing.Money
	for _, amount := range amounts {
		before += amount
	}
	monthBefore := amounts[run.Month().Add(-1)]
	for _, line := range lines {
		total += line.Amount
		if line.Kind == billing.Credit {
			credited -= line.Amount
		}
	}
	if found, is := exceeds(max(total-monthBefore, monthBefore-total), monthBefore, policy.MaxChange); is {
		broken = append(broken, Broken{Key: "max_change", Found: found, Limit: policy.MaxChange, Text: billing.Texts(
			"De declaratie (%s) verschilt %s%% van de maand ervoor (%s); de grens is %d%%.",
			"The declaration (%s) differs by %s%% from the month before (%s); the limit is %d%%.",
			euros(total), percentage(found), euros(monthBefore), policy.MaxChange,
		)})
	}
	if found, is := exceeds(credited, before, policy.MaxCredit); is {
		broken = append(broken, Broken{Key: "max_credit", Found: found, Limit: policy.MaxCredit, Text: billing.Texts(
			"Er wordt %s gecrediteerd: %s%% van wat eerder is gedeclareerd (%s); de grens is %d%%.",
			"%s is credited: %s%% of what was declared before (%s); the limit is %d%%.",
			euros(credited), percentage(found), euros(before), policy.MaxCredit,
		)})
	}
	return broken, nil
}

// recordsOfClosed returns how many records came in for a closed period; 0 if it is not closed or has no page summary.
func recordsOfClosed(ctx context.Context, tx *ledger.Tx, period billing.Period) (records int, err error) {
	run, ran, err := tx.RunOf(ctx, period)
	if err != nil || !ran || !run.Closed() {
		return 0, err
	}
	kept, err := PageSummaryOf(ctx, tx, run)
	if err != nil || kept == nil {
		return 0, err
	}
	for _, row := range kept.Rows {
		if !row.Earlier {
			records += row.Count
		}
	}
	return records, nil
}

// rejections counts the records that came in since the last close, and returns an exceeded bound for each provider with too
// many rejected ones.
func rejections(policy billing.Policy, rows []ledger.RowTotal) (records int, broken []Broken) {
	type counts struct{ all, rejected int }
	of := make(map[string]counts)
	for _, row := range rows {
		if row.Earlier || row.TakenBack {
			continue
		}
		count := of[row.Provider]
		count.all += row.Rows
		if row.Outcome == billing.Rejected {
			count.rejected += row.Rows
		}
		of[row.Provider] = count
		records += row.Rows
	}
	for provider, count := range of {
		found, is := exceeds(billing.Money(count.rejected), billing.Money(count.all), policy.MaxRejected)
		if provider == "" || count.all < recordsOfProvider || !is {
			continue
		}
		broken = append(broken, Broken{Key: "max_rejected", Provider: provider, Found: found, Limit: policy.MaxRejected, Text: billing.Texts(
			"Van aanbieder %s zijn %s van de %s zorgregels afgewezen: %s%%; de grens is %d%%.",
			"Provider %s has %s of its %s records rejected: %s%%; the limit is %d%%.",
			provider, number(count.rejected), number(count.all), percentage(found), policy.MaxRejected,
		)})
	}
	slices.SortFunc(broken, func(a, b Broken) int { return cmp.Compare(a.Provider, b.Provider) })
	return records, broken
}

// exceeds reports whether part is more than limit percent of whole and, if so, returns the percentage in tenths, rounded up.
// A limit of 0 means no bound; it returns false if whole is not above 0.
func exceeds(part, whole billing.Money, limit int) (found int64, is bool) {
	if limit == 0 || whole <= 0 || int64(part)*100 <= int64(limit)*int64(whole) {
		return 0, false
	}
	return (int64(part)*1000 + int64(whole) - 1) / int64(whole), true
}

func euros(amount billing.Money) billing.Text {
	return billing.Text{Dutch: rules.Show("amount", amount.String(), "nl"), English: rules.Show("amount", amount.String(), "en")}
}

func number(count int) billing.Text {
	return billing.Text{Dutch: rules.Count(count, "nl"), English: rules.Count(count, "en")}
}

// percentage writes tenths of a percent.
func percentage(tenths int64) billing.Text {
	return billing.Texts("%d,%d", "%d.%d", tenths/10, tenths%10)
}
