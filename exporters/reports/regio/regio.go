package regio

import (
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/reports/month"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// Workbook collects what regio.xlsx is made from, besides the declaration: totals for the region, without clients and records.
type Workbook struct {
	*month.Month
	Party   month.Party         // the whole region
	quality map[string]*quality // of deliveries, by AGB code of their return file
}

// New starts the workbook.
func New(m *month.Month) *Workbook { return &Workbook{Month: m, quality: make(map[string]*quality)} }

// Plan returns the plan of the workbook. towns and providers are the parties in the region, by code; "" for an unknown one.
func (w *Workbook) Plan(towns, providers map[string]*month.Party) layout.Plan {
	sheets := w.sheets(towns, providers)
	return layout.Plan{
		View: w.View, Name: layout.FileName("regio", "", ""), Head: w.Head("regio", w.Say("Declaratie P*Q %s", w.Region)),
		Page: "Samenvatting", Widths: []float64{w.NameWidth(), layout.AmountWidth, 16, 16, 16, 16, 17, 17, 17, 17},
		First: func(page *workbook.Page) { w.summary(page, towns, sheets) }, Sheets: sheets,
	}
}

func (w *Workbook) sheets(towns, providers map[string]*month.Party) []layout.Sheet {
	sheets := []layout.Sheet{
		w.PaymentSheet(paymentsOfRegion, w.allPayments()),
		w.municipalitySheet(),
		w.GroupSheet("Gebieden", "De declaratie per gebied.", "tbl_gebieden",
			month.WithMeasures(month.KeyColumn("Code", 10), month.NameColumn("Gebied", 34, (*layout.View).AreaName)),
			func() []month.Group {
				return w.Cube.Groups(month.Everything, func(k month.CubeKey) string { return w.AreaIn(k.Municipality, k.CareMonth) })
			}),
		w.SegmentSheet(month.Everything),
		w.ProductSheet(month.Everything),
		w.ProviderSheet(month.Everything),
		w.providerCross(),
		w.productCross(),
		w.comparisonSheet(),
	}
	changes := w.Changes(true, "")
	if len(changes) > 0 {
		sheets = append(sheets, w.ChangesSheet(true, changes))
	}
	if len(w.Ceilings) > 0 {
		sheets = append(sheets, w.ceilingSheet())
	}
	return append(sheets, w.ReconciliationSheet(&w.Party, month.SumOfParties(towns), month.SumOfParties(providers)))
}

func (w *Workbook) allPayments() []*report.Payment {
	return w.PaymentsWhere(func(*report.Payment) bool { return true })
}

func (w *Workbook) summary(page *workbook.Page, parts map[string]*month.Party, sheets []layout.Sheet) {
	w.Facts(page)
	w.KeyFigures(page, &w.Party, w.allPayments())
	w.townBlock(page, parts)
	w.balancesBlock(page)
	w.matrixBlock(page)
	w.areaBlock(page)
	w.ChangesBlock(page, w.Changes(true, ""))
	w.ceilingsBlock(page)
	w.qualityBlock(page)
	w.missing(page)
	w.Links(page, sheets, 0)
	w.BookNotes(page)
}

// missing lists the providers that sent nothing this period.
func (w *Workbook) missing(page *workbook.Page) {
	if len(w.Missing) == 0 {
		return
	}
	columns := []layout.Column[string]{
		layout.Col("Aanbieder", 0, workbook.Plain, func(v *layout.View, agb string) workbook.Value { return workbook.Text(v.ProviderName(agb)) }),
		layout.Col("AGB-code", 0, workbook.Plain, func(_ *layout.View, agb string) workbook.Value { return workbook.Text(agb) }),
	}
	page.Section(&workbook.Section{
		Title: w.Say("Vorige periode wel, nu niets aangeleverd"), Columns: layout.ColumnsOf(w.View, columns), Rows: layout.BlockOf(w.View, columns, w.Missing),
	})
}

// paymentsOfRegion are the columns of payments, by provider and municipality.
var paymentsOfRegion = []month.PaymentColumn{
	month.PaymentAGB, month.PaymentProvider, month.PaymentTownCode, month.PaymentTown, month.PaymentDebit, month.PaymentCredit, month.PaymentNet, month.PaymentCarried,
	month.PaymentToPay, month.PaymentForward, month.PaymentDue,
}
