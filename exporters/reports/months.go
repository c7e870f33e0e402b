package reports

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// monthLine is what was declared in one month of this year and of the last.
type monthLine struct {
	month        int
	last, latest billing.Money
}

// monthsBlock sets the declarations of this year beside those of the last, month by month.
func (g *gathering) monthsBlock(page *workbook.Page, municipality string) {
	year := g.Period.Year()
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
	for i := range g.Earlier {
		if earlier := &g.Earlier[i]; earlier.Municipality == municipality && earlier.Period < g.Period {
			add(earlier.Period, earlier.Amount)
		}
	}
	for key, part := range g.cube {
		if key.municipality == municipality {
			add(g.Period, part.net())
		}
	}
	columns := []workbook.Column{
		{Heading: g.say("Declaratieperiode")}, {Heading: g.say("Vorig jaar (%d)", year-1), Format: workbook.Euro, Sum: true},
		{Heading: g.say("Dit jaar (%d)", year), Format: workbook.Euro, Sum: true},
	}
	rows := make([][]workbook.Value, len(lines))
	for i, line := range lines {
		rows[i] = []workbook.Value{workbook.Text(g.monthShort(line.month)), workbook.Money(line.last), workbook.Money(line.latest)}
	}
	title := g.say("Declaraties per maand")
	page.Section(&workbook.Section{Title: title, Columns: columns, Rows: rows, Total: g.say("Totaal"), Chart: &workbook.Chart{
		Title: title, Alt: g.say("Staafdiagram: het gedeclareerde bedrag per maand, vorig jaar en dit jaar; de getallen staan ernaast."),
		Values: []int{1, 2}, Format: workbook.Euro, Beside: true,
	}})
}

// clientBands are the upper bounds of what a client cost, in cents; the last band has none.
var clientBands = [...]billing.Money{250_00, 500_00, 1_000_00, 2_500_00, 5_000_00}

// clientsMin is the smallest group of clients that is counted out.
const clientsMin = 5

// clientsBlock shows how many clients cost how much; of a small group only that it is small.
func (g *gathering) clientsBlock(page *workbook.Page, m *municipality) {
	if len(m.clients) == 0 {
		return
	}
	var counts [len(clientBands) + 1]int
	for _, amount := range m.clients {
		band := 0
		for band < len(clientBands) && amount > clientBands[band] {
			band++
		}
		counts[band]++
	}
	rows := make([][]workbook.Value, len(counts))
	for i, number := range counts {
		label := ""
		switch {
		case i == 0:
			label = g.say("tot en met %s", g.euros(clientBands[0]))
		case i == len(clientBands):
			label = g.say("meer dan %s", g.euros(clientBands[i-1]))
		default:
			label = g.say("%s tot en met %s", g.euros(clientBands[i-1]), g.euros(clientBands[i]))
		}
		shown := workbook.Count(number)
		if number > 0 && number < clientsMin {
			shown = workbook.Text(g.say("minder dan %d", clientsMin))
		}
		rows[i] = []workbook.Value{workbook.Text(label), shown}
	}
	title := g.say("Cliënten naar wat hun zorg deze periode kost")
	columns := []workbook.Column{{Heading: g.say("Bedrag per cliënt")}, {Heading: g.say("Cliënten"), Format: workbook.Whole}}
	page.Section(&workbook.Section{Title: title, Columns: columns, Rows: rows, Chart: &workbook.Chart{
		Title: title, Alt: g.say("Staafdiagram: aantal cliënten per klasse van het bedrag; groepen onder vijf zijn niet getekend."),
		Values: []int{1}, Format: workbook.Whole, Beside: true,
	}})
}
