package report

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// yearly builds a Year from one state of the store.
type yearly struct {
	*Year
	tx       *ledger.Tx
	run      ledger.Run     // the last run
	closed   []ledger.Run   // oldest first
	end      billing.Period // the last closed period with care of the year
	totals   map[YearKey]*YearTotal
	shares   map[shareKey]*YearShare
	ledger   map[creditor]*LedgerSum
	progress billing.Progress
}

type shareKey struct {
	period billing.Period
	creditor
}

// Year returns the statement of a calendar year. It first verifies the chain of the ledger, reporting the number of
// verified lines to progress. It returns a refusal if the chain is broken, if there is no run, or if the year has no care.
func (r *Reporter) Year(ctx context.Context, year int, setting Setting, progress billing.Progress) (*Year, error) {
	y := &yearly{
		totals: make(map[YearKey]*YearTotal), shares: make(map[shareKey]*YearShare), ledger: make(map[creditor]*LedgerSum), progress: progress,
		Year: &Year{Region: setting.Region, Language: setting.Language, Program: r.Program, Book: setting.Book, Fingerprint: setting.Fingerprint,
			Notes: setting.Notes, Year: year, FinalWith: billing.PeriodOf(year, 12).Add(setting.Policy.LateMonths)},
	}
	err := r.Store.Read(ctx, func(tx *ledger.Tx) error {
		y.tx = tx
		for _, fill := range []func(context.Context) error{y.begin, y.prove, y.addFinal, y.addWhole, y.addOpen, y.addHeld, y.addWaiting} {
			if err := fill(ctx); err != nil {
				return err
			}
		}
		if len(y.totals) == 0 {
			return y.refuseEmpty(ctx)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	y.addPeriods()
	y.sort()
	return y.Year, nil
}

// begin fills in how far the ledger has come.
func (y *yearly) begin(ctx context.Context) error {
	last, ran, err := y.tx.LastRun(ctx)
	if err != nil {
		return err
	}
	if !ran {
		return ledger.Refuse("Er is nog geen periode berekend. Doe eerst ‘pxq run --period JJJJ-MM’.", "No period has been computed yet. First do “pxq run --period YYYY-MM”.")
	}
	y.run, y.AsOf = last, max(last.AsOf, last.ClosedOn)
	if !last.Closed() {
		y.Open = last.Month()
	}
	y.BookChanged = y.Fingerprint != last.Book
	if y.closed, err = y.tx.ClosedRuns(ctx); err != nil {
		return err
	}
	if count := len(y.closed); count > 0 {
		y.Since, y.Until, y.Head = y.closed[0].Month(), y.closed[count-1].Month(), y.closed[count-1].Head
		y.Book, err = withFormer(ctx, y.tx, y.closed, y.Book)
	}
	return err
}

// withFormer returns the book with the names of parties and products that only the books of closed runs have, so that
// declared care keeps its names; later books take precedence.
func withFormer(ctx context.Context, tx *ledger.Tx, closed []ledger.Run, book *billing.Book) (*billing.Book, error) {
	seen := make(map[string]bool) // fingerprints
	for _, run := range slices.Backward(closed) {
		if seen[run.Book] {
			continue
		}
		seen[run.Book] = true
		former, _, ok, err := tx.Book(ctx, run)
		if err != nil {
			return nil, err
		}
		if ok {
			book = book.WithNamesOf(former)
		}
	}
	return book, nil
}

// prove recomputes the chain, and on the way adds up the lines of the year one by one, as an independent check of the
// totals.
func (y *yearly) prove(ctx context.Context) error {
	const step = 10_000
	total, err := y.tx.FinalLines(ctx)
	if err != nil {
		return err
	}
	lines := 0
	proof, err := y.tx.ProveChain(ctx, y.closed, func(line *billing.DeclaredLine) {
		if lines++; lines%step == 0 || lines == total {
			y.progress.Report(billing.Step{Done: lines, Total: total, Rows: lines})
		}
		if y.has(line.CareMonth) {
			y.ledgerOf(line.Provider, line.Municipality).Add(line.Kind, 1, line.Amount)
		}
	})
	if err != nil || len(proof.Faults) == 0 {
		return err
	}
	return ledger.Refuse("De keten van het grootboek klopt niet, daarom is er geen verantwoording gemaakt. %[1]s ‘pxq verify’ noemt alles wat afwijkt; zet zo nodig een reservekopie van de database terug.",
		"The chain of the ledger is broken, so no statement was made. %[2]s “pxq verify” lists everything that differs; if necessary, restore a backup of the database.",
		proof.Faults[0].Dutch, proof.Faults[0].English)
}

func (y *yearly) ledgerOf(provider, municipality string) *LedgerSum {
	key := creditor{provider, municipality}
	if y.ledger[key] == nil {
		y.ledger[key] = &LedgerSum{Municipality: municipality, Provider: provider}
	}
	return y.ledger[key]
}

func (y *yearly) total(key YearKey) *YearTotal {
	total := y.totals[key]
	if total == nil {
		total = &YearTotal{YearKey: key}
		y.totals[key] = total
	}
	return total
}

func (y *yearly) share(period billing.Period, provider, municipality string) *YearShare {
	key := shareKey{period, creditor{provider, municipality}}
	if y.shares[key] == nil {
		y.shares[key] = &YearShare{Period: period, Municipality: municipality, Provider: provider}
	}
	return y.shares[key]
}

func yearKeyOf(t *ledger.LineTotal) YearKey {
	return YearKey{t.Municipality, t.Provider, t.Product, t.Unit, t.CareMonth}
}

// addFinal adds the final lines.
func (y *yearly) addFinal(ctx context.Context) error {
	totals, err := y.tx.YearTotals(ctx, y.first(), y.last())
	for i := range totals {
		t := &totals[i]
		total := y.total(yearKeyOf(t))
		total.Add(t.Kind, t.Lines, t.Amount)
		total.Quantity += t.Quantity
		y.end = max(y.end, t.Period)
		y.share(t.Period, t.Provider, t.Municipality).Add(t.Kind, t.Lines, t.Amount)
	}
	return err
}

// addWhole adds the amounts of the whole final declarations of the periods in which care of the year was or could be
// declared.
func (y *yearly) addWhole(ctx context.Context) error {
	totals, err := y.tx.PeriodTotals(ctx, y.first(), max(y.end, y.FinalWith))
	for i := range totals {
		t := &totals[i]
		y.share(t.Period, t.Provider, t.Municipality).Whole += t.Amount
	}
	return err
}

// addOpen adds the lines of the last run if it is not closed.
func (y *yearly) addOpen(ctx context.Context) error {
	if y.Open == 0 {
		return nil
	}
	totals, err := y.tx.LineTotals(ctx, y.run)
	for i := range totals {
		t := &totals[i]
		share := y.share(t.Period, t.Provider, t.Municipality)
		share.Whole += t.Amount
		if y.has(t.CareMonth) {
			share.Add(t.Kind, t.Lines, t.Amount)
			y.total(yearKeyOf(t)).Open.add(t.Lines, t.Amount)
		}
	}
	return err
}

// addHeld adds the records that the last run left held, and declared records that need a decision.
func (y *yearly) addHeld(ctx context.Context) error {
	totals, err := y.tx.HeldTotals(ctx, y.run, y.first(), y.last())
	for _, t := range totals {
		total := y.total(YearKey{t.Municipality, t.Provider, t.Product, t.Unit, t.CareMonth})
		amount := billing.Money(t.Records) * t.Price.Times(t.Quantity, t.Unit)
		if t.Outcome != billing.Held {
			total.Asked.add(t.Records, amount)
			continue
		}
		total.Held.add(t.Records, amount)
		total.HeldQuantity += billing.Quantity(t.Records) * t.Quantity
	}
	return err
}

func (y *yearly) addWaiting(ctx context.Context) (err error) {
	y.Waiting, err = y.tx.WaitingClients(ctx, y.first(), y.last())
	return err
}

// addPeriods lists the periods in which care of the year can come in, and those after them up to the last that has care of the year.
func (y *yearly) addPeriods() {
	for _, run := range y.closed {
		if month := run.Month(); y.first() <= month && month <= max(y.end, y.FinalWith) {
			y.Periods = append(y.Periods, YearPeriod{month, run.ClosedOn})
		}
	}
	if y.Open != 0 && y.first() <= y.Open && (y.Open <= y.FinalWith || y.anyOpen()) {
		y.Periods = append(y.Periods, YearPeriod{Period: y.Open})
	}
	maps.DeleteFunc(y.shares, func(_ shareKey, share *YearShare) bool {
		return !slices.ContainsFunc(y.Periods, func(p YearPeriod) bool { return p.Period == share.Period })
	})
}

func (y *yearly) anyOpen() bool {
	for _, total := range y.totals {
		if total.Open.Count > 0 {
			return true
		}
	}
	return false
}

// sort sorts the totals, the shares and the sums of the ledger.
func (y *yearly) sort() {
	for _, total := range y.totals {
		y.Totals = append(y.Totals, *total)
	}
	slices.SortFunc(y.Totals, func(a, b YearTotal) int {
		return cmp.Or(strings.Compare(a.Municipality, b.Municipality), strings.Compare(a.Provider, b.Provider), strings.Compare(a.Product, b.Product),
			cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.CareMonth, b.CareMonth))
	})
	for _, share := range y.shares {
		y.Shares = append(y.Shares, *share)
	}
	slices.SortFunc(y.Shares, func(a, b YearShare) int {
		return cmp.Or(cmp.Compare(a.Period, b.Period), strings.Compare(a.Municipality, b.Municipality), strings.Compare(a.Provider, b.Provider))
	})
	for _, sum := range y.ledger {
		y.Ledger = append(y.Ledger, *sum)
	}
	slices.SortFunc(y.Ledger, func(a, b LedgerSum) int {
		return cmp.Or(strings.Compare(a.Municipality, b.Municipality), strings.Compare(a.Provider, b.Provider))
	})
}

// refuseEmpty returns the refusal of a year without care, which names the years that have some.
func (y *yearly) refuseEmpty(ctx context.Context) error {
	years, err := y.tx.CareYears(ctx, y.run)
	if err != nil {
		return err
	}
	if len(years) == 0 {
		return ledger.Refuse("Over %d is niets te verantwoorden: er is nog geen zorg gedeclareerd en niets in uitval, ook niet van een ander jaar. Zet aanleveringen in submissions/ en doe ‘pxq run --period JJJJ-MM’.",
			"There is nothing to account for in %d: no care has been declared yet and none is held, for any year. Put submissions in submissions/ and do “pxq run --period YYYY-MM”.", y.Year.Year)
	}
	list := strings.Trim(fmt.Sprint(years), "[]")
	return ledger.Refuse("Over %d is niets te verantwoorden: van dat jaar is geen zorg gedeclareerd en niets in uitval. Er is zorg van: %s. Geef bijvoorbeeld --year %d.",
		"There is nothing to account for in %d: no care of that year has been declared and none is held. There is care from: %s. Use, for example, --year %d.",
		y.Year.Year, strings.ReplaceAll(list, " ", ", "), years[len(years)-1])
}
