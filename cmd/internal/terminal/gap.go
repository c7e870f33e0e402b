package terminal

import (
	"fmt"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// printGap tells how what was accepted becomes what is declared.
func (p *Printer) printGap(gap workspace.Gap) {
	p.heading("Van akkoord naar declaratie", "From accepted to declared")
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
