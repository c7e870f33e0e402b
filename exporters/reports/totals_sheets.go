package reports

import (
	"strings"

	"github.com/pxq-nl/pxq/exporters/workbook"
)

// The sheets of totals, for the region and for one municipality alike.

func (g *gathering) municipalitySheet() sheet {
	columns := withMeasures(keyColumn("Code", 10), nameColumn("Gemeente", 34, (*view).municipalityName),
		nameColumn("Gebied", 22, func(v *view, code string) string { return v.areaName(v.areaOf(code)) }))
	return g.groupSheet("Gemeenten", "De declaratie per gemeente.", "tbl_gemeenten", columns, func() []group {
		return g.cube.groups(everything, func(k cubeKey) string { return k.municipality })
	})
}

func (g *gathering) segmentSheet(keep func(cubeKey) bool) sheet {
	columns := withMeasures(keyColumn("Code", 10), nameColumn("Segment", 46, (*view).segmentName))
	return g.groupSheet("Segmenten", "De declaratie per segment.", "tbl_segmenten", columns, func() []group {
		return g.cube.groups(keep, g.segmentOfKey)
	})
}

func (g *gathering) segmentOfKey(k cubeKey) string { return g.product(k.product).Segment }

func (g *gathering) productSheet(keep func(cubeKey) bool) sheet {
	columns := withMeasures(keyColumn("Productcode", 14), nameColumn("Product", 46, func(v *view, code string) string { return v.product(code).Name }),
		nameColumn("Segment", 11, func(v *view, code string) string { return v.product(code).Segment }))
	return g.groupSheet("Producten", "De declaratie per product.", "tbl_producten", columns, func() []group {
		return g.cube.groups(keep, func(k cubeKey) string { return k.product })
	})
}

func (g *gathering) providerSheet(keep func(cubeKey) bool) sheet {
	columns := withMeasures(keyColumn("AGB-code", 12), nameColumn("Aanbieder", 46, (*view).providerName))
	return g.groupSheet("Aanbieders", "De declaratie per aanbieder.", "tbl_aanbieders", columns, func() []group {
		return g.cube.groups(keep, func(k cubeKey) string { return k.provider })
	})
}

// providerProductSheet is the table to turn: what each provider delivered of each product.
func (g *gathering) providerProductSheet(keep func(cubeKey) bool) sheet {
	part := func(heading string, width float64, text func(v *view, provider, product string) string) column[group] {
		return nameColumn(heading, width, func(v *view, key string) string {
			provider, product, _ := strings.Cut(key, " ")
			return text(v, provider, product)
		})
	}
	columns := withMeasures(
		part("AGB-code", 12, func(_ *view, provider, _ string) string { return provider }),
		part("Aanbieder", 34, func(v *view, provider, _ string) string { return v.providerName(provider) }),
		part("Productcode", 14, func(_ *view, _, product string) string { return product }),
		part("Product", 34, func(v *view, _, product string) string { return v.product(product).Name }))
	return g.groupSheet("Aanbieders en producten", "De declaratie per aanbieder en product.", "tbl_aanbieders_en_producten", columns, func() []group {
		return g.cube.groups(keep, func(k cubeKey) string { return k.provider + " " + k.product })
	})
}

func (g *gathering) taskSheet(keep func(cubeKey) bool) sheet {
	columns := withMeasures(keyColumn("Taakveld", 14), column[group]{"Producten", 40, workbook.Plain, func(v *view, of group) workbook.Value {
		return workbook.Text(g.productsOfTask(keep, of.key))
	}, plain})
	return g.groupSheet("Taakvelden", "De declaratie per taakveld (Iv3).", "tbl_taakvelden", columns, func() []group {
		return g.cube.groups(keep, func(k cubeKey) string { return g.product(k.product).TaskField })
	})
}

// productsOfTask names the products that were declared under a task field.
func (g *gathering) productsOfTask(keep func(cubeKey) bool, task string) string {
	var names []string
	for _, product := range g.cube.groups(keep, func(k cubeKey) string { return k.product }) {
		if found := g.product(product.key); found.TaskField == task {
			names = append(names, found.Name)
		}
	}
	return strings.Join(names, ", ")
}

// segmentBlock is the small table of segments on a first sheet.
func (g *gathering) segmentBlock(page *workbook.Page, keep func(cubeKey) bool) {
	groups := g.cube.groups(keep, g.segmentOfKey)
	if len(groups) == 0 {
		return
	}
	columns := withMeasures(nameColumn("Segment", 0, func(v *view, code string) string { return code + " " + v.segmentName(code) }))
	title := g.say("Per segment")
	page.Section(&workbook.Section{
		Title: title, Columns: columnsOf(g.view, columns), Rows: blockOf(g.view, columns, groups), Total: g.say("Totaal"), Chart: &workbook.Chart{
			Title: title, Alt: g.say("Staafdiagram: het bedrag per segment; de getallen staan erboven."), Values: []int{amountColumn}, Format: workbook.Euro,
		},
	})
}
