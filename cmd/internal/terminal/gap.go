package terminal

import (
	"fmt"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// printCounts adds up the rows of the outcomes, and says which of them are not of this delivery.
func (p *Printer) printCounts(s *workspace.Summary) {
	if s.Earlier == 0 {
		fmt.Fprintf(p.Out, "  %-14s %10s %s\n", p.text("samen", "together"), p.count(s.New), p.text("regels", "rows"))
		return
	}
	fmt.Fprintf(p.Out, "  %-14s %10s %s: %s\n", p.text("samen", "together"), p.count(s.New+s.Earlier), p.text("regels", "rows"),
		fmt.Sprintf(p.text("%s van nu en %s van eerder", "%s of now and %s of before"), p.count(s.New), p.count(s.Earlier)))
	fmt.Fprintf(p.Out, "  %s\n", p.text("(van eerder: in uitval, of met een andere uitkomst dan bij de vorige afsluiting)", "(of before: held, or with another outcome than at the last close)"))
}

// printGap tells how what was accepted becomes what is declared.
func (p *Printer) printGap(gap workspace.Gap) {
	fmt.Fprintf(p.Out, "\n%s\n", p.text("Van akkoord naar declaratie", "From accepted to declared"))
	for _, row := range []struct {
		label  billing.Text
		amount billing.Money
		always bool
	}{
		{billing.Text{Dutch: "akkoord (per zorgregel afgerond)", English: "accepted (rounded per record)"}, gap.Accepted, true},
		{billing.Text{Dutch: "al eerder gedeclareerd (vraagt besluit)", English: "declared before (asks for a decision)"}, gap.DeclaredBefore, false},
		{billing.Text{Dutch: "teruggenomen of met een ander tarief", English: "taken back, or at another price"}, gap.Changed, false},
		{billing.Text{Dutch: "afronding per declaratieregel", English: "rounding per line"}, gap.Rounding, false},
		{billing.Text{Dutch: "declaratie", English: "declared"}, gap.Declared, true},
	} {
		if row.always || row.amount != 0 {
			fmt.Fprintf(p.Out, "  %-42s %16s\n", row.label.In(p.Language), p.euros(row.amount))
		}
	}
}

func gapJSON(gap workspace.Gap) object {
	return object{"accepted": gap.Accepted.String(), "declared_before": gap.DeclaredBefore.String(), "changed": gap.Changed.String(),
		"rounding": gap.Rounding.String(), "declared": gap.Declared.String()}
}
