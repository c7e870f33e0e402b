package report

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// paymentDays is the number of days after the close within which a declaration is paid.
const paymentDays = 30

// money fills in the payments of the period, the totals of earlier ones and the ceilings.
func (g *gathering) money(ctx context.Context) error {
	now, err := g.tx.LineTotals(ctx, g.run)
	if err != nil {
		return err
	}
	earlier, err := g.tx.ClosedTotals(ctx, g.run.Month())
	if err != nil {
		return err
	}
	g.pay(earlier, now)
	return g.ceilings(ctx, now)
}

// pay fills in the payments and the totals of earlier periods.
func (g *gathering) pay(earlier, now []ledger.LineTotal) {
	due := billing.Date(0)
	if g.run.Closed() {
		due = g.run.ClosedOn.AddDays(paymentDays)
	}
	g.head.Payments = Payments(earlier, now, due)
	g.addEarlier(earlier)
}

// earlier fills in the totals of earlier periods.
func (g *gathering) earlier(ctx context.Context) error {
	earlier, err := g.tx.ClosedTotals(ctx, g.run.Month())
	g.addEarlier(earlier)
	return err
}

func (g *gathering) addEarlier(earlier []ledger.LineTotal) {
	for _, t := range earlier {
		g.head.Earlier = append(g.head.Earlier, EarlierTotal{
			Period: t.Period, Municipality: t.Municipality, Provider: t.Provider, Product: t.Product,
			Unit: t.Unit, CareMonth: t.CareMonth, Quantity: t.Quantity, Amount: t.Amount,
		})
	}
}

type creditor struct{ provider, municipality string }

// Payments returns the payments of a period, which settle the declaration of now with the negative balances of earlier
// periods. earlier must be in order of period. A negative sum is carried over to the next period of the provider and
// municipality.
func Payments(earlier, now []ledger.LineTotal, due billing.Date) []Payment {
	carried := carriedOver(earlier)
	payments := make(map[creditor]*Payment)
	at := func(who creditor) *Payment {
		if payments[who] == nil {
			payments[who] = &Payment{Provider: who.provider, Municipality: who.municipality, CarriedOver: carried[who], Due: due}
		}
		return payments[who]
	}
	for _, total := range now {
		payment := at(creditor{total.Provider, total.Municipality})
		if total.Kind == billing.Credit {
			payment.Credit += total.Amount
		} else {
			payment.Debit += total.Amount
		}
	}
	for who, sum := range carried {
		if sum != 0 {
			at(who)
		}
	}
	list := make([]Payment, 0, len(payments))
	for _, payment := range payments {
		payment.Net = payment.Debit + payment.Credit
		payment.ToPay = max(0, payment.Net+payment.CarriedOver)
		list = append(list, *payment)
	}
	slices.SortFunc(list, func(a, b Payment) int {
		return cmp.Or(strings.Compare(a.Provider, b.Provider), strings.Compare(a.Municipality, b.Municipality))
	})
	return list
}

// carriedOver returns the balances that the declarations of earlier periods left, 0 or negative since positive ones were
// paid.
func carriedOver(earlier []ledger.LineTotal) map[creditor]billing.Money {
	carried := make(map[creditor]billing.Money)
	sums := make(map[creditor]billing.Money)
	last := billing.Period(0)
	settle := func() {
		for who, sum := range sums {
			carried[who] = min(0, carried[who]+sum)
		}
		clear(sums)
	}
	for _, total := range earlier { // by period
		if total.Period != last {
			settle()
			last = total.Period
		}
		sums[creditor{total.Provider, total.Municipality}] += total.Amount
	}
	settle()
	return carried
}

// ceilings fills in every contract with a ceiling, for the calendar years of the declaration, whose lines add up to totals.
func (g *gathering) ceilings(ctx context.Context, totals []ledger.LineTotal) error {
	first := g.run.Month()
	for _, total := range totals {
		first = min(first, total.CareMonth)
	}
	first = billing.PeriodOf(first.Year(), 1)
	spendings, err := g.tx.Spendings(ctx, g.run, first, g.head.Book.SplitMonths(first, g.run.Month()))
	if err != nil {
		return err
	}
	g.head.Ceilings = billing.Ceilings(g.head.Book, spendings, g.run.Month())
	return nil
}
