package retour

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/reports/month"
	"github.com/pxq-nl/pxq/exporters/shown"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// SheetsForPeople are the sheets that are not read back, in Dutch.
var SheetsForPeople = []string{"Overzicht", "Prestaties", "Berichten", "Vervangen", "Declaratie", "Weggelaten", "Signalen", "Aansluiting"}

// Headings returns the headings of the sheets that are read back, in Dutch.
func Headings() []string {
	return append(layout.HeadingsOf(hourColumns), layout.HeadingsOf(daypartColumns)...)
}

// Workbook collects what the return file of one provider is made from, besides the declaration.
type Workbook struct {
	*month.Month
	Party month.Party
	agb   string // "" for rows without a return file

	checked bool // its files are only checked, not sent in

	hours, dayparts, gone *workbook.Rows // gone: replaced, withdrawn or withdrawing
	prestaties            *workbook.Rows // of messages: they are corrected by another message, never here
	notSent               *workbook.Rows // findings on messages as a whole
	messagesNotSent       int
	rejectedHere          int // rejected rows on the sheets that are read back
	lines, signals        *workbook.Rows

	strangers      map[string]int          // rows in its files with an AGB code that is not in the book, by that code
	reasons        map[reason]*month.Count // why records were not accepted
	heldUntold     month.Count             // held only for reasons that the provider may not read
	rejectedUntold month.Count             // rejected only by a decision that the provider may not read
}

// New starts the return file of a provider by its AGB code, "" for rows without a return file.
func New(m *month.Month, agb string) *Workbook {
	rows := m.Spool.Rows
	return &Workbook{
		Month: m, agb: agb, hours: rows(), dayparts: rows(), gone: rows(), prestaties: rows(), lines: rows(), signals: rows(), notSent: rows(),
		strangers: make(map[string]int), reasons: make(map[reason]*month.Count),
	}
}

// AddLine adds a line of the provider; shown is the line as it is displayed.
func (w *Workbook) AddLine(line, shown *billing.DeclaredLine) {
	w.Party.AddLine(line)
	w.lines.Add(layout.CellsOf(w.View, lineColumns, shown)...)
}

// AddRow adds a row of the provider to its sheet. Replaced and withdrawn rows are on a separate sheet, so that sending the
// return file in again changes nothing.
func (w *Workbook) AddRow(row *report.Row) {
	w.Party.AddRow(row, w.WayOf(row))
	r := newReturned(w.View, row)
	switch {
	case row.Record.Prestatie != nil:
		layout.AddAt(w.prestaties, row.Record.ID, w.View, prestatieColumns, r)
	case !shown.Judged(row):
		layout.AddAt(w.gone, row.Record.ID, w.View, goneColumns, r)
	case w.checked:
		w.addChecked(r)
	case row.Record.Unit == billing.Daypart:
		layout.AddAt(w.dayparts, row.Record.ID, w.View, daypartColumns, r)
	default:
		layout.AddAt(w.hours, row.Record.ID, w.View, hourColumns, r)
	}
	switch row.Outcome {
	case billing.Rejected:
		if row.Record.Prestatie == nil {
			w.rejectedHere++
		}
		w.addReasons(r, billing.Reject, &w.rejectedUntold)
	case billing.Held:
		w.addReasons(r, billing.Hold, &w.heldUntold)
	}
}

// AddSignal adds a signal on a referral or contract of the provider, unless it names another party.
func (w *Workbook) AddSignal(signal *report.Signal) {
	if shown.ProviderMayRead(w.Catalogue, signal.Code) {
		w.signals.Add(layout.CellsOf(w.View, signalColumns, month.Signal{Signal: signal})...)
	}
}

// AddNotSent adds a message of the provider that is wrong as a whole, with its findings.
func (w *Workbook) AddNotSent(message *report.NotSent) {
	w.messagesNotSent++
	for i := range message.Findings {
		w.notSent.Add(layout.CellsOf(w.View, month.OwnNotSentColumns, &message.Findings[i])...)
	}
}

// Exists reports whether the return file is written.
func (w *Workbook) Exists() bool {
	return w.agb != "" && (w.Party.Declared.Lines > 0 || w.Party.Tally.Kept()+w.Party.Tally.Again.Rows > 0 || w.notSent.Len() > 0)
}

// FileName returns the name of the return file.
func FileName(w *Workbook) string { return layout.FileName("retour", w.agb, w.ProviderName(w.agb)) }

// called returns the name of the provider or, if the book does not have it, its AGB code.
func (w *Workbook) called() string {
	if name := w.ProviderName(w.agb); name != w.Unknown() {
		return name
	}
	return w.Say("AGB-code %s", w.agb)
}

// Plan returns the plan of the return file: what to correct first, then its own records in the layout of the template.
func (w *Workbook) Plan() layout.Plan {
	leftOut := w.leftOut()
	sheets := w.sheets(leftOut)
	return layout.Plan{
		View: w.View, Name: FileName(w), Head: w.Head("retour", w.Say("Retour %s", w.called())),
		Page: "Overzicht", Widths: []float64{26, 68, 14, 18, 74},
		First: func(page *workbook.Page) { w.summary(page, sheets, leftOut) }, Sheets: sheets, Rows: w.Party.Tally.Kept() + w.lines.Len(),
	}
}

// sheets returns the sheets after the first.
func (w *Workbook) sheets(leftOut *workbook.Rows) []layout.Sheet {
	hours := w.readBack("Uren", "Zorg in uren en minuten, met de uitkomst ernaast. Herstel de rood omkaderde cellen en lever dit bestand opnieuw aan; wat gelijk blijft, telt niet dubbel.", "tbl_uren", hourColumns, w.hours)
	dayparts := w.readBack("Dagdelen", "Zorg in dagdelen, met de uitkomst ernaast. Herstel de rood omkaderde cellen en lever dit bestand opnieuw aan; wat gelijk blijft, telt niet dubbel.", "tbl_dagdelen", daypartColumns, w.dayparts)
	sheets := []layout.Sheet{hours, dayparts}
	if w.prestaties.Len() > 0 {
		sheets = append(sheets, layout.RowSheet(w.View, "Prestaties", "Wat u in berichten (JW323) declareerde, met de uitkomst ernaast. Dit blad wordt niet teruggelezen: verbeter een afgewezen prestatie in een volgend bericht.", "tbl_prestaties", prestatieColumns, w.prestaties))
	}
	if w.notSent.Len() > 0 {
		sheets = append(sheets, w.NotSentSheet(month.OwnNotSentColumns, w.notSent))
	}
	if w.gone.Len() > 0 {
		sheets = append(sheets, layout.RowSheet(w.View, "Vervangen", "Regels waarvoor een nieuwere in de plaats kwam, en regels die iets introkken.", "tbl_vervangen", goneColumns, w.gone))
	}
	if w.lines.Len() > 0 {
		about := "De declaratieregels van deze periode: elke regel is één keer afgerond."
		if !w.Closed {
			about = "De declaratieregels van deze periode: elke regel is één keer afgerond. Bij het afsluiten krijgen zij hun nummer."
		}
		sheets = append(sheets, layout.RowSheet(w.View, "Declaratie", about, "tbl_declaratie", lineColumns, w.lines))
	}
	if leftOut.Len() > 0 {
		sheets = append(sheets, layout.RowSheet(w.View, "Weggelaten", "Regels van een eerder bestand die een later weglaat. Zij blijven staan; trek een regel die vervalt in met aantal 0.", "tbl_weggelaten", leftOutColumns, leftOut))
	}
	if w.signals.Len() > 0 {
		sheets = append(sheets, layout.RowSheet(w.View, "Signalen", "Wat opvalt aan uw toewijzingen en contracten.", "tbl_signalen", signalColumns, w.signals))
	}
	return append(sheets, w.PartyReconciliation(&w.Party, w.lines.Len(), month.AmountOf(w.lines, lineColumns)))
}

// readBack returns a sheet that is read back: its name is Dutch in every language.
func (w *Workbook) readBack(name, about, tableName string, columns []returnedColumn, rows *workbook.Rows) layout.Sheet {
	return layout.Sheet{Name: name, About: about, Kept: true, Build: func(book *workbook.Book, sheetName string) error {
		table := layout.TableOf(w.View, sheetName, tableName, sheetName, w.Say(about), columns, rows)
		table.Frozen = columnsInView
		return book.AddTable(table)
	}}
}

// Reconcile returns a *layout.Difference if the rows in the return file do not match what was counted.
func (w *Workbook) Reconcile() error {
	rows := w.hours.Len() + w.dayparts.Len() + w.gone.Len() + w.prestaties.Len()
	time := layout.SumUnder(w.hours, hourColumns, columnHours) + layout.SumUnder(w.gone, goneColumns, columnHours) + layout.SumUnder(w.prestaties, prestatieColumns, columnHours)
	dayparts := layout.SumUnder(w.dayparts, daypartColumns, columnDayparts) + layout.SumUnder(w.gone, goneColumns, columnDayparts) +
		layout.SumUnder(w.prestaties, prestatieColumns, columnDayparts)
	kept := w.Party.Tally.Fresh
	kept.Merge(w.Party.Tally.Before)
	return layout.FirstError(
		w.Party.Tally.Reconcile("aanbieder "+w.agb, "provider "+w.agb),
		layout.Differ(rows, kept.Rows, "regels in de retour van %s", "rows in the return file of %s", w.agb),
		layout.Differ(billing.Quantity(time), kept.Time, "minuten (×100) in de retour van %s", "minutes (×100) in the return file of %s", w.agb),
		layout.Differ(billing.Quantity(dayparts), kept.Dayparts, "dagdelen (×100) in de retour van %s", "day-parts (×100) in the return file of %s", w.agb),
		layout.Differ(w.lines.Len(), w.Party.Declared.Lines, "declaratieregels van aanbieder %s", "lines of provider %s", w.agb),
		layout.Differ(month.AmountOf(w.lines, lineColumns), w.Party.Declared.Net(), "bedrag van aanbieder %s", "amount of provider %s", w.agb),
	)
}
