package reports

import (
	"errors"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// sheet is one sheet of a workbook: what it is called, what it holds, how it is made.
type sheet struct {
	name  string // in Dutch; it is translated unless it is kept
	about string
	kept  bool
	build func(book *workbook.Book, name string) error
}

// build writes the sheets in their order.
func (v *view) build(book *workbook.Book, sheets []sheet) error {
	for _, s := range sheets {
		if err := s.build(book, v.nameOf(s)); err != nil {
			return err
		}
	}
	return nil
}

func (v *view) nameOf(s sheet) string {
	if s.kept {
		return s.name
	}
	return v.say(s.name)
}

// headOf says what a workbook says of itself: its kind, its title, and how final it is.
func (v *view) headOf(kind, title, notice string, draft bool) workbook.Head {
	words := workbook.Words{
		PageOf: v.say("Pagina %s van %s"), Back: v.say("Terug naar %s"), BackShort: v.say("Terug"), Total: v.say("Totaal"), Choose: v.say("Kies een van: %s."),
		Notice: notice,
	}
	if draft {
		words.Draft = v.say("VOORLOPIG")
	}
	return workbook.Head{Kind: kind, Title: title, Subject: v.Region, Program: v.Program, Language: v.language, Created: v.AsOf, Words: words}
}

// head is that of a workbook of the period.
func (g *gathering) head(kind, title string) workbook.Head {
	month := g.month(g.Period)
	notice := g.say("DEFINITIEF – de declaratie van %s is afgesloten.", month)
	if !g.Closed {
		notice = g.say("VOORLOPIG – de declaratie van %s is nog niet afgesloten; bedragen kunnen nog veranderen.", month)
	}
	return g.headOf(kind, title+" – "+month, notice, !g.Closed)
}

// tableOf describes a sheet with a table.
func tableOf[T any](v *view, name, tableName, title, explain string, columns []column[T], rows *workbook.Rows) *workbook.Table {
	return &workbook.Table{
		Sheet: name, Name: tableName, Title: title, Explain: explain, Columns: columnsOf(v, columns), Frozen: 1, Rows: rows,
	}
}

// groupSheet is a sheet of totals by something.
func (g *gathering) groupSheet(name, about, tableName string, columns []column[group], groups func() []group) sheet {
	return sheet{name: name, about: about, build: func(book *workbook.Book, sheetName string) error {
		rows := g.spool.Rows()
		for _, total := range groups() {
			rows.Add(cellsOf(g.view, columns, total)...)
		}
		return book.AddTable(tableOf(g.view, sheetName, tableName, sheetName, g.say(about), columns, rows))
	}}
}

// rowSheet is a sheet of rows that were gathered.
func rowSheet[T any](g *gathering, name, about, tableName string, columns []column[T], rows *workbook.Rows) sheet {
	return sheet{name: name, about: about, build: func(book *workbook.Book, sheetName string) error {
		return book.AddTable(tableOf(g.view, sheetName, tableName, sheetName, g.say(about), columns, rows))
	}}
}

// links lists the other sheets of a workbook, with what they hold.
// Before them stand so many empty columns: the first may be too narrow for a name.
func (v *view) links(page *workbook.Page, sheets []sheet, before int) {
	page.Lines(v.say("Bladen"), len(sheets))
	for _, s := range sheets {
		name := v.nameOf(s)
		page.Row(append(make([]workbook.Cell, before),
			workbook.Cell{Value: workbook.Text(name).As(workbook.Link), Link: name},
			workbook.Cell{Value: workbook.Text(v.say(s.about))},
		)...)
	}
}

// headline is one of the numbers on top of a workbook.
type headline struct {
	label       string
	amount      billing.Money
	rows        int
	explanation string
}

var headlineColumns = []column[headline]{
	{"Kerncijfer", 0, workbook.Plain, func(_ *view, h headline) workbook.Value { return workbook.Text(h.label).As(workbook.Big) }, plain},
	{"Bedrag", 0, workbook.Euro, func(_ *view, h headline) workbook.Value { return workbook.Money(h.amount).As(workbook.Big) }, plain},
	{"Regels", 0, workbook.Whole, func(_ *view, h headline) workbook.Value { return workbook.Count(h.rows).As(workbook.Big) }, plain},
	{"Uitleg", 0, workbook.Plain, func(_ *view, h headline) workbook.Value { return workbook.Text(h.explanation) }, plain},
}

// headlines are the numbers that matter most, of the region or a municipality.
func (g *gathering) headlines(page *workbook.Page, p *party, payments []*report.Payment) {
	held, rejected := p.tally.of(billing.Held), p.tally.of(billing.Rejected)
	page.Skip()
	pay, later := sumOf(payments, paid), sumOf(payments, goesOn)
	lines := []headline{
		{g.say("Gedeclareerd"), p.declared.net(), p.declared.lines, g.say("declaratieregels van deze periode, credits verrekend")},
		{g.say("Te betalen"), pay.Amount, pay.Count, g.say("betalingen, na verrekening van eerdere saldi")},
	}
	if later.Count > 0 {
		lines = append(lines, headline{g.say("Later te verrekenen"), later.Amount, later.Count, g.say("negatieve saldi, die met een volgende periode worden verrekend")})
	}
	page.Block(columnsOf(g.view, headlineColumns), blockOf(g.view, headlineColumns, append(lines, []headline{
		{g.say("In uitval"), held.amount, held.rows, g.say("zorgregels die op een besluit wachten")},
		{g.say("Afgewezen"), rejected.amount, rejected.rows, g.say("zorgregels die niet betaald worden zolang hun gegevens niet veranderen")},
	}...)), "")
}

// notes writes what a reader of the book must know.
func (v *view) notes(page *workbook.Page) {
	if len(v.Notes) == 0 {
		return
	}
	page.Chapter(v.say("Let op"))
	for _, note := range v.Notes {
		page.Paragraph(note.In(v.language))
	}
}

// facts writes what the workbook is about.
func (g *gathering) facts(page *workbook.Page) {
	page.Skip()
	page.Fact(g.say("Regio"), workbook.Text(g.Region), workbook.Plain)
	page.Fact(g.say("Declaratieperiode"), workbook.Text(g.month(g.Period)), workbook.Plain)
	page.Fact(g.say("Stand per"), workbook.Day(g.AsOf), workbook.DayOf)
}

// finish closes a page, with the error of what was done before it.
func finish(page *workbook.Page, err error) error { return errors.Join(err, page.Close()) }

// euros is an amount for a text.
func (v *view) euros(amount billing.Money) string { return showEuros(amount, v.language) }
