package reports

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// quality is how good the deliveries of a provider were: records received since the last close, and of them those
// that were rejected, that are care of an earlier month than the period, and that replace or withdraw an earlier row.
type quality struct {
	agb                                 string
	received, rejected, late, corrected int
}

func (q *quality) add(row *report.Row, period billing.Period) {
	if row.Before != billing.NoOutcome {
		return
	}
	q.received++
	if row.Outcome == billing.Rejected {
		q.rejected++
	}
	if !row.Record.First.IsZero() && row.Record.First.Period() < period {
		q.late++
	}
	if row.Record.Version > 1 {
		q.corrected++
	}
}

// share is a part in whole percents; none of nothing.
func share(part, whole int) workbook.Value {
	if whole == 0 {
		return workbook.None()
	}
	return workbook.Count((100*part + whole/2) / whole)
}

func qualityCount(heading string, count func(quality) int) column[quality] {
	return column[quality]{heading, 0, workbook.Whole, func(_ *view, q quality) workbook.Value { return workbook.Count(count(q)) }, summed}
}

func qualityShare(heading string, count func(quality) int) column[quality] {
	return column[quality]{heading, 0, workbook.Percent, func(_ *view, q quality) workbook.Value { return share(count(q), q.received) }, plain}
}

var qualityColumns = []column[quality]{
	{"Aanbieder", 0, workbook.Plain, func(v *view, q quality) workbook.Value { return workbook.Text(v.providerName(q.agb)) }, plain},
	{"AGB-code", 0, workbook.Plain, func(_ *view, q quality) workbook.Value { return workbook.Text(q.agb) }, plain},
	qualityCount("Ontvangen", func(q quality) int { return q.received }),
	qualityCount("Afgewezen", func(q quality) int { return q.rejected }), qualityShare("Deel afgewezen", func(q quality) int { return q.rejected }),
	qualityCount("Nagekomen", func(q quality) int { return q.late }), qualityShare("Deel nagekomen", func(q quality) int { return q.late }),
	qualityCount("Gecorrigeerd", func(q quality) int { return q.corrected }), qualityShare("Deel gecorrigeerd", func(q quality) int { return q.corrected }),
}

// qualityBlock shows how good the deliveries of each provider were.
func (g *gathering) qualityBlock(page *workbook.Page) {
	var list []quality
	for _, agb := range sortedKeys(g.providers) {
		if q := g.providers[agb].quality; agb != "" && q.received > 0 {
			q.agb = agb
			list = append(list, q)
		}
	}
	if len(list) == 0 {
		return
	}
	page.Section(&workbook.Section{
		Title: g.say("Kwaliteit van de aanleveringen"), Columns: columnsOf(g.view, qualityColumns), Rows: blockOf(g.view, qualityColumns, list),
		Total: g.say("Totaal"),
	})
	page.Paragraph(g.say("Zorgregels die sinds de vorige afsluiting kwamen. Nagekomen is zorg van een maand voor deze periode; gecorrigeerd is een regel die een eerdere vervangt of intrekt."))
}
