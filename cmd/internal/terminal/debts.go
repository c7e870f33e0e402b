package terminal

import (
	"fmt"

	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// printDebts names the negative balances that last: their provider declares too little to settle them.
func (p *Printer) printDebts(debts []workspace.Debt) {
	if len(debts) == 0 {
		return
	}
	fmt.Fprintf(p.Out, "\n%s\n", p.text("Al drie maanden of langer een negatief saldo", "A negative balance for three months or more"))
	for _, debt := range debts {
		fmt.Fprintf(p.Out, "  %s, %s: %s %s\n", p.providerName(debt.Provider), p.municipality(debt.Municipality), p.euros(debt.Balance),
			fmt.Sprintf(p.text("sinds %s (%d maanden)", "since %s (%d months)"), debt.Since, debt.Months))
	}
	fmt.Fprintf(p.Out, "  %s\n", p.text("Een negatief saldo wordt met een volgende declaratie verrekend. Declareert de aanbieder niet meer, vorder het dan terug.",
		"A negative balance is settled with a next declaration. If the provider declares no more, claim it back."))
}

func debtsJSON(debts []workspace.Debt) []object {
	list := []object{}
	for _, debt := range debts {
		list = append(list, object{"provider": debt.Provider, "municipality": debt.Municipality, "balance": debt.Balance.String(),
			"since": debt.Since.String(), "months": debt.Months})
	}
	return list
}
