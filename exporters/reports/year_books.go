package reports

import (
	"strconv"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// yearBook is one workbook of a yearly statement.
type yearBook struct {
	*yearly
	party     *yearParty
	file      string
	title     string
	who       [][2]string // facts about whose it is
	sheets    []sheet
	towns     bool // the first page adds up by municipality
	providers bool // and by provider
	sign      bool // and is to be signed
	reasons   []string
}

func (y *yearly) planRegion() plan {
	b := &yearBook{
		yearly: y, party: y.region, file: fileName(yearKind, "regio", ""), title: y.say("Productieverantwoording %s", y.Region), towns: true,
	}
	b.sheets = append([]sheet{b.providerSheet()}, b.commonSheets([]summing{
		{y.say("Som van de gemeenten"), sumOfParties(y.municipalities)}, {y.say("Som van de aanbieders"), sumOfParties(y.providers)},
	})...)
	return b.plan()
}

func (y *yearly) planMunicipality(p *yearParty) plan {
	name := y.municipalityName(p.code)
	b := &yearBook{
		yearly: y, party: p, file: fileName(yearKind+"-gemeente", p.code, name), title: y.say("Productieverantwoording jeugdhulp %s", name), providers: true,
		who: [][2]string{{y.say("Gemeente"), name}, {y.say("Gemeentecode"), p.code}},
	}
	b.sheets = b.commonSheets(nil)
	return b.plan()
}

func (y *yearly) planProvider(p *yearParty) plan {
	name := y.providerName(p.code)
	b := &yearBook{
		yearly: y, party: p, file: fileName(yearKind, p.code, name), title: y.say("Productieverantwoording %s", name), towns: true, sign: true,
		who: [][2]string{{y.say("Aanbieder"), name}, {y.say("AGB-code"), p.code}},
	}
	b.sheets = b.commonSheets(nil)
	return b.plan()
}

// pageWidths are the columns of the first page: wide enough for the key figures of a large region.
var pageWidths = []float64{46, 24, 18, 18, 18, 18, 18, 18}

// plan gives the workbook as it is written.
func (b *yearBook) plan() plan {
	b.reasons = b.yearly.reasons(&b.party.yearSum)
	return plan{name: b.file, head: b.head(), build: func(book *workbook.Book) error {
		page := book.AddPage(b.say("Samenvatting"), b.title+" – "+strconv.Itoa(b.year.Year), pageWidths...)
		b.summary(page)
		return finish(page, b.build(book, b.sheets))
	}}
}

// head says what the workbook says of itself.
func (b *yearBook) head() workbook.Head {
	notice := b.say("DEFINITIEF – de perioden waarin zorg van %d gedeclareerd kon worden, zijn afgesloten.", b.year.Year)
	if len(b.reasons) > 0 {
		notice = b.say("VOORLOPIG – de bedragen over %d kunnen nog veranderen; op het eerste blad staat waarom.", b.year.Year)
	}
	return b.headOf(yearKind, b.title+" – "+strconv.Itoa(b.year.Year), notice, len(b.reasons) > 0)
}

// summary fills the first page.
func (b *yearBook) summary(page *workbook.Page) {
	b.facts(page)
	b.headlines(page)
	if len(b.reasons) > 0 {
		page.Chapter(b.say("Waarom voorlopig"))
		for _, reason := range b.reasons {
			page.Paragraph("• " + reason)
		}
	}
	if b.towns {
		b.block(page, "Per gemeente", yearNamed("Gemeente", 0, (*view).municipalityName), b.party.by(func(t *report.YearTotal) string { return t.Municipality }))
	}
	if b.providers {
		b.block(page, "Per aanbieder", yearNamed("Aanbieder", 0, (*view).providerName), b.party.by(func(t *report.YearTotal) string { return t.Provider }))
	}
	b.monthsBlock(page)
	b.block(page, "Per product", yearNamed("Product", 0, func(v *view, code string) string { return code + " " + v.product(code).Name }),
		b.party.by(func(t *report.YearTotal) string { return t.Product }))
	b.links(page, b.sheets, 0)
	if !b.sign {
		b.notes(page)
	}
	if b.sign {
		b.signature(page)
	}
}

// facts writes what the workbook is about and what it was drawn from.
func (b *yearBook) facts(page *workbook.Page) {
	text := func(label, value string) { page.Fact(b.say(label), workbook.Text(value), workbook.Plain) }
	page.Skip()
	text("Regio", b.Region)
	for _, fact := range b.who {
		page.Fact(fact[0], workbook.Text(fact[1]), workbook.Plain)
	}
	text("Productiejaar", strconv.Itoa(b.year.Year))
	page.Fact(b.say("Stand per"), workbook.Day(b.AsOf), workbook.DayOf)
	text("Afgesloten tot en met", b.closedUntil())
	if since := b.year.Since; since > billing.PeriodOf(b.year.Year, 1) {
		text("Gedeclareerd met pxq sinds", b.month(since)+b.say("; wat eerder en elders is gedeclareerd, staat hier niet"))
	}
	b.chainHead(page)
	text("Grootboekregels van dit jaar", strconv.Itoa(b.party.ledger.Lines()))
	text("Contractenboek", b.Fingerprint)
	text("Programma", b.Program)
}

// chainHead writes what the ledger is known by, once something was closed.
func (b *yearBook) chainHead(page *workbook.Page) {
	if b.year.Head != "" {
		page.Fact(b.say("Ketenkop"), workbook.Text(b.year.Head), workbook.Plain)
	}
}

func (b *yearBook) closedUntil() string {
	if b.year.Until.IsZero() {
		return b.say("nog geen periode")
	}
	return b.month(b.year.Until)
}

// headlines are the numbers that matter most.
func (b *yearBook) headlines(page *workbook.Page) {
	sum := &b.party.yearSum
	page.Skip()
	page.Block(columnsOf(b.view, headlineColumns), blockOf(b.view, headlineColumns, []headline{
		{b.say("Gedeclareerd"), sum.Debit, sum.Debits, b.say("declaratieregels van afgesloten perioden, voor zorg van dit jaar")},
		{b.say("Gecrediteerd"), sum.Credit, sum.Credits, b.say("declaratieregels die daarna zijn teruggenomen")},
		{b.say("Netto verantwoord"), sum.Net(), sum.Lines(), b.say("declaratieregels in het grootboek")},
		{b.say("In uitval"), sum.held.Amount, sum.held.Count, b.say("zorgregels die op een besluit wachten; niet in de bedragen hierboven")},
		{b.say("Nog niet afgesloten"), sum.open.Amount, sum.open.Count, b.say("declaratieregels van de lopende periode; niet in de bedragen hierboven")},
	}), "")
}

// block shows the year by something.
func (b *yearBook) block(page *workbook.Page, title string, first column[yearGroup], groups []yearGroup) {
	page.Section(b.section(title, first, groups))
}

func (b *yearBook) section(title string, first column[yearGroup], groups []yearGroup) *workbook.Section {
	columns := withYear(first)
	return &workbook.Section{Title: b.say(title), Columns: columnsOf(b.view, columns), Rows: blockOf(b.view, columns, groups), Total: b.say("Totaal")}
}

// monthsBlock shows the care months, in numbers and drawn.
func (b *yearBook) monthsBlock(page *workbook.Page) {
	section := b.section("Per zorgmaand", yearNamed("Zorgmaand", 0, func(_ *view, month string) string { return month }), b.months(b.party))
	values := []int{netColumn}
	if b.party.held.Amount != 0 {
		values = append(values, heldColumn)
	}
	if b.party.open.Count != 0 {
		values = append(values, openColumn)
	}
	section.Chart = &workbook.Chart{
		Title: section.Title, Alt: b.say("Staafdiagram: de bedragen per zorgmaand; de getallen staan erboven."), Values: values, Format: workbook.Euro,
	}
	page.Section(section)
}
