package terminal

import (
	"fmt"
	"maps"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// Checked writes what was found in files that were not taken in.
func (p *Printer) Checked(result *workspace.Checked) error {
	var shown []string
	for i := range result.Findings {
		shown = append(shown, p.finding(&result.Findings[i]))
	}
	if p.JSON {
		codes := object{}
		for code, count := range result.Codes {
			codes[code.String()] = count
		}
		return p.writeJSON(object{"rows": result.Rows, "rejected": result.Outcomes[billing.Rejected], "held": result.Outcomes[billing.Held],
			"without_objection": result.Outcomes[billing.Accepted], "codes": codes, "findings": listOf(shown), "imported": importedJSON(result.Imported, p.Language)})
	}
	p.printImported(result.Imported)
	for _, line := range shown {
		fmt.Fprintln(p.Out, line)
	}
	for _, code := range slices.Sorted(maps.Keys(result.Codes)) {
		if count := result.Codes[code]; count > workspace.FindingsShown {
			fmt.Fprintf(p.Out, "%s: %s %s\n", code, p.text("en nog", "and more:"), p.count(count-workspace.FindingsShown))
		}
	}
	fmt.Fprintf(p.Out, p.text("\n%s zorgregels: %s zonder bezwaar, %s voor een controller, %s af te wijzen", "\n%s care records: %s without objection, %s for a controller, %s to be rejected"),
		p.count(result.Rows), p.count(result.Outcomes[billing.Accepted]), p.count(result.Outcomes[billing.Held]), p.count(result.Outcomes[billing.Rejected]))
	if passed := result.Outcomes[billing.Replaced] + result.Outcomes[billing.Withdrawn]; passed > 0 {
		fmt.Fprintf(p.Out, p.text(", %s vervangen of ingetrokken", ", %s replaced or withdrawn"), p.count(passed))
	}
	fmt.Fprintln(p.Out, p.text(". Er is niets bewaard.", ". Nothing was kept."))
	if !result.WithReferrals {
		fmt.Fprintln(p.Out, p.text("Zonder toewijzingen erbij is daaraan niet getoetst.", "Without referrals nothing was held against them."))
	}
	return nil
}

// finding writes a finding behind the cell that it is about, as a spreadsheet names it.
func (p *Printer) finding(f *workspace.CheckedFinding) string {
	cell := fmt.Sprintf("%s!%s%d", f.File, f.Column, f.Row)
	if f.Sheet != "" {
		cell = fmt.Sprintf("%s, %s!%s%d", f.File, f.Sheet, f.Column, f.Row)
	}
	return fmt.Sprintf("%s: %s %s %s", cell, f.Rule.Code, rules.Message(f.Rule, f.Values, p.Language), rules.Remedy(f.Rule, f.Values, p.Language))
}
