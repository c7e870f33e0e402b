package regio

import (
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// compared is one row of the comparison: what was declared for a municipality and segment, by period of declaration.
type compared struct {
	municipality, segment string
	amounts               map[billing.Period]billing.Money
}

// comparisonSheet returns a sheet that compares this period with earlier ones, by period of declaration.
func (w *Workbook) comparisonSheet() layout.Sheet {
	const about = "Deze declaratie naast de eerdere, per gemeente en segment."
	return layout.Sheet{Name: "Vergelijking", About: about, Build: func(book *workbook.Book, name string) error {
		periods := w.EarlierPeriods()
		columns := []workbook.Column{
			{Heading: w.Say("Gemeentecode"), Width: 17}, {Heading: w.Say("Gemeente"), Width: 24}, {Heading: w.Say("Segment"), Width: 10},
			{Heading: w.Say("Naam van het segment"), Width: 36},
		}
		for _, period := range append(slices.Clone(periods), w.Period) {
			columns = append(columns, workbook.Column{Heading: w.MonthName(period), Width: 18, Format: workbook.Euro, Sum: true})
		}
		if len(periods) > 0 {
			columns = append(columns, workbook.Column{Heading: w.Say("Verschil met vorige"), Width: 18, Format: workbook.Euro, Sum: true})
		}
		rows := w.Spool.Rows()
		for _, row := range w.compare() {
			rows.Add(w.comparedCells(row, periods)...)
		}
		return book.AddTable(&workbook.Table{
			Sheet: name, Name: "tbl_vergelijking", Title: name, Explain: w.Say(about), Columns: columns, Frozen: 4, Rows: rows,
		})
	}}
}

func (w *Workbook) comparedCells(row compared, periods []billing.Period) []workbook.Value {
	cells := []workbook.Value{
		workbook.Text(row.municipality), workbook.Text(w.MunicipalityName(row.municipality)), workbook.Text(row.segment),
		workbook.Text(w.SegmentName(row.segment)),
	}
	for _, period := range periods {
		cells = append(cells, workbook.Money(row.amounts[period]))
	}
	cells = append(cells, workbook.Money(row.amounts[w.Period]))
	if len(periods) > 0 {
		cells = append(cells, workbook.Money(row.amounts[w.Period]-row.amounts[periods[len(periods)-1]]))
	}
	return cells
}

// compare adds up the declarations by municipality and segment.
func (w *Workbook) compare() []compared {
	type key struct{ municipality, segment string }
	sums := make(map[key]map[billing.Period]billing.Money)
	add := func(municipality, product string, care, period billing.Period, amount billing.Money) {
		k := key{municipality, w.ProductIn(product, care).Segment}
		if sums[k] == nil {
			sums[k] = make(map[billing.Period]billing.Money)
		}
		sums[k][period] += amount
	}
	for k, part := range w.Cube {
		add(k.Municipality, k.Product, k.CareMonth, w.Period, part.Net())
	}
	for i := range w.Earlier {
		earlier := &w.Earlier[i]
		add(earlier.Municipality, earlier.Product, earlier.CareMonth, earlier.Period, earlier.Amount)
	}
	found := make([]compared, 0, len(sums))
	for k, amounts := range sums {
		found = append(found, compared{k.municipality, k.segment, amounts})
	}
	slices.SortFunc(found, func(a, b compared) int {
		return slices.Compare([]string{a.municipality, a.segment}, []string{b.municipality, b.segment})
	})
	return found
}
