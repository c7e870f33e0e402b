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

// quality is how good the deliveries of one provider were.
type quality struct {
	agb                      string
	received, rejected       int
	lines, late, corrections int
}

// share is a part in whole percents; none of nothing.
func share(part, whole int) workbook.Value {
	if whole == 0 {
		return workbook.None()
	}
	return workbook.Count((100*part + whole/2) / whole)
}

var qualityColumns = []column[quality]{
	{"Aanbieder", 0, workbook.Plain, func(v *view, q quality) workbook.Value { return workbook.Text(v.providerName(q.agb)) }, plain},
	{"AGB-code", 0, workbook.Plain, func(_ *view, q quality) workbook.Value { return workbook.Text(q.agb) }, plain},
	{"Zorgregels ontvangen", 0, workbook.Whole, func(_ *view, q quality) workbook.Value { return workbook.Count(q.received) }, plain},
	{"Deel afgewezen", 0, workbook.Percent, func(_ *view, q quality) workbook.Value { return share(q.rejected, q.received) }, plain},
	{"Declaratieregels", 0, workbook.Whole, func(_ *view, q quality) workbook.Value { return workbook.Count(q.lines) }, plain},
	{"Deel nagekomen", 0, workbook.Percent, func(_ *view, q quality) workbook.Value { return share(q.late, q.lines) }, plain},
	{"Deel gecorrigeerd", 0, workbook.Percent, func(_ *view, q quality) workbook.Value { return share(q.corrections, q.lines) }, plain},
}

// qualityBlock shows how good the deliveries of each provider were.
func (g *gathering) qualityBlock(page *workbook.Page) {
	var list []quality
	for _, agb := range sortedKeys(g.providers) {
		if p := g.providers[agb]; p.hasWorkbook() {
			list = append(list, quality{agb, p.tally.received(), p.tally.of(billing.Rejected).rows, p.declared.lines, p.late, p.corrections})
		}
	}
	if len(list) == 0 {
		return
	}
	page.Section(&workbook.Section{
		Title: g.say("Kwaliteit van de aanleveringen"), Columns: columnsOf(g.view, qualityColumns), Rows: blockOf(g.view, qualityColumns, list),
	})
}
