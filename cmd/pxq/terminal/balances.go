package terminal

import (
	"fmt"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// printGap prints the steps from the accepted to the declared amount.
func (p *Printer) printGap(gap workspace.Gap) {
	p.heading("Van akkoord naar declaratie", "From accepted to declared")
	for _, row := range []struct {
		label  billing.Text
		amount billing.Money
		always bool
	}{
		{billing.Text{Dutch: "akkoord (per zorgregel afgerond)", English: "accepted (rounded per record)"}, gap.Accepted, true},
		{billing.Text{Dutch: "al eerder gedeclareerd (vraagt besluit)", English: "declared before (needs a decision)"}, gap.DeclaredBefore, false},
		{billing.Text{Dutch: "vervallen, vervangen of met ander tarief", English: "lapsed, replaced or at a different price"}, gap.Changed, false},
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

// printDebts lists negative balances that last, since their provider declares too little to settle them.
func (p *Printer) printDebts(debts []workspace.Debt) {
	if len(debts) == 0 {
		return
	}
	p.heading("Negatieve saldi die blijven staan (drie maanden of langer)", "Negative balances that remain (three months or longer)")
	for _, debt := range debts {
		p.Line("  • %s, %s: %s sinds %s (%d maanden). Vorder het terug als deze aanbieder niets meer declareert: dan is er niets om het mee te verrekenen.",
			"  • %s, %s: %s since %s (%d months). Claim it back if this provider no longer declares anything: then there is nothing left to settle it with.",
			p.providerName(debt.Provider), p.municipality(debt.Municipality), p.euros(debt.Balance), debt.Since, debt.Months)
	}
}

func debtsJSON(debts []workspace.Debt) []object {
	list := []object{}
	for _, debt := range debts {
		list = append(list, object{"provider": debt.Provider, "municipality": debt.Municipality, "balance": debt.Balance.String(),
			"since": debt.Since.String(), "months": debt.Months})
	}
	return list
}
