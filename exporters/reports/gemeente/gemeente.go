// From the cell to the euro, 8 of 8. Here the line appears in the workbook of the municipality that pays it, next to the
// records; billing/report reads it from the store, and exporters/reports/layout and exporters/workbook write the cells.

package gemeente

import (
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/reports/month"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// Workbook collects what the workbook of one municipality is made from, besides the declaration.
type Workbook struct {
	*month.Month
	Party month.Party
	code  string                   // CBS code; "" for an unknown municipality
	costs map[string]billing.Money // declared amount of each client, by BSN

	lines, corrections, held, rejected, signals *workbook.Rows
}

// New starts the workbook of a municipality by its CBS code, "" for what belongs to no known one.
func New(m *month.Month, code string) *Workbook {
	rows := m.Spool.Rows
	return &Workbook{
		Month: m, code: code, costs: make(map[string]billing.Money),
		lines: rows(), corrections: rows(), held: rows(), rejected: rows(), signals: rows(),
	}
}

// AddLine adds a line of the municipality; shown is the line as it is displayed.
func (w *Workbook) AddLine(line, shown *billing.DeclaredLine) {
	w.Party.AddLine(line)
	w.costs[line.BSN] += line.Amount
	cells := layout.CellsOf(w.View, lineColumns, shown)
	w.lines.Add(cells...)
	if line.Kind.ChangesDeclared() {
		w.corrections.Add(cells...)
	}
}

// AddRow adds a row of the municipality.
func (w *Workbook) AddRow(row *report.Row) {
	w.Party.AddRow(row, w.WayOf(row))
	switch row.Outcome {
	case billing.Held:
		layout.AddAt(w.held, row.Record.ID, w.View, recordColumns, row)
	case billing.Rejected:
		layout.AddAt(w.rejected, row.Record.ID, w.View, recordColumns, row)
	}
}

// AddSignal adds a signal on a referral of a resident.
func (w *Workbook) AddSignal(signal *report.Signal) {
	w.signals.Add(layout.CellsOf(w.View, signalColumns, month.Signal{Signal: signal})...)
}

// Exists reports whether the workbook is written: for a municipality of the book always, for another if it is not empty.
func (w *Workbook) Exists() bool {
	return w.Party.Declared.Lines > 0 || w.Party.Tally.Kept() > 0 ||
		slices.ContainsFunc(w.Book.Municipalities, func(known billing.Municipality) bool { return known.Code == w.code })
}

// own reports whether a cell of the cube belongs to this municipality.
func (w *Workbook) own(k month.CubeKey) bool { return k.Municipality == w.code }

// Plan returns the plan of the workbook.
func (w *Workbook) Plan() layout.Plan {
	name := w.MunicipalityName(w.code)
	payments := w.PaymentsWhere(func(p *report.Payment) bool { return p.Municipality == w.code })
	sheets := w.sheets(payments)
	return layout.Plan{
		View: w.View, Name: layout.FileName("gemeente", w.code, name), Head: w.Head("gemeente", w.Say("Declaratie jeugdhulp %s", name)),
		Page: "Samenvatting", Widths: []float64{w.NameWidth(), layout.AmountWidth, 17, 17, 17, 17, 17, 17},
		First: func(page *workbook.Page) { w.summary(page, payments, sheets) }, Sheets: sheets, Rows: w.lines.Len() + w.held.Len() + w.rejected.Len(),
	}
}

func (w *Workbook) sheets(payments []*report.Payment) []layout.Sheet {
	sheets := []layout.Sheet{
		w.PaymentSheet(paymentColumns, payments),
		w.SegmentSheet(w.own), w.ProductSheet(w.own), w.ProviderSheet(w.own), w.providerProductSheet(), w.taskSheet(),
		layout.RowSheet(w.View, "Declaratieregels", "Alle declaratieregels van de eigen inwoners.", "tbl_declaratieregels", lineColumns, w.lines),
		layout.RowSheet(w.View, "Correcties", "Credits en correcties, met de regel die zij crediteren.", "tbl_correcties", lineColumns, w.corrections),
		layout.RowSheet(w.View, "Uitval", "Zorgregels die op een besluit wachten; zij zijn niet gedeclareerd.", "tbl_uitval", recordColumns, w.held),
		layout.RowSheet(w.View, "Afgewezen", "Afgewezen zorgregels; zij zijn niet gedeclareerd.", "tbl_afgewezen", recordColumns, w.rejected),
		layout.RowSheet(w.View, "Signalen", "Wat opvalt aan toewijzingen van de eigen inwoners.", "tbl_signalen", signalColumns, w.signals),
	}
	if changes := w.Changes(false, w.code); len(changes) > 0 {
		sheets = append(sheets, w.ChangesSheet(false, changes))
	}
	return append(sheets, w.PartyReconciliation(&w.Party, w.lines.Len(), month.AmountOf(w.lines, lineColumns)))
}

func (w *Workbook) summary(page *workbook.Page, payments []*report.Payment, sheets []layout.Sheet) {
	w.Facts(page)
	if w.code != "" {
		page.Fact(w.Say("Gemeentecode"), workbook.Text(w.code), workbook.Plain)
		page.Fact(w.Say("Gebied"), workbook.Text(w.AreaName(w.AreaIn(w.code, w.Period))), workbook.Plain)
	}
	w.KeyFigures(page, &w.Party, payments)
	if w.code != "" || w.Party.Declared.Lines > 0 {
		w.monthsBlock(page)
	}
	w.segmentBlock(page)
	w.productBlock(page)
	w.movementsBlock(page)
	w.ChangesBlock(page, w.Changes(false, w.code))
	w.clientsBlock(page)
	w.Links(page, sheets, 0)
	w.BookNotes(page)
}

// Reconcile returns a *layout.Difference if the rows in the workbook do not match what was counted.
func (w *Workbook) Reconcile() error {
	return layout.FirstError(
		w.Party.Tally.Reconcile("gemeente "+w.code, "municipality "+w.code),
		layout.Differ(w.held.Len(), w.Party.Tally.Of(billing.Held).Rows, "regels in uitval van gemeente %s", "held rows of municipality %s", w.code),
		layout.Differ(w.rejected.Len(), w.Party.Tally.Of(billing.Rejected).Rows, "afgewezen regels van gemeente %s", "rejected rows of municipality %s", w.code),
		layout.Differ(w.lines.Len(), w.Party.Declared.Lines, "declaratieregels van gemeente %s", "lines of municipality %s", w.code),
		layout.Differ(month.AmountOf(w.lines, lineColumns), w.Party.Declared.Net(), "bedrag van gemeente %s", "amount of municipality %s", w.code),
	)
}
