package reports

import (
	"cmp"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// amountColumn is where the amount stands behind one column of names and the measures.
const amountColumn = 6

// productsShown is how many products a chart has room for.
const productsShown = 10

// productBlock is the small table and chart of the largest products on a first sheet.
func (g *gathering) productBlock(page *workbook.Page, keep func(cubeKey) bool) {
	groups := g.cube.groups(keep, func(k cubeKey) string { return k.product })
	if len(groups) == 0 {
		return
	}
	slices.SortStableFunc(groups, func(a, b group) int { return cmp.Compare(b.net(), a.net()) })
	groups = groups[:min(len(groups), productsShown)]
	title := g.say("Grootste producten")
	columns := withMeasures(nameColumn("Product", 0, func(v *view, code string) string { return code + " " + v.product(code).Name }))
	page.Section(&workbook.Section{Title: title, Columns: columnsOf(g.view, columns), Rows: blockOf(g.view, columns, groups), Chart: &workbook.Chart{
		Title: title, Alt: g.say("Staafdiagram: het bedrag van de grootste producten; de getallen staan erboven."),
		Values: []int{amountColumn}, Format: workbook.Euro, Lying: true,
	}})
}

// areaBlock is the small table and chart of the areas.
func (g *gathering) areaBlock(page *workbook.Page) {
	groups := g.cube.groups(everything, func(k cubeKey) string { return g.areaOf(k.municipality) })
	if len(groups) == 0 {
		return
	}
	title := g.say("Per gebied")
	columns := withMeasures(nameColumn("Gebied", 0, (*view).areaName))
	page.Section(&workbook.Section{
		Title: title, Columns: columnsOf(g.view, columns), Rows: blockOf(g.view, columns, groups), Total: g.say("Totaal"), Chart: &workbook.Chart{
			Title: title, Alt: g.say("Staafdiagram: het bedrag per gebied; de getallen staan erboven."), Values: []int{amountColumn}, Format: workbook.Euro,
		},
	})
}

// matrixBlock sets municipalities against segments.
func (g *gathering) matrixBlock(page *workbook.Page) {
	segments := g.cube.groups(everything, g.segmentOfKey)
	towns := g.cube.groups(everything, func(k cubeKey) string { return k.municipality })
	if len(towns) == 0 {
		return
	}
	columns := []workbook.Column{{Heading: g.say("Gemeente")}}
	values := []int{}
	for i, segment := range segments {
		columns = append(columns, workbook.Column{Heading: g.say("Segment %s", segment.key), Format: workbook.Euro, Sum: true})
		values = append(values, i+1)
	}
	rows := make([][]workbook.Value, len(towns))
	for i, town := range towns {
		rows[i] = []workbook.Value{workbook.Text(g.municipalityName(town.key))}
		for _, segment := range segments {
			amount := billing.Money(0)
			for key, part := range g.cube {
				if key.municipality == town.key && g.segmentOfKey(key) == segment.key {
					amount += part.net()
				}
			}
			rows[i] = append(rows[i], workbook.Money(amount))
		}
		rows[i] = append(rows[i], workbook.Money(town.net()))
	}
	title := g.say("Per gemeente en segment")
	columns = append(columns, workbook.Column{Heading: g.say("Totaal"), Format: workbook.Euro, Sum: true})
	page.Section(&workbook.Section{Title: title, Columns: columns, Rows: rows, Total: g.say("Totaal"), Chart: &workbook.Chart{
		Title: title, Alt: g.say("Staafdiagram: het bedrag per gemeente en segment; de getallen staan in de tabel."),
		Values: values[:min(len(values), 4)], Format: workbook.Euro,
	}})
}
