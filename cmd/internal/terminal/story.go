package terminal

import (
	"fmt"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// Explained writes the story of a record or of a line.
func (p *Printer) Explained(e *workspace.Explained) error {
	switch {
	case p.JSON && e.Line != nil:
		return p.writeJSON(lineStoryJSON(e.Line))
	case p.JSON:
		return p.writeJSON(p.storyJSON(e.Record))
	case e.Line != nil:
		p.tellLine(e.Line)
	default:
		p.tell(e.Record)
	}
	return nil
}

// tell writes the story of a record for a person.
func (p *Printer) tell(e *workspace.Story) {
	last := e.Versions[len(e.Versions)-1]
	fmt.Fprintf(p.Out, "%s %s, %s %s – %s %s\n\n", p.text("Regelnummer", "Reference"), last.Record.Reference, p.text("aanbieder", "provider"),
		p.providerName(last.Record.Provider), p.text("zoals de run van", "as the run of"), e.Run.Month())
	fmt.Fprintln(p.Out, p.text("Versies", "Versions"))
	for _, row := range e.Versions {
		fmt.Fprintf(p.Out, "  %d. %s: %s, %s, %s %s\n", row.Record.Version, p.outcome(row.Outcome), p.qty(row.Record.Quantity, row.Record.Unit),
			p.date(row.Record.First), p.text("ingelezen op", "taken in on"), p.date(row.Record.Received)+" – "+p.placeOf(row))
	}
	if e.Current == nil {
		fmt.Fprintf(p.Out, "\n%s\n", p.text("De regel is ingetrokken: hij telt nergens in mee.", "The record was withdrawn: it counts nowhere."))
		return
	}
	p.tellReferral(e)
	p.tellPrice(e)
	p.tellRules(e)
	p.tellDecisions(e)
	fmt.Fprintf(p.Out, "\n%s: %s\n", p.text("Uitkomst", "Outcome"), p.outcome(e.Current.Outcome))
	if e.Line != nil {
		p.tellLine(e.Line)
	}
}

func (p *Printer) placeOf(row *workspace.Row) string {
	if row.Record.Sheet == "" {
		return fmt.Sprintf("%s, %s %d", row.Record.File, p.text("rij", "row"), row.Record.Row)
	}
	return fmt.Sprintf("%s, %s!%d", row.Record.File, row.Record.Sheet, row.Record.Row)
}

func (p *Printer) tellReferral(e *workspace.Story) {
	fmt.Fprintf(p.Out, "\n%s\n", p.text("Toewijzing", "Referral"))
	if e.Case == nil || e.Case.Referral == nil {
		fmt.Fprintf(p.Out, "  %s\n", p.text("geen", "none"))
		return
	}
	r := e.Case.Referral
	end := p.text("open einde", "open end")
	if !r.End.IsZero() {
		end = p.date(r.End)
	}
	fmt.Fprintf(p.Out, "  %s %s (%s %d, %s %s): %s – %s\n", p.text("nummer", "number"), r.Number, p.text("versie", "version"), r.Version, p.text("uit", "from"), r.File, p.date(r.Start), end)
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
		fmt.Fprintf(p.Out, "  %s %s; %s %s\n", p.text("traject sinds", "trajectory since"), p.date(use.Trajectory), p.text("laatste dag binnen de maximale duur", "last day inside the maximum duration"), p.date(use.LastDay))
	}
}

// used writes what was assigned, declared and is left.
func (p *Printer) used(room, used billing.Quantity, unit billing.Unit) string {
	return fmt.Sprintf("%s %s, %s %s, %s %s", p.text("toegewezen", "assigned"), p.qty(room, unit), p.text("gedeclareerd", "declared"), p.qty(used, unit),
		p.text("resterend", "left"), p.qty(room-used, unit))
}

func (p *Printer) tellPrice(e *workspace.Story) {
	if e.Case == nil || e.Case.Product == nil {
		return
	}
	fmt.Fprintf(p.Out, "\n%s\n  %s %s (%s), segment %s\n", p.text("Product en tarief", "Product and price"), p.text("product", "product"), e.Case.Product.Code, e.Case.Product.Name, e.Case.Product.Segment)
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

func (p *Printer) tellRules(e *workspace.Story) {
	fmt.Fprintf(p.Out, "\n%s\n", p.text("Regels (× gevonden, · niet getoetst, ✓ in orde)", "Rules (× found, · not judged, ✓ in order)"))
	for _, outcome := range e.Rules {
		mark := "✓"
		if outcome.Skipped {
			mark = "·"
		}
		if len(outcome.Findings) == 0 {
			fmt.Fprintf(p.Out, "  %s %s %s%s\n", mark, outcome.Rule.Code, outcome.Rule.Title.In(p.Language), p.values(e, outcome))
			continue
		}
		for _, finding := range outcome.Findings {
			fmt.Fprintf(p.Out, "  × %s [%s] %s %s\n", outcome.Rule.Code, p.severity(outcome.Rule.Severity), rules.Message(outcome.Rule, finding.Values, p.Language),
				rules.Remedy(outcome.Rule, finding.Values, p.Language))
		}
	}
}

// values writes in parentheses what a rule compared that found nothing.
func (p *Printer) values(e *workspace.Story, outcome workspace.RuleOutcome) string {
	if compared := p.compared(e, outcome.Rule.Code); compared != "" && !outcome.Skipped {
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

func (p *Printer) tellDecisions(e *workspace.Story) {
	if len(e.Current.Decisions) == 0 {
		return
	}
	fmt.Fprintf(p.Out, "\n%s\n", p.text("Besluiten", "Decisions"))
	for _, d := range e.Current.Decisions {
		fmt.Fprintf(p.Out, "  %s: %s %s, %s: %s (%s)\n", d.Code, d.Word, p.text("door", "by"), d.By, d.Reason, p.date(d.On))
	}
}

// tellLine writes how a line came about.
func (p *Printer) tellLine(line *workspace.LineStory) {
	l := line.Line
	number := l.Number
	if number == "" {
		number = p.text("nog niet definitief", "not yet final")
	}
	fmt.Fprintf(p.Out, "\n%s %s (%s)\n", p.text("Declaratieregel", "Line"), number, p.kind(l.Kind))
	fmt.Fprintf(p.Out, "  %s %s, %s %s, %s %s, %s %s, %s %s, %s %s\n", p.text("periode", "period"), l.Period, p.text("zorgmaand", "care month"), l.CareMonth,
		p.text("gemeente", "municipality"), p.municipality(l.Municipality), p.text("aanbieder", "provider"), p.providerName(l.Provider),
		p.text("toewijzing", "referral"), l.Referral, p.text("product", "product"), l.Product)
	if l.Kind == billing.Credit {
		fmt.Fprintf(p.Out, "  %s %s: %s\n", p.text("neemt terug", "takes back"), l.Original, p.euros(l.Amount))
		return
	}
	for _, row := range line.Rows {
		fmt.Fprintf(p.Out, "    %-24s %s  %s\n", row.Record.Reference, p.date(row.Record.First), p.qty(row.Record.Quantity, row.Record.Unit))
	}
	if line.Product != nil && line.Product.WholeHours && l.Unit == billing.Time {
		fmt.Fprintf(p.Out, "  %s %s → %s\n", p.text("hele uren:", "whole hours:"), p.qty(line.Exact, l.Unit), p.qty(l.Quantity, l.Unit))
	}
	unit := p.text("honderdsten van een minuut", "hundredths of a minute")
	if l.Unit == billing.Daypart {
		unit = p.text("honderdsten van een dagdeel", "hundredths of a day-part")
	}
	fmt.Fprintf(p.Out, "  %s  (%d %s)\n", strings.ReplaceAll(workspace.Arithmetic(&l), ".", p.text(",", ".")), l.Quantity, unit)
}
