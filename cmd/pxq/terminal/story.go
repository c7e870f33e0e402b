package terminal

import (
	"fmt"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/billing/ijw"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// Explained prints the story of a record or of a line. For a record it lists every rule that was judged if withRules is set;
// JSON always has them.
func (p *Printer) Explained(e *workspace.Explained, withRules bool) error {
	switch {
	case p.JSON && e.Line != nil:
		return p.writeJSON(lineStoryJSON(e.Line))
	case p.JSON:
		return p.writeJSON(p.storyJSON(e.Record))
	case e.Line != nil:
		p.printLineStory(e.Line)
	default:
		p.printStory(e.Record, withRules)
	}
	return nil
}

// printStory prints the story of a record: its outcome first, then what that rests on.
func (p *Printer) printStory(e *workspace.Story, withRules bool) {
	last := e.Versions[len(e.Versions)-1]
	p.Line("Regelnummer %s van %s, na de run van %s", "Reference %s of %s, after the run of %s", last.Shown.Reference, p.providerName(last.Record.Provider), e.Run.Month())
	p.printAnswer(e)
	p.heading("Versies", "Versions")
	for _, row := range e.Versions {
		fmt.Fprintf(p.Out, "  %d. %s: %s, %s, %s %s – %s\n", row.Record.Version, p.outcome(row.Outcome), p.qty(row.Record.Quantity, row.Record.Unit),
			p.careDays(row.Record), p.text("ingelezen op", "imported on"), p.date(row.Record.Received), p.placeOf(row))
	}
	if e.Current == nil {
		return
	}
	p.printReferral(e)
	p.printPrice(e)
	p.printDecisions(e)
	if e.Line != nil {
		p.printLineStory(e.Line)
	}
	if withRules {
		p.printRules(e)
	} else if len(e.Rules) > 0 {
		p.gap()
		p.Line("Met --rules staat hier ook elke regel die is getoetst (%s).", "With --rules every rule that was judged is listed here too (%s).", p.count(len(e.Rules)))
	}
}

// printAnswer prints the outcome of a record, its amount and the findings.
func (p *Printer) printAnswer(e *workspace.Story) {
	if e.Current == nil {
		p.gap()
		fmt.Fprintf(p.Out, "%s\n", p.in(bold, p.text("INGETROKKEN: de regel telt nergens in mee.", "WITHDRAWN: the record does not count anywhere.")))
		return
	}
	row := e.Current
	answer := p.in(colourOf(row.Outcome), strings.ToUpper(p.outcome(row.Outcome)))
	if row.Price > 0 {
		answer += fmt.Sprintf(": %s × %s = %s", p.qty(row.Record.Quantity, row.Record.Unit), p.euros(billing.Money(row.Price)), p.euros(row.Amount))
	}
	p.gap()
	fmt.Fprintf(p.Out, "%s\n", answer)
	switch row.Outcome {
	case billing.Accepted:
		p.printWhere(e.Line)
	case billing.Held:
		p.Line("  De regel wacht op een besluit van een controller, en telt tot dan niet mee.", "  The record is waiting for a controller's decision, and does not count until then.")
	case billing.Rejected:
		p.Line("  De regel wordt niet betaald zolang dit zo is:", "  The record is not paid as long as this applies:")
	case billing.Pending:
		p.Line("  De zorg is van na de periode van de run: de regel telt mee in een latere maand.", "  The care was delivered after the period of the run: the record counts in a later month.")
	}
	p.printFindings(e)
	p.printStanding(e)
}

// printStanding prints which earlier version stays in force while the newest is not accepted. A prestatie with the same reference
// is no version.
func (p *Printer) printStanding(e *workspace.Story) {
	if e.Current.Record.Origin == billing.FromMessage {
		return
	}
	for _, row := range e.Versions {
		if row != e.Current && row.Outcome == billing.Accepted && row.Record.Origin != billing.FromMessage {
			p.Line("  Versie %d is akkoord en blijft meetellen tot een nieuwere akkoord is.", "  Version %d is accepted and keeps counting until a newer one is accepted.", row.Record.Version)
		}
	}
}

// printWhere prints the line that an accepted record is part of.
func (p *Printer) printWhere(line *workspace.LineStory) {
	switch {
	case line == nil:
	case line.Line.Number == "":
		p.Line("  In de declaratie van %s, nog niet definitief.", "  In the declaration of %s, not final yet.", line.Line.Period)
	default:
		p.Line("  In declaratieregel %s.", "  In line %s.", line.Line.Number)
	}
}

// printFindings prints the findings on a record, most severe first.
func (p *Printer) printFindings(e *workspace.Story) {
	for _, severity := range []billing.Severity{billing.Reject, billing.Hold, billing.Signal} {
		for _, outcome := range e.Rules {
			if outcome.Severity != severity {
				continue
			}
			for _, finding := range outcome.Findings {
				p.printFinding(e, "•", outcome, finding.Values)
			}
		}
	}
}

func (p *Printer) printFinding(e *workspace.Story, mark string, outcome report.RuleOutcome, values []string) {
	rule := outcome.Rule.On(e.Current.Record)
	fmt.Fprintf(p.Out, "  %s %s "+hang+"(%s) %s %s\n", mark, p.codeOf(e, outcome), p.severity(outcome.Severity), rules.Message(rule, values, p.Language), rules.Remedy(rule, values, p.Language))
}

// codeOf returns the code of a rule, with the return code if it rejects a prestatie.
func (p *Printer) codeOf(e *workspace.Story, outcome report.RuleOutcome) string {
	if e.Current.Record.Prestatie != nil && outcome.Severity == billing.Reject {
		return outcome.Rule.Code.String() + " (" + string(ijw.ReturnOf(outcome.Rule)) + ")"
	}
	return outcome.Rule.Code.String()
}

// prestatieOf returns the place of a prestatie: its file, declaration, client and number.
func (p *Printer) prestatieOf(file, declaration string, m *billing.Prestatie) string {
	return fmt.Sprintf(p.text("%s, declaratie %s, cliënt %d, prestatie %d (regel %d)", "%s, declaration %s, client %d, prestatie %d (line %d)"),
		file, bsn.MaskLine(declaration), m.Client, m.Part, m.Line)
}

// careDays returns the care date of a record, or the first and last day of a prestatie.
func (p *Printer) careDays(r *billing.Record) string {
	if r.Prestatie == nil {
		return p.date(r.First)
	}
	return p.date(r.First) + " " + p.text("t/m", "–") + " " + p.date(r.LastDay())
}

func (p *Printer) placeOf(row *workspace.Row) string {
	if m := row.Record.Prestatie; m != nil {
		return p.prestatieOf(row.Record.File, row.Record.Sheet, m)
	}
	if row.Record.Sheet == "" {
		return fmt.Sprintf("%s, %s %d", row.Record.File, p.text("rij", "row"), row.Record.Row)
	}
	return fmt.Sprintf("%s, %s!%d", row.Record.File, row.Record.Sheet, row.Record.Row)
}

func (p *Printer) printReferral(e *workspace.Story) {
	p.heading("Toewijzing", "Referral")
	if e.Case == nil || e.Case.Referral == nil {
		fmt.Fprintf(p.Out, "  %s\n", p.text("geen", "none"))
		return
	}
	r := e.Case.Referral
	end := p.text("open einde", "open end")
	if !r.End.IsZero() {
		end = p.date(r.End)
	}
	fmt.Fprintf(p.Out, "  %s %s (%s %d, %s %s): %s – %s\n", p.text("nummer", "number"), e.Use.Number, p.text("versie", "version"), r.Version, p.text("uit", "from"), r.File, p.date(r.Start), end)
	if e.Case.Municipality != nil {
		fmt.Fprintf(p.Out, "  %s %s\n", p.text("verantwoordelijke gemeente", "responsible municipality"), e.Case.Municipality.Name)
	}
	use := e.Use
	if use.MonthLimited {
		fmt.Fprintf(p.Out, "  %s %s: %s\n", p.text("zorgmaand", "care month"), e.Current.Record.First.Period(), p.used(use.MonthRoom, use.Month, r.VolumeUnit))
	}
	if use.WholeLimited {
		fmt.Fprintf(p.Out, "  %s: %s\n", p.text("hele toewijzing", "whole referral"), p.used(use.WholeRoom, use.Whole, r.VolumeUnit))
	}
	if r.HasBudget {
		fmt.Fprintf(p.Out, "  %s: %s %s, %s %s, %s %s\n", p.text("budget", "budget"), p.text("toegewezen", "assigned"), p.euros(r.Budget), p.text("gedeclareerd", "declared"),
			p.euros(use.Spent), p.text("resterend", "left"), p.euros(r.Budget-use.Spent))
	}
	if !use.LastDay.IsZero() {
		fmt.Fprintf(p.Out, "  %s %s; %s %s\n", p.text("traject sinds", "trajectory since"), p.date(use.Trajectory), p.text("laatste dag binnen de maximale duur", "last day within the maximum duration"), p.date(use.LastDay))
	}
}

// used returns how much was assigned, how much was declared, and the difference.
func (p *Printer) used(room, used billing.Quantity, unit billing.Unit) string {
	return fmt.Sprintf("%s %s, %s %s, %s %s", p.text("toegewezen", "assigned"), p.qty(room, unit), p.text("gedeclareerd", "declared"), p.qty(used, unit),
		p.text("resterend", "left"), p.qty(room-used, unit))
}

func (p *Printer) printPrice(e *workspace.Story) {
	if e.Case == nil || e.Case.Product == nil {
		return
	}
	p.heading("Product en tarief", "Product and price")
	fmt.Fprintf(p.Out, "  %s %s (%s), segment %s\n", p.text("product", "product"), e.Case.Product.Code, e.Case.Product.Name, e.Case.Product.Segment)
	row := e.PriceRow
	if row == nil {
		fmt.Fprintf(p.Out, "  %s\n", p.text("op de zorgdatum geldt geen tarief", "no price is valid on the care date"))
		return
	}
	who := p.text("algemeen tarief van de regio", "the region's general price")
	if row.Provider != "" {
		who = p.text("eigen tarief van de aanbieder", "the provider's own price")
	}
	until := p.text("nu", "now")
	if !row.To.IsZero() {
		until = p.date(row.To)
	}
	per := p.text("per uur", "per hour")
	if row.Unit == billing.Daypart {
		per = p.text("per dagdeel", "per day-part")
	}
	fmt.Fprintf(p.Out, "  %s %s (%s, %s – %s)\n", p.euros(billing.Money(row.Price)), per, who, p.date(row.From), until)
}

func (p *Printer) printRules(e *workspace.Story) {
	p.heading("Regels (× gevonden, · niet getoetst, ✓ in orde)", "Rules (× found, · not judged, ✓ in order)")
	for _, outcome := range e.Rules {
		mark := "✓"
		if outcome.Skipped {
			mark = "·"
		}
		if len(outcome.Findings) == 0 {
			fmt.Fprintf(p.Out, "  %s %s "+hang+"%s%s\n", mark, outcome.Rule.Code, outcome.Rule.On(e.Current.Record).Title.In(p.Language), p.values(e, outcome))
			continue
		}
		for _, finding := range outcome.Findings {
			p.printFinding(e, "×", outcome, finding.Values)
		}
	}
}

// values returns, in parentheses, the values that a rule without findings compared.
func (p *Printer) values(e *workspace.Story, outcome workspace.RuleOutcome) string {
	if compared := p.compared(e, outcome.Rule); compared != "" && !outcome.Skipped {
		return " (" + compared + ")"
	}
	return ""
}

func (p *Printer) severity(severity billing.Severity) string {
	names := map[billing.Severity]billing.Text{
		billing.Signal: {Dutch: "signaal", English: "signal"}, billing.Hold: {Dutch: "uitval", English: "hold"}, billing.Reject: {Dutch: "afwijzing", English: "reject"},
	}
	return names[severity].In(p.Language)
}

func (p *Printer) printDecisions(e *workspace.Story) {
	if len(e.Current.Decisions) == 0 {
		return
	}
	p.heading("Besluiten", "Decisions")
	for _, d := range e.Current.Decisions {
		fmt.Fprintf(p.Out, "  %s: %s %s %s: %s (%s)\n", d.Code, d.Word, p.text("door", "by"), d.Deciders(), d.Reason, p.date(d.On))
	}
}
