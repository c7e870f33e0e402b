package retour

import (
	"slices"
	"strconv"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/reports/month"
	"github.com/pxq-nl/pxq/exporters/shown"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

type returnedColumn = layout.Column[*returned]

// field returns a column of the template under its own heading: the value as it was understood, or the text of a cell that
// could not be read; a cell with findings has a look and a note.
func field(f billing.Field, width float64, format workbook.Format, value func(*layout.View, *returned) workbook.Value) returnedColumn {
	return layout.Col(f.String(), width, format, func(v *layout.View, r *returned) workbook.Value {
		cell := value(v, r)
		if cell.IsEmpty() {
			cell = workbook.Text(r.whatStoodThere(f))
		}
		findings := r.at(v, f)
		if len(findings) == 0 {
			return cell
		}
		look := workbook.Wrong
		if r.effect(findings[0].Code) == billing.Hold {
			look = workbook.Holding // the region judges it: there is nothing to mend
		}
		return cell.As(look).Noted(r.note(v, findings))
	}).Kept()
}

func fieldText(f billing.Field, width float64, text func(*billing.Record) string) returnedColumn {
	return field(f, width, workbook.Plain, func(_ *layout.View, r *returned) workbook.Value { return workbook.Text(text(r.Record)) })
}

// templateColumns are the columns of a submission, in the order of the template.
var templateColumns = []returnedColumn{
	fieldText(billing.FieldReference, 16, func(r *billing.Record) string { return r.Reference }),
	fieldText(billing.FieldProvider, 11, func(r *billing.Record) string { return r.Provider }),
	fieldText(billing.FieldBSN, 12, func(r *billing.Record) string { return r.BSN }),
	field(billing.FieldBirthDate, 17, workbook.DayOf, func(_ *layout.View, r *returned) workbook.Value { return workbook.Day(r.Record.BirthDate) }),
	fieldText(billing.FieldReferral, 21, func(r *billing.Record) string { return r.ReferralNumber }),
	fieldText(billing.FieldMunicipality, 22, func(r *billing.Record) string { return r.Municipality }),
	fieldText(billing.FieldProduct, 14, func(r *billing.Record) string { return r.Product }),
	field(billing.FieldDate, 12, workbook.DayOf, func(_ *layout.View, r *returned) workbook.Value { return workbook.Day(r.Record.First) }),
	field(billing.FieldStart, 11, workbook.TimeOf, func(_ *layout.View, r *returned) workbook.Value { return workbook.Clock(r.Record.Start) }),
	field(billing.FieldEnd, 11, workbook.TimeOf, func(_ *layout.View, r *returned) workbook.Value { return workbook.Clock(r.Record.End) }),
	field(billing.FieldBreak, 10, workbook.Number, func(_ *layout.View, r *returned) workbook.Value { return writtenBreak(r.Record) }),
	fieldText(billing.FieldDaypart, 10, func(r *billing.Record) string { return r.Daypart }),
	fieldText(billing.FieldUnit, 10, func(r *billing.Record) string { return writtenUnit(r) }),
	field(billing.FieldQuantity, 10, workbook.Number, func(_ *layout.View, r *returned) workbook.Value { return writtenQuantity(r.Record) }),
	field(billing.FieldClaimedPrice, 11, workbook.Euro, func(_ *layout.View, r *returned) workbook.Value { return claimed(r.Record.ClaimedPrice) }),
	field(billing.FieldClaimedAmount, 12, workbook.Euro, func(_ *layout.View, r *returned) workbook.Value { return claimed(r.Record.ClaimedAmount) }),
	fieldText(billing.FieldRemark, 22, func(r *billing.Record) string { return r.Remark }),
}

// The columns that pxq adds to those of the template. None has a heading that a submission knows, so they are ignored when the
// file is sent in again.
var (
	columnOutcome = layout.Col("Uitkomst pxq", 13, workbook.Plain, func(v *layout.View, r *returned) workbook.Value {
		word := workbook.Text(v.Outcome(r.Outcome))
		if r.Outcome == billing.Held || r.Outcome == billing.Rejected {
			word = word.As(workbook.Strong)
		}
		return word
	})
	// columnVersion lets a row that comes back be compared with the version that it shows: if it equals that, it was not changed.
	columnVersion = layout.Col("Versie", 10, workbook.Whole, func(_ *layout.View, r *returned) workbook.Value {
		if r.Record.Version == 0 {
			return workbook.None()
		}
		return workbook.Count(r.Record.Version)
	}).Kept()
	columnAmount   = layout.Col("Toegekend bedrag", 18, workbook.Euro, func(_ *layout.View, r *returned) workbook.Value { return r.awarded() }).Summed()
	columnCodes    = layout.Col("Bevindingen", 14, workbook.Plain, func(_ *layout.View, r *returned) workbook.Value { return workbook.Text(r.codes()) })
	columnText     = layout.Col("Toelichting pxq", 120, workbook.Wrapped, func(v *layout.View, r *returned) workbook.Value { return workbook.Text(r.explanation(v)) })
	columnReferral = layout.Col("Gebruikte toewijzing", 16, workbook.Plain, func(_ *layout.View, r *returned) workbook.Value { return workbook.Text(shown.Referral(r.Row)) })
	// These two have no total above them: it would count care that is held or rejected too.
	columnHours    = layout.Col("Uren pxq", 12, workbook.Quantity, func(_ *layout.View, r *returned) workbook.Value { return month.RecordQuantity(r.Row, billing.Time) })
	columnDayparts = layout.Col("Dagdelen pxq", 12, workbook.Quantity, func(_ *layout.View, r *returned) workbook.Value { return month.RecordQuantity(r.Row, billing.Daypart) })
	columnFile     = layout.Col("Bestand pxq", 40, workbook.Plain, func(v *layout.View, r *returned) workbook.Value {
		if !r.ownFile() {
			return workbook.Text(v.Say("niet uit een bestand van u"))
		}
		return workbook.Text(r.Record.File)
	})
	columnPlace = layout.Col("Plaats pxq", 16, workbook.Plain, func(_ *layout.View, r *returned) workbook.Value { return workbook.Text(r.place()) })
)

// hourColumns, daypartColumns and goneColumns are the columns of the tables of a return file.
var (
	hourColumns    = withTemplate(&columnVersion, columnAmount, columnCodes, columnText, columnReferral, columnHours, columnFile, columnPlace)
	daypartColumns = withTemplate(&columnVersion, columnAmount, columnCodes, columnText, columnReferral, columnDayparts, columnFile, columnPlace)
	goneColumns    = []returnedColumn{
		ofRow(month.RecordReference), ofRow(month.RecordBSN), goneReferral, goneTown, ofRow(month.RecordProduct), goneDay, columnOutcome, columnHours, columnDayparts,
		columnFile, columnPlace,
	}
)

// The columns of rows that are gone. Their headings are not those of a submission (Dag instead of Datum), so that the reader
// finds fewer than five of them and skips the sheet, even if a program dropped the kind of the workbook: rows that were
// replaced or withdrawn must not come in again.
var (
	goneTown     = layout.Col("Gemeente", 22, workbook.Plain, func(_ *layout.View, r *returned) workbook.Value { return workbook.Text(r.Record.Municipality) })
	goneReferral = layout.Col("Toewijzing", 21, workbook.Plain, func(_ *layout.View, r *returned) workbook.Value { return workbook.Text(r.Record.ReferralNumber) })
	goneDay      = layout.Col("Dag", 13, workbook.DayOf, func(_ *layout.View, r *returned) workbook.Value { return workbook.Day(r.Record.First) })
)

// ofRow returns a column of records for use in a return file.
func ofRow(c month.RecordColumn) returnedColumn {
	return layout.Of(c, func(r *returned) *report.Row { return r.Row })
}

// columnsInView is how many columns stay in view: the number of the row and its outcome.
const columnsInView = 2

// withTemplate returns the columns of the template followed by columns of pxq. The outcome comes directly after the number of
// the row, where it stays in view, and then the version, if there is one.
func withTemplate(version *returnedColumn, columns ...returnedColumn) []returnedColumn {
	first := []returnedColumn{templateColumns[0], columnOutcome}
	if version != nil {
		first = append(first, *version)
	}
	return slices.Concat(first, templateColumns[1:], columns)
}

// visible returns the row with only the findings that the provider may read.
func (r *returned) visible() *report.Row {
	visible := *r.Row
	visible.Findings = r.findings
	return &visible
}

// codes returns the codes that the provider may read.
func (r *returned) codes() string { return strings.Join(shown.Codes(r.visible()), " ") }

// place returns the position of the row in the file that was sent: Uren!217.
func (r *returned) place() string {
	if !r.ownFile() {
		return ""
	}
	row := strconv.Itoa(r.Record.Row)
	if r.Record.Sheet == "" {
		return row
	}
	return r.Record.Sheet + "!" + row
}

// The columns of signals as a provider reads them.
var (
	signalMessage = month.SignalText("Melding", 62, workbook.Wrapped, func(v *layout.View, s month.Signal) string {
		return rules.Message(shown.Rule(v.Catalogue, s.Code()).ForProvider(), s.Values(), v.Language)
	})
	signalRemedy = month.SignalText("Wat te doen", 46, workbook.Wrapped, func(v *layout.View, s month.Signal) string {
		return rules.Remedy(shown.Rule(v.Catalogue, s.Code()).ForProvider(), s.Values(), v.Language)
	})
)

// lineColumns leave out the provider: there is only one. Price and amount have other headings than usual. As Tarief and
// Bedrag they would give the sheet five headings of a submission; if a program dropped the kind of the workbook, the reader
// would then take the sheet for a submission and every line for a delivered record.
var lineColumns = []month.LineColumn{
	month.LineNumber, month.LineKind, month.LineMonth, month.LineTown, month.LineBSN, month.LineReferral, month.LineProduct, month.LineName, month.LineHours, month.LineDayparts,
	month.LinePrice.Renamed("Prijs"), month.LineAmount.Renamed("Gedeclareerd bedrag"), month.LineRecords, month.LineOriginal,
}

// signalColumns are the columns of signals on the provider's own referrals and contracts.
var signalColumns = []month.SignalColumn{month.SignalCode, signalMessage, signalRemedy, month.SignalSubject, month.SignalTown}
