package batch

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

// yearly gathers a Year.
type yearly struct {
	*Batch
	*Year
	run    ledger.Run     // the last of all
	closed []ledger.Run   // the oldest first
	end    billing.Period // the last closed period with care of the year
	totals map[YearKey]*YearTotal
	shares map[shareKey]*YearShare
	ledger map[creditor]*LedgerSum
}

type shareKey struct {
	period billing.Period
	creditor
}

// Year gives what the care of a calendar year came to. It proves the chain of the ledger first, and refuses to
// draw a statement from one that does not hold, or of a year in which there is nothing.
func (b *Batch) Year(ctx context.Context, year int, setting Setting) (*Year, error) {
	y, err := b.newYear(ctx, year, setting)
	if err != nil {
		return nil, err
	}
	for _, fill := range []func(context.Context) error{y.prove, y.addFinal, y.addWhole, y.addOpen, y.addHeld, y.addWaiting} {
		if err := fill(ctx); err != nil {
			return nil, err
		}
	}
	if len(y.totals) == 0 {
		return nil, y.refuseEmpty(ctx)
	}
	y.addPeriods()
	y.sort()
	return y.Year, nil
}

func (b *Batch) newYear(ctx context.Context, year int, setting Setting) (*yearly, error) {
	runs, err := b.Store.Runs(ctx)
	if err != nil {
		return nil, err
	}
	if len(runs) == 0 {
		return nil, refuse("Er is nog geen periode berekend. Doe eerst ‘pxq run --period JJJJ-MM’.", "No period was computed yet. First do “pxq run --period YYYY-MM”.")
	}
	last := runs[len(runs)-1]
	y := &yearly{
		Batch: b, run: last, totals: make(map[YearKey]*YearTotal), shares: make(map[shareKey]*YearShare), ledger: make(map[creditor]*LedgerSum),
		closed: slices.DeleteFunc(runs, func(run ledger.Run) bool { return !run.Closed() }),
		Year: &Year{
			Region: setting.Region, Language: setting.Language, Program: b.Program, Book: setting.Book, Fingerprint: setting.Fingerprint, Notes: setting.Notes,
			Year: year, AsOf: billing.Date(max(last.AsOf, last.ClosedOn)), FinalWith: billing.PeriodOf(year, 12).Add(setting.Policy.LateMonths),
		},
	}
	if !last.Closed() {
		y.Open = last.Month()
	}
	y.BookChanged = setting.Fingerprint != last.Book
	if count := len(y.closed); count > 0 {
		y.Since, y.Until, y.Head = y.closed[0].Month(), y.closed[count-1].Month(), y.closed[count-1].Head
		y.Book, err = b.withFormer(ctx, y.closed, setting.Book)
	}
	return y, err
}

// withFormer gives the book with the parties and products that only the books of closed runs have, the latest first:
// care that was declared keeps its names.
func (b *Batch) withFormer(ctx context.Context, closed []ledger.Run, book *billing.Book) (*billing.Book, error) {
	seen := make(map[string]bool) // fingerprints
	for _, run := range slices.Backward(closed) {
		if seen[run.Book] {
			continue
		}
		seen[run.Book] = true
		former, _, ok, err := b.Store.Book(ctx, run)
		if err != nil {
			return nil, err
		}
		if ok {
			book = book.WithNamesOf(former)
		}
	}
	return book, nil
}

// prove recomputes the chain, and adds up the lines of the year that it passes: one by one, in another way than
// the totals are made.
func (y *yearly) prove(ctx context.Context) error {
	proof := &Verified{}
	err := y.proveChain(ctx, proof, y.closed, func(line *billing.DeclaredLine) {
		if y.done(proof.Lines); y.has(line.CareMonth) {
			y.ledgerOf(line.Provider, line.Municipality).Add(line.Kind, 1, line.Amount)
		}
	})
	if err != nil || len(proof.Faults) == 0 {
		return err
	}
	return refuse("De keten van het grootboek klopt niet, daarom is er geen verantwoording gemaakt. %[1]s ‘pxq verify’ noemt alles wat afwijkt; zet zo nodig een reservekopie van de database terug.",
		"The chain of the ledger does not hold, so no statement was made. %[2]s “pxq verify” names all that differs; put back a backup of the database if need be.",
		proof.Faults[0].Dutch, proof.Faults[0].English)
}

// done tells the progress once in many lines.
func (y *yearly) done(lines int) {
	const step = 10_000
	if lines%step == 0 {
		y.Progress.done(step)
	}
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

func (y *yearly) share(t *ledger.LineTotal) *YearShare {
	key := shareKey{billing.Period(t.Period), creditor{t.Provider, t.Municipality}}
	if y.shares[key] == nil {
		y.shares[key] = &YearShare{Period: key.period, Municipality: t.Municipality, Provider: t.Provider}
	}
	return y.shares[key]
}

func yearKeyOf(t *ledger.LineTotal) YearKey {
	return YearKey{t.Municipality, t.Provider, t.Product, billing.Unit(t.Unit), billing.Period(t.CareMonth)}
}

// addFinal adds the final lines.
func (y *yearly) addFinal(ctx context.Context) error {
	totals, err := y.Store.YearTotals(ctx, y.first(), y.last())
	for i := range totals {
		t := &totals[i]
		total := y.total(yearKeyOf(t))
		total.Add(billing.LineKind(t.Kind), t.Lines, billing.Money(t.Amount))
		total.Quantity += billing.Quantity(t.Quantity)
		y.end = max(y.end, billing.Period(t.Period))
		y.share(t).Add(billing.LineKind(t.Kind), t.Lines, billing.Money(t.Amount))
	}
	return err
}

// addWhole adds what the whole final declarations come to in which care of the year was or could be declared.
func (y *yearly) addWhole(ctx context.Context) error {
	totals, err := y.Store.PeriodTotals(ctx, y.first(), max(y.end, y.FinalWith))
	for i := range totals {
		y.share(&totals[i]).Whole += billing.Money(totals[i].Amount)
	}
	return err
}

// addOpen adds the lines of the last run when they are not closed.
func (y *yearly) addOpen(ctx context.Context) error {
	if y.Open == 0 {
		return nil
	}
	totals, err := y.Store.LineTotals(ctx, y.run)
	for i := range totals {
		t := &totals[i]
		share := y.share(t)
		share.Whole += billing.Money(t.Amount)
		if y.has(billing.Period(t.CareMonth)) {
			share.Add(billing.LineKind(t.Kind), t.Lines, billing.Money(t.Amount))
			y.total(yearKeyOf(t)).Open.add(t.Lines, billing.Money(t.Amount))
		}
	}
	return err
}

// addHeld adds what the last run left held, and what it asks a decision for though it was declared.
func (y *yearly) addHeld(ctx context.Context) error {
	totals, err := y.Store.HeldTotals(ctx, y.run, y.first(), y.last())
	for _, t := range totals {
		unit, quantity := billing.Unit(t.Unit), billing.Quantity(t.Quantity)
		total := y.total(YearKey{t.Municipality, t.Provider, t.Product, unit, billing.Period(t.CareMonth)})
		amount := billing.Money(t.Records) * billing.Price(t.Price).Times(quantity, unit)
		if t.Outcome != billing.Held {
			total.Asked.add(t.Records, amount)
			continue
		}
		total.Held.add(t.Records, amount)
		total.HeldQuantity += billing.Quantity(t.Records) * quantity
	}
	return err
}

func (y *yearly) addWaiting(ctx context.Context) (err error) {
	y.Waiting, err = y.Store.WaitingClients(ctx, y.first(), y.last())
	return err
}

// addPeriods lists the periods: until care of the year can come in no longer, and later ones with care of it.
func (y *yearly) addPeriods() {
	for _, run := range y.closed {
		if month := run.Month(); y.first() <= month && month <= max(y.end, y.FinalWith) {
			y.Periods = append(y.Periods, YearPeriod{month, billing.Date(run.ClosedOn)})
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

// sort puts everything in its order.
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

// refuseEmpty says that there is nothing in the year, and in which there is.
func (y *yearly) refuseEmpty(ctx context.Context) error {
	years, err := y.Store.CareYears(ctx, y.run)
	if err != nil {
		return err
	}
	if len(years) == 0 {
		return refuse("Over %d is niets te verantwoorden: er is nog geen zorg gedeclareerd en niets in uitval, ook niet van een ander jaar. Zet aanleveringen in submissions/ en doe ‘pxq run --period JJJJ-MM’.",
			"There is nothing to account for in %d: no care was declared yet and none is held, of any year. Put submissions into submissions/ and do “pxq run --period YYYY-MM”.", y.Year.Year)
	}
	list := strings.Trim(fmt.Sprint(years), "[]")
	return refuse("Over %d is niets te verantwoorden: van dat jaar is geen zorg gedeclareerd en niets in uitval. Er is zorg van: %s. Geef bijvoorbeeld --year %d.",
		"There is nothing to account for in %d: no care of that year was declared and none is held. There is care of: %s. Give for example --year %d.",
		y.Year.Year, strings.ReplaceAll(list, " ", ", "), years[len(years)-1])
}
