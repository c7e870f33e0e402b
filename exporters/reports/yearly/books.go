package yearly

import (
	"strconv"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// yearBook is one workbook of a yearly statement.
type yearBook struct {
	*yearly
	party     *yearParty
	file      string
	title     string
	who       [][2]string // facts about the party
	sheets    []layout.Sheet
	towns     bool // the first page has totals by municipality
	providers bool // and by provider
	sign      bool // and a block to sign
	reasons   []string
}

func (y *yearly) planRegion() layout.Plan {
	b := &yearBook{
		yearly: y, party: y.region, file: layout.FileName(yearKind, "regio", ""), title: y.Say("Productieverantwoording %s", y.Region), towns: true,
	}
	b.sheets = append([]layout.Sheet{b.providerSheet()}, b.commonSheets([]summing{
		{y.Say("Som van de gemeenten"), sumOfParties(y.municipalities)}, {y.Say("Som van de aanbieders"), sumOfParties(y.providers)},
	})...)
	return b.plan()
}

func (y *yearly) planMunicipality(p *yearParty) layout.Plan {
	name := y.MunicipalityName(p.code)
	b := &yearBook{
		yearly: y, party: p, file: layout.FileName(yearKind+"-gemeente", p.code, name), title: y.Say("Productieverantwoording jeugdhulp %s", name), providers: true,
		who: [][2]string{{y.Say("Gemeente"), name}, {y.Say("Gemeentecode"), p.code}},
	}
	b.sheets = b.commonSheets(nil)
	return b.plan()
}

func (y *yearly) planProvider(p *yearParty) layout.Plan {
	name := y.ProviderName(p.code)
	b := &yearBook{
		yearly: y, party: p, file: layout.FileName(yearKind, p.code, name), title: y.Say("Productieverantwoording %s", name), towns: true, sign: true,
		who: [][2]string{{y.Say("Aanbieder"), name}, {y.Say("AGB-code"), p.code}},
	}
	b.sheets = b.commonSheets(nil)
	return b.plan()
}

// pageWidths are the widths of the columns of the first page: enough for the key figures of a large region.
var pageWidths = []float64{46, layout.AmountWidth, 18, 18, 18, 18, 18, 18}

// plan returns the plan of the workbook.
func (b *yearBook) plan() layout.Plan {
	b.reasons = b.yearly.reasons(&b.party.yearSum)
	return layout.Plan{View: b.View, Name: b.file, Head: b.head(), Page: "Samenvatting", Widths: pageWidths, First: b.summary, Sheets: b.sheets}
}

// head returns the properties of the workbook.
func (b *yearBook) head() workbook.Head {
	notice := b.Say("DEFINITIEF – de perioden waarin zorg van %d gedeclareerd kon worden, zijn afgesloten.", b.year.Year)
	if len(b.reasons) > 0 {
		notice = b.Say("VOORLOPIG – de bedragen over %d kunnen nog veranderen; op het eerste blad staat waarom.", b.year.Year)
	}
	return b.HeadOf(yearKind, b.title+" – "+strconv.Itoa(b.year.Year), notice, len(b.reasons) > 0)
}

// summary writes the first page.
func (b *yearBook) summary(page *workbook.Page) {
	b.facts(page)
	b.headlines(page)
	if len(b.reasons) > 0 {
		page.Chapter(b.Say("Waarom voorlopig"))
		for _, reason := range b.reasons {
			page.Paragraph("• " + reason)
		}
	}
	if b.towns {
		b.block(page, "Per gemeente", yearNamed("Gemeente", 0, (*layout.View).MunicipalityName), b.party.by(func(t *report.YearTotal) string { return t.Municipality }))
	}
	if b.providers {
		b.block(page, "Per aanbieder", yearNamed("Aanbieder", 0, (*layout.View).ProviderName), b.party.by(func(t *report.YearTotal) string { return t.Provider }))
	}
	b.monthsBlock(page)
	b.block(page, "Per product", yearNamed("Product", 0, func(v *layout.View, code string) string { return code + " " + v.Product(code).Name }),
		b.party.by(func(t *report.YearTotal) string { return t.Product }))
	b.Links(page, b.sheets, 0)
	if b.sign {
		b.signature(page)
	} else {
		b.BookNotes(page)
	}
}

// facts writes the facts about the workbook.
func (b *yearBook) facts(page *workbook.Page) {
	text := func(label, value string) { page.Fact(b.Say(label), workbook.Text(value), workbook.Plain) }
	page.Skip()
	text("Regio", b.Region)
	for _, fact := range b.who {
		page.Fact(fact[0], workbook.Text(fact[1]), workbook.Plain)
	}
	text("Productiejaar", strconv.Itoa(b.year.Year))
	page.Fact(b.Say("Stand per"), workbook.Day(b.AsOf), workbook.DayOf)
	text("Afgesloten tot en met", b.closedUntil())
	if since := b.year.Since; since > billing.PeriodOf(b.year.Year, 1) {
		text("Gedeclareerd met pxq sinds", b.MonthName(since)+b.Say("; wat eerder en elders is gedeclareerd, staat hier niet"))
	}
	text("Grootboekregels van dit jaar", strconv.Itoa(b.party.ledger.Lines()))
}

// chainHead writes the head of the ledger's chain, if a period was closed.
func (b *yearBook) chainHead(page *workbook.Page) {
	if b.year.Head != "" {
		page.Fact(b.Say("Ketenkop"), workbook.Text(b.year.Head), workbook.Plain)
	}
}

func (b *yearBook) closedUntil() string {
	if b.year.Until.IsZero() {
		return b.Say("nog geen periode")
	}
	return b.MonthName(b.year.Until)
}

// headlines writes the key figures.
func (b *yearBook) headlines(page *workbook.Page) {
	sum := &b.party.yearSum
	b.Headlines(page, []layout.Headline{
		{Label: b.Say("Gedeclareerd"), Amount: sum.Debit, Rows: sum.Debits, Explanation: b.Say("declaratieregels van afgesloten perioden, voor zorg van dit jaar")},
		{Label: b.Say("Gecrediteerd"), Amount: sum.Credit, Rows: sum.Credits, Explanation: b.Say("declaratieregels die daarna zijn teruggenomen")},
		{Label: b.Say("Netto verantwoord"), Amount: sum.Net(), Rows: sum.Lines(), Explanation: b.Say("declaratieregels in het grootboek")},
		{Label: b.Say("In uitval"), Amount: sum.held.Amount, Rows: sum.held.Count, Explanation: b.Say("zorgregels die op een besluit wachten; niet in de bedragen hierboven")},
		{Label: b.Say("Nog niet afgesloten"), Amount: sum.open.Amount, Rows: sum.open.Count, Explanation: b.Say("declaratieregels van de lopende periode; niet in de bedragen hierboven")},
	})
}

// block writes the totals of the year by group.
func (b *yearBook) block(page *workbook.Page, title string, first layout.Column[yearGroup], groups []yearGroup) {
	page.Section(b.section(title, first, groups))
}

func (b *yearBook) section(title string, first layout.Column[yearGroup], groups []yearGroup) *workbook.Section {
	columns := withYear(first)
	return &workbook.Section{Title: b.Say(title), Columns: layout.ColumnsOf(b.View, columns), Rows: layout.BlockOf(b.View, columns, groups), Total: b.Say("Totaal")}
}

// monthsBlock writes the totals by care month, with a chart.
func (b *yearBook) monthsBlock(page *workbook.Page) {
	section := b.section("Per zorgmaand", yearNamed("Zorgmaand", 0, func(_ *layout.View, month string) string { return month }), b.months(b.party))
	values := []int{netColumn}
	if b.party.held.Amount != 0 {
		values = append(values, heldColumn)
	}
	if b.party.open.Count != 0 {
		values = append(values, openColumn)
	}
	section.Chart = &workbook.Chart{
		Title: section.Title, Alt: b.Say("Staafdiagram: de bedragen per zorgmaand; de getallen staan erboven."), Values: values, Format: workbook.Euro,
	}
	page.Section(section)
}
