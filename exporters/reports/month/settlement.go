package month

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// settlement leads from the amounts of the accepted records, each on its own, to the declared amount: records that were declared
// earlier are taken off, credits and corrections are added, and each line is rounded once.
type settlement struct {
	Accepted billing.Money // accepted records, each on its own
	Earlier  billing.Money // the part of records in lines that an earlier period declared and that were not corrected
	Again    billing.Money // the part of records in lines that are corrections
	Changes  billing.Money // credits and corrections
}

// Way says in which line of the declaration an accepted row is.
type Way int

// The ways.
const (
	ForTheFirstTime Way = iota
	Corrected           // in a line that is a correction
	Declared            // in a line that an earlier period declared and that stands
)

func (s *settlement) addRow(row *report.Row, way Way) {
	if row.Outcome != billing.Accepted {
		return
	}
	s.Accepted += row.Amount
	switch way {
	case Corrected:
		s.Again += row.Amount
	case Declared:
		s.Earlier += row.Amount
	}
}

func (s *settlement) addLine(line *billing.DeclaredLine) {
	if line.Kind.ChangesDeclared() {
		s.Changes += line.Amount
	}
}

func (s *settlement) merge(other *settlement) {
	s.Accepted += other.Accepted
	s.Earlier += other.Earlier
	s.Again += other.Again
	s.Changes += other.Changes
}

// credited returns the effect of credits and corrections on the amounts of the records in them.
func (s *settlement) credited() billing.Money { return s.Changes - s.Again }

// rounded returns the effect of rounding lines, given the declared amount.
func (s *settlement) rounded(declared billing.Money) billing.Money {
	return declared - (s.Accepted - s.Earlier + s.credited())
}

// noteKey records the key of a line about care of an earlier month.
func (m *Month) noteKey(line *billing.DeclaredLine) {
	switch {
	case line.Kind.ChangesDeclared():
		m.changed[line.LineKey] = struct{}{}
	case line.Kind == billing.Late:
		m.late[line.LineKey] = struct{}{}
	}
}

// WayOf says in which line an accepted row is. A row of an earlier month without a line in this declaration is in the line that
// stands, even if it was received since: it replaced a row with the same result, for instance when a date was corrected.
// Rounding to whole hours leaves rows without a line too; those count as rounding.
func (m *Month) WayOf(row *report.Row) Way {
	if row.Outcome != billing.Accepted {
		return ForTheFirstTime
	}
	key := billing.LineKey{
		Provider: row.Record.Provider, Municipality: row.Municipality, BSN: row.Record.BSN, Referral: row.Referral, Product: row.Product,
		Unit: row.Record.Unit, CareMonth: row.Record.First.Period(),
	}
	if _, changed := m.changed[key]; changed {
		return Corrected
	}
	if row.Before == billing.Accepted {
		return Declared
	}
	if _, late := m.late[key]; late || key.CareMonth >= m.Period {
		return ForTheFirstTime
	}
	if product := m.Book.ProductIn(key.Product, key.CareMonth); row.Record.Prestatie == nil && product != nil && product.WholeHours {
		return ForTheFirstTime
	}
	return Declared
}

// Step is one step from accepted to declared.
type Step struct {
	Label, Meaning string
	Amount         billing.Money
}

// Steps returns how the accepted amount becomes the declared amount; steps of 0 are left out.
func (m *Month) Steps(p *Party) []Step {
	s := &p.settlement
	steps := []Step{{m.Say("Akkoord"), m.Say("de zorgregels elk voor zich"), s.Accepted}}
	for _, next := range []Step{
		{m.Say("Eerder gedeclareerd"), m.Say("zorgregels die al in een eerdere declaratie zaten"), -s.Earlier},
		{m.Say("Credits en correcties"), m.Say("wat eerder gedeclareerd was en nu vervalt of anders is"), s.credited()},
		{m.Say("Afronding"), m.Say("elke declaratieregel is één keer afgerond"), s.rounded(p.Declared.Net())},
	} {
		if next.Amount != 0 {
			steps = append(steps, next)
		}
	}
	return steps
}

var stepColumns = []layout.Column[Step]{
	layout.Col("Stap", 0, workbook.Wrapped, func(_ *layout.View, s Step) workbook.Value { return workbook.Text(s.Label + ": " + s.Meaning) }),
	layout.Col("Bedrag", 0, workbook.Euro, func(_ *layout.View, s Step) workbook.Value { return workbook.Money(s.Amount) }).Summed(),
}

// stepsBlock shows the steps from accepted to declared.
func (m *Month) stepsBlock(page *workbook.Page, p *Party) {
	page.Section(&workbook.Section{
		Title: m.Say("Van akkoord naar gedeclareerd"), Columns: layout.ColumnsOf(m.View, stepColumns), Rows: layout.BlockOf(m.View, stepColumns, m.Steps(p)),
		Total: m.Say("Gedeclareerd"),
	})
}
