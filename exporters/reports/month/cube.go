package month

import (
	"cmp"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// Cube holds the measures of the declaration by municipality, provider, product and care month; all totals are made from it.
type Cube map[CubeKey]*Measures

// CubeKey identifies a cell of a cube.
type CubeKey struct {
	Municipality, Provider, Product string
	CareMonth                       billing.Period // decides which row of the book applies
}

// Add adds a line.
func (c Cube) Add(line *billing.DeclaredLine) {
	key := CubeKey{line.Municipality, line.Provider, line.Product, line.CareMonth}
	total := c[key]
	if total == nil {
		total = &Measures{}
		c[key] = total
	}
	total.Add(line)
}

// Group holds the measures of the cells with one key.
type Group struct {
	Key string
	Measures
}

// Groups adds up the cells for which keep returns true, grouped by the key that by returns and sorted by it.
func (c Cube) Groups(keep func(CubeKey) bool, by func(CubeKey) string) []Group {
	sums := make(map[string]*Measures)
	for key, part := range c {
		if !keep(key) {
			continue
		}
		name := by(key)
		if sums[name] == nil {
			sums[name] = &Measures{}
		}
		sums[name].Merge(part)
	}
	found := make([]Group, 0, len(sums))
	for name, total := range sums {
		found = append(found, Group{name, *total})
	}
	slices.SortFunc(found, func(a, b Group) int { return cmp.Compare(a.Key, b.Key) })
	return found
}

// Everything returns true for all cells of a cube.
func Everything(CubeKey) bool { return true }

// measureColumns are the last columns of every table of totals.
var measureColumns = []layout.Column[Group]{
	layout.Col("Declaratieregels", 20, workbook.Whole, func(_ *layout.View, g Group) workbook.Value { return workbook.Count(g.Lines) }).Summed(),
	layout.Col("Uren", 15, workbook.Quantity, func(_ *layout.View, g Group) workbook.Value { return workbook.Hours(g.Time) }).Summed(),
	layout.Col("Dagdelen", 15, workbook.Quantity, func(_ *layout.View, g Group) workbook.Value { return workbook.Dayparts(g.Dayparts) }).Summed(),
	layout.Col("Debet", 17, workbook.Euro, func(_ *layout.View, g Group) workbook.Value { return workbook.Money(g.Debit) }).Summed(),
	layout.Col("Credit", 17, workbook.Euro, func(_ *layout.View, g Group) workbook.Value { return workbook.Money(g.Credit) }).Summed(),
	layout.Col("Bedrag", 17, workbook.Euro, func(_ *layout.View, g Group) workbook.Value { return workbook.Money(g.Net()) }).Summed(),
}

// WithMeasures appends the columns of the measures to those that name a group.
func WithMeasures(columns ...layout.Column[Group]) []layout.Column[Group] {
	return append(columns, measureColumns...)
}

// amountColumn is the index of the amount in a table with one column of names and the measures.
const amountColumn = 6

// ChartedSection returns a small table of totals, with name as its first column and a chart of the amounts.
func (m *Month) ChartedSection(title, alt string, name layout.Column[Group], groups []Group) *workbook.Section {
	columns := WithMeasures(name)
	return &workbook.Section{
		Title: title, Columns: layout.ColumnsOf(m.View, columns), Rows: layout.BlockOf(m.View, columns, groups), Total: m.Say("Totaal"),
		Chart: &workbook.Chart{Title: title, Alt: alt, Values: []int{amountColumn}, Format: workbook.Euro},
	}
}

// KeyColumn returns a column with the key of a group.
func KeyColumn(heading string, width float64) layout.Column[Group] {
	return layout.Col(heading, width, workbook.Plain, func(_ *layout.View, g Group) workbook.Value { return workbook.Text(g.Key) })
}

// NameColumn returns a column with the name of a group, by its key.
func NameColumn(heading string, width float64, name func(*layout.View, string) string) layout.Column[Group] {
	return layout.Col(heading, width, workbook.Plain, func(v *layout.View, g Group) workbook.Value { return workbook.Text(name(v, g.Key)) })
}
