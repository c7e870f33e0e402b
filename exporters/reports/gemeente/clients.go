package gemeente

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// clientBands are the upper bounds, in cents, of the classes of costs per client; the last class has none. In the first are clients
// whose corrections come to as much as their care, or more; it is shown only if it has any.
var clientBands = [...]billing.Money{0, 250_00, 500_00, 1_000_00, 2_500_00, 5_000_00}

// clientsMin is the smallest number of clients that is shown.
const clientsMin = 5

// clientsBlock shows how many clients are in each class of costs; of a small number only that it is small.
func (w *Workbook) clientsBlock(page *workbook.Page) {
	if len(w.costs) == 0 {
		return
	}
	var counts [len(clientBands) + 1]int
	for _, amount := range w.costs {
		band := 0
		for band < len(clientBands) && amount > clientBands[band] {
			band++
		}
		counts[band]++
	}
	var rows [][]workbook.Value
	for i, number := range counts {
		label := ""
		switch {
		case i == 0 && number == 0:
			continue
		case i == 0:
			label = w.Say("%s of minder", w.Euros(clientBands[0]))
		case i == 1:
			label = w.Say("tot en met %s", w.Euros(clientBands[i]))
		case i == len(clientBands):
			label = w.Say("meer dan %s", w.Euros(clientBands[i-1]))
		default:
			label = w.Say("%s tot en met %s", w.Euros(clientBands[i-1]), w.Euros(clientBands[i]))
		}
		shown := workbook.Count(number)
		if number > 0 && number < clientsMin {
			shown = workbook.Text(w.Say("minder dan %d", clientsMin))
		}
		rows = append(rows, []workbook.Value{workbook.Text(label), shown})
	}
	title := w.Say("Cliënten naar wat hun zorg deze periode kost")
	columns := []workbook.Column{{Heading: w.Say("Bedrag per cliënt")}, {Heading: w.Say("Cliënten"), Format: workbook.Whole}}
	page.Section(&workbook.Section{Title: title, Columns: columns, Rows: rows, Chart: &workbook.Chart{
		Title: title, Alt: w.Say("Staafdiagram: aantal cliënten per klasse van het bedrag; groepen onder vijf zijn niet getekend."),
		Values: []int{1}, Format: workbook.Whole, Beside: true,
	}})
}
