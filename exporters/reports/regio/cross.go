package regio

import (
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/reports/month"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// cross describes a table with a row for each group and a column for each municipality.
type cross struct {
	name, about, table string
	head               []layout.Column[month.Group]
	by                 func(month.CubeKey) string
}

// providerCross returns the sheet of providers by municipality.
func (w *Workbook) providerCross() layout.Sheet {
	return w.crossSheet(cross{
		name: "Aanbieders per gemeente", about: "Het gedeclareerde bedrag van elke aanbieder in elke gemeente.", table: "tbl_aanbieders_per_gemeente",
		head: []layout.Column[month.Group]{month.KeyColumn("AGB-code", 12), month.NameColumn("Aanbieder", 34, (*layout.View).ProviderName)},
		by:   func(k month.CubeKey) string { return k.Provider },
	})
}

// productCross returns the sheet of products by municipality.
func (w *Workbook) productCross() layout.Sheet {
	return w.crossSheet(cross{
		name: "Producten per gemeente", about: "Het gedeclareerde bedrag van elk product in elke gemeente.", table: "tbl_producten_per_gemeente",
		head: []layout.Column[month.Group]{month.KeyColumn("Productcode", 14), month.NameColumn("Product", 34, func(v *layout.View, code string) string { return v.Product(code).Name })},
		by:   func(k month.CubeKey) string { return k.Product },
	})
}

func (w *Workbook) crossSheet(c cross) layout.Sheet {
	return layout.Sheet{Name: c.name, About: c.about, Build: func(book *workbook.Book, name string) error {
		towns := w.Cube.Groups(month.Everything, func(k month.CubeKey) string { return k.Municipality })
		type at struct{ row, town string }
		amounts := make(map[at]billing.Money)
		for key, part := range w.Cube {
			amounts[at{c.by(key), key.Municipality}] += part.Net()
		}
		rows := w.Spool.Rows()
		for _, group := range w.Cube.Groups(month.Everything, c.by) {
			cells := layout.CellsOf(w.View, c.head, group)
			for _, town := range towns {
				cells = append(cells, workbook.Money(amounts[at{group.Key, town.Key}]))
			}
			rows.Add(append(cells, workbook.Money(group.Net()))...)
		}
		columns := layout.ColumnsOf(w.View, c.head)
		columns = append(columns, w.townHeadings(towns, columns)...)
		columns = append(columns, workbook.Column{Heading: w.Say("Totaal"), Width: 17, Format: workbook.Euro, Sum: true})
		return book.AddTable(&workbook.Table{
			Sheet: name, Name: c.table, Title: name, Explain: w.Say(c.about), Columns: columns, Frozen: len(c.head), Rows: rows,
		})
	}}
}

// headingMost is the most characters of a name in a heading.
const headingMost = 40

// townHeadings returns the columns of the municipalities; no two headings, those of the other columns included, are the same.
func (w *Workbook) townHeadings(towns []month.Group, others []workbook.Column) []workbook.Column {
	seen := map[string]bool{"": true, strings.ToLower(w.Say("Totaal")): true}
	for _, other := range others {
		seen[strings.ToLower(other.Heading)] = true
	}
	columns := make([]workbook.Column, len(towns))
	for i, town := range towns {
		heading := workbook.OneLine(w.MunicipalityName(town.Key), headingMost)
		for seen[strings.ToLower(heading)] {
			heading += " " + town.Key + "."
		}
		seen[strings.ToLower(heading)] = true
		columns[i] = workbook.Column{Heading: heading, Width: 16, Format: workbook.Euro, Sum: true}
	}
	return columns
}
