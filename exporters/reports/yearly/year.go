package yearly

import (
	"context"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// yearKind is the kind of the workbooks of a yearly statement, and starts their names.
const yearKind = "verantwoording"

// Write writes the workbooks of a yearly statement – one for the region, and one for each municipality and each provider
// with something in it – into an existing empty folder, and returns them sorted by name, as reports.Write does. If totals do
// not agree it returns a *layout.Difference and writes nothing.
func Write(ctx context.Context, dir string, year *report.Year) ([]layout.File, error) {
	return layout.WriteAll(ctx, dir, workbook.SheetRows, func(spool *workbook.Spool) ([]layout.Plan, error) {
		gathered := gatherYear(year, spool)
		if err := gathered.reconcile(); err != nil {
			return nil, err
		}
		return gathered.workbooks(), nil
	})
}

// yearly is what the workbooks of a yearly statement are made from.
type yearly struct {
	*layout.View
	year           *report.Year
	spool          *workbook.Spool
	region         *yearParty
	municipalities map[string]*yearParty // by CBS code; "" for an unknown one
	providers      map[string]*yearParty // by AGB code
}

// yearParty is the part of the year of the region, a municipality or a provider.
type yearParty struct {
	yearSum
	code    string
	totals  []*report.YearTotal
	columns []yearColumn
	rows    *workbook.Rows // the totals as rows of its workbook
	shares  map[billing.Period]*report.YearShare
	ledger  report.LineSum // its lines, added up while the chain of the ledger was verified
}

// yearSum adds up totals.
type yearSum struct {
	report.LineSum
	time, dayparts billing.Quantity // closed, less what was credited
	held, open     report.Sum
	asked          report.Sum // declared records on which a hold was found later
}

func (s *yearSum) add(t *report.YearTotal) {
	s.Merge(t.LineSum)
	switch t.Unit {
	case billing.Time:
		s.time += t.Quantity
	case billing.Daypart:
		s.dayparts += t.Quantity
	}
	s.held = s.held.Plus(t.Held)
	s.open = s.open.Plus(t.Open)
	s.asked = s.asked.Plus(t.Asked)
}

// gatherYear divides the totals over the parties.
func gatherYear(year *report.Year, spool *workbook.Spool) *yearly {
	head := &report.ReportHead{
		Region: year.Region, Language: year.Language, Program: year.Program, Book: year.Book, Fingerprint: year.Fingerprint, Notes: year.Notes, AsOf: year.AsOf,
	}
	y := &yearly{
		View: layout.NewView(head), year: year, spool: spool,
		municipalities: make(map[string]*yearParty), providers: make(map[string]*yearParty),
	}
	y.region = y.newParty("", yearForRegion)
	for i := range year.Totals {
		total := &year.Totals[i]
		for _, party := range y.parties(total.Municipality, total.Provider) {
			party.add(total)
			party.totals = append(party.totals, total)
			party.rows.Add(layout.CellsOf(y.View, party.columns, total)...)
		}
	}
	for i := range year.Shares {
		share := &year.Shares[i]
		for _, party := range []*yearParty{y.region, y.municipalities[share.Municipality], y.providers[share.Provider]} {
			if party != nil { // a party with care of other years only has no workbook
				party.addShare(share)
			}
		}
	}
	for i := range year.Ledger {
		for _, party := range y.parties(year.Ledger[i].Municipality, year.Ledger[i].Provider) {
			party.ledger.Merge(year.Ledger[i].LineSum)
		}
	}
	return y
}

func (y *yearly) newParty(code string, columns []yearColumn) *yearParty {
	return &yearParty{code: code, columns: columns, rows: y.spool.Rows(), shares: make(map[billing.Period]*report.YearShare)}
}

// parties returns the parties whose workbooks hold what belongs to a municipality and a provider.
func (y *yearly) parties(municipality, provider string) []*yearParty {
	if y.municipalities[municipality] == nil {
		y.municipalities[municipality] = y.newParty(municipality, yearForMunicipality)
	}
	if y.providers[provider] == nil {
		y.providers[provider] = y.newParty(provider, yearForProvider)
	}
	return []*yearParty{y.region, y.municipalities[municipality], y.providers[provider]}
}

func (p *yearParty) addShare(share *report.YearShare) {
	sum := p.shares[share.Period]
	if sum == nil {
		sum = &report.YearShare{Period: share.Period}
		p.shares[share.Period] = sum
	}
	sum.Merge(share.LineSum)
	sum.Whole += share.Whole
}

// workbooks returns the plans of all workbooks.
func (y *yearly) workbooks() []layout.Plan {
	plans := []layout.Plan{y.planRegion()}
	for _, code := range layout.SortedKeys(y.municipalities) {
		plans = append(plans, y.planMunicipality(y.municipalities[code]))
	}
	for _, agb := range layout.SortedKeys(y.providers) {
		plans = append(plans, y.planProvider(y.providers[agb]))
	}
	return plans
}

// Provisional returns the reasons why amounts of the statement may still change, a sentence each; nil when it is final.
func Provisional(year *report.Year) []string {
	var sum yearSum
	for i := range year.Totals {
		sum.add(&year.Totals[i])
	}
	y := &yearly{View: layout.NewView(&report.ReportHead{Language: year.Language}), year: year}
	return y.reasons(&sum)
}

// reasons returns why the amounts of one party may still change, without mention of others.
func (y *yearly) reasons(sum *yearSum) []string {
	var reasons []string
	if !y.year.Ended() {
		until := y.Say("er is nog geen periode afgesloten")
		if !y.year.Until.IsZero() {
			until = y.Say("afgesloten is tot en met %s", y.MonthName(y.year.Until))
		}
		reasons = append(reasons, y.Say("Zorg van %d mag binnenkomen tot en met %s, en die periode is nog niet afgesloten: %s.", y.year.Year, y.MonthName(y.year.FinalWith), until))
	}
	if sum.held.Count > 0 {
		reasons = append(reasons, y.Say("Zorgregels in uitval: %s, samen %s.", y.Count(sum.held.Count), y.Euros(sum.held.Amount)))
	}
	if sum.asked.Count > 0 {
		reasons = append(reasons, y.Say("Gedeclareerde zorgregels waarop later iets gevonden is en die op een besluit wachten: %s, samen %s.", y.Count(sum.asked.Count), y.Euros(sum.asked.Amount)))
	}
	if sum.open.Count > 0 {
		reasons = append(reasons, y.Say("Declaratieregels van %s, die nog niet is afgesloten: %s, samen %s.", y.MonthName(y.year.Open), y.Count(sum.open.Count), y.Euros(sum.open.Amount)))
	}
	if y.year.BookChanged {
		reasons = append(reasons, y.Say("Het contractenboek of het beleid is na de laatste run gewijzigd; ‘pxq run’ neemt dat mee."))
	}
	if y.year.Waiting > 0 {
		reasons = append(reasons, y.Say("Na de laatste run is iets binnengekomen of gewijzigd dat zorg van %d kan raken; ‘pxq run’ neemt dat mee.", y.year.Year))
	}
	return reasons
}
