package batch

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// paymentDays is how many days after the close a declaration is paid.
const paymentDays = 30

// money fills in the payments of the period, the totals of earlier ones and the ceilings.
func (b *Batch) money(ctx context.Context, head *ReportHead, run ledger.Run, _ sinceClose) error {
	earlier, err := b.Store.ClosedTotals(ctx, run.Month())
	if err != nil {
		return err
	}
	now, err := b.Store.LineTotals(ctx, run)
	if err != nil {
		return err
	}
	due := billing.Date(0)
	if run.Closed() {
		due = billing.Date(run.ClosedOn).AddDays(paymentDays)
	}
	head.Payments = Payments(run.Month(), earlier, now, due)
	for _, t := range earlier {
		head.Earlier = append(head.Earlier, EarlierTotal{
			Period: billing.Period(t.Period), Municipality: t.Municipality, Provider: t.Provider, Product: t.Product,
			Unit: billing.Unit(t.Unit), CareMonth: billing.Period(t.CareMonth), Quantity: billing.Quantity(t.Quantity), Amount: billing.Money(t.Amount),
		})
	}
	return b.ceilings(ctx, head, run, now)
}

type creditor struct{ provider, municipality string }

// Payments says what is to be paid in a period: what is declared now and what earlier periods left negative.
// A negative sum is carried over to the next period of that provider and municipality.
func Payments(period billing.Period, earlier, now []ledger.LineTotal, due billing.Date) []Payment {
	carried := make(map[creditor]billing.Money)
	sums := make(map[creditor]billing.Money)
	last := int32(0)
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
		sums[creditor{total.Provider, total.Municipality}] += billing.Money(total.Amount)
	}
	settle()
	payments := make(map[creditor]*Payment)
	at := func(who creditor) *Payment {
		if payments[who] == nil {
			payments[who] = &Payment{Provider: who.provider, Municipality: who.municipality, CarriedOver: carried[who], Due: due}
		}
		return payments[who]
	}
	for _, total := range now {
		payment := at(creditor{total.Provider, total.Municipality})
		if billing.LineKind(total.Kind) == billing.Credit {
			payment.Credit += billing.Money(total.Amount)
		} else {
			payment.Debit += billing.Money(total.Amount)
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
