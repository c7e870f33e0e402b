package reports

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/shown"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

type recordColumn = column[*report.Row]

// The columns of records.
var (
	recordReference = recordColumn{"Regelnummer", 16, workbook.Plain, func(_ *view, r *report.Row) workbook.Value { return workbook.Text(r.Record.Reference) }, plain}
	recordAGB       = recordColumn{"AGB-code", 11, workbook.Plain, func(_ *view, r *report.Row) workbook.Value { return workbook.Text(r.Record.Provider) }, plain}
	recordProvider  = recordColumn{"Aanbieder", 30, workbook.Plain, func(v *view, r *report.Row) workbook.Value {
		return workbook.Text(v.providerName(r.Record.Provider))
	}, plain}
	recordTown     = recordColumn{"Gemeente", 20, workbook.Plain, func(v *view, r *report.Row) workbook.Value { return workbook.Text(v.municipalityName(r.Municipality)) }, plain}
	recordBSN      = recordColumn{"BSN", 12, workbook.Plain, func(_ *view, r *report.Row) workbook.Value { return workbook.Text(r.Record.BSN) }, plain}
	recordDate     = recordColumn{"Zorgdatum", 12, workbook.DayOf, func(_ *view, r *report.Row) workbook.Value { return workbook.Day(r.Record.First) }, plain}
	recordProduct  = recordColumn{"Productcode", 13, workbook.Plain, func(_ *view, r *report.Row) workbook.Value { return workbook.Text(shown.Product(r)) }, plain}
	recordReferral = recordColumn{"Toewijzing", 16, workbook.Plain, func(_ *view, r *report.Row) workbook.Value { return workbook.Text(shown.Referral(r)) }, plain}
	recordHours    = recordColumn{"Uren", 11, workbook.Quantity, func(_ *view, r *report.Row) workbook.Value { return recordQuantity(r, billing.Time) }, summed}
	recordDayparts = recordColumn{"Dagdelen", 11, workbook.Quantity, func(_ *view, r *report.Row) workbook.Value { return recordQuantity(r, billing.Daypart) }, summed}
	recordPrice    = recordColumn{"Tarief", 12, workbook.Euro, func(_ *view, r *report.Row) workbook.Value {
		if !shown.HasPrice(r) {
			return workbook.None()
		}
		return workbook.Price(r.Price)
	}, plain}
	recordAmount    = recordColumn{"Betrokken bedrag", 19, workbook.Euro, func(_ *view, r *report.Row) workbook.Value { return workbook.Money(r.Amount) }, summed}
	recordCodes     = recordColumn{"Codes", 12, workbook.Plain, func(v *view, r *report.Row) workbook.Value { return v.codes(r) }, plain}
	recordExplained = recordColumn{"Toelichting", 70, workbook.Wrapped, func(v *view, r *report.Row) workbook.Value { return workbook.Text(v.explain(r.Findings)) }, plain}
	recordDecisions = recordColumn{"Besluiten", 34, workbook.Wrapped, func(v *view, r *report.Row) workbook.Value { return workbook.Text(v.decisions(r, billing.NoCode)) }, plain}
	recordFile      = recordColumn{"Bestand", 30, workbook.Plain, func(_ *view, r *report.Row) workbook.Value { return workbook.Text(r.Record.File) }, plain}
	recordSheet     = recordColumn{"Blad", 12, workbook.Plain, func(_ *view, r *report.Row) workbook.Value { return workbook.Text(r.Record.Sheet) }, plain}
	recordRow       = recordColumn{"Rij", 7, workbook.Whole, func(_ *view, r *report.Row) workbook.Value { return workbook.Count(r.Record.Row) }, plain}
)

// residentBSN leaves out the number of a client who is not that of the referral: then the referral says whose
// municipality it is, and the client may live in another.
var residentBSN = recordColumn{recordBSN.heading, recordBSN.width, recordBSN.format, func(v *view, r *report.Row) workbook.Value {
	if slices.ContainsFunc(r.Findings, func(f billing.Finding) bool { return f.Code == billing.R02 }) {
		return workbook.None()
	}
	return recordBSN.cell(v, r)
}, plain}

// recordsForMunicipality are the held and rejected records of one municipality.
var recordsForMunicipality = []recordColumn{
	recordReference, recordAGB, recordProvider, residentBSN, recordDate, recordProduct, recordReferral, recordHours, recordDayparts,
	recordPrice, recordAmount, recordCodes, recordExplained, recordDecisions, recordFile, recordSheet, recordRow,
}

// recordsRejected are the rejected records of the region.
var recordsRejected = []recordColumn{
	recordReference, recordAGB, recordProvider, recordTown, recordBSN, recordDate, recordProduct, recordReferral, recordHours,
	recordDayparts, recordPrice, recordAmount, recordCodes, recordExplained, recordDecisions, recordFile, recordSheet, recordRow,
}

// codes writes the codes of a row, in the look of the worst of them.
func (v *view) codes(row *report.Row) workbook.Value {
	codes := workbook.Text(strings.Join(shown.Codes(row), " "))
	switch row.Outcome {
	case billing.Rejected:
		return codes.As(workbook.Rejection)
	case billing.Held:
		return codes.As(workbook.Holding)
	}
	return codes
}

func recordQuantity(row *report.Row, unit billing.Unit) workbook.Value {
	if row.Record.Unit != unit || !row.Record.HasQuantity {
		return workbook.None()
	}
	return quantityValue(row.Record.Quantity, unit)
}

// decisions writes what was decided on a record, on one of its findings or (NoCode) on all.
func (v *view) decisions(row *report.Row, code billing.Code) string {
	var lines []string
	for i := range row.Decisions {
		decision := &row.Decisions[i]
		if code != billing.NoCode && decision.Code != code {
			continue
		}
		line := fmt.Sprintf("%s %s, %s %s", decision.Code, decision.Word, day(decision.On), decision.By)
		if decision.Reason != "" {
			line += ": " + decision.Reason
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// day writes a date in a text.
func day(date billing.Date) string {
	if date.IsZero() {
		return ""
	}
	return date.Time().Format("02-01-2006")
}

// place writes where a field of a row stands as a spreadsheet program does: G217. Of a column that is not
// known only the row is left.
func place(row *report.Row, field billing.Field) string {
	return shown.Column(row, field) + fmt.Sprint(row.Record.Row)
}
