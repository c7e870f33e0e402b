package month

import (
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/shown"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// LineColumn is a column of declaration lines.
type LineColumn = layout.Column[*billing.DeclaredLine]

// The columns of declaration lines.
var (
	LineNumber = layout.Col("Declaratieregel", 18, workbook.Plain, func(_ *layout.View, l *billing.DeclaredLine) workbook.Value { return workbook.Text(l.Number) })
	LineKind   = layout.Col("Soort", 12, workbook.Plain, func(v *layout.View, l *billing.DeclaredLine) workbook.Value { return workbook.Text(v.Kind(l.Kind)) })
	LineMonth  = layout.Col("Zorgmaand", 13, workbook.MonthOf, func(_ *layout.View, l *billing.DeclaredLine) workbook.Value { return workbook.Month(l.CareMonth) })
	LineTown   = layout.Col("Gemeente", 20, workbook.Plain, func(v *layout.View, l *billing.DeclaredLine) workbook.Value {
		return workbook.Text(v.MunicipalityName(l.Municipality))
	})
	LineAGB      = layout.Col("AGB-code", 11, workbook.Plain, func(_ *layout.View, l *billing.DeclaredLine) workbook.Value { return workbook.Text(l.Provider) })
	LineProvider = layout.Col("Aanbieder", 30, workbook.Plain, func(v *layout.View, l *billing.DeclaredLine) workbook.Value {
		return workbook.Text(v.ProviderName(l.Provider))
	})
	LineBSN      = layout.Col("BSN", 12, workbook.Plain, func(_ *layout.View, l *billing.DeclaredLine) workbook.Value { return workbook.Text(l.BSN) })
	LineReferral = layout.Col("Toewijzing", 16, workbook.Plain, func(_ *layout.View, l *billing.DeclaredLine) workbook.Value { return workbook.Text(l.Referral) })
	LineProduct  = layout.Col("Productcode", 13, workbook.Plain, func(_ *layout.View, l *billing.DeclaredLine) workbook.Value { return workbook.Text(l.Product) })
	LineName     = layout.Col("Product", 34, workbook.Plain, func(v *layout.View, l *billing.DeclaredLine) workbook.Value {
		return workbook.Text(v.Product(l.Product).Name)
	})
	LineSegment = layout.Col("Segment", 10, workbook.Plain, func(v *layout.View, l *billing.DeclaredLine) workbook.Value {
		return workbook.Text(v.ProductIn(l.Product, l.CareMonth).Segment)
	})
	LineTask = layout.Col("Taakveld", 10, workbook.Plain, func(v *layout.View, l *billing.DeclaredLine) workbook.Value {
		return workbook.Text(v.ProductIn(l.Product, l.CareMonth).TaskField)
	})
	LineHours    = layout.Col("Uren", 13, workbook.Quantity, func(_ *layout.View, l *billing.DeclaredLine) workbook.Value { return lineQuantity(l, billing.Time) }).Summed()
	LineDayparts = layout.Col("Dagdelen", 13, workbook.Quantity, func(_ *layout.View, l *billing.DeclaredLine) workbook.Value { return lineQuantity(l, billing.Daypart) }).Summed()
	LinePrice    = layout.Col("Tarief", 12, workbook.Euro, func(_ *layout.View, l *billing.DeclaredLine) workbook.Value { return workbook.Price(l.Price) })
	LineAmount   = layout.Col("Bedrag", 15, workbook.Euro, func(_ *layout.View, l *billing.DeclaredLine) workbook.Value { return workbook.Money(l.Amount) }).Summed()
	LineRecords  = layout.Col("Zorgregels", 13, workbook.Whole, func(_ *layout.View, l *billing.DeclaredLine) workbook.Value { return workbook.Count(l.Records) })
	LineOriginal = layout.Col("Corrigeert regel", 18, workbook.Plain, func(_ *layout.View, l *billing.DeclaredLine) workbook.Value { return workbook.Text(l.Original) })
)

// Credited collects the numbers of the lines that are credited under one key, for the corrections that follow them. Lines must
// come by key, the credits of a key before its corrections.
type Credited struct {
	key     billing.LineKey
	numbers []string
}

// WithOriginals returns the line as it is displayed: a correction with the numbers of the lines that it replaces.
func (c *Credited) WithOriginals(line *billing.DeclaredLine) *billing.DeclaredLine {
	if line.LineKey != c.key {
		*c = Credited{key: line.LineKey}
	}
	switch line.Kind {
	case billing.Credit:
		c.numbers = append(c.numbers, line.Original)
	case billing.Correction:
		shown := *line
		shown.Original = strings.Join(c.numbers, ", ")
		return &shown
	}
	return line
}

// lineQuantity returns the quantity, negative for a credit, in the column of its unit; in the other column it is empty.
func lineQuantity(line *billing.DeclaredLine, unit billing.Unit) workbook.Value {
	if line.Unit != unit {
		return workbook.None()
	}
	return workbook.Care(shown.SignedQuantity(line), unit)
}

// AmountOf returns the sum of the amounts in a table of declaration lines.
func AmountOf(rows *workbook.Rows, columns []LineColumn) billing.Money {
	for i := range columns {
		if columns[i].Format == LineAmount.Format && columns[i].HasSum() {
			return billing.Money(rows.Sum(i))
		}
	}
	return 0
}
