package retour

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/reports/month"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// NewChecked starts the workbook of the findings on files of a provider that are not sent in: it has the layout of its return
// file, without what belongs to a declaration.
func NewChecked(m *month.Month, agb string) *Workbook {
	w := New(m, agb)
	w.checked = true
	return w
}

// The columns of rows that were checked. They have no version: nothing was taken in, so all of a corrected copy counts as new
// when it is sent in.
var (
	checkedHourColumns    = withTemplate(nil, columnCodes, columnText, columnReferral, columnHours, columnFile, columnPlace)
	checkedDaypartColumns = withTemplate(nil, columnCodes, columnText, columnReferral, columnDayparts, columnFile, columnPlace)
)

// addChecked adds a row to its sheet, in the columns of rows that were checked.
func (w *Workbook) addChecked(r *returned) {
	if r.Record.Unit == billing.Daypart {
		layout.AddAt(w.dayparts, r.Record.ID, w.View, checkedDaypartColumns, r)
		return
	}
	layout.AddAt(w.hours, r.Record.ID, w.View, checkedHourColumns, r)
}

// PlanChecked returns the plan of the workbook; again is the number of rows that were received before.
func (w *Workbook) PlanChecked(again int) layout.Plan {
	sheets := []layout.Sheet{
		w.readBack("Uren", "Zorg in uren en minuten, met wat is gevonden ernaast. Herstel de rood omkaderde cellen en lever dit bestand aan.", "tbl_uren", checkedHourColumns, w.hours),
		w.readBack("Dagdelen", "Zorg in dagdelen, met wat is gevonden ernaast. Herstel de rood omkaderde cellen en lever dit bestand aan.", "tbl_dagdelen", checkedDaypartColumns, w.dayparts),
	}
	if w.prestaties.Len() > 0 {
		sheets = append(sheets, layout.RowSheet(w.View, "Prestaties", "Wat u in berichten (JW323) declareert, met wat is gevonden ernaast. Dit blad wordt niet teruggelezen: verbeter het bericht.", "tbl_prestaties", prestatieColumns, w.prestaties))
	}
	if w.gone.Len() > 0 {
		sheets = append(sheets, layout.RowSheet(w.View, "Vervangen", "Regels waarvoor een nieuwere in de plaats kwam, en regels die iets introkken.", "tbl_vervangen", goneColumns, w.gone))
	}
	notice := w.Say("GECONTROLEERD – van deze bestanden is nog niets ingestuurd.")
	return layout.Plan{
		View: w.View, Name: layout.FileName("bevindingen", w.agb, w.ProviderName(w.agb)), Head: w.HeadOf("retour", w.Say("Bevindingen %s", w.called()), notice, true),
		Page: "Overzicht", Widths: []float64{26, 68, 14, 18, 74},
		First: func(page *workbook.Page) { w.checkedSummary(page, sheets, again) }, Sheets: sheets,
	}
}

// checkedSummary writes the findings in rows and euros, and what to correct first.
func (w *Workbook) checkedSummary(page *workbook.Page, sheets []layout.Sheet, again int) {
	page.Skip()
	page.Fact(w.Say("AGB-code"), workbook.Text(w.agb), workbook.Plain)
	page.Fact(w.Say("Stand per"), workbook.Day(w.AsOf), workbook.DayOf)
	tally := &w.Party.Tally
	fine := tally.Of(billing.Accepted)
	waits := tally.Of(billing.Pending)
	held, rejected := tally.Of(billing.Held), tally.Of(billing.Rejected)
	lines := []outcomeLine{
		{w.Say("Zonder bezwaar"), w.Say("In deze regels is niets gevonden dat hen tegenhoudt."), fine.Rows + waits.Rows, fine.Amount + waits.Amount, true},
		{w.Say("Uitval"), w.Say("Deze regels beoordeelt de regio als u ze instuurt."), held.Rows, held.Amount, true},
		{w.Say("Afgewezen"), w.Say("Deze regels worden zo afgewezen: herstel ze eerst; zie hieronder. Het bedrag is dat van de regels met een bekende prijs."), rejected.Rows, rejected.Amount, true},
	}
	w.sayNone(&lines[1], &lines[2])
	for _, rest := range []outcomeLine{
		{label: w.Say("Vervangen of ingetrokken"), meaning: w.Say("Hiervoor kwam een nieuwere regel in de plaats, of u trok iets in."), rows: tally.Of(billing.Replaced).Rows + tally.Of(billing.Withdrawn).Rows},
		{label: w.Say("Al eerder ontvangen"), meaning: w.Say("Gelijk aan wat er al was; dit telt niet dubbel."), rows: again},
	} {
		if rest.rows > 0 {
			lines = append(lines, rest)
		}
	}
	page.Skip()
	page.Block(layout.ColumnsOf(w.View, outcomeColumns), layout.BlockOf(w.View, outcomeColumns, lines), w.Say("Samen"))
	w.whatToDo(page)
	w.Links(page, sheets, 0)
}

// howToMendChecked explains how to correct rows that are not sent in.
func (w *Workbook) howToMendChecked() []string {
	return []string{
		w.Say("Kies op de bladen Uren en Dagdelen onder ‘Uitkomst pxq’ de regels met ‘afgewezen’. De cel die niet klopt is rood omkaderd en heeft een notitie."),
		w.Say("Verbeter die cellen, bewaar dit bestand en lever het aan in plaats van het gecontroleerde. Alleen de bladen Uren en Dagdelen worden gelezen."),
	}
}
