package terminal

import "github.com/pxq-nl/pxq/cmd/internal/workspace"

// printDebts names the negative balances that last: their provider declares too little to settle them.
func (p *Printer) printDebts(debts []workspace.Debt) {
	if len(debts) == 0 {
		return
	}
	p.heading("Negatieve saldi die blijven staan (drie maanden of langer)", "Negative balances that stay (three months or longer)")
	for _, debt := range debts {
		p.Line("  • %s, %s: %s sinds %s (%d maanden). Vorder het terug als deze aanbieder niets meer declareert: dan is er niets om het mee te verrekenen.",
			"  • %s, %s: %s since %s (%d months). Claim it back if this provider declares nothing any more: then there is nothing to settle it with.",
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
