package gemeente

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// monthLine holds what was declared in one month of this year and of last year.
type monthLine struct {
	month        int
	last, latest billing.Money
}

// monthsBlock compares the declarations of this year with those of last year, month by month.
func (w *Workbook) monthsBlock(page *workbook.Page) {
	year := w.Period.Year()
	lines := make([]monthLine, 12)
	for i := range lines {
		lines[i].month = i
	}
	add := func(period billing.Period, amount billing.Money) {
		switch line := &lines[period.Month()-1]; period.Year() {
		case year:
			line.latest += amount
		case year - 1:
			line.last += amount
		}
	}
	for i := range w.Earlier {
		if earlier := &w.Earlier[i]; earlier.Municipality == w.code {
			add(earlier.Period, earlier.Amount)
		}
	}
	for key, part := range w.Cube {
		if key.Municipality == w.code {
			add(w.Period, part.Net())
		}
	}
	columns := []workbook.Column{
		{Heading: w.Say("Declaratieperiode")}, {Heading: w.Say("Vorig jaar (%d)", year-1), Format: workbook.Euro, Sum: true},
		{Heading: w.Say("Dit jaar (%d)", year), Format: workbook.Euro, Sum: true},
	}
	rows := make([][]workbook.Value, len(lines))
	for i, line := range lines {
		rows[i] = []workbook.Value{workbook.Text(w.MonthShort(line.month)), workbook.Money(line.last), workbook.Money(line.latest)}
	}
	title := w.Say("Declaraties per maand")
	page.Section(&workbook.Section{Title: title, Columns: columns, Rows: rows, Total: w.Say("Totaal"), Chart: &workbook.Chart{
		Title: title, Alt: w.Say("Staafdiagram: het gedeclareerde bedrag per maand, vorig jaar en dit jaar; de getallen staan ernaast."),
		Values: []int{1, 2}, Format: workbook.Euro, Beside: true,
	}})
}
