package terminal

import (
	"fmt"
	"maps"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// Checked prints the result of checking files.
func (p *Printer) Checked(c *workspace.Checked) error {
	if p.JSON {
		return p.writeJSON(p.checkedJSON(c))
	}
	p.printFiles(c.Imported)
	for i := range c.Findings {
		fmt.Fprintln(p.Out, p.finding(&c.Findings[i]))
	}
	for _, code := range slices.Sorted(maps.Keys(c.Codes)) {
		if count := c.Codes[code]; count > workspace.FindingsShown {
			fmt.Fprintf(p.Out, "%s: %s %s\n", code, p.text("en nog", "and more:"), p.count(count-workspace.FindingsShown))
		}
	}
	p.printProblems(c.Imported, problemsShown)
	p.printRefused(c.Imported)
	p.printCheckedSums(c)
	p.printCheckedWith(c)
	return nil
}

func (p *Printer) printCheckedSums(c *workspace.Checked) {
	p.gap()
	fmt.Fprintf(p.Out, "%s\n", p.in(bold, p.records(c.Rows)))
	row := func(outcome billing.Outcome, dutch, english string) {
		sum := c.Outcomes[outcome]
		fmt.Fprintf(p.Out, "  %10s %18s  %s\n", p.count(sum.Count), p.euros(sum.Amount), p.in(colourOf(outcome), p.text(dutch, english)))
	}
	row(billing.Accepted, "zonder bezwaar", "without objection")
	row(billing.Held, "voor een controller", "for a controller")
	row(billing.Rejected, "af te wijzen", "to be rejected")
	if passed := c.Outcomes[billing.Replaced].Count + c.Outcomes[billing.Withdrawn].Count; passed > 0 {
		fmt.Fprintf(p.Out, "  %10s %18s  %s\n", p.count(passed), "", p.text("vervangen of ingetrokken", "replaced or withdrawn"))
	}
}

// printCheckedWith prints what the files were checked against, and what not.
func (p *Printer) printCheckedWith(c *workspace.Checked) {
	fmt.Fprintln(p.Out)
	switch c.Book.Origin {
	case workspace.BookOfFiles:
		p.Line("Getoetst aan het contractenboek in de opgegeven bestanden.", "Checked against the contract book among the files.")
	case workspace.BookOfWorkspace:
		p.Line("Getoetst aan het contractenboek van de werkmap.", "Checked against the contract book of the workspace.")
	default:
		p.Line("Getoetst aan het ingebouwde contractenboek van Hart van Brabant: de tarieven en codes daarin zijn voorbeelden.",
			"Checked against the built-in contract book of Hart van Brabant: its prices and codes are examples.")
	}
	if !c.WithReferrals {
		p.Line("Zonder toewijzingen erbij is daaraan niet getoetst.", "No referrals were given, so nothing was checked against them.")
	}
	if c.WithKnown {
		p.Line("De regelnummers die de werkmap al kent, zijn meegeteld.", "The references that the workspace already knows were taken into account.")
	} else if c.Withdrawals > 0 {
		p.Line("%s met aantal 0: dat trekt een regel in die eerder is aangeleverd. Zonder --workspace is niet te zien of het regelnummer bekend is.",
			"%s with quantity 0: this withdraws a record that was sent before. Without --workspace pxq cannot tell whether the reference is known.", p.records(c.Withdrawals))
	}
	p.Line("Er is niets bewaard.", "Nothing was stored.")
}

// finding returns the text of a finding after its place: the cell, as a spreadsheet names it, or the place in the message.
func (p *Printer) finding(f *workspace.CheckedFinding) string {
	cell := fmt.Sprintf("%s!%s%d", f.File, f.Column, f.Row)
	if f.Sheet != "" {
		cell = fmt.Sprintf("%s, %s!%s%d", f.File, f.Sheet, f.Column, f.Row)
	}
	switch {
	case f.Prestatie != nil:
		cell = p.prestatieOf(f.File, f.Sheet, f.Prestatie)
	case f.Element != "" && f.Row > 0:
		cell = fmt.Sprintf("%s, %s %d, %s", f.File, p.text("regel", "line"), f.Row, f.Element)
	case f.Element != "":
		cell = f.File + ", " + f.Element
	}
	code := f.Rule.Code.String()
	if f.Return != "" {
		code += " (" + f.Return + ")"
	}
	return fmt.Sprintf("%s: %s %s %s", cell, code, rules.Message(f.Rule, f.Values, p.Language), rules.Remedy(f.Rule, f.Values, p.Language))
}

// checkedJSON returns the result of checking files for JSON.
func (p *Printer) checkedJSON(c *workspace.Checked) object {
	codes, findings := object{}, []string{}
	for code, count := range c.Codes {
		codes[code.String()] = count
	}
	for i := range c.Findings {
		findings = append(findings, p.finding(&c.Findings[i]))
	}
	return object{"rows": c.Rows, "rejected": c.Outcomes[billing.Rejected].Count, "held": c.Outcomes[billing.Held].Count,
		"without_objection": c.Outcomes[billing.Accepted].Count, "withdrawals": c.Withdrawals, "codes": codes, "findings": findings,
		"amounts": object{"rejected": c.Outcomes[billing.Rejected].Amount.String(), "held": c.Outcomes[billing.Held].Amount.String(),
			"without_objection": c.Outcomes[billing.Accepted].Amount.String()},
		"book": string(c.Book.Origin), "imported": importedJSON(c.Imported, p.Language)}
}
