package month

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/shown"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// NotSentColumn is a column of declarations (JW323) that count as never sent.
type NotSentColumn = layout.Column[*report.NotSentFinding]

func notSentText(heading string, width float64, format workbook.Format, text func(*layout.View, *report.NotSentFinding) string) NotSentColumn {
	return layout.Col(heading, width, format, func(v *layout.View, f *report.NotSentFinding) workbook.Value { return workbook.Text(text(v, f)) })
}

// The columns of findings on messages as a whole.
var (
	notSentNumber = notSentText("Declaratie", 15, workbook.Plain, func(_ *layout.View, f *report.NotSentFinding) string { return f.Message.Number })
	notSentFile   = notSentText("Bestand", 30, workbook.Plain, func(_ *layout.View, f *report.NotSentFinding) string { return f.Message.File })
	notSentAGB    = notSentText("AGB-code", 11, workbook.Plain, func(_ *layout.View, f *report.NotSentFinding) string { return f.Message.Provider })
	notSentName   = notSentText("Aanbieder", 30, workbook.Plain, func(v *layout.View, f *report.NotSentFinding) string { return v.ProviderName(f.Message.Provider) })
	notSentTown   = notSentText("Gemeente", 20, workbook.Plain, func(v *layout.View, f *report.NotSentFinding) string {
		return v.MunicipalityName(f.Message.Municipality)
	})
	notSentReturn  = notSentText("Retourcodes", 14, workbook.Plain, func(_ *layout.View, f *report.NotSentFinding) string { return f.Return })
	notSentPlace   = notSentText("Plaats in het bericht", 40, workbook.Plain, func(_ *layout.View, f *report.NotSentFinding) string { return f.Place })
	notSentMessage = notSentText("Melding", 62, workbook.Wrapped, func(v *layout.View, f *report.NotSentFinding) string {
		return v.Message(nil, &billing.Finding{Code: f.Code, Values: f.Values})
	})
	notSentRemedy = notSentText("Wat te doen", 46, workbook.Wrapped, func(v *layout.View, f *report.NotSentFinding) string {
		return rules.Remedy(shown.Rule(v.Catalogue, f.Code), f.Values, v.Language)
	})
	notSentCode = layout.Col("Code", 8, workbook.Plain, func(v *layout.View, f *report.NotSentFinding) workbook.Value {
		return workbook.Text(f.Code.String()).As(workbook.Rejection)
	})
	notSentLine = layout.Col("Regel in het bestand", 14, workbook.Whole, func(_ *layout.View, f *report.NotSentFinding) workbook.Value {
		if f.Line == 0 {
			return workbook.None()
		}
		return workbook.Count(f.Line)
	})
)

// NotSentColumns are the columns for the region, OwnNotSentColumns those for the provider that sent the messages.
var (
	NotSentColumns = []NotSentColumn{
		notSentCode, notSentReturn, notSentMessage, notSentRemedy, notSentNumber, notSentAGB, notSentName, notSentTown, notSentFile, notSentLine, notSentPlace,
	}
	OwnNotSentColumns = []NotSentColumn{notSentCode, notSentReturn, notSentMessage, notSentRemedy, notSentNumber, notSentTown, notSentFile, notSentLine, notSentPlace}
)

// NotSentAbout explains the sheet of messages that count as never sent.
const NotSentAbout = "Declaraties (JW323) die als niet verstuurd gelden: zij kloppen in zichzelf niet, of hun kop of declaratie is fout. Geen prestatie eruit telt mee; verbeterd kunnen zij opnieuw verstuurd worden."

// NotSentSheet returns that sheet.
func (m *Month) NotSentSheet(columns []NotSentColumn, rows *workbook.Rows) layout.Sheet {
	return layout.RowSheet(m.View, "Berichten", NotSentAbout, "tbl_berichten", columns, rows)
}
