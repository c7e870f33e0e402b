package reports

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/exporters/shown"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// openHold is one hold of a record that asks for a decision.
type openHold struct {
	row   *report.Row
	code  billing.Code
	since billing.Date // none if that is not known
}

// findings gives the findings of the hold, or of the others on its record.
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

// of lets a column of records stand in the table of holds.
// It has no total there: a record with more holds stands in more rows.
func of(c recordColumn) column[openHold] {
	options := c.options
	options.sum = false
	return column[openHold]{c.heading, c.width, c.format, func(v *view, h openHold) workbook.Value { return c.cell(v, h.row) }, options}
}

// kept gives a column that is read back: its heading is Dutch in every language.
func kept(c column[openHold]) column[openHold] {
	c.options.kept = true
	return c
}

func holdText(heading string, width float64, format workbook.Format, text func(*view, openHold) string) column[openHold] {
	return column[openHold]{heading, width, format, func(v *view, h openHold) workbook.Value { return workbook.Text(text(v, h)) }, plain}
}

func toFillIn(heading string, width float64, format workbook.Format, choices ...string) column[openHold] {
	return column[openHold]{heading, width, format, func(*view, openHold) workbook.Value { return workbook.None() },
		columnOptions{input: true, kept: true, choices: choices}}
}

func ofReferral(heading string, width float64, format workbook.Format, value func(*view, *billing.Referral) workbook.Value) column[openHold] {
	return column[openHold]{heading, width, format, func(v *view, h openHold) workbook.Value {
		if h.row.Used == nil {
			return workbook.None()
		}
		return value(v, h.row.Used)
	}, plain}
}

// decisionColumn is where the decision stands among the columns of holds: E.
const decisionColumn = 4

// holdColumns are the table in which controllers decide: what it is about, what to fill in, what they need to
// know for it. No two headings may be the same, and Regelnummer up to Beoordelaar are read back.
var holdColumns = []column[openHold]{
	kept(of(recordReference)),
	kept(of(recordAGB)),
	{"Code", 7, workbook.Plain, func(_ *view, h openHold) workbook.Value { return workbook.Text(h.code.String()).As(workbook.Holding) }, asIs},
	{"Versie", 11, workbook.Whole, func(_ *view, h openHold) workbook.Value { return workbook.Count(h.row.Record.Version) }, asIs},
	toFillIn("Besluit", 13, workbook.Plain, billing.Allow, billing.Refuse, billing.KeepHeld),
	reasonToFillIn,
	toFillIn("Beoordelaar", 16, workbook.Typed),
	holdText("Melding", 60, workbook.Wrapped, func(v *view, h openHold) string {
		var lines []string
		for _, finding := range h.findings(false) {
			lines = append(lines, v.message(&finding))
		}
		return strings.Join(lines, "\n")
	}),
	of(recordAmount),
	{"In uitval sinds", 13, workbook.DayOf, func(_ *view, h openHold) workbook.Value { return workbook.Day(h.since) }, plain},
	{"Dagen in uitval", 11, workbook.Whole, func(v *view, h openHold) workbook.Value { return v.daysSince(h.since) }, plain},
	of(recordProvider), of(recordTown), of(recordBSN), of(recordDate), of(recordProduct),
	holdText("Product", 30, workbook.Plain, func(v *view, h openHold) string { return v.product(shown.Product(h.row)).Name }),
	of(recordHours), of(recordDayparts), of(recordPrice),
	{"Geclaimd bedrag", 15, workbook.Euro, func(_ *view, h openHold) workbook.Value {
		if h.row.Record.ClaimedAmount == nil {
			return workbook.None()
		}
		return workbook.Decimal(*h.row.Record.ClaimedAmount)
	}, plain},
	of(recordReferral),
	ofReferral("Toewijzing vanaf", 12, workbook.DayOf, func(_ *view, r *billing.Referral) workbook.Value { return workbook.Day(r.Start) }),
	ofReferral("Toewijzing tot en met", 12, workbook.DayOf, func(_ *view, r *billing.Referral) workbook.Value { return workbook.Day(r.End) }),
	ofReferral("Toegewezen omvang", 22, workbook.Plain, func(v *view, r *billing.Referral) workbook.Value { return workbook.Text(v.volume(r)) }),
	holdText("Gebruikte ruimte", 46, workbook.Wrapped, func(v *view, h openHold) string { return v.room(h.row) }),
	holdText("Wat moet kloppen", 44, workbook.Wrapped, func(v *view, h openHold) string {
		return shown.Rule(v.Catalogue, h.code).Title.In(v.language)
	}),
	holdText("Wat het zou oplossen", 50, workbook.Wrapped, func(v *view, h openHold) string { return v.remedies(h.findings(false)) }),
	holdText("Bron van de regel", 14, workbook.Plain, func(v *view, h openHold) string { return v.source(h.code) }),
	holdText("Uitkomst", 12, workbook.Plain, func(v *view, h openHold) string { return v.outcome(h.row.Outcome) }),
	holdText("Overige bevindingen", 80, workbook.Wrapped, func(v *view, h openHold) string { return v.explain(h.findings(true)) }),
	of(recordDecisions),
	of(recordFile), of(recordSheet),
	holdText("Cel", 8, workbook.Plain, func(_ *view, h openHold) string { return place(h.row, h.field()) }),
}

// reasonToFillIn is the reason of a decision, which two of the three words need.
var reasonToFillIn = func() column[openHold] {
	c := toFillIn("Reden", 34, workbook.Typed)
	c.options.alarm = fmt.Sprintf(`AND(OR($E%%[1]d="%s",$E%%[1]d="%s"),TRIM($F%%[1]d)="")`, billing.Allow, billing.Refuse) // E and F as in holdColumns
	return c
}()

// daysSince gives how many days ago that was, on the as-of date of the run.
func (v *view) daysSince(since billing.Date) workbook.Value {
	if since == 0 {
		return workbook.None()
	}
	return workbook.Count(int(v.AsOf - since))
}

// room writes what accepted care uses of the referral: in the care month, of the whole, of the budget.
func (v *view) room(row *report.Row) string {
	use, referral := row.Use, row.Used
	if use == nil || referral == nil {
		return ""
	}
	var lines []string
	of := func(what string, used, room billing.Quantity) {
		number, _, _ := strings.Cut(v.care(used, referral.VolumeUnit), " ") // the unit stands behind the room
		lines = append(lines, v.say("%s: %s van %s", what, number, v.care(room, referral.VolumeUnit)))
	}
	if use.MonthLimited {
		of(v.month(row.Record.First.Period()), use.Month, use.MonthRoom)
	}
	if use.WholeLimited {
		of(v.say("hele toewijzing"), use.Whole, use.WholeRoom)
	}
	if referral.HasBudget {
		lines = append(lines, v.say("%s: %s van %s", v.say("budget"), v.euros(use.Spent), v.euros(referral.Budget)))
	}
	return strings.Join(lines, "\n")
}

// care writes a quantity with its unit.
func (v *view) care(quantity billing.Quantity, unit billing.Unit) string {
	form := "t"
	if unit == billing.Daypart {
		form = "d"
	}
	return rules.Show("qty", form+strconv.FormatInt(int64(quantity), 10), v.language)
}

// volume writes what a referral permits: 4 uur per week.
func (v *view) volume(referral *billing.Referral) string {
	if !referral.HasVolume {
		return ""
	}
	number := referral.VolumeText.String()
	if v.language != english {
		number = strings.ReplaceAll(number, ".", ",")
	}
	unit := referral.VolumeWritten
	if many := map[string]string{billing.WrittenMinute: "minuten", billing.WrittenDaypart: "dagdelen"}[unit]; many != "" && number != "1" {
		unit = many
	}
	return number + " " + v.say(unit) + " " + v.frequency(referral.Frequency)
}

// source writes where a rule comes from.
func (v *view) source(code billing.Code) string {
	rule := shown.Rule(v.Catalogue, code)
	source := rule.Source
	if source == "own" {
		source = v.say("eigen")
	}
	switch {
	case rule.IJW == "":
		return source
	case source == "iJw":
		return source + " " + rule.IJW
	}
	return source + ", iJw " + rule.IJW
}
