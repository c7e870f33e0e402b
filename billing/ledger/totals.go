package ledger

import (
	"context"
	"fmt"
	"math"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/database"
	"github.com/pxq-nl/pxq/billing/ledger/packed"
	"github.com/pxq-nl/pxq/billing/ledger/words"
)

// LineTotal is the total of some declared lines. Quantities of credits are negative.
type LineTotal struct {
	Period       billing.Period
	Municipality string
	Provider     string
	Product      string
	Unit         billing.Unit
	CareMonth    billing.Period
	Kind         billing.LineKind
	Lines        int
	Quantity     billing.Quantity
	Amount       billing.Money
}

// EmptyTotalOf returns the total that a line belongs to, with nothing added to it yet.
func EmptyTotalOf(line *billing.DeclaredLine) LineTotal {
	return LineTotal{
		Period: line.Period, Municipality: line.Municipality, Provider: line.Provider, Product: line.Product, Unit: line.Unit, CareMonth: line.CareMonth, Kind: line.Kind,
	}
}

// Add counts a line the given number of times; -1 subtracts it. The quantity of a credit counts as negative.
func (t *LineTotal) Add(line *billing.DeclaredLine, times int) {
	quantity := line.Quantity
	if line.Kind == billing.Credit {
		quantity = -quantity
	}
	t.Lines += times
	t.Quantity += quantity * billing.Quantity(times)
	t.Amount += line.Amount * billing.Money(times)
}

// lineTotals returns the totals of the lines that match the condition, per combination of key fields, time before day-parts.
func (v *view) lineTotals(ctx context.Context, where string, values ...any) ([]LineTotal, error) {
	return v.totals(ctx, "SELECT "+totalText("count(*)", "CAST(sum(CASE WHEN kind = 'credit' THEN -quantity ELSE quantity END) AS BIGINT)", "CAST(sum(amount) AS BIGINT)")+
		" FROM lines WHERE "+where+" GROUP BY period, municipality, provider, product, unit, care_month, kind ORDER BY period, municipality, provider, product, unit DESC, care_month, kind", values...)
}

// totalText returns the expression for a total as one text; its arguments are the expressions for its last three fields.
func totalText(lines, quantity, amount string) string {
	return packed.Row([]string{"period", "unit", "care_month", "kind", lines, quantity, amount}, []string{"municipality", "provider", "product"})
}

func (v *view) totals(ctx context.Context, statement string, values ...any) ([]LineTotal, error) {
	var totals []LineTotal
	var text string
	err := v.db.Each(ctx, statement, values, func(scan database.Scan) error {
		if err := scan(&text); err != nil {
			return err
		}
		u := packed.Unpack(text)
		t := LineTotal{Period: billing.Period(u.Number()), Unit: u.Unit(), CareMonth: billing.Period(u.Number()), Kind: packed.Value(&u, words.LineKind),
			Lines: int(u.Number()), Quantity: billing.Quantity(u.Number()), Amount: billing.Money(u.Number())}
		u.Texts(&t.Municipality, &t.Provider, &t.Product)
		totals = append(totals, t)
		return u.Err
	})
	return totals, err
}

// LineTotals returns the totals of a run's declaration.
func (v *view) LineTotals(ctx context.Context, run Run) ([]LineTotal, error) {
	return v.lineTotals(ctx, "period = ? AND "+standing("lines"), run.Period, run.ID, run.ID)
}

// totalsOfLines selects the totals of closed periods, computed from their lines.
const totalsOfLines = "SELECT period, municipality, provider, product, unit, care_month, kind, count(*) AS line_count, " +
	"CAST(sum(CASE WHEN kind = 'credit' THEN -quantity ELSE quantity END) AS BIGINT) AS quantity, CAST(sum(amount) AS BIGINT) AS amount " +
	"FROM lines WHERE sequence > 0 AND period >= ? GROUP BY period, municipality, provider, product, unit, care_month, kind"

// keepTotals stores the totals of a period that is being closed.
func (t *Tx) keepTotals(ctx context.Context, period billing.Period) error {
	return t.db.Exec(ctx, "INSERT INTO closed_totals (period, municipality, provider, product, unit, care_month, kind, line_count, quantity, amount) "+totalsOfLines, int32(period))
}

// ClosedTotals returns the stored totals of the closed periods before a period, without reading their lines.
func (v *view) ClosedTotals(ctx context.Context, before billing.Period) ([]LineTotal, error) {
	return v.keptTotals(ctx, "period < ?", int32(before))
}

func (v *view) keptTotals(ctx context.Context, where string, values ...any) ([]LineTotal, error) {
	return v.totals(ctx, "SELECT "+totalText("line_count", "quantity", "amount")+" FROM closed_totals WHERE "+where+
		" ORDER BY period, municipality, provider, product, unit DESC, care_month, kind", values...)
}

// ClosedNets returns the net amounts of the closed periods before a period, by period, municipality and provider: totals in
// which only these fields are set.
func (v *view) ClosedNets(ctx context.Context, before billing.Period) ([]LineTotal, error) {
	var nets []LineTotal
	err := v.db.Each(ctx, "SELECT period, municipality, provider, CAST(sum(amount) AS BIGINT) FROM closed_totals WHERE period < ? GROUP BY period, municipality, provider "+
		"ORDER BY period, municipality, provider", []any{int32(before)}, func(scan database.Scan) error {
		var t LineTotal
		err := scan(&t.Period, &t.Municipality, &t.Provider, &t.Amount)
		nets = append(nets, t)
		return err
	})
	return nets, err
}

// ClosedAmounts returns the total amounts declared in the closed periods before a period.
func (v *view) ClosedAmounts(ctx context.Context, before billing.Period) (map[billing.Period]billing.Money, error) {
	amounts := make(map[billing.Period]billing.Money)
	err := v.db.Each(ctx, "SELECT period, CAST(sum(amount) AS BIGINT) FROM closed_totals WHERE period < ? GROUP BY period", []any{int32(before)}, func(scan database.Scan) error {
		var period billing.Period
		var amount billing.Money
		err := scan(&period, &amount)
		amounts[period] = amount
		return err
	})
	return amounts, err
}

// YearTotals returns the totals of the final lines with a care month from first to last, by the period that declared them.
func (v *view) YearTotals(ctx context.Context, first, last billing.Period) ([]LineTotal, error) {
	// No care is declared before its month.
	return v.lineTotals(ctx, "sequence > 0 AND period >= ? AND care_month >= ? AND care_month <= ?", int32(first), int32(first), int32(last))
}

// PeriodTotal is the total of a period's declaration for a municipality and a provider.
type PeriodTotal struct {
	Period                 billing.Period
	Municipality, Provider string
	Lines                  int
	Amount                 billing.Money
}

// PeriodTotals returns the totals of the final declarations of the periods from first to last, over all their care months.
func (v *view) PeriodTotals(ctx context.Context, first, last billing.Period) ([]PeriodTotal, error) {
	var totals []PeriodTotal
	err := v.db.Each(ctx, "SELECT period, municipality, provider, count(*), CAST(sum(amount) AS BIGINT) FROM lines WHERE sequence > 0 AND period >= ? AND period <= ? "+
		"GROUP BY period, municipality, provider ORDER BY period, municipality, provider", []any{int32(first), int32(last)}, func(scan database.Scan) error {
		var t PeriodTotal
		err := scan(&t.Period, &t.Municipality, &t.Provider, &t.Lines, &t.Amount)
		totals = append(totals, t)
		return err
	})
	return totals, err
}

// DeclaredTotal returns the number of lines in a run's declaration and their total amount.
func (v *view) DeclaredTotal(ctx context.Context, run Run) (lines int, amount billing.Money, err error) {
	if run.Closed() { // its totals are stored
		err = v.db.Each(ctx, "SELECT CAST(coalesce(sum(line_count), 0) AS BIGINT), CAST(coalesce(sum(amount), 0) AS BIGINT) FROM closed_totals WHERE period = ?",
			[]any{run.Period}, func(scan database.Scan) error { return scan(&lines, &amount) })
		return lines, amount, err
	}
	err = v.db.Each(ctx, "SELECT count(*), CAST(coalesce(sum(amount), 0) AS BIGINT) FROM lines WHERE period = ? AND "+standing("lines"),
		[]any{run.Period, run.ID, run.ID}, func(scan database.Scan) error { return scan(&lines, &amount) })
	return lines, amount, err
}

// FinalLines returns the number of final lines of all closed periods.
func (v *view) FinalLines(ctx context.Context) (int, error) {
	count, err := v.db.Number(ctx, "SELECT count(*) FROM lines WHERE sequence > 0")
	return int(count), err
}

// PayeesOf returns the providers that have lines in a closed period, in order.
func (v *view) PayeesOf(ctx context.Context, period billing.Period) ([]string, error) {
	var providers []string
	err := v.db.List(ctx, &providers, "SELECT DISTINCT provider FROM closed_totals WHERE period = ? ORDER BY provider", int32(period))
	return providers, err
}

// SpendingsNow returns the declared amounts of care months from first on, including the current open lines of the period.
// In split months the amounts are separated by first care date.
func (t *Tx) SpendingsNow(ctx context.Context, first, period billing.Period, split []billing.Period) ([]billing.Spending, error) {
	return t.spendings(ctx, first, period, split, "last_run = 0")
}

// Spendings returns the declared amounts of care months from first on as a run left them: its own declaration and the
// closed ones before it. In split months the amounts are separated by first care date.
func (v *view) Spendings(ctx context.Context, run Run, first billing.Period, split []billing.Period) ([]billing.Spending, error) {
	return v.spendings(ctx, first, run.Month(), split, standing("lines"), run.ID, run.ID)
}

// spendings reads the lines of the period, and the stored totals of the closed periods before it, except for split months.
func (v *view) spendings(ctx context.Context, first, period billing.Period, split []billing.Period, own string, values ...any) ([]billing.Spending, error) {
	var found []billing.Spending
	add := func(of string, values ...any) error {
		const key = "provider, product, municipality, first_date, care_month"
		return v.db.Each(ctx, "SELECT "+key+", CAST(sum(amount) AS BIGINT) FROM "+of+" GROUP BY "+key+" ORDER BY "+key, values, func(scan database.Scan) error {
			var s billing.Spending
			err := scan(&s.Provider, &s.Product, &s.Municipality, &s.First, &s.CareMonth, &s.Amount)
			if s.First == 0 {
				s.First = s.CareMonth.First()
			}
			found = append(found, s)
			return err
		})
	}
	if err := add("lines WHERE period = ? AND care_month >= ? AND "+own, append([]any{int32(period), int32(first)}, values...)...); err != nil {
		return nil, err
	}
	// No care is declared before its month, so earlier periods need not be read.
	since := []any{int32(first), int32(period), int32(first)}
	in := "(-1)"
	for _, month := range split {
		in = strings.TrimSuffix(in, ")") + fmt.Sprintf(", %d)", month)
	}
	if len(split) > 0 {
		if err := add("lines WHERE period >= ? AND period < ? AND care_month >= ? AND sequence > 0 AND care_month IN "+in, since...); err != nil {
			return nil, err
		}
	}
	return found, add("(SELECT provider, product, municipality, 0 AS first_date, care_month, amount FROM closed_totals WHERE period >= ? AND period < ? AND care_month >= ? "+
		"AND care_month NOT IN "+in+") AS kept", since...)
}

// FirstCareMonth returns the earliest care month in the open declaration of a period; the period itself if there is none
// earlier.
func (t *Tx) FirstCareMonth(ctx context.Context, period billing.Period) (billing.Period, error) {
	month, err := t.db.Number(ctx, "SELECT coalesce(min(care_month), ?) FROM lines WHERE period = ? AND last_run = 0", int32(period), int32(period))
	return min(billing.Period(month), period), err
}

// readAgain is the condition on files, under the alias f, that pxq read again itself: because a day came that lay in the
// future, or another file was taken back. It excludes messages: one that is judged again counted as never sent, so it
// counts as new.
const readAgain = "(f.kind <> '" + MessageFile + "' AND EXISTS (SELECT 1 FROM files e WHERE e.sha256 = f.sha256 AND e.id < f.id AND (e.withdrawn = 0 OR e.withdrawn = f.withdrawn)))"

// Received counts the rows of a provider that came in.
type Received struct {
	Kept  int
	Again int // already received: not kept
}

// SoFar stands for a run after everything that came in.
var SoFar = Run{ID: math.MaxInt64, LastFile: math.MaxInt64}

// ReceivedAfter counts, by provider, the rows that came in with the files numbered above lastFile, as of a run: it excludes
// what came in since, and includes what was taken back since.
func (v *view) ReceivedAfter(ctx context.Context, lastFile int64, run Run) (map[string]Received, error) {
	return v.received(ctx, lastFile, run, "")
}

// ReadAgainAfter counts likewise, but only the rows of files that pxq read again itself: nobody sent these.
func (v *view) ReadAgainAfter(ctx context.Context, lastFile int64, run Run) (map[string]Received, error) {
	return v.received(ctx, lastFile, run, " AND "+readAgain)
}

// received counts the rows of files, narrowed by the condition of. The files are selected first, so that the rows are found
// by them: there are few files and many rows.
func (v *view) received(ctx context.Context, lastFile int64, run Run, of string) (map[string]Received, error) {
	received := make(map[string]Received)
	files := " WHERE file_id IN (SELECT f.id FROM files f WHERE f.id > ? AND f.id <= ?" + of + " AND f.withdrawn "
	err := v.db.Each(ctx, "SELECT provider, count(*), 0 FROM records"+files+"= 0) AND state <> 'taken_back' GROUP BY provider "+
		"UNION ALL SELECT provider, count(*), 0 FROM records"+files+"> ?) GROUP BY provider "+
		"UNION ALL SELECT provider, 0, CAST(sum(row_count) AS BIGINT) FROM again"+files+"= 0) GROUP BY provider "+
		"UNION ALL SELECT provider, 0, CAST(sum(row_count) AS BIGINT) FROM again"+files+"> ?) GROUP BY provider",
		[]any{lastFile, run.LastFile, lastFile, run.LastFile, run.ID, lastFile, run.LastFile, lastFile, run.LastFile, run.ID}, func(scan database.Scan) error {
			var provider string
			var rows Received
			err := scan(&provider, &rows.Kept, &rows.Again)
			known := received[provider]
			received[provider] = Received{known.Kept + rows.Kept, known.Again + rows.Again}
			return err
		})
	return received, err
}

// ReceivedSince counts what ReceivedAfter counts for the files since a close, plus the prestaties of CountedSince in the
// run last.
func (v *view) ReceivedSince(ctx context.Context, since Since, last, run Run) (map[string]Received, error) {
	received, err := v.ReceivedAfter(ctx, since.LastFile, run)
	if err != nil {
		return nil, err
	}
	counted, err := v.CountedSince(ctx, since, last)
	if err != nil || len(counted) == 0 {
		return received, err
	}
	list, values := database.ListOf(counted)
	err = v.db.Each(ctx, "SELECT m.provider, m.prestaties FROM messages m JOIN files f ON f.id = m.file_id WHERE m.file_id IN ("+list+") AND (f.withdrawn = 0 OR f.withdrawn > ?)",
		append(values, run.ID), func(scan database.Scan) error {
			var provider string
			var prestaties int
			err := scan(&provider, &prestaties)
			received[provider] = Received{received[provider].Kept + prestaties, received[provider].Again}
			return err
		})
	return received, err
}
