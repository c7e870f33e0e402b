package reports

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// commonSheets are the sheets of every workbook of a yearly statement. Sums are other ways of adding up the same.
func (b *yearBook) commonSheets(sums []summing) []sheet {
	return []sheet{b.detailSheet(), b.periodSheet(), b.reconciliation(sums)}
}

// providerSheet adds up by provider: there are too many for the first page of a region.
func (b *yearBook) providerSheet() sheet {
	const about = "Het jaar per aanbieder; elke aanbieder heeft ook een eigen verantwoording."
	return sheet{name: "Aanbieders", about: about, build: func(book *workbook.Book, name string) error {
		columns := withYear(yearNamed("AGB-code", 22, func(_ *view, agb string) string { return agb }), yearNamed("Aanbieder", 46, (*view).providerName))
		rows := b.spool.Rows()
		for _, group := range b.party.by(func(t *report.YearTotal) string { return t.Provider }) {
			rows.Add(cellsOf(b.view, columns, group)...)
		}
		return book.AddTable(tableOf(b.view, name, "tbl_aanbieders", name, b.say(about), columns, rows))
	}}
}

// detailSheet has all totals, one row for each product and care month.
func (b *yearBook) detailSheet() sheet {
	const about = "Alle bedragen per product en zorgmaand; filteren telt mee in de totalen."
	return sheet{name: "Specificatie", about: about, build: func(book *workbook.Book, name string) error {
		return book.AddTable(tableOf(b.view, name, "tbl_specificatie", name, b.say(about), b.party.columns, b.party.rows))
	}}
}

// shownShare is the share of a period as it is shown: what is not closed stands apart.
type shownShare struct {
	report.YearPeriod
	final, open report.LineSum
	whole       billing.Money
}

func shareMoney(heading string, amount func(*shownShare) billing.Money) column[*shownShare] {
	return column[*shownShare]{heading, 19, workbook.Euro, func(_ *view, s *shownShare) workbook.Value { return workbook.Money(amount(s)) }, summed}
}

var shareColumns = []column[*shownShare]{
	{"Declaratieperiode", 20, workbook.MonthOf, func(_ *view, s *shownShare) workbook.Value { return workbook.Month(s.Period) }, plain},
	{"Stand", 22, workbook.Plain, func(v *view, s *shownShare) workbook.Value {
		if s.ClosedOn.IsZero() {
			return workbook.Text(v.say("nog niet afgesloten")).As(workbook.Strong)
		}
		return workbook.Text(v.say("afgesloten"))
	}, plain},
	{"Afgesloten op", 16, workbook.DayOf, func(_ *view, s *shownShare) workbook.Value { return workbook.Day(s.ClosedOn) }, plain},
	{"Declaratieregels", 19, workbook.Whole, func(_ *view, s *shownShare) workbook.Value { return workbook.Count(s.final.Lines()) }, summed},
	shareMoney("Debet", func(s *shownShare) billing.Money { return s.final.Debit }),
	shareMoney("Credit", func(s *shownShare) billing.Money { return s.final.Credit }),
	shareMoney("Netto", func(s *shownShare) billing.Money { return s.final.Net() }),
	shareMoney("Nog niet afgesloten", func(s *shownShare) billing.Money { return s.open.Net() }),
	shareMoney("Zorg van andere jaren", func(s *shownShare) billing.Money { return s.whole - s.final.Net() - s.open.Net() }),
	shareMoney("Hele declaratie", func(s *shownShare) billing.Money { return s.whole }),
}

// shownShares gives every period of the year, also those without a share for the party.
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

// periodSheet has what each declaration brought, to tick off against the declarations of the months.
func (b *yearBook) periodSheet() sheet {
	const about = "Wat elke declaratieperiode bijdroeg; de hele declaratie is die van het werkboek van die maand."
	return sheet{name: "Declaratieperioden", about: about, build: func(book *workbook.Book, name string) error {
		rows := b.spool.Rows()
		for _, share := range b.shownShares() {
			rows.Add(cellsOf(b.view, shareColumns, share)...)
		}
		return book.AddTable(tableOf(b.view, name, "tbl_declaratieperioden", name, b.say(about), shareColumns, rows))
	}}
}

// summing is one way of adding up a year.
type summing struct {
	label string
	counted
}

var summingColumns = []column[summing]{
	{"Opgeteld als", 0, workbook.Plain, func(_ *view, s summing) workbook.Value { return workbook.Text(s.label) }, plain},
	{"Declaratieregels", 0, workbook.Whole, func(_ *view, s summing) workbook.Value { return workbook.Count(s.lines) }, plain},
	{"Debet", 0, workbook.Euro, func(_ *view, s summing) workbook.Value { return workbook.Money(s.debit) }, plain},
	{"Credit", 0, workbook.Euro, func(_ *view, s summing) workbook.Value { return workbook.Money(s.credit) }, plain},
	{"Netto", 0, workbook.Euro, func(_ *view, s summing) workbook.Value { return workbook.Money(s.debit + s.credit) }, plain},
}

// reconciliation is the sheet on which the ways of adding up stand side by side.
func (b *yearBook) reconciliation(sums []summing) sheet {
	const about = "Het jaar op meer manieren opgeteld, en waaruit het is opgemaakt."
	return sheet{name: "Aansluiting", about: about, build: func(book *workbook.Book, name string) error {
		page := book.AddPage(name, name, 46, 17, 17, 17, 17)
		page.Chapter(b.say("Zorg van %d in afgesloten perioden", b.year.Year))
		ways := append([]summing{
			{b.say("Grootboek, regel voor regel"), countedOf(b.party.ledger)},
			{b.say("Specificatie in dit werkboek"), b.party.written()},
			{b.say("Som van de declaratieperioden"), b.sumOfShares(b.party)},
		}, sums...)
		page.Block(columnsOf(b.view, summingColumns), blockOf(b.view, summingColumns, ways), "")
		b.spread(page, len(ways), 3)
		page.Chapter(b.say("Waaruit opgemaakt"))
		page.Fact(b.say("Afgesloten tot en met"), workbook.Text(b.closedUntil()), workbook.Plain)
		b.chainHead(page)
		if b.year.Head == "" {
			return page.Close()
		}
		page.Paragraph(b.say("De ketenkop is de SHA-256 achter de laatste afgesloten regel. Voor deze verantwoording is de keten regel voor regel nagerekend; ‘pxq verify --head KETENKOP’ doet dat opnieuw en vergelijkt."))
		return page.Close()
	}}
}

// signatureLines is more than the lines of the block for signing, which is kept on one sheet of paper.
const signatureLines = 26

// signature is the block in which a provider declares what it delivered, and an accountant what was checked.
func (b *yearBook) signature(page *workbook.Page) {
	page.Lines(b.say("Ondertekening"), signatureLines)
	page.Fact(b.say("Aanbieder"), workbook.Text(b.who[0][1]+" ("+b.party.code+")"), workbook.Plain)
	page.Fact(b.say("Netto verantwoord over %d", b.year.Year), workbook.Text(b.euros(b.party.Net())), workbook.Plain)
	b.chainHead(page)
	page.Skip()
	if len(b.reasons) > 0 {
		page.Paragraph(b.say("Dit is een voorlopige verantwoording. Onderteken de definitieve."))
	}
	page.Paragraph(b.say("De aanbieder verklaart dat de zorg in deze verantwoording in %d is geleverd aan cliënten met een geldige toewijzing, en dat aantallen en bedragen overeenkomen met de eigen administratie.", b.year.Year))
	b.blanks(page, "Naam", "Functie", "Plaats en datum")
	page.Chapter(b.say("Voor de accountant"))
	if b.year.Head != "" {
		page.Paragraph(b.say("Opgemaakt uit het grootboek met de ketenkop hierboven; zie het blad Aansluiting."))
	}
	b.blanks(page, "Naam en kantoor", "Oordeel, kenmerk van het rapport", "Plaats en datum")
}

// blanks leaves room for answers, and for a signature.
func (b *yearBook) blanks(page *workbook.Page, labels ...string) {
	for _, label := range labels {
		page.Blank(b.say(label), 4, 1)
	}
	page.Blank(b.say("Handtekening"), 4, 2)
}
