package billing_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/pxq-nl/pxq/billing"
)

func minutes(count int) billing.Quantity { return billing.Quantity(count) * 100 }

func hours(count int) billing.Quantity { return billing.Quantity(count) * 6000 }

func TestQuantityOf(t *testing.T) {
	for _, test := range []struct {
		text    string
		perUnit int64
		want    billing.Quantity
	}{
		{"1.25", 60, 7500}, {"1.33333333333333", 60, 8000}, {"0.0001", 60, 1}, {"0.00008333", 60, 0}, {"0.00008334", 60, 1},
		{"95", 1, 9500}, {"0.005", 1, 1}, {"0.0049", 1, 0}, {"1.5", 1, 150}, {"99999", 60, 599_994_000},
	} {
		if got := billing.QuantityOf(decimal.RequireFromString(test.text), test.perUnit); got != test.want {
			t.Errorf("%s × %d is %d, want %d", test.text, test.perUnit, got, test.want)
		}
	}
}

func TestQuantityFormat(t *testing.T) {
	for _, test := range []struct {
		quantity billing.Quantity
		unit     billing.Unit
		want     string
	}{
		{22000, billing.Time, "3.6667"}, {6000, billing.Time, "1.0000"}, {1, billing.Time, "0.0002"}, {8000, billing.Time, "1.3333"}, {3, billing.Time, "0.0005"},
		{150, billing.Daypart, "1.50"}, {1, billing.Daypart, "0.01"}, {100, billing.NoUnit, ""},
	} {
		if got := test.quantity.Format(test.unit); got != test.want {
			t.Errorf("%d %s is written %q, want %q", test.quantity, test.unit, got, test.want)
		}
	}
}

// The golden values: a rounded minute price would give 151.05 and 11.69.
func TestTimes(t *testing.T) {
	for _, test := range []struct {
		price    billing.Price
		quantity billing.Quantity
		unit     billing.Unit
		want     string
	}{
		{9550, minutes(95), billing.Time, "151.21"}, {9999, minutes(7), billing.Time, "11.67"}, {10000, minutes(1), billing.Time, "1.67"},
		{7560, minutes(380), billing.Time, "478.80"}, {7560, hours(6), billing.Time, "453.60"}, {9123, minutes(193), billing.Time, "293.46"},
		{1, 3000, billing.Time, "0.01"}, {1, 2999, billing.Time, "0.00"}, {9000, 150, billing.Daypart, "135.00"}, {1, 50, billing.Daypart, "0.01"},
		{1, 49, billing.Daypart, "0.00"}, {1, -3000, billing.Time, "-0.01"},
	} {
		if got := test.price.Times(test.quantity, test.unit).String(); got != test.want {
			t.Errorf("%s × %s %s is %s, want %s", test.price, test.quantity.Format(test.unit), test.unit, got, test.want)
		}
	}
}

func units() *rapid.Generator[billing.Unit] {
	return rapid.SampledFrom([]billing.Unit{billing.Time, billing.Daypart})
}

// Price × quantity is what exact decimals give, up to the largest of both.
func TestTimesEqualsDecimal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		price := billing.Price(rapid.Int64Range(1, int64(billing.PriceMax)).Draw(t, "price"))
		unit := units().Draw(t, "unit")
		quantity := billing.Quantity(rapid.Int64Range(-1, billing.QuantityMax*unit.PerWhole()).Draw(t, "quantity"))
		want := price.Decimal().Mul(decimal.NewFromInt(int64(quantity))).DivRound(decimal.NewFromInt(unit.PerWhole()), 2)
		if got := price.Times(quantity, unit); !got.Decimal().Equal(want) || got.String() != want.StringFixed(2) {
			t.Fatalf("%s × %d is %s, want %s", price, quantity, got, want)
		}
		if exact := price.Unrounded(quantity, unit); exact*unit.PerWhole() != int64(price)*int64(quantity)*billing.BudgetScale {
			t.Fatalf("%s × %d is %d unrounded", price, quantity, exact)
		}
	})
}

// What a line takes back is what it gave.
func TestTimesIsSymmetric(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		price := billing.Price(rapid.Int64Range(1, int64(billing.PriceMax)).Draw(t, "price"))
		unit := units().Draw(t, "unit")
		quantity := billing.Quantity(rapid.Int64Range(0, billing.QuantityMax*unit.PerWhole()).Draw(t, "quantity"))
		if price.Times(quantity, unit)+price.Times(-quantity, unit) != 0 {
			t.Fatalf("%s × ±%d is not 0", price, quantity)
		}
	})
}

func TestMoneyString(t *testing.T) {
	for cents, want := range map[billing.Money]string{0: "0.00", 5: "0.05", -5: "-0.05", 123456: "1234.56", -100: "-1.00"} {
		if got := cents.String(); got != want || cents.Decimal().StringFixed(2) != want {
			t.Errorf("%d is written %q, want %q", int64(cents), got, want)
		}
	}
}
