package gemeente

import (
	"strings"

	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/reports/month"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// providerProductSheet returns a sheet that can serve as a pivot table: what each provider delivered of each product.
func (w *Workbook) providerProductSheet() layout.Sheet {
	part := func(heading string, width float64, text func(v *layout.View, provider, product string) string) layout.Column[month.Group] {
		return month.NameColumn(heading, width, func(v *layout.View, key string) string {
			provider, product, _ := strings.Cut(key, " ")
			return text(v, provider, product)
		})
	}
	columns := month.WithMeasures(
		part("AGB-code", 12, func(_ *layout.View, provider, _ string) string { return provider }),
		part("Aanbieder", 34, func(v *layout.View, provider, _ string) string { return v.ProviderName(provider) }),
		part("Productcode", 14, func(_ *layout.View, _, product string) string { return product }),
		part("Product", 34, func(v *layout.View, _, product string) string { return v.Product(product).Name }))
	return w.GroupSheet("Aanbieders en producten", "De declaratie per aanbieder en product.", "tbl_aanbieders_en_producten", columns, func() []month.Group {
		return w.Cube.Groups(w.own, func(k month.CubeKey) string { return k.Provider + " " + k.Product })
	})
}

func (w *Workbook) taskSheet() layout.Sheet {
	columns := month.WithMeasures(month.KeyColumn("Taakveld", 14), layout.Col("Producten", 60, workbook.Wrapped, func(v *layout.View, of month.Group) workbook.Value {
		return workbook.Text(w.productsOfTask(of.Key))
	}))
	return w.GroupSheet("Taakvelden", "De declaratie per taakveld (Iv3).", "tbl_taakvelden", columns, func() []month.Group {
		return w.Cube.Groups(w.own, w.taskOf)
	})
}

// taskOf returns the task field of a cell of the cube.
func (w *Workbook) taskOf(k month.CubeKey) string {
	return w.ProductIn(k.Product, k.CareMonth).TaskField
}

// productsOfTask returns the names of the products that were declared under a task field.
func (w *Workbook) productsOfTask(task string) string {
	var names []string
	declared := func(k month.CubeKey) bool { return w.own(k) && w.taskOf(k) == task }
	for _, product := range w.Cube.Groups(declared, func(k month.CubeKey) string { return k.Product }) {
		names = append(names, w.Product(product.Key).Name)
	}
	return strings.Join(names, ", ")
}
