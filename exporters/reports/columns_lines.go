package reports

import (
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/exporters/shown"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

type lineColumn = column[*billing.DeclaredLine]

// The columns of declaration lines.
var (
	lineNumber = lineColumn{"Declaratieregel", 18, workbook.Plain, func(_ *view, l *billing.DeclaredLine) workbook.Value { return workbook.Text(l.Number) }, plain}
	lineKind   = lineColumn{"Soort", 12, workbook.Plain, func(v *view, l *billing.DeclaredLine) workbook.Value { return workbook.Text(v.kind(l.Kind)) }, plain}
	lineMonth  = lineColumn{"Zorgmaand", 13, workbook.MonthOf, func(_ *view, l *billing.DeclaredLine) workbook.Value { return workbook.Month(l.CareMonth) }, plain}
	lineTown   = lineColumn{"Gemeente", 20, workbook.Plain, func(v *view, l *billing.DeclaredLine) workbook.Value {
		return workbook.Text(v.municipalityName(l.Municipality))
	}, plain}
	lineAGB      = lineColumn{"AGB-code", 11, workbook.Plain, func(_ *view, l *billing.DeclaredLine) workbook.Value { return workbook.Text(l.Provider) }, plain}
	lineProvider = lineColumn{"Aanbieder", 30, workbook.Plain, func(v *view, l *billing.DeclaredLine) workbook.Value {
		return workbook.Text(v.providerName(l.Provider))
	}, plain}
	lineBSN      = lineColumn{"BSN", 12, workbook.Plain, func(_ *view, l *billing.DeclaredLine) workbook.Value { return workbook.Text(l.BSN) }, plain}
	lineReferral = lineColumn{"Toewijzing", 16, workbook.Plain, func(_ *view, l *billing.DeclaredLine) workbook.Value { return workbook.Text(l.Referral) }, plain}
	lineProduct  = lineColumn{"Productcode", 13, workbook.Plain, func(_ *view, l *billing.DeclaredLine) workbook.Value { return workbook.Text(l.Product) }, plain}
	lineName     = lineColumn{"Product", 34, workbook.Plain, func(v *view, l *billing.DeclaredLine) workbook.Value { return workbook.Text(v.product(l.Product).Name) }, plain}
	lineSegment  = lineColumn{"Segment", 10, workbook.Plain, func(v *view, l *billing.DeclaredLine) workbook.Value {
		return workbook.Text(v.product(l.Product).Segment)
	}, plain}
	lineTask = lineColumn{"Taakveld", 10, workbook.Plain, func(v *view, l *billing.DeclaredLine) workbook.Value {
		return workbook.Text(v.product(l.Product).TaskField)
	}, plain}
	lineHours    = lineColumn{"Uren", 13, workbook.Quantity, func(_ *view, l *billing.DeclaredLine) workbook.Value { return lineQuantity(l, billing.Time) }, summed}
	lineDayparts = lineColumn{"Dagdelen", 13, workbook.Quantity, func(_ *view, l *billing.DeclaredLine) workbook.Value { return lineQuantity(l, billing.Daypart) }, summed}
	linePrice    = lineColumn{"Tarief", 12, workbook.Euro, func(_ *view, l *billing.DeclaredLine) workbook.Value { return workbook.Price(l.Price) }, plain}
	lineAmount   = lineColumn{"Bedrag", 15, workbook.Euro, func(_ *view, l *billing.DeclaredLine) workbook.Value { return workbook.Money(l.Amount) }, summed}
	lineRecords  = lineColumn{"Zorgregels", 13, workbook.Whole, func(_ *view, l *billing.DeclaredLine) workbook.Value { return workbook.Count(l.Records) }, plain}
	lineOriginal = lineColumn{"Corrigeert regel", 18, workbook.Plain, func(_ *view, l *billing.DeclaredLine) workbook.Value { return workbook.Text(l.Original) }, plain}
)

// linesForMunicipality leaves out the municipality: there is only one.
var linesForMunicipality = []lineColumn{
	lineNumber, lineKind, lineMonth, lineAGB, lineProvider, lineBSN, lineReferral, lineProduct, lineName, lineSegment, lineTask,
	lineHours, lineDayparts, linePrice, lineAmount, lineRecords, lineOriginal,
}

// linesForProvider leaves out the provider. With these two headings a submission would know five of them, and take
// the sheet for one when a program lost what the file says of itself.
var linesForProvider = []lineColumn{
	lineNumber, lineKind, lineMonth, lineTown, lineBSN, lineReferral, lineProduct, lineName, lineHours, lineDayparts,
	renamed(linePrice, "Prijs"), renamed(lineAmount, "Gedeclareerd bedrag"), lineRecords, lineOriginal,
}

// renamed gives a column another heading, with room for it.
func renamed(c lineColumn, heading string) lineColumn {
	c.heading, c.width = heading, max(c.width, float64(len(heading)+3))
	return c
}

// corrected knows which lines were just credited. Lines come by key, the credits of a key before its corrections.
type corrected struct {
	key     billing.LineKey
	numbers []string
}

// original gives the line as it is shown: a correction with the lines in whose place it comes.
func (c *corrected) original(line *billing.DeclaredLine) *billing.DeclaredLine {
	if line.LineKey != c.key {
		*c = corrected{key: line.LineKey}
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

// lineQuantity gives the quantity in the column of its unit, negative for a credit.
func lineQuantity(line *billing.DeclaredLine, unit billing.Unit) workbook.Value {
	if line.Unit != unit {
		return workbook.None()
	}
	return quantityValue(shown.SignedQuantity(line), unit)
}

func quantityValue(quantity billing.Quantity, unit billing.Unit) workbook.Value {
	switch unit {
	case billing.Time:
		return workbook.Hours(quantity)
	case billing.Daypart:
		return workbook.Dayparts(quantity)
	}
	return workbook.None()
}

// amountOf gives the sum of the amounts in a table of declaration lines.
func amountOf(rows *workbook.Rows, columns []lineColumn) billing.Money {
	for i := range columns {
		if columns[i].format == lineAmount.format && columns[i].options.sum {
			return billing.Money(rows.Sum(i))
		}
	}
	return 0
}
