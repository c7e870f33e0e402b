package month

import (
	"fmt"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/shown"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// RecordColumn is a column of records.
type RecordColumn = layout.Column[*report.Row]

// The columns of records.
var (
	RecordReference = layout.Col("Regelnummer", 16, workbook.Plain, func(_ *layout.View, r *report.Row) workbook.Value { return workbook.Text(r.Record.Reference) })
	RecordAGB       = layout.Col("AGB-code", 11, workbook.Plain, func(_ *layout.View, r *report.Row) workbook.Value { return workbook.Text(r.Record.Provider) })
	RecordProvider  = layout.Col("Aanbieder", 30, workbook.Plain, func(v *layout.View, r *report.Row) workbook.Value {
		return workbook.Text(v.ProviderName(r.Record.Provider))
	})
	RecordTown = layout.Col("Gemeente", 20, workbook.Plain, func(v *layout.View, r *report.Row) workbook.Value {
		return workbook.Text(v.MunicipalityName(r.Municipality))
	})
	RecordBSN      = layout.Col("BSN", 12, workbook.Plain, func(_ *layout.View, r *report.Row) workbook.Value { return workbook.Text(r.Record.BSN) })
	RecordDate     = layout.Col("Zorgdatum", 12, workbook.DayOf, func(_ *layout.View, r *report.Row) workbook.Value { return workbook.Day(r.Record.First) })
	RecordProduct  = layout.Col("Productcode", 13, workbook.Plain, func(_ *layout.View, r *report.Row) workbook.Value { return workbook.Text(shown.Product(r)) })
	RecordReferral = layout.Col("Toewijzing", 16, workbook.Plain, func(_ *layout.View, r *report.Row) workbook.Value { return workbook.Text(shown.Referral(r)) })
	RecordHours    = layout.Col("Uren", 11, workbook.Quantity, func(_ *layout.View, r *report.Row) workbook.Value { return RecordQuantity(r, billing.Time) }).Summed()
	RecordDayparts = layout.Col("Dagdelen", 11, workbook.Quantity, func(_ *layout.View, r *report.Row) workbook.Value { return RecordQuantity(r, billing.Daypart) }).Summed()
	RecordPrice    = layout.Col("Tarief", 12, workbook.Euro, func(_ *layout.View, r *report.Row) workbook.Value {
		if !shown.HasPrice(r) {
			return workbook.None()
		}
		return workbook.Price(r.Price)
	})
	RecordAmount    = layout.Col("Betrokken bedrag", 19, workbook.Euro, func(_ *layout.View, r *report.Row) workbook.Value { return workbook.Money(r.Amount) }).Summed()
	RecordCodes     = layout.Col("Codes", 12, workbook.Plain, func(_ *layout.View, r *report.Row) workbook.Value { return codes(r) })
	RecordExplained = layout.Col("Toelichting", 70, workbook.Wrapped, func(v *layout.View, r *report.Row) workbook.Value {
		return workbook.Text(v.Explain(r.Record, r.Findings))
	})
	RecordDecisions = layout.Col("Besluiten", 34, workbook.Wrapped, func(_ *layout.View, r *report.Row) workbook.Value { return workbook.Text(decisions(r)) })
	RecordFile      = layout.Col("Bestand", 30, workbook.Plain, func(_ *layout.View, r *report.Row) workbook.Value { return workbook.Text(bsn.MaskLine(r.Record.File)) })
	RecordSheet     = layout.Col("Blad", 12, workbook.Plain, func(_ *layout.View, r *report.Row) workbook.Value { return workbook.Text(bsn.MaskLine(r.Record.Sheet)) })
	RecordRow       = layout.Col("Rij", 7, workbook.Whole, func(_ *layout.View, r *report.Row) workbook.Value { return workbook.Count(r.Record.Row) })
)

// The columns that only a prestatie of a message (JW323) has; they are empty for a row of a spreadsheet: the last day of its
// period, its position in the message, and the codes that answer it.
var (
	RecordUntil = layout.Col("Tot en met", 12, workbook.DayOf, func(_ *layout.View, r *report.Row) workbook.Value {
		if r.Record.Prestatie == nil {
			return workbook.None()
		}
		return workbook.Day(r.Record.LastDay())
	})
	RecordInMessage = layout.Col("Plaats in het bericht", 40, workbook.Plain, func(v *layout.View, r *report.Row) workbook.Value {
		if r.Record.Prestatie == nil {
			return workbook.None()
		}
		return workbook.Text(v.Say("declaratie %s, cliënt %d, prestatie %d", bsn.MaskLine(r.Record.Sheet), r.Record.Prestatie.Client, r.Record.Prestatie.Part))
	})
	RecordReturns = layout.Col("Retourcodes", 14, workbook.Plain, func(v *layout.View, r *report.Row) workbook.Value {
		return workbook.Text(strings.Join(shown.ReturnCodes(v.Catalogue, r), " "))
	})
)

// OfMessage holds the columns of prestaties.
var OfMessage = []RecordColumn{RecordUntil, RecordInMessage, RecordReturns}

// codes returns the codes of a row, in the look of its outcome.
func codes(row *report.Row) workbook.Value {
	codes := workbook.Text(strings.Join(shown.Codes(row), " "))
	switch row.Outcome {
	case billing.Rejected:
		return codes.As(workbook.Rejection)
	case billing.Held:
		return codes.As(workbook.Holding)
	}
	return codes
}

// RecordQuantity returns the quantity of a row in the column of its unit; in the other column it is empty.
func RecordQuantity(row *report.Row, unit billing.Unit) workbook.Value {
	if row.Record.Unit != unit || !row.Record.HasQuantity {
		return workbook.None()
	}
	return workbook.Care(row.Record.Quantity, unit)
}

// decisions returns the decisions on a record, one per line.
func decisions(row *report.Row) string {
	var lines []string
	for i := range row.Decisions {
		decision := &row.Decisions[i]
		line := fmt.Sprintf("%s %s, %s %s", decision.Code, decision.Word, decision.On.Dutch(), decision.Deciders())
		if decision.Reason != "" {
			line += ": " + decision.Reason
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}
