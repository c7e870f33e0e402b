package batch

import "github.com/pxq-nl/pxq/billing"

// Debt is a negative balance of a provider with a municipality. It is settled with what the provider declares next; of one
// that declares nothing any more it stays, and somebody has to ask for it.
type Debt struct {
	Provider, Municipality string
	Balance                billing.Money  // negative
	Since                  billing.Period // of which the declaration left it negative first
}

// lastingMonths is in which month a negative balance is named.
const lastingMonths = 3

// LastingDebts returns the balances that the declarations of three months or more in a row left negative, in the order of
// the payments.
func (h *ReportHead) LastingDebts() []Debt {
	open := make(map[creditor]*Debt)
	settle := func(who creditor, period billing.Period, net billing.Money) {
		debt := open[who]
		if debt == nil {
			debt = &Debt{Provider: who.provider, Municipality: who.municipality, Since: period}
			open[who] = debt
		}
		if debt.Balance += net; debt.Balance >= 0 {
			delete(open, who)
		}
	}
	sums := make(map[creditor]billing.Money)
	at := billing.Period(0)
	settleAll := func() {
		for who, net := range sums {
			settle(who, at, net)
		}
		clear(sums)
	}
	for _, total := range h.Earlier { // by period
		if total.Period != at {
			settleAll()
			at = total.Period
		}
		sums[creditor{total.Provider, total.Municipality}] += total.Amount
	}
	settleAll()
	var lasting []Debt
	for _, payment := range h.Payments {
		who := creditor{payment.Provider, payment.Municipality}
		settle(who, h.Period, payment.Net)
		if debt := open[who]; debt != nil && h.Period >= debt.Since.Add(lastingMonths-1) {
			lasting = append(lasting, *debt)
		}
	}
	return lasting
}
