package report

import "github.com/pxq-nl/pxq/billing"

// Debt is a negative balance of a provider with a municipality. Later declarations settle it; if the provider no longer
// declares anything, it must be reclaimed.
type Debt struct {
	Provider, Municipality string
	Balance                billing.Money  // negative
	Since                  billing.Period // the period whose declaration made it negative
	Months                 int            // number of months it has been negative, including the first and the current one
}

// lastingMonths is the number of months from which a negative balance is reported: the provider may have stopped, so that no
// later declaration settles it.
const lastingMonths = 3

// LastingDebts returns the balances that have been negative for three months or more, in the order of the payments.
func (h *ReportHead) LastingDebts() []Debt {
	open := make(map[creditor]*Debt)
	settle := func(who creditor, period billing.Period, net billing.Money) {
		debt := open[who]
		if debt == nil {
			debt = &Debt{Provider: who.provider, Municipality: who.municipality, Since: period}
			open[who] = debt
		}
		if debt.Balance += net; debt.Balance >= 0 {
			delete(open, who) // a positive balance is paid
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
