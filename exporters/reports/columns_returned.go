package reports

import (
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/exporters/shown"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

type returnedColumn = column[returned]

// field gives a column of the template: with its heading, the value as it was understood, what could not be
// read as it was written, and a look and a note at a cell that something was found in.
func field(f billing.Field, width float64, format workbook.Format, value func(*view, *returned) workbook.Value) returnedColumn {
	return returnedColumn{f.String(), width, format, func(v *view, r returned) workbook.Value {
		cell := value(v, &r)
		if cell.IsEmpty() {
			cell = workbook.Text(r.whatStoodThere(f))
		}
		findings := r.at(v, f)
		if len(findings) == 0 {
			return cell
		}
		look := workbook.Wrong
		if r.effect(v, findings[0].Code) == billing.Hold {
			look = workbook.Holding // not to be mended: the region judges it
		}
		return cell.As(look).Noted(r.note(v, findings))
	}, asIs}
}

func fieldText(f billing.Field, width float64, text func(*billing.Record) string) returnedColumn {
	return field(f, width, workbook.Plain, func(_ *view, r *returned) workbook.Value { return workbook.Text(text(r.Record)) })
}

// templateColumns are the columns of a submission, in the order of the template.
var templateColumns = []returnedColumn{
	fieldText(billing.FieldReference, 16, func(r *billing.Record) string { return r.Reference }),
	fieldText(billing.FieldProvider, 11, func(r *billing.Record) string { return r.Provider }),
	fieldText(billing.FieldBSN, 12, func(r *billing.Record) string { return r.BSN }),
	field(billing.FieldBirthDate, 17, workbook.DayOf, func(_ *view, r *returned) workbook.Value { return workbook.Day(r.Record.BirthDate) }),
	fieldText(billing.FieldReferral, 21, func(r *billing.Record) string { return r.ReferralNumber }),
	fieldText(billing.FieldMunicipality, 22, func(r *billing.Record) string { return r.Municipality }),
	fieldText(billing.FieldProduct, 14, func(r *billing.Record) string { return r.Product }),
	field(billing.FieldDate, 12, workbook.DayOf, func(_ *view, r *returned) workbook.Value { return workbook.Day(r.Record.First) }),
	field(billing.FieldStart, 11, workbook.TimeOf, func(_ *view, r *returned) workbook.Value { return workbook.Clock(r.Record.Start) }),
	field(billing.FieldEnd, 11, workbook.TimeOf, func(_ *view, r *returned) workbook.Value { return workbook.Clock(r.Record.End) }),
	fieldText(billing.FieldDaypart, 10, func(r *billing.Record) string { return r.Daypart }),
	fieldText(billing.FieldUnit, 10, func(r *billing.Record) string { return writtenUnit(r) }),
	field(billing.FieldQuantity, 10, workbook.Number, func(_ *view, r *returned) workbook.Value { return writtenQuantity(r.Record) }),
	field(billing.FieldClaimedPrice, 11, workbook.Euro, func(_ *view, r *returned) workbook.Value { return claimed(r.Record.ClaimedPrice) }),
	field(billing.FieldClaimedAmount, 12, workbook.Euro, func(_ *view, r *returned) workbook.Value { return claimed(r.Record.ClaimedAmount) }),
	fieldText(billing.FieldRemark, 22, func(r *billing.Record) string { return r.Remark }),
}

// The columns of pxq beside those of the template. None may have a heading that a submission knows, so that
// they are ignored when the file is sent in again.
var (
	returnedOutcome = returnedColumn{"Uitkomst pxq", 13, workbook.Plain, func(v *view, r returned) workbook.Value {
		word := workbook.Text(v.outcome(r.Outcome))
		if r.Outcome == billing.Held || r.Outcome == billing.Rejected {
			word = word.As(workbook.Strong)
		}
		return word
	}, plain}
	returnedAmount   = returnedColumn{"Toegekend bedrag", 18, workbook.Euro, func(_ *view, r returned) workbook.Value { return r.awarded() }, summed}
	returnedCodes    = returnedColumn{"Bevindingen", 14, workbook.Plain, func(_ *view, r returned) workbook.Value { return workbook.Text(r.codes()) }, plain}
	returnedText     = returnedColumn{"Toelichting pxq", 120, workbook.Wrapped, func(v *view, r returned) workbook.Value { return workbook.Text(r.explanation(v)) }, plain}
	returnedReferral = returnedColumn{"Gebruikte toewijzing", 16, workbook.Plain, func(_ *view, r returned) workbook.Value { return workbook.Text(shown.Referral(r.Row)) }, plain}
	// No total stands above these two: it would count care that is held or rejected too.
	returnedHoursPxq = returnedColumn{"Uren pxq", 12, workbook.Quantity, func(_ *view, r returned) workbook.Value { return recordQuantity(r.Row, billing.Time) }, plain}
	returnedPartsPxq = returnedColumn{"Dagdelen pxq", 12, workbook.Quantity, func(_ *view, r returned) workbook.Value { return recordQuantity(r.Row, billing.Daypart) }, plain}
	returnedFile     = returnedColumn{"Bestand pxq", 40, workbook.Plain, func(v *view, r returned) workbook.Value {
		if !r.ownFile() {
			return workbook.Text(v.say("niet uit een bestand van u"))
		}
		return workbook.Text(r.Record.File)
	}, plain}
	returnedPlace = returnedColumn{"Plaats pxq", 16, workbook.Plain, func(_ *view, r returned) workbook.Value { return workbook.Text(r.place()) }, plain}
)

// returnedHours, returnedDayparts and goneColumns are the tables of a return file.
var (
	returnedHours    = withTemplate(returnedOutcome, returnedAmount, returnedCodes, returnedText, returnedReferral, returnedHoursPxq, returnedFile, returnedPlace)
	returnedDayparts = withTemplate(returnedOutcome, returnedAmount, returnedCodes, returnedText, returnedReferral, returnedPartsPxq, returnedFile, returnedPlace)
	goneColumns      = []returnedColumn{
		ofRow(recordReference), ofRow(recordBSN), goneReferral, goneTown, ofRow(recordProduct), goneDay, returnedOutcome, returnedHoursPxq, returnedPartsPxq,
		returnedFile, returnedPlace,
	}
)

// The columns of rows that are gone, which must never come back: of their headings a submission knows too few to
// take the sheet for one, also when a program lost what the file says of itself.
var (
	goneTown     = returnedColumn{"Gemeente", 22, workbook.Plain, func(_ *view, r returned) workbook.Value { return workbook.Text(r.Record.Municipality) }, plain}
	goneReferral = returnedColumn{"Toewijzing", 21, workbook.Plain, func(_ *view, r returned) workbook.Value { return workbook.Text(r.Record.ReferralNumber) }, plain}
	goneDay      = returnedColumn{"Dag", 13, workbook.DayOf, func(_ *view, r returned) workbook.Value { return workbook.Day(r.Record.First) }, plain}
)

// ofRow lets a column of records stand in a return file.
func ofRow(c recordColumn) returnedColumn {
	return returnedColumn{c.heading, c.width, c.format, func(v *view, r returned) workbook.Value { return c.cell(v, r.Row) }, c.options}
}

func withTemplate(columns ...returnedColumn) []returnedColumn {
	return append(templateColumns[:len(templateColumns):len(templateColumns)], columns...)
}

// codes gives the codes that the provider may read.
func (r *returned) codes() string {
	visible := *r.Row
	visible.Findings = r.findings
	return strings.Join(shown.Codes(&visible), " ")
}

// place says where the row stood in the file that was sent: Uren!217.
func (r *returned) place() string {
	if !r.ownFile() {
		return ""
	}
	row := workbookRow(r.Record.Row)
	if r.Record.Sheet == "" {
		return row
	}
	return r.Record.Sheet + "!" + row
}

// The columns of signals as a provider reads them.
var (
	toldMessage = signalText("Melding", 62, workbook.Wrapped, func(v *view, s shownSignal) string {
		return rules.Message(shown.Rule(v.Catalogue, s.code()).ForProvider(), s.values(), v.language)
	})
	toldRemedy = signalText("Wat te doen", 46, workbook.Wrapped, func(v *view, s shownSignal) string {
		return rules.Remedy(shown.Rule(v.Catalogue, s.code()).ForProvider(), s.values(), v.language)
	})
)
