package regio

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/reports/month"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// quality counts the records of a provider received since the last close, and of those the ones that were rejected, that are
// care of a month before the period, and that replace or withdraw an earlier row.
type quality struct {
	agb                                 string
	received, rejected, late, corrected int
}

// AddRow adds a row of the region.
func (w *Workbook) AddRow(row *report.Row) {
	w.Party.AddRow(row, w.WayOf(row))
	w.qualityOf(row.ReturnTo).add(row, w.Period)
}

// AddPart adds plain rows of a provider.
func (w *Workbook) AddPart(agb string, part *month.Part) {
	w.Party.AddPart(part)
	q := w.qualityOf(agb)
	q.received += part.Fresh.Rows
	q.late += part.Late
	q.corrected += part.Corrected
}

func (w *Workbook) qualityOf(agb string) *quality {
	if w.quality[agb] == nil {
		w.quality[agb] = &quality{agb: agb}
	}
	return w.quality[agb]
}

func (q *quality) add(row *report.Row, period billing.Period) {
	if row.Before != billing.NoOutcome {
		return
	}
	q.received++
	if row.Outcome == billing.Rejected {
		q.rejected++
	}
	if month.IsLate(row, period) {
		q.late++
	}
	if month.IsNewer(row) {
		q.corrected++
	}
}

// share returns part as a whole percentage of whole; empty if whole is 0.
func share(part, whole int) workbook.Value {
	if whole == 0 {
		return workbook.None()
	}
	return workbook.Count((100*part + whole/2) / whole)
}

func qualityCount(heading string, count func(quality) int) layout.Column[quality] {
	return layout.Col(heading, 0, workbook.Whole, func(_ *layout.View, q quality) workbook.Value { return workbook.Count(count(q)) }).Summed()
}

func qualityShare(heading string, count func(quality) int) layout.Column[quality] {
	return layout.Col(heading, 0, workbook.Percent, func(_ *layout.View, q quality) workbook.Value { return share(count(q), q.received) })
}

var qualityColumns = []layout.Column[quality]{
	layout.Col("Aanbieder", 0, workbook.Plain, func(v *layout.View, q quality) workbook.Value { return workbook.Text(v.ProviderName(q.agb)) }),
	layout.Col("AGB-code", 0, workbook.Plain, func(_ *layout.View, q quality) workbook.Value { return workbook.Text(q.agb) }),
	qualityCount("Nieuw ontvangen", func(q quality) int { return q.received }),
	qualityCount("Waarvan afgewezen", func(q quality) int { return q.rejected }), qualityShare("Deel afgewezen", func(q quality) int { return q.rejected }),
	qualityCount("Waarvan nagekomen", func(q quality) int { return q.late }), qualityShare("Deel nagekomen", func(q quality) int { return q.late }),
	qualityCount("Waarvan gecorrigeerd", func(q quality) int { return q.corrected }), qualityShare("Deel gecorrigeerd", func(q quality) int { return q.corrected }),
}

// qualityBlock shows the quality of the deliveries of each provider.
func (w *Workbook) qualityBlock(page *workbook.Page) {
	var list []quality
	for _, agb := range layout.SortedKeys(w.quality) {
		if q := w.quality[agb]; q.received > 0 {
			list = append(list, *q)
		}
	}
	if len(list) > 0 && list[0].agb == "" { // rows of no known provider: last
		list = append(list[1:], list[0])
	}
	if len(list) == 0 {
		return
	}
	page.Section(&workbook.Section{
		Title: w.Say("Kwaliteit van de aanleveringen"), Columns: layout.ColumnsOf(w.View, qualityColumns), Rows: layout.BlockOf(w.View, qualityColumns, list),
		Total: w.Say("Totaal"),
	})
	page.Paragraph(w.Say("Zorgregels die sinds de vorige afsluiting kwamen. Nagekomen is zorg van een maand voor deze periode; gecorrigeerd is een regel die een eerdere vervangt of intrekt."))
}
