package uitval

import (
	"math"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/reports/month"
	"github.com/pxq-nl/pxq/exporters/shown"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// SheetsForPeople are the sheets that are not read back, in Dutch.
var SheetsForPeople = []string{"Overzicht", "Afgewezen", "Signalen", "Berichten", "Aansluiting"}

// Headings returns the headings of the sheet that is read back, in Dutch.
func Headings() []string { return layout.HeadingsOf(columnsOf(1)) }

// Workbook collects uitval.xlsx, in which controllers see what needs a decision and fill it in.
type Workbook struct {
	*month.Month
	columns        []layout.Column[openHold] // of the table in which controllers decide
	holds, signals rowsByCode
	rejected       *workbook.Rows
	notSent        *workbook.Rows // findings on messages as a whole
	stakes         stakes         // open holds
	refused        stakes         // rejects
	noted          stakes         // signals
	open           atStake        // records with an open hold, each once
	allRejected    month.Count    // rejected records, each once
	declared       month.Count    // the part of open that was declared and stays accepted until somebody refuses it
	copiedSignals  copiedSignals  // signals that are copied from the earlier workbook
}

// New starts the workbook.
func New(m *month.Month) *Workbook {
	return &Workbook{
		Month: m, columns: columnsOf(m.SecondFrom), holds: newRowsByCode(m.Spool, 0), signals: newRowsByCode(m.Spool, providerBits), rejected: m.Spool.Rows(), notSent: m.Spool.Rows(),
		stakes: make(stakes), refused: make(stakes), noted: make(stakes), copiedSignals: newCopiedSignals(),
	}
}

// AddRow adds the open holds, rejects and signals of a row.
func (w *Workbook) AddRow(row *report.Row) {
	w.addHolds(row)
	if row.Outcome == billing.Rejected {
		layout.AddAt(w.rejected, row.Record.ID, w.View, rejectedColumns, row)
		w.allRejected.Add(row)
		for _, code := range reasonsToReject(row, w.Catalogue) {
			w.refused.add(code, row.Record.Provider, row, 0)
		}
	}
	quiet, place := w.quietOf(row)
	for i := range row.Findings {
		code := row.Findings[i].Code
		if w.Catalogue.SeverityOn(row.Record, code) == billing.Signal {
			cells := layout.AddAt(w.signals.of(code), place, w.View, signalColumns, month.Signal{Row: row, Finding: &row.Findings[i]})
			w.noted.add(code, row.Record.Provider, row, 0)
			quiet.add(code, row, cells)
		}
	}
}

func (w *Workbook) addHolds(row *report.Row) {
	oldest := atStake{}
	for i, code := range row.OpenHolds {
		hold := openHold{row: row, code: code}
		if i < len(row.HeldSince) {
			hold.since = row.HeldSince[i]
		}
		oldest.note(hold.since)
		layout.AddAt(w.holds.of(code), row.Record.ID, w.View, w.columns, hold)
		w.stakes.add(code, row.Record.Provider, row, hold.since)
	}
	if len(row.OpenHolds) > 0 {
		w.open.add(row, oldest.since)
		if row.Outcome != billing.Held {
			w.declared.Add(row)
		}
	}
}

// behindRows is the place of signals that belong to no record: after those of all rows.
const behindRows = math.MaxInt64 >> providerBits << providerBits

// AddSignal adds a signal that belongs to no record.
func (w *Workbook) AddSignal(signal *report.Signal) {
	layout.AddAt(w.signals.of(signal.Code), behindRows, w.View, signalColumns, month.Signal{Signal: signal})
	w.noted.add(signal.Code, signal.Provider, nil, 0)
}

// AddNotSent adds a finding on a message as a whole.
func (w *Workbook) AddNotSent(found *report.NotSentFinding) {
	w.notSent.Add(layout.CellsOf(w.View, month.NotSentColumns, found)...)
}

// Plan returns the plan of the workbook. region, towns and providers are for its reconciliation.
func (w *Workbook) Plan(region, towns, providers *month.Party) layout.Plan {
	sheets := []layout.Sheet{
		w.holdSheet(),
		w.rejectedSheet(),
		w.signalSheet(),
		w.ReconciliationSheet(region, towns, providers),
	}
	if w.notSent.Len() > 0 {
		sheets = slices.Insert(sheets, len(sheets)-1, w.NotSentSheet(month.NotSentColumns, w.notSent))
	}
	return layout.Plan{
		View: w.View, Name: layout.FileName("uitval", "", ""), Head: w.Head("uitval", w.Say("Uitval %s", w.Region)),
		Page: "Overzicht", Widths: []float64{9, 60, 46, 14, 14, 14, 20, 15, 9},
		First: func(page *workbook.Page) { w.summary(page, sheets) }, Sheets: sheets, Rows: w.holds.count() + w.signals.count() + w.rejected.Len(),
	}
}

// holdSheet returns the sheet on which controllers decide. Only the columns to fill in can be changed by accident. The
// holds come rule by rule as on the first sheet, and those with the largest amount at stake first.
func (w *Workbook) holdSheet() layout.Sheet {
	const about = "Kies per regel een besluit en vul reden (verplicht bij akkoord en afwijzen) en beoordelaar in; geef het bestand terug. De aanbieder leest de reden van een afwijzing, behalve bij regels die over anderen gaan (S01)."
	told := w.Say(about)
	if w.SecondFrom > 0 {
		told += " " + w.Say("Vanaf %s beslissen twee samen: vul ook Tweede beoordelaar in.", w.Euros(w.SecondFrom))
	}
	return layout.Sheet{Name: "Uitval", About: "Eén rij per besluit dat gevraagd wordt.", Build: func(book *workbook.Book, name string) error {
		var order []billing.Code
		for _, stake := range byCode(w.stakes) {
			order = append(order, stake.code)
		}
		rows := w.Spool.Rows()
		table := layout.TableOf(w.View, name, "tbl_uitval", name, told, w.columns, rows)
		table.Frozen, table.Protect = 4, true // the columns that identify a hold
		table.Printed = layout.IndexOf(w.columns, lastOnPaper) + 1
		for _, code := range order {
			first := rows.Len()
			if err := rows.AppendSorted(w.holds.of(code), layout.IndexOf(w.columns, atStakeColumn)); err != nil {
				return err
			}
			if reason := shown.ReadyReason(code); reason != "" {
				table.Offers = append(table.Offers, workbook.Offer{
					Column: layout.IndexOf(w.columns, reasonToFillIn), First: first, Last: rows.Len() - 1, Text: w.Say(reason),
				})
			}
		}
		return book.AddTable(table)
	}}
}

// rejectedSheet returns the sheet of rejects.
func (w *Workbook) rejectedSheet() layout.Sheet {
	const about = "Afgewezen zorgregels; alleen andere gegevens kunnen dat veranderen, of een nieuw besluit waar een controller afwees."
	return layout.Sheet{Name: "Afgewezen", About: about, Build: func(book *workbook.Book, name string) error {
		table := layout.TableOf(w.View, name, "tbl_afgewezen", name, w.Say(about), rejectedColumns, w.rejected)
		table.Printed = rejectsOnPaper
		return book.AddTable(table)
	}}
}

// signalSheet returns the sheet of signals, code by code.
func (w *Workbook) signalSheet() layout.Sheet {
	const about = "Wat opvalt; het verandert niets aan de uitkomst. Bovenaan staat waar nog iets aan te doen is."
	return layout.Sheet{Name: "Signalen", About: about, Build: func(book *workbook.Book, name string) error {
		rows, err := w.signalRows(name)
		if err != nil {
			return err
		}
		table := layout.TableOf(w.View, name, "tbl_signalen", name, w.Say(about), signalColumns, rows)
		table.Printed = signalsOnPaper
		return book.AddTable(table)
	}}
}

func (w *Workbook) summary(page *workbook.Page, sheets []layout.Sheet) {
	page.Skip()
	page.Row(workbook.Cell{Value: workbook.Text(w.Say("Zorgregels die een besluit vragen: %s, samen %s. Regels met meer redenen tellen hieronder bij elke reden mee.",
		w.Count(w.open.Rows), w.Euros(w.open.Amount))).As(workbook.Label)})
	if w.declared.Rows > 0 {
		page.Row(workbook.Cell{Value: workbook.Text(w.Say("Daarvan al gedeclareerd, en akkoord zolang niemand ze afwijst: %s, samen %s.", w.Count(w.declared.Rows), w.Euros(w.declared.Amount)))})
	}
	if w.open.since != 0 && w.open.since < w.AsOf {
		page.Row(workbook.Cell{Value: workbook.Text(w.Say("De oudste wacht sinds %s. Dagen tot %s: %s.", w.open.since.Dutch(), w.AsOf.Dutch(), w.Count(int(w.AsOf-w.open.since))))})
	}
	if count := w.holds.count(); count > 0 {
		page.Row(workbook.Cell{Value: workbook.Text(w.Say("Besluiten ingevuld, van de %s die gevraagd worden:", w.Count(count)))}, workbook.Cell{}, workbook.Cell{
			Value: workbook.Count(0).As(workbook.Strong), Format: workbook.Whole, Formula: "COUNTA(" + workbook.Body(w.Say("Uitval"), decisionColumn, count) + ")",
		})
	}
	w.waitingBlock(page)
	w.stakesBlock(page, "Uitval per reden", heldColumns(stakeSource), once(byCode(w.stakes), w.open.Count))
	w.stakesBlock(page, "Uitval per reden en aanbieder", heldColumns(stakeProvider), once(byCodeAndProvider(w.stakes), w.open.Count))
	w.stakesBlock(page, "Afgewezen per reden", stakeColumns, once(byCode(w.refused), w.allRejected))
	w.stakesBlock(page, "Signalen per soort", notedColumns, byCode(w.noted))
	w.Links(page, sheets, 1)
	w.BookNotes(page)
}

// stakesBlock shows what is at stake for each reason.
func (w *Workbook) stakesBlock(page *workbook.Page, title string, columns []stakeColumn, list []stake) {
	if len(list) > 0 {
		page.Section(&workbook.Section{Title: w.Say(title), Columns: layout.ColumnsOf(w.View, columns), Rows: layout.BlockOf(w.View, columns, list), Total: w.Say("Totaal")})
	}
}
