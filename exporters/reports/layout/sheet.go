package layout

import (
	"fmt"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// Sheet describes one sheet of a workbook: its name, what it holds, and how it is built.
type Sheet struct {
	Name  string // in Dutch; it is translated unless Kept is set
	About string
	Kept  bool
	Build func(book *workbook.Book, name string) error
}

// Build adds the sheets in their order.
func (v *View) Build(book *workbook.Book, sheets []Sheet) error {
	for _, s := range sheets {
		if err := s.Build(book, v.nameOf(s)); err != nil {
			return err
		}
	}
	return nil
}

func (v *View) nameOf(s Sheet) string {
	if s.Kept {
		return s.Name
	}
	return v.Say(s.Name)
}

// HeadOf returns the properties and words of a workbook: its kind, its title, and how final it is.
func (v *View) HeadOf(kind, title, notice string, draft bool) workbook.Head {
	words := workbook.Words{
		PageOf: v.Say("Pagina %s van %s"), Back: v.Say("Terug naar %s"), BackShort: v.Say("Terug"), Total: v.Say("Totaal"), Choose: v.Say("Kies een van: %s."),
		Notice: notice,
	}
	if draft {
		words.Draft = v.Say("VOORLOPIG")
	}
	return workbook.Head{Kind: kind, Title: title, Subject: v.Region, Program: v.Program, Language: v.Language, Created: v.AsOf, Words: words}
}

// TableOf returns the table for a sheet of that name.
func TableOf[T any](v *View, name, tableName, title, explain string, columns []Column[T], rows *workbook.Rows) *workbook.Table {
	return &workbook.Table{
		Sheet: name, Name: tableName, Title: title, Explain: explain, Columns: ColumnsOf(v, columns), Frozen: 1, Rows: rows,
	}
}

// RowSheet returns a sheet with a table of the given rows.
func RowSheet[T any](v *View, name, about, tableName string, columns []Column[T], rows *workbook.Rows) Sheet {
	return Sheet{Name: name, About: about, Build: func(book *workbook.Book, sheetName string) error {
		return book.AddTable(TableOf(v, sheetName, tableName, sheetName, v.Say(about), columns, rows))
	}}
}

// Links lists the other sheets of a workbook as links, with what they hold, to the right of the given number of empty columns:
// the first may be too narrow for a name.
func (v *View) Links(page *workbook.Page, sheets []Sheet, before int) {
	page.Lines(v.Say("Bladen"), len(sheets))
	for _, s := range sheets {
		name := v.nameOf(s)
		page.Row(append(make([]workbook.Cell, before),
			workbook.Cell{Value: workbook.Text(name).As(workbook.Link), Link: name},
			workbook.Cell{Value: workbook.Text(v.Say(s.About))},
		)...)
	}
}

// Headline is one of the key figures at the top of a workbook.
type Headline struct {
	Label       string
	Amount      billing.Money
	Rows        int
	Explanation string
}

var headlineColumns = []Column[Headline]{
	Col("Kerncijfer", 0, workbook.Plain, func(_ *View, h Headline) workbook.Value { return workbook.Text(h.Label).As(workbook.Big) }),
	Col("Bedrag", 0, workbook.Euro, func(_ *View, h Headline) workbook.Value { return workbook.Money(h.Amount).As(workbook.Big) }),
	Col("Regels", 0, workbook.Whole, func(_ *View, h Headline) workbook.Value { return workbook.Count(h.Rows).As(workbook.Big) }),
	Col("Uitleg", 0, workbook.Plain, func(_ *View, h Headline) workbook.Value { return workbook.Text(h.Explanation) }).Stretched(),
}

// AmountWidth is the width of the second column of a first page. It holds the amounts of the key figures in large letters,
// which must be visible in every font up to a thousand million euros.
const AmountWidth = 24

// Headlines writes the key figures.
func (v *View) Headlines(page *workbook.Page, lines []Headline) {
	page.Skip()
	page.Block(ColumnsOf(v, headlineColumns), BlockOf(v, headlineColumns, lines), "")
}

// BookNotes writes what a reader must know about the contract book.
func (v *View) BookNotes(page *workbook.Page) {
	if len(v.Notes) == 0 {
		return
	}
	page.Chapter(v.Say("Let op"))
	for _, note := range v.Notes {
		page.Paragraph(note.In(v.Language))
	}
}

// Spread writes the difference between the largest and the smallest number in the last rows, one row for each way of adding up,
// which must be 0: of a count, and of the given number of amounts to its right.
func (v *View) Spread(page *workbook.Page, ways, amounts int) {
	last := page.Next() - 1
	first := last - ways + 1
	cells := []workbook.Cell{
		{Value: workbook.Text(v.Say("Verschil (moet 0 zijn)")).As(workbook.Label)}, {Value: workbook.Count(0).As(workbook.Label), Format: workbook.Whole},
	}
	for range amounts {
		cells = append(cells, workbook.Cell{Value: workbook.Money(0).As(workbook.Label), Format: workbook.Euro})
	}
	for i := 1; i < len(cells); i++ {
		cells[i].Formula = fmt.Sprintf("ROUND(MAX(%[1]c%[2]d:%[1]c%[3]d)-MIN(%[1]c%[2]d:%[1]c%[3]d),2)", 'A'+i, first, last)
	}
	page.Row(cells...)
}
