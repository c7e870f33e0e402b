package month

import (
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// GroupSheet returns a sheet of totals by group.
func (m *Month) GroupSheet(name, about, tableName string, columns []layout.Column[Group], groups func() []Group) layout.Sheet {
	return layout.Sheet{Name: name, About: about, Build: func(book *workbook.Book, sheetName string) error {
		rows := m.Spool.Rows()
		for _, total := range groups() {
			rows.Add(layout.CellsOf(m.View, columns, total)...)
		}
		return book.AddTable(layout.TableOf(m.View, sheetName, tableName, sheetName, m.Say(about), columns, rows))
	}}
}

// SegmentSheet returns the totals by segment of the cells for which keep returns true.
func (m *Month) SegmentSheet(keep func(CubeKey) bool) layout.Sheet {
	columns := WithMeasures(KeyColumn("Code", 10), NameColumn("Segment", 46, (*layout.View).SegmentName))
	return m.GroupSheet("Segmenten", "De declaratie per segment.", "tbl_segmenten", columns, func() []Group {
		return m.Cube.Groups(keep, m.SegmentOf)
	})
}

// SegmentOf returns the segment of the product of a cell of the cube.
func (m *Month) SegmentOf(k CubeKey) string { return m.ProductIn(k.Product, k.CareMonth).Segment }

// ProductSheet returns the totals by product of the cells for which keep returns true.
func (m *Month) ProductSheet(keep func(CubeKey) bool) layout.Sheet {
	columns := WithMeasures(KeyColumn("Productcode", 14), NameColumn("Product", 46, func(v *layout.View, code string) string { return v.Product(code).Name }),
		NameColumn("Segment", 11, func(v *layout.View, code string) string { return v.ProductIn(code, m.Period).Segment }))
	return m.GroupSheet("Producten", "De declaratie per product.", "tbl_producten", columns, func() []Group {
		return m.Cube.Groups(keep, func(k CubeKey) string { return k.Product })
	})
}

// ProviderSheet returns the totals by provider of the cells for which keep returns true.
func (m *Month) ProviderSheet(keep func(CubeKey) bool) layout.Sheet {
	columns := WithMeasures(KeyColumn("AGB-code", 12), NameColumn("Aanbieder", 46, (*layout.View).ProviderName))
	return m.GroupSheet("Aanbieders", "De declaratie per aanbieder.", "tbl_aanbieders", columns, func() []Group {
		return m.Cube.Groups(keep, func(k CubeKey) string { return k.Provider })
	})
}
