package uitval

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/reports/month"
	"github.com/pxq-nl/pxq/exporters/shown"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// openHold is one hold on a record that needs a decision.
type openHold struct {
	row   *report.Row
	code  billing.Code
	since billing.Date // 0 if not known
}

// findings returns the findings of the hold, or with others set the other findings on its record.
func (h openHold) findings(others bool) []billing.Finding {
	var found []billing.Finding
	for _, finding := range h.row.Findings {
		if (finding.Code == h.code) != others {
			found = append(found, finding)
		}
	}
	return found
}

func (h openHold) field() billing.Field {
	for _, finding := range h.findings(false) {
		return finding.Field
	}
	return billing.NoField
}

// of returns a column of records for use in the table of holds.
func of(c month.RecordColumn) layout.Column[openHold] {
	return layout.Of(c, func(h openHold) *report.Row { return h.row })
}

func holdText(heading string, width float64, format workbook.Format, text func(*layout.View, openHold) string) layout.Column[openHold] {
	return layout.Col(heading, width, format, func(v *layout.View, h openHold) workbook.Value { return workbook.Text(text(v, h)) })
}

func toFillIn(heading string, width float64, format workbook.Format, choices ...string) layout.Column[openHold] {
	return layout.Col(heading, width, format, func(*layout.View, openHold) workbook.Value { return workbook.None() }).Kept().ToFillIn(choices...)
}

func ofReferral(heading string, width float64, format workbook.Format, value func(*layout.View, *billing.Referral) workbook.Value) layout.Column[openHold] {
	return layout.Col(heading, width, format, func(v *layout.View, h openHold) workbook.Value {
		if h.row.Used == nil {
			return workbook.None()
		}
		return value(v, h.row.Used)
	})
}

// decisionColumn is the index of the decision among the columns of holds: E.
const decisionColumn = 4

// holdColumns are the columns of the table in which controllers decide: which hold it is, what to fill in, and what they need
// to know. No two headings may be the same. Regelnummer to Beoordelaar are read back, and so is Tweede beoordelaar, which
// follows where two decide together (see columnsOf). The columns up to BSN are printed.
var holdColumns = []layout.Column[openHold]{
	of(month.RecordReference).Kept(),
	of(month.RecordAGB).Kept(),
	layout.Col("Code", 7, workbook.Plain, func(_ *layout.View, h openHold) workbook.Value {
		return workbook.Text(h.code.String()).As(workbook.Holding)
	}).Kept(),
	layout.Col("Versie", 10, workbook.Whole, func(_ *layout.View, h openHold) workbook.Value { return workbook.Count(h.row.Record.Version) }).Kept(),
	toFillIn("Besluit", 13, workbook.Plain, billing.Allow, billing.Refuse, billing.KeepHeld),
	reasonToFillIn,
	toFillIn("Beoordelaar", 16, workbook.Typed),
	holdText("Melding", 60, workbook.Wrapped, func(v *layout.View, h openHold) string {
		var lines []string
		for _, finding := range h.findings(false) {
			lines = append(lines, v.Message(h.row.Record, &finding))
		}
		return strings.Join(lines, "\n")
	}),
	atStakeColumn,
	holdText("Aanbieder", 24, workbook.Wrapped, func(v *layout.View, h openHold) string { return v.ProviderName(h.row.Record.Provider) }),
	of(month.RecordDate), lastOnPaper,
	layout.Col("In uitval sinds", 13, workbook.DayOf, func(_ *layout.View, h openHold) workbook.Value { return workbook.Day(h.since) }),
	layout.Col("Dagen in uitval", 11, workbook.Whole, func(v *layout.View, h openHold) workbook.Value { return daysSince(v, h.since) }),
	of(month.RecordTown), of(month.RecordProduct),
	holdText("Product", 30, workbook.Plain, func(v *layout.View, h openHold) string { return v.Product(shown.Product(h.row)).Name }),
	of(month.RecordHours), of(month.RecordDayparts), of(month.RecordPrice),
	layout.Col("Geclaimd bedrag", 15, workbook.Euro, func(_ *layout.View, h openHold) workbook.Value {
		if m := h.row.Record.Prestatie; m != nil {
			return workbook.Money(m.Claimed)
		}
		if h.row.Record.ClaimedAmount == nil {
			return workbook.None()
		}
		return workbook.Decimal(*h.row.Record.ClaimedAmount)
	}),
	of(month.RecordReferral),
	ofReferral("Toewijzing vanaf", 14, workbook.DayOf, func(_ *layout.View, r *billing.Referral) workbook.Value { return workbook.Day(r.Start) }),
	ofReferral("Toewijzing tot en met", 14, workbook.DayOf, func(_ *layout.View, r *billing.Referral) workbook.Value { return workbook.Day(r.End) }),
	ofReferral("Toegewezen omvang", 22, workbook.Plain, func(v *layout.View, r *billing.Referral) workbook.Value { return workbook.Text(volume(v, r)) }),
	holdText("Gebruikte ruimte", 46, workbook.Wrapped, func(v *layout.View, h openHold) string { return roomUsed(v, h.row) }),
	holdText("Wat moet kloppen", 44, workbook.Wrapped, func(v *layout.View, h openHold) string { return v.RuleTitle(h.code) }),
	holdText("Wat het zou oplossen", 50, workbook.Wrapped, func(v *layout.View, h openHold) string { return v.Remedies(h.row.Record, h.findings(false)) }),
	holdText("Bron van de regel", 14, workbook.Plain, func(v *layout.View, h openHold) string { return v.Source(h.code) }),
	holdText("Uitkomst", 12, workbook.Plain, func(v *layout.View, h openHold) string { return v.Outcome(h.row.Outcome) }),
	holdText("Overige bevindingen", 80, workbook.Wrapped, func(v *layout.View, h openHold) string { return v.Explain(h.row.Record, h.findings(true)) }),
	of(month.RecordDecisions),
	of(month.RecordFile), of(month.RecordSheet),
	holdText("Cel", 8, workbook.Plain, func(_ *layout.View, h openHold) string { return place(h.row, h.field()) }),
	of(month.RecordUntil), of(month.RecordInMessage),
}

// columnsOf returns the columns if two controllers decide together from an amount on; 0 if they never do. The column of the
// second one moves the amount at stake to J.
func columnsOf(from billing.Money) []layout.Column[openHold] {
	if from == 0 {
		return holdColumns
	}
	const behind = 7
	second := toFillIn("Tweede beoordelaar", 16, workbook.Typed).
		Alarmed(fmt.Sprintf(`AND(OR($E%%[1]d="%s",$E%%[1]d="%s"),$J%%[1]d>=%s,TRIM($H%%[1]d)="")`, billing.Allow, billing.Refuse, from))
	return slices.Insert(slices.Clone(holdColumns), behind, second)
}

// The column by which the holds of a rule are sorted, and the last column that is printed.
var (
	atStakeColumn = of(month.RecordAmount)
	lastOnPaper   = of(month.RecordBSN)
)

// reasonToFillIn is the column of the reason for a decision, which two of the three words need. E and F are Besluit and
// Reden among the columns of holds.
var reasonToFillIn = toFillIn("Reden", 34, workbook.Typed).
	Alarmed(fmt.Sprintf(`AND(OR($E%%[1]d="%s",$E%%[1]d="%s"),TRIM($F%%[1]d)="")`, billing.Allow, billing.Refuse))

// daysSince returns the number of days from since to the as-of date of the run; empty if since is 0.
func daysSince(v *layout.View, since billing.Date) workbook.Value {
	if since == 0 {
		return workbook.None()
	}
	return workbook.Count(int(v.AsOf - since))
}

// place returns the cell of a field of a row as a spreadsheet program names it: G217. If the column is not known, it is only
// the number of the row.
func place(row *report.Row, field billing.Field) string {
	if row.Record.Prestatie != nil {
		return "" // its position is in its message
	}
	return shown.Column(row, field) + fmt.Sprint(row.Record.Row)
}
