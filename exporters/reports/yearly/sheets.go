package yearly

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// commonSheets returns the sheets that all workbooks of a yearly statement have. sums are further ways of adding up the year.
func (b *yearBook) commonSheets(sums []summing) []layout.Sheet {
	return []layout.Sheet{b.detailSheet(), b.periodSheet(), b.reconciliation(sums)}
}

// providerSheet returns the totals by provider: a region has too many of them for its first page.
func (b *yearBook) providerSheet() layout.Sheet {
	const about = "Het jaar per aanbieder; elke aanbieder heeft ook een eigen verantwoording."
	return layout.Sheet{Name: "Aanbieders", About: about, Build: func(book *workbook.Book, name string) error {
		columns := withYear(yearNamed("AGB-code", 22, func(_ *layout.View, agb string) string { return agb }), yearNamed("Aanbieder", 46, (*layout.View).ProviderName))
		rows := b.spool.Rows()
		for _, group := range b.party.by(func(t *report.YearTotal) string { return t.Provider }) {
			rows.Add(layout.CellsOf(b.View, columns, group)...)
		}
		return book.AddTable(layout.TableOf(b.View, name, "tbl_aanbieders", name, b.Say(about), columns, rows))
	}}
}

// detailSheet returns the sheet of all totals, one row for each product and care month.
func (b *yearBook) detailSheet() layout.Sheet {
	const about = "Alle bedragen per product en zorgmaand; filteren telt mee in de totalen."
	return layout.Sheet{Name: "Specificatie", About: about, Build: func(book *workbook.Book, name string) error {
		return book.AddTable(layout.TableOf(b.View, name, "tbl_specificatie", name, b.Say(about), b.party.columns, b.party.rows))
	}}
}

// shownShare is the share of a period as it is displayed, with what is not closed apart.
type shownShare struct {
	report.YearPeriod
	final, open report.LineSum
	whole       billing.Money
}

func shareMoney(heading string, amount func(*shownShare) billing.Money) layout.Column[*shownShare] {
	return layout.Col(heading, 19, workbook.Euro, func(_ *layout.View, s *shownShare) workbook.Value { return workbook.Money(amount(s)) }).Summed()
}

var shareColumns = []layout.Column[*shownShare]{
	layout.Col("Declaratieperiode", 20, workbook.MonthOf, func(_ *layout.View, s *shownShare) workbook.Value { return workbook.Month(s.Period) }),
	layout.Col("Stand", 22, workbook.Plain, func(v *layout.View, s *shownShare) workbook.Value {
		if s.ClosedOn.IsZero() {
			return workbook.Text(v.Say("nog niet afgesloten")).As(workbook.Strong)
		}
		return workbook.Text(v.Say("afgesloten"))
	}),
	layout.Col("Afgesloten op", 16, workbook.DayOf, func(_ *layout.View, s *shownShare) workbook.Value { return workbook.Day(s.ClosedOn) }),
	layout.Col("Declaratieregels", 19, workbook.Whole, func(_ *layout.View, s *shownShare) workbook.Value { return workbook.Count(s.final.Lines()) }).Summed(),
	shareMoney("Debet", func(s *shownShare) billing.Money { return s.final.Debit }),
	shareMoney("Credit", func(s *shownShare) billing.Money { return s.final.Credit }),
	shareMoney("Netto", func(s *shownShare) billing.Money { return s.final.Net() }),
	shareMoney("Nog niet afgesloten", func(s *shownShare) billing.Money { return s.open.Net() }),
	shareMoney("Zorg van andere jaren", func(s *shownShare) billing.Money { return s.whole - s.final.Net() - s.open.Net() }),
	shareMoney("Hele declaratie", func(s *shownShare) billing.Money { return s.whole }),
}

// shownShares returns every period of the year, including those without a share for the party.
func (b *yearBook) shownShares() []*shownShare {
	shares := make([]*shownShare, len(b.year.Periods))
	for i, period := range b.year.Periods {
		shares[i] = &shownShare{YearPeriod: period}
		share := b.party.shares[period.Period]
		switch {
		case share == nil:
			continue
		case period.ClosedOn.IsZero():
			shares[i].open = share.LineSum
		default:
			shares[i].final = share.LineSum
		}
		shares[i].whole = share.Whole
	}
	return shares
}

// periodSheet returns the sheet of what each period declared, to compare with the workbooks of the months.
func (b *yearBook) periodSheet() layout.Sheet {
	const about = "Wat elke declaratieperiode bijdroeg; de hele declaratie is die van het werkboek van die maand."
	return layout.Sheet{Name: "Declaratieperioden", About: about, Build: func(book *workbook.Book, name string) error {
		rows := b.spool.Rows()
		for _, share := range b.shownShares() {
			rows.Add(layout.CellsOf(b.View, shareColumns, share)...)
		}
		return book.AddTable(layout.TableOf(b.View, name, "tbl_declaratieperioden", name, b.Say(about), shareColumns, rows))
	}}
}

// summing is one way of adding up a year.
type summing struct {
	label string
	counted
}

var summingColumns = []layout.Column[summing]{
	layout.Col("Opgeteld als", 0, workbook.Plain, func(_ *layout.View, s summing) workbook.Value { return workbook.Text(s.label) }),
	layout.Col("Declaratieregels", 0, workbook.Whole, func(_ *layout.View, s summing) workbook.Value { return workbook.Count(s.lines) }),
	layout.Col("Debet", 0, workbook.Euro, func(_ *layout.View, s summing) workbook.Value { return workbook.Money(s.debit) }),
	layout.Col("Credit", 0, workbook.Euro, func(_ *layout.View, s summing) workbook.Value { return workbook.Money(s.credit) }),
	layout.Col("Netto", 0, workbook.Euro, func(_ *layout.View, s summing) workbook.Value { return workbook.Money(s.debit + s.credit) }),
}

// reconciliation returns the sheet that shows all ways of adding up the year.
func (b *yearBook) reconciliation(sums []summing) layout.Sheet {
	const about = "Het jaar op meer manieren opgeteld, en waaruit het is opgemaakt."
	return layout.Sheet{Name: "Aansluiting", About: about, Build: func(book *workbook.Book, name string) error {
		page := book.AddPage(name, name, 46, 17, 17, 17, 17)
		page.Chapter(b.Say("Zorg van %d in afgesloten perioden", b.year.Year))
		ways := append([]summing{
			{b.Say("Grootboek, regel voor regel"), countedOf(b.party.ledger)},
			{b.Say("Specificatie in dit werkboek"), b.party.written()},
			{b.Say("Som van de declaratieperioden"), b.sumOfShares(b.party)},
		}, sums...)
		page.Block(layout.ColumnsOf(b.View, summingColumns), layout.BlockOf(b.View, summingColumns, ways), "")
		b.Spread(page, len(ways), 3)
		page.Chapter(b.Say("Waaruit opgemaakt"))
		page.Fact(b.Say("Afgesloten tot en met"), workbook.Text(b.closedUntil()), workbook.Plain)
		page.Fact(b.Say("Contractenboek"), workbook.Text(b.Fingerprint), workbook.Plain)
		page.Fact(b.Say("Programma"), workbook.Text(b.Program), workbook.Plain)
		b.chainHead(page)
		if b.year.Head == "" {
			return page.Close()
		}
		page.Paragraph(b.Say("De ketenkop is de SHA-256 achter de laatste afgesloten regel. Voor deze verantwoording is de keten regel voor regel nagerekend; ‘pxq verify --head KETENKOP’ doet dat opnieuw en vergelijkt."))
		return page.Close()
	}}
}

// signatureLines is at least the number of lines of the block to sign, which is kept on one sheet of paper.
const signatureLines = 26

// signature writes the block in which a provider confirms what it delivered, and an accountant what was checked.
func (b *yearBook) signature(page *workbook.Page) {
	page.Lines(b.Say("Ondertekening"), signatureLines)
	page.Fact(b.Say("Aanbieder"), workbook.Text(b.who[0][1]+" ("+b.party.code+")"), workbook.Plain)
	page.Fact(b.Say("Netto verantwoord over %d", b.year.Year), workbook.Text(b.Euros(b.party.Net())), workbook.Plain)
	b.chainHead(page)
	page.Skip()
	if len(b.reasons) > 0 {
		page.Paragraph(b.Say("Dit is een voorlopige verantwoording. Onderteken de definitieve."))
	}
	page.Paragraph(b.Say("De aanbieder verklaart dat de zorg in deze verantwoording in %d is geleverd aan cliënten met een geldige toewijzing, en dat aantallen en bedragen overeenkomen met de eigen administratie.", b.year.Year))
	b.blanks(page, "Naam", "Functie", "Plaats en datum")
	page.Chapter(b.Say("Voor de accountant"))
	if b.year.Head != "" {
		page.Paragraph(b.Say("Opgemaakt uit het grootboek met de ketenkop hierboven; zie het blad Aansluiting."))
	}
	b.blanks(page, "Naam en kantoor", "Oordeel, kenmerk van het rapport", "Plaats en datum")
}

// blanks writes empty fields for answers and for a signature.
func (b *yearBook) blanks(page *workbook.Page, labels ...string) {
	for _, label := range labels {
		page.Blank(b.Say(label), 4, 1)
	}
	page.Blank(b.Say("Handtekening"), 4, 2)
}
