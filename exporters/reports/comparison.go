package reports

import (
	"maps"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// periodsMax is how many earlier periods are shown beside this one.
const periodsMax = 12

// compared is one row of the comparison: what was declared for a municipality and segment, by period.
type compared struct {
	municipality, segment string
	amounts               map[billing.Period]billing.Money
}

// comparisonSheet sets this period beside earlier ones, by the period of the declaration.
func (g *gathering) comparisonSheet() sheet {
	const about = "Deze declaratie naast de eerdere, per gemeente en segment."
	return sheet{name: "Vergelijking", about: about, build: func(book *workbook.Book, name string) error {
		periods := g.earlierPeriods()
		columns := []workbook.Column{
			{Heading: g.say("Gemeentecode"), Width: 17}, {Heading: g.say("Gemeente"), Width: 24}, {Heading: g.say("Segment"), Width: 10},
			{Heading: g.say("Naam van het segment"), Width: 36},
		}
		for _, period := range append(slices.Clone(periods), g.Period) {
			columns = append(columns, workbook.Column{Heading: g.month(period), Width: 18, Format: workbook.Euro, Sum: true})
		}
		if len(periods) > 0 {
			columns = append(columns, workbook.Column{Heading: g.say("Verschil met vorige"), Width: 18, Format: workbook.Euro, Sum: true})
		}
		rows := g.spool.Rows()
		for _, row := range g.compare() {
			rows.Add(g.comparedCells(row, periods)...)
		}
		return book.AddTable(&workbook.Table{
			Sheet: name, Name: "tbl_vergelijking", Title: name, Explain: g.say(about), Columns: columns, Frozen: 4, Rows: rows,
		})
	}}
}

func (g *gathering) comparedCells(row compared, periods []billing.Period) []workbook.Value {
	cells := []workbook.Value{
		workbook.Text(row.municipality), workbook.Text(g.municipalityName(row.municipality)), workbook.Text(row.segment),
		workbook.Text(g.segmentName(row.segment)),
	}
	for _, period := range periods {
		cells = append(cells, workbook.Money(row.amounts[period]))
	}
	cells = append(cells, workbook.Money(row.amounts[g.Period]))
	if len(periods) > 0 {
		cells = append(cells, workbook.Money(row.amounts[g.Period]-row.amounts[periods[len(periods)-1]]))
	}
	return cells
}

// earlierPeriods gives the latest periods before this one, in order.
func (g *gathering) earlierPeriods() []billing.Period {
	seen := make(map[billing.Period]bool)
	for i := range g.Earlier {
		if g.Earlier[i].Period < g.Period {
			seen[g.Earlier[i].Period] = true
		}
	}
	periods := slices.Sorted(maps.Keys(seen))
	return periods[max(0, len(periods)-periodsMax):]
}

// compare adds up by municipality and segment.
func (g *gathering) compare() []compared {
	type key struct{ municipality, segment string }
	sums := make(map[key]map[billing.Period]billing.Money)
	add := func(municipality, product string, period billing.Period, amount billing.Money) {
		k := key{municipality, g.product(product).Segment}
		if sums[k] == nil {
			sums[k] = make(map[billing.Period]billing.Money)
		}
		sums[k][period] += amount
	}
	for k, part := range g.cube {
		add(k.municipality, k.product, g.Period, part.net())
	}
	for i := range g.Earlier {
		if earlier := &g.Earlier[i]; earlier.Period < g.Period {
			add(earlier.Municipality, earlier.Product, earlier.Period, earlier.Amount)
		}
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
