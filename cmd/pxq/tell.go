package main

import (
	"fmt"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/billing/rules"
)

// tell writes the story of a record for a person.
func (a *app) tell(e *report.Explanation) {
	last := e.Versions[len(e.Versions)-1]
	fmt.Fprintf(a.out, "%s %s, %s %s – %s %s\n\n", a.text("Regelnummer", "Reference"), last.Record.Reference, a.text("aanbieder", "provider"),
		a.providerName(last.Record.Provider), a.text("zoals de run van", "as the run of"), e.Run.Month())
	fmt.Fprintln(a.out, a.text("Versies", "Versions"))
	for _, row := range e.Versions {
		fmt.Fprintf(a.out, "  %d. %s: %s, %s, %s %s\n", row.Record.Version, a.outcome(row.Outcome), a.qty(row.Record.Quantity, row.Record.Unit),
			a.date(row.Record.First), a.text("ingelezen op", "taken in on"), a.date(row.Record.Received)+" – "+a.placeOf(row))
	}
	if e.Current == nil {
		fmt.Fprintf(a.out, "\n%s\n", a.text("De regel is ingetrokken: hij telt nergens in mee.", "The record was withdrawn: it counts nowhere."))
		return
	}
	a.tellReferral(e)
	a.tellPrice(e)
	a.tellRules(e)
	a.tellDecisions(e)
	fmt.Fprintf(a.out, "\n%s: %s\n", a.text("Uitkomst", "Outcome"), a.outcome(e.Current.Outcome))
	if e.Line != nil {
		a.tellLine(e.Line)
	}
}

func (a *app) placeOf(row *report.Row) string {
	if row.Record.Sheet == "" {
		return fmt.Sprintf("%s, %s %d", row.Record.File, a.text("rij", "row"), row.Record.Row)
	}
	return fmt.Sprintf("%s, %s!%d", row.Record.File, row.Record.Sheet, row.Record.Row)
}

func (a *app) tellReferral(e *report.Explanation) {
	fmt.Fprintf(a.out, "\n%s\n", a.text("Toewijzing", "Referral"))
	if e.Case == nil || e.Case.Referral == nil {
		fmt.Fprintf(a.out, "  %s\n", a.text("geen", "none"))
		return
	}
	r := e.Case.Referral
	end := a.text("open einde", "open end")
	if !r.End.IsZero() {
		end = a.date(r.End)
	}
	fmt.Fprintf(a.out, "  %s %s (%s %d, %s %s): %s – %s\n", a.text("nummer", "number"), r.Number, a.text("versie", "version"), r.Version, a.text("uit", "from"), r.File, a.date(r.Start), end)
	if e.Case.Municipality != nil {
		fmt.Fprintf(a.out, "  %s %s\n", a.text("verantwoordelijke gemeente", "responsible municipality"), e.Case.Municipality.Name)
	}
	use := e.Use
	if use.MonthLimited {
		fmt.Fprintf(a.out, "  %s %s: %s\n", a.text("zorgmaand", "care month"), e.Current.Record.First.Period(), a.used(use.MonthRoom, use.Month, r.VolumeUnit))
	}
	if use.WholeLimited {
		fmt.Fprintf(a.out, "  %s: %s\n", a.text("hele toewijzing", "whole referral"), a.used(use.WholeRoom, use.Whole, r.VolumeUnit))
	}
	if r.HasBudget {
		fmt.Fprintf(a.out, "  %s: %s %s, %s %s, %s %s\n", a.text("budget", "budget"), a.text("toegewezen", "assigned"), a.euros(r.Budget), a.text("gedeclareerd", "declared"),
			a.euros(use.Spent), a.text("resterend", "left"), a.euros(r.Budget-use.Spent))
	}
	if !use.LastDay.IsZero() {
		fmt.Fprintf(a.out, "  %s %s; %s %s\n", a.text("traject sinds", "trajectory since"), a.date(use.Trajectory), a.text("laatste dag binnen de maximale duur", "last day inside the maximum duration"), a.date(use.LastDay))
	}
}

// used writes what was assigned, declared and is left.
func (a *app) used(room, used billing.Quantity, unit billing.Unit) string {
	return fmt.Sprintf("%s %s, %s %s, %s %s", a.text("toegewezen", "assigned"), a.qty(room, unit), a.text("gedeclareerd", "declared"), a.qty(used, unit),
		a.text("resterend", "left"), a.qty(room-used, unit))
}

func (a *app) tellPrice(e *report.Explanation) {
	if e.Case == nil || e.Case.Product == nil {
		return
	}
	fmt.Fprintf(a.out, "\n%s\n  %s %s (%s), segment %s\n", a.text("Product en tarief", "Product and price"), a.text("product", "product"), e.Case.Product.Code, e.Case.Product.Name, e.Case.Product.Segment)
	row := e.PriceRow
	if row == nil {
		fmt.Fprintf(a.out, "  %s\n", a.text("op de zorgdatum geldt geen tarief", "no price is valid on the care date"))
		return
	}
	who := a.text("algemeen tarief van de regio", "the region's general price")
	if row.Provider != "" {
		who = a.text("eigen tarief van de aanbieder", "the provider's own price")
	}
	until := a.text("nu", "now")
	if !row.To.IsZero() {
		until = a.date(row.To)
	}
	per := a.text("per uur", "per hour")
	if row.Unit == billing.Daypart {
		per = a.text("per dagdeel", "per day-part")
	}
	fmt.Fprintf(a.out, "  %s %s (%s, %s – %s)\n", a.euros(billing.Money(row.Price)), per, who, a.date(row.From), until)
}

func (a *app) tellRules(e *report.Explanation) {
	fmt.Fprintf(a.out, "\n%s\n", a.text("Regels (× gevonden, · niet getoetst, ✓ in orde)", "Rules (× found, · not judged, ✓ in order)"))
	for _, outcome := range e.Rules {
		mark := "✓"
		if outcome.Skipped {
			mark = "·"
		}
		if len(outcome.Findings) == 0 {
			fmt.Fprintf(a.out, "  %s %s %s%s\n", mark, outcome.Rule.Code, outcome.Rule.Title.In(a.language), a.values(e, outcome))
			continue
		}
		for _, finding := range outcome.Findings {
			fmt.Fprintf(a.out, "  × %s [%s] %s %s\n", outcome.Rule.Code, a.severity(outcome.Rule.Severity), rules.Message(outcome.Rule, finding.Values, a.language),
				rules.Remedy(outcome.Rule, finding.Values, a.language))
		}
	}
}

// values writes in parentheses what a rule compared that found nothing.
func (a *app) values(e *report.Explanation, outcome report.RuleOutcome) string {
	if compared := a.compared(e, outcome.Rule.Code); compared != "" && !outcome.Skipped {
		return " (" + compared + ")"
	}
	return ""
}

func (a *app) severity(severity billing.Severity) string {
	names := map[billing.Severity]billing.Text{
		billing.Signal: {Dutch: "signaal", English: "signal"}, billing.Hold: {Dutch: "uitval", English: "hold"}, billing.Reject: {Dutch: "afwijzing", English: "reject"},
	}
	return names[severity].In(a.language)
}

func (a *app) tellDecisions(e *report.Explanation) {
	if len(e.Current.Decisions) == 0 {
		return
	}
	fmt.Fprintf(a.out, "\n%s\n", a.text("Besluiten", "Decisions"))
	for _, d := range e.Current.Decisions {
		fmt.Fprintf(a.out, "  %s: %s %s, %s: %s (%s)\n", d.Code, d.Word, a.text("door", "by"), d.By, d.Reason, a.date(d.On))
	}
}

// tellLine writes how a line came about.
func (a *app) tellLine(line *report.ExplainedLine) {
	l := line.Line
	number := l.Number
	if number == "" {
		number = a.text("nog niet definitief", "not yet final")
	}
	fmt.Fprintf(a.out, "\n%s %s (%s)\n", a.text("Declaratieregel", "Line"), number, a.kind(l.Kind))
	fmt.Fprintf(a.out, "  %s %s, %s %s, %s %s, %s %s, %s %s, %s %s\n", a.text("periode", "period"), l.Period, a.text("zorgmaand", "care month"), l.CareMonth,
		a.text("gemeente", "municipality"), a.municipality(l.Municipality), a.text("aanbieder", "provider"), a.providerName(l.Provider),
		a.text("toewijzing", "referral"), l.Referral, a.text("product", "product"), l.Product)
	if l.Kind == billing.Credit {
		fmt.Fprintf(a.out, "  %s %s: %s\n", a.text("neemt terug", "takes back"), l.Original, a.euros(l.Amount))
		return
	}
	for _, row := range line.Rows {
		fmt.Fprintf(a.out, "    %-24s %s  %s\n", row.Record.Reference, a.date(row.Record.First), a.qty(row.Record.Quantity, row.Record.Unit))
	}
	if line.Product != nil && line.Product.WholeHours && l.Unit == billing.Time {
		fmt.Fprintf(a.out, "  %s %s → %s\n", a.text("hele uren:", "whole hours:"), a.qty(line.Exact, l.Unit), a.qty(l.Quantity, l.Unit))
	}
	unit := a.text("honderdsten van een minuut", "hundredths of a minute")
	if l.Unit == billing.Daypart {
		unit = a.text("honderdsten van een dagdeel", "hundredths of a day-part")
	}
	fmt.Fprintf(a.out, "  %s  (%d %s)\n", strings.ReplaceAll(report.Arithmetic(&l), ".", a.text(",", ".")), l.Quantity, unit)
}

func (a *app) date(day billing.Date) string { return rules.Show("date", day.String(), a.language) }

func (a *app) qty(quantity billing.Quantity, unit billing.Unit) string {
	if unit == billing.NoUnit {
		return a.text("aantal onleesbaar", "quantity unreadable")
	}
	prefix := "t"
	if unit == billing.Daypart {
		prefix = "d"
	}
	return rules.Show("qty", fmt.Sprintf("%s%d", prefix, quantity), a.language)
}

func (a *app) providerName(agb string) string {
	if a.names != nil {
		if provider := a.names.Provider(agb); provider != nil {
			return agb + " " + provider.Name
		}
	}
	return agb
}

// storyJSON is the story of a record for programs.
func (a *app) storyJSON(e *report.Explanation) object {
	versions := []object{}
	for _, row := range e.Versions {
		r := row.Record
		versions = append(versions, object{"version": r.Version, "outcome": row.Outcome.String(), "file": r.File, "sheet": r.Sheet, "row": r.Row,
			"received": r.Received.String(), "care_date": r.First.String(), "unit": r.Unit.String(), "quantity": r.Quantity.Format(r.Unit)})
	}
	story := object{"reference": e.Versions[0].Record.Reference, "provider": e.Versions[0].Record.Provider, "period": e.Run.Month().String(), "versions": versions}
	if e.Current == nil {
		return story
	}
	findings := []object{}
	for _, outcome := range e.Rules {
		for _, finding := range outcome.Findings {
			findings = append(findings, object{"code": outcome.Rule.Code.String(), "severity": outcome.Rule.Severity.String(), "values": listOf(finding.Values),
				"message": rules.Message(outcome.Rule, finding.Values, a.language)})
		}
	}
	decisions := []object{}
	for _, d := range e.Current.Decisions {
		decisions = append(decisions, object{"code": d.Code.String(), "decision": d.Word, "reason": d.Reason, "by": d.By, "on": d.On.String()})
	}
	inOrder := object{}
	for _, outcome := range e.Rules {
		if len(outcome.Findings) == 0 && !outcome.Skipped {
			inOrder[outcome.Rule.Code.String()] = a.compared(e, outcome.Rule.Code)
		}
	}
	story["rules_in_order"] = inOrder
	story["outcome"], story["findings"], story["decisions"], story["referral"] = e.Current.Outcome.String(), findings, decisions, e.Current.Referral
	story["price"] = e.Current.Price.String()
	if e.Use != nil {
		unit := e.Case.Referral.VolumeUnit
		story["use"] = object{"month_room": e.Use.MonthRoom.Format(unit), "month_used": e.Use.Month.Format(unit), "room": e.Use.WholeRoom.Format(unit),
			"used": e.Use.Whole.Format(unit), "spent": e.Use.Spent.String(), "trajectory": e.Use.Trajectory.String(), "last_day": e.Use.LastDay.String()}
	}
	if e.Line != nil {
		story["line"] = lineStoryJSON(e.Line)
	}
	return story
}

func lineStoryJSON(line *report.ExplainedLine) object {
	l := line.Line
	records := []object{}
	for _, row := range line.Rows {
		records = append(records, object{"reference": row.Record.Reference, "care_date": row.Record.First.String(), "hundredths": row.Record.Quantity})
	}
	return object{"line": l.Number, "kind": string(l.Kind), "period": l.Period.String(), "care_month": l.CareMonth.String(), "municipality": l.Municipality,
		"provider": l.Provider, "referral": l.Referral, "product": l.Product, "unit": l.Unit.String(), "hundredths": l.Quantity, "price": l.Price.String(),
		"amount": l.Amount.String(), "original_line": l.Original, "records": records, "arithmetic": report.Arithmetic(&l)}
}
