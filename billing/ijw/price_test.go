package ijw_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ijw"
)

// The golden values of TR418, TR346 and IV081: price per hour, minutes, price per minute, amount, all in cents.
func TestMinutesAtAPricePerHour(t *testing.T) {
	for _, test := range []struct {
		hour            billing.Price
		minutes, tariff int64
		amount          billing.Money
	}{
		{9550, 95, 159, 15121}, // not 15105, which is 159 × 95
		{9999, 7, 167, 1167},   // not 1169
		{9550, 9, 159, 1433},   // half a cent up
		{7560, 380, 126, 47880},
		{10000, 1, 167, 167},
		{9990, 60, 167, 9990}, // half a cent up
		{8730, 1, 146, 146},   // IV081: 1,455 is 1,46
		{8724, 1, 145, 145},   // IV081: 1,454 is 1,45
	} {
		if tariff, ok := ijw.TariffFor(test.hour, ijw.Minute); !ok || tariff != test.tariff {
			t.Errorf("TR418: %s an hour is %d a minute, want %d", test.hour, tariff, test.tariff)
		}
		if amount, ok := ijw.Due(test.hour, ijw.Minute, test.minutes); !ok || amount != test.amount {
			t.Errorf("TR346: %s an hour × %d minutes is %d, want %d", test.hour, test.minutes, amount, test.amount)
		}
	}
}

func TestOtherUnits(t *testing.T) {
	for _, unit := range []ijw.Unit{ijw.Hour, ijw.Daypart} {
		tariff, known := ijw.TariffFor(6882, unit)
		amount, ok := ijw.Due(6882, unit, 7)
		if !known || !ok || tariff != 6882 || amount != 48174 {
			t.Errorf("unit %s: %d, %d", unit, tariff, amount)
		}
	}
	for _, unit := range []ijw.Unit{ijw.FullDay, ijw.OutputOf, ijw.Euros, ijw.EffortsOf} {
		if _, ok := ijw.TariffFor(6882, unit); ok {
			t.Errorf("unit %s has a tariff", unit)
		}
		if _, ok := ijw.Due(6882, unit, 7); ok {
			t.Errorf("unit %s has a price", unit)
		}
	}
}

// The largest volume and price that a message and a book can hold still fit.
func TestDueIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		price := billing.Price(rapid.Int64Range(1, int64(billing.PriceMax)).Draw(t, "price"))
		volume := rapid.Int64Range(0, 99_999_999).Draw(t, "volume")
		whole := decimal.NewFromInt(int64(price)).Mul(decimal.NewFromInt(volume))
		for unit, want := range map[ijw.Unit]decimal.Decimal{
			ijw.Hour: whole, ijw.Daypart: whole, ijw.Minute: whole.DivRound(decimal.NewFromInt(60), 0),
		} {
			if got, ok := ijw.Due(price, unit, volume); !ok || int64(got) != want.IntPart() {
				t.Fatalf("%s × %d of unit %s: %d, want %s", price, volume, unit, got, want)
			}
		}
	})
}

func TestSettle(t *testing.T) {
	for _, test := range []struct {
		name                   string
		prices                 []billing.Price
		tariff, minutes, cents int64
		want                   ijw.Settlement
	}{
		{"as agreed", []billing.Price{9550}, 159, 95, 15121, ijw.Settlement{Price: 9550}},
		{"another tariff", []billing.Price{9550}, 160, 95, 15121, ijw.Settlement{Price: 9550, WrongTariff: true}},
		{"another amount: minutes × the price per minute", []billing.Price{9550}, 159, 95, 15105, ijw.Settlement{Price: 9550, WrongAmount: true}},
		{"both", []billing.Price{9550}, 160, 95, 15200, ijw.Settlement{Price: 9550, WrongTariff: true, WrongAmount: true}},
		{"the second price of the month", []billing.Price{9550, 9999}, 167, 7, 1167, ijw.Settlement{Price: 9999}},
		{"none of two: the first", []billing.Price{9550, 9999}, 1, 95, 15121, ijw.Settlement{Price: 9550, WrongTariff: true}},
		{"S18: two prices of one tariff, the amount decides", []billing.Price{9550, 9560}, 159, 95, 15137, ijw.Settlement{Price: 9560}},
		{"S18: neither gives the amount, the earliest", []billing.Price{9550, 9560}, 159, 95, 1, ijw.Settlement{Price: 9550, WrongAmount: true}},
		{"S18: after one of another tariff", []billing.Price{9000, 9560, 9550}, 159, 95, 1, ijw.Settlement{Price: 9560, WrongAmount: true}},
	} {
		p := debit("R1", 300201, test.minutes, test.cents)
		p.Tariff = ijw.NumberOf(test.tariff)
		if got, ok := p.Settle(test.prices); !ok || got != test.want {
			t.Errorf("%s: got %+v, want %+v", test.name, got, test.want)
		}
	}
	p := debit("R1", 300201, 95, 15121)
	if _, ok := p.Settle(nil); ok {
		t.Error("settled without a price")
	}
	if p.Unit = ijw.FullDay; true {
		if _, ok := p.Settle([]billing.Price{9550}); ok {
			t.Error("full days are settled")
		}
	}
}
