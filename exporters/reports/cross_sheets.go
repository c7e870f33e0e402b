package reports

import (
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// cross is what is set against the municipalities: a row for each, a column for each municipality.
type cross struct {
	name, about, table string
	head               []column[group]
	by                 func(cubeKey) string
}

// providerCross sets providers against municipalities.
func (g *gathering) providerCross() sheet {
	return g.crossSheet(cross{
		name: "Aanbieders per gemeente", about: "Het gedeclareerde bedrag van elke aanbieder in elke gemeente.", table: "tbl_aanbieders_per_gemeente",
		head: []column[group]{keyColumn("AGB-code", 12), nameColumn("Aanbieder", 34, (*view).providerName)},
		by:   func(k cubeKey) string { return k.provider },
	})
}

// productCross sets products against municipalities.
func (g *gathering) productCross() sheet {
	return g.crossSheet(cross{
		name: "Producten per gemeente", about: "Het gedeclareerde bedrag van elk product in elke gemeente.", table: "tbl_producten_per_gemeente",
		head: []column[group]{keyColumn("Productcode", 14), nameColumn("Product", 34, func(v *view, code string) string { return v.product(code).Name })},
		by:   func(k cubeKey) string { return k.product },
	})
}

func (g *gathering) crossSheet(c cross) sheet {
	return sheet{name: c.name, about: c.about, build: func(book *workbook.Book, name string) error {
		towns := g.cube.groups(everything, func(k cubeKey) string { return k.municipality })
		type at struct{ row, town string }
		amounts := make(map[at]billing.Money)
		for key, part := range g.cube {
			amounts[at{c.by(key), key.municipality}] += part.net()
		}
		rows := g.spool.Rows()
		for _, group := range g.cube.groups(everything, c.by) {
			cells := cellsOf(g.view, c.head, group)
			for _, town := range towns {
				cells = append(cells, workbook.Money(amounts[at{group.key, town.key}]))
			}
			rows.Add(append(cells, workbook.Money(group.net()))...)
		}
		columns := columnsOf(g.view, c.head)
		columns = append(columns, g.townHeadings(towns, columns)...)
		columns = append(columns, workbook.Column{Heading: g.say("Totaal"), Width: 17, Format: workbook.Euro, Sum: true})
		return book.AddTable(&workbook.Table{
			Sheet: name, Name: c.table, Title: name, Explain: g.say(c.about), Columns: columns, Frozen: len(c.head), Rows: rows,
		})
	}}
}

// headingMost is how many letters of a name stand in a heading.
const headingMost = 40

// townHeadings are columns of municipalities; no two of them, and none of the others, may have one name.
func (g *gathering) townHeadings(towns []group, others []workbook.Column) []workbook.Column {
	seen := map[string]bool{"": true, strings.ToLower(g.say("Totaal")): true}
	for _, other := range others {
		seen[strings.ToLower(other.Heading)] = true
	}
	columns := make([]workbook.Column, len(towns))
	for i, town := range towns {
		heading := workbook.OneLine(g.municipalityName(town.key), headingMost)
		for seen[strings.ToLower(heading)] {
			heading += " " + town.key + "."
		}
		seen[strings.ToLower(heading)] = true
		columns[i] = workbook.Column{Heading: heading, Width: 16, Format: workbook.Euro, Sum: true}
	}
	return columns
}
