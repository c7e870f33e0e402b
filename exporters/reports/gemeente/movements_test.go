package gemeente

import (
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/exporters/reports/month"
)

// TestMovementExplained splits differences; the parts must always add up to the whole.
func TestMovementExplained(t *testing.T) {
	part := func(quantity billing.Quantity, amount billing.Money) (m month.Monthly) {
		m.Add(billing.Time, quantity, amount)
		return m
	}
	for _, test := range []struct {
		name                     string
		before, now              month.Monthly
		oldBefore, oldNow        billing.Money // care of earlier months
		byQuantity, byPrice, old billing.Money
	}{
		{"twice the care", part(6000, 100_00), part(12000, 200_00), 0, 0, 100_00, 0, 0},
		{"half the care", part(12000, 200_00), part(6000, 100_00), 0, 0, -100_00, 0, 0},
		{"another price", part(6000, 100_00), part(6000, 110_00), 0, 0, 0, 10_00, 0},
		{"more care at another price", part(6000, 100_00), part(12000, 220_00), 0, 0, 100_00, 20_00, 0},
		{"new", month.Monthly{}, part(6000, 100_00), 0, 0, 100_00, 0, 0},
		{"gone", part(6000, 100_00), month.Monthly{}, 0, 0, -100_00, 0, 0},
		{"late care", part(6000, 100_00), part(6000, 100_00), 0, 55_00, 0, 0, 55_00},
		{"corrections last time", part(6000, 100_00), part(6000, 100_00), -30_00, 0, 0, 0, 30_00},
		{"rounded", part(3, 100), part(2, 67), 0, 0, -33, 0, 0},
		{"lines that were rounded", part(6000, 100_00), part(12000, 200_03), 0, 0, 100_03, 0, 0},
	} {
		m := movement{
			before: test.before.Amount() + test.oldBefore, now: test.now.Amount() + test.oldNow, monthBefore: test.before, monthNow: test.now,
		}
		m.explain()
		if m.byQuantity != test.byQuantity || m.byPrice != test.byPrice || m.old != test.old {
			t.Errorf("%s: quantity %s, price %s, old %s; want %s, %s, %s", test.name, m.byQuantity, m.byPrice, m.old, test.byQuantity, test.byPrice, test.old)
		}
		if sum := m.byQuantity + m.byPrice + m.old; sum != m.difference() {
			t.Errorf("%s: parts %s, difference %s", test.name, sum, m.difference())
		}
	}
}

// TestMovementOfLargeAmounts multiplies numbers whose product does not fit in 64 bits.
func TestMovementOfLargeAmounts(t *testing.T) {
	if got := proportion(9_000_000_000_00, 4_000_000_000_00, 2_000_000_000_00); got != 18_000_000_000_00 {
		t.Errorf("got %s", got)
	}
}

// TestRestOfMovements checks the sum of the movements without a row of their own.
func TestRestOfMovements(t *testing.T) {
	rest := restOf([]*movement{
		{provider: "01000001", before: 1, now: 20, byQuantity: 300, byPrice: 4000, old: 50000}, {before: 2, now: 30, byQuantity: 400, byPrice: 5000, old: 60000},
	})
	if want := (movement{before: 3, now: 50, byQuantity: 700, byPrice: 9000, old: 110000, rest: true}); *rest != want {
		t.Errorf("got %+v, want %+v", *rest, want)
	}
}
