package report

import "github.com/pxq-nl/pxq/billing"

// Debt is a negative balance of a provider with a municipality. It is settled with what the provider declares next; of
// one that declares nothing any more it stays, and somebody has to claim it back.
type Debt struct {
	Provider, Municipality string
	Balance                billing.Money  // negative
	Since                  billing.Period // whose declaration made it negative
	Months                 int            // that it has been negative, the first and this one included
}

// lastingMonths is in which month a negative balance is told: the provider may have stopped, and then no later declaration
// settles it.
const lastingMonths = 3

// LastingDebts returns the balances that were left negative by every declaration of three months or more, in the order
// of the payments.
func (h *ReportHead) LastingDebts() []Debt {
	open := make(map[creditor]*Debt)
	settle := func(who creditor, period billing.Period, net billing.Money) {
		debt := open[who]
		if debt == nil {
			debt = &Debt{Provider: who.provider, Municipality: who.municipality, Since: period}
			open[who] = debt
		}
		if debt.Balance += net; debt.Balance >= 0 {
			delete(open, who) // what is positive is paid
		}
	}
	nets := make(map[creditor]billing.Money)
	period := billing.Period(0)
	settleAll := func() {
		for who, net := range nets {
			settle(who, period, net)
		}
		clear(nets)
	}
	for _, total := range h.Earlier { // by period
		if total.Period != period {
			settleAll()
			period = total.Period
		}
		nets[creditor{total.Provider, total.Municipality}] += total.Amount
	}
	settleAll()
	var lasting []Debt
	for _, payment := range h.Payments {
		who := creditor{payment.Provider, payment.Municipality}
		settle(who, h.Period, payment.Net)
		debt := open[who]
		if debt == nil {
			continue
		}
		if debt.Months = int(h.Period-debt.Since) + 1; debt.Months >= lastingMonths {
			lasting = append(lasting, *debt)
		}
	}
	return lasting
}
