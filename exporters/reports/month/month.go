// Package month has what the workbooks of a period share: the totals of rows (Tally) and lines (Measures, Cube), the columns
// in which both are shown, and the sheets that are in more than one workbook. Month is the period, and a Party the region, a
// municipality or a provider in it.
package month

import (
	"maps"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// Month is what every workbook of a period is made from: the head of the report, the spool for rows, and the totals of the
// declaration.
type Month struct {
	*layout.View
	Spool *workbook.Spool
	Cube  Cube

	changed map[billing.LineKey]struct{} // keys with credits or corrections in this period
	late    map[billing.LineKey]struct{} // keys of earlier care months that are declared for the first time in this period
}

// New returns a month without lines.
func New(head *report.ReportHead, spool *workbook.Spool) *Month {
	return &Month{
		View: layout.NewView(head), Spool: spool, Cube: make(Cube),
		changed: make(map[billing.LineKey]struct{}), late: make(map[billing.LineKey]struct{}),
	}
}

// AddLine adds a line of the declaration; all lines must be added before any row.
func (m *Month) AddLine(line *billing.DeclaredLine) {
	m.Cube.Add(line)
	m.noteKey(line)
}

// Party adds up the rows and the declaration of the region, a municipality or a provider.
type Party struct {
	Tally      Tally
	Declared   Measures
	settlement settlement
}

// AddLine adds a line of the declaration.
func (p *Party) AddLine(line *billing.DeclaredLine) {
	p.Declared.Add(line)
	p.settlement.addLine(line)
}

// AddRow adds a row that was kept; way is the result of Month.WayOf.
func (p *Party) AddRow(row *report.Row, way Way) {
	p.Tally.addRow(row)
	p.settlement.addRow(row, way)
}

// Accepted returns the sum of the amounts of the accepted records, each on its own.
func (p *Party) Accepted() billing.Money { return p.settlement.Accepted }

// Merge adds another party.
func (p *Party) Merge(other *Party) {
	p.Tally.Merge(&other.Tally)
	p.Declared.Merge(&other.Declared)
	p.settlement.merge(&other.settlement)
}

// SumOfParties adds up parties.
func SumOfParties(parties map[string]*Party) *Party {
	var sum Party
	for _, party := range parties {
		sum.Merge(party)
	}
	return &sum
}

// Head returns the properties of a workbook of the period.
func (m *Month) Head(kind, title string) workbook.Head {
	month := m.MonthName(m.Period)
	notice := m.Say("DEFINITIEF – de declaratie van %s is afgesloten.", month)
	if !m.Closed {
		notice = m.Say("VOORLOPIG – de declaratie van %s is nog niet afgesloten; bedragen kunnen nog veranderen.", month)
	}
	return m.HeadOf(kind, title+" – "+month, notice, !m.Closed)
}

// Facts writes the region, the period and the as-of date.
func (m *Month) Facts(page *workbook.Page) {
	page.Skip()
	page.Fact(m.Say("Regio"), workbook.Text(m.Region), workbook.Plain)
	page.Fact(m.Say("Declaratieperiode"), workbook.Text(m.MonthName(m.Period)), workbook.Plain)
	page.Fact(m.Say("Stand per"), workbook.Day(m.AsOf), workbook.DayOf)
}

// KeyFigures writes the key figures of the region or a municipality.
func (m *Month) KeyFigures(page *workbook.Page, p *Party, payments []*report.Payment) {
	held, rejected := p.Tally.Of(billing.Held), p.Tally.Of(billing.Rejected)
	pay, later := SumOf(payments, paid), SumOf(payments, (*report.Payment).CarriesOver)
	lines := []layout.Headline{
		{Label: m.Say("Gedeclareerd"), Amount: p.Declared.Net(), Rows: p.Declared.Lines, Explanation: m.Say("declaratieregels van deze periode, credits verrekend")},
		{Label: m.Say("Te betalen"), Amount: pay.Amount, Rows: pay.Count, Explanation: m.Say("betalingen, na verrekening van eerdere saldi")},
	}
	if later.Count > 0 {
		lines = append(lines, layout.Headline{
			Label: m.Say("Later te verrekenen"), Amount: later.Amount, Rows: later.Count, Explanation: m.Say("negatieve saldi, die met een volgende periode worden verrekend"),
		})
	}
	m.Headlines(page, append(lines,
		layout.Headline{Label: m.Say("In uitval"), Amount: held.Amount, Rows: held.Rows, Explanation: m.Say("zorgregels die op een besluit wachten")},
		layout.Headline{Label: m.Say("Afgewezen"), Amount: rejected.Amount, Rows: rejected.Rows, Explanation: m.Say("zorgregels die niet betaald worden zolang hun gegevens niet veranderen")},
	))
}

// EarlierPeriods returns the latest earlier periods in which something was declared, at most periodsMax of them, in
// order.
func (m *Month) EarlierPeriods() []billing.Period {
	seen := make(map[billing.Period]bool)
	for i := range m.Earlier {
		seen[m.Earlier[i].Period] = true
	}
	periods := slices.Sorted(maps.Keys(seen))
	return periods[max(0, len(periods)-periodsMax):]
}

// periodsMax is the most earlier periods that are shown next to this one.
const periodsMax = 12
