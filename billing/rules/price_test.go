package rules_test

import (
	"testing"

	"github.com/shopspring/decimal"

	"github.com/pxq-nl/pxq/billing"
)

func TestPriceRules(t *testing.T) {
	given := func(change func(w *world, r *billing.Record)) func(*world) {
		return func(w *world) { change(w, w.add("2026-01-10")) }
	}
	claim := func(text string) *decimal.Decimal {
		amount := decimal.RequireFromString(text)
		return &amount
	}
	gap := func(w *world) { w.price().To = day("2026-01-09") }
	run(t, []ruleTest{
		{"P01 then no P02", given(func(w *world, r *billing.Record) { r.Unit = billing.Daypart }), "rejected P01"},
		{"P01 then no P03 and P04", given(func(w *world, r *billing.Record) {
			r.Unit, r.ClaimedPrice, r.ClaimedAmount = billing.Daypart, claim("1"), claim("1")
		}), "rejected P01"},
		{"P02 the day after the price, then no P03 and P04", given(func(w *world, r *billing.Record) {
			gap(w)
			r.ClaimedPrice, r.ClaimedAmount = claim("1"), claim("1")
		}), "held P02"},
		{"P02 on its last day", given(func(w *world, r *billing.Record) { w.price().To = r.First }), "accepted"},
		{"P02 the day before the price", given(func(w *world, r *billing.Record) { w.price().From = r.First + 1 }), "held P02"},
		{"P02 on its first day", given(func(w *world, r *billing.Record) { w.price().From = r.First }), "accepted"},
		{"P02 another provider's price", given(func(w *world, r *billing.Record) { w.price().Provider = there }), "held P02"},
		{"P02 the provider's own price", given(func(w *world, r *billing.Record) { w.price().Provider = here }), "accepted"},
		{"P02 akkoord does not lift it", given(func(w *world, r *billing.Record) { gap(w); w.decide(r, billing.P02, billing.Allow) }), "held P02"},
		{"P02 afwijzen rejects it", given(func(w *world, r *billing.Record) { gap(w); w.decide(r, billing.P02, billing.Refuse) }), "rejected P02"},
		{"P02 does not shake what was declared", given(func(w *world, r *billing.Record) {
			gap(w)
			r.Declared, r.DeclaredPrice = month("2025-12"), 9000
		}), "accepted P02"},
		{"P02 afwijzen rejects what was declared", given(func(w *world, r *billing.Record) {
			gap(w)
			r.Declared, r.DeclaredPrice = month("2025-12"), 9000
			w.decide(r, billing.P02, billing.Refuse)
		}), "rejected P02"},
		{"P03 another price", given(func(w *world, r *billing.Record) { r.ClaimedPrice = claim("95.5001") }), "accepted P03"},
		{"P03 the price, in more decimals", given(func(w *world, r *billing.Record) { r.ClaimedPrice = claim("95.5000") }), "accepted"},
		{"P04 another amount", given(func(w *world, r *billing.Record) { r.Quantity, r.ClaimedAmount = minutes(95), claim("151.05") }), "accepted P04"},
		{"P04 the amount", given(func(w *world, r *billing.Record) { r.Quantity, r.ClaimedAmount = minutes(95), claim("151.21") }), "accepted"},
		{"P04 exact minutes, also in whole hours", given(func(w *world, r *billing.Record) {
			w.refer("T2", "HEEL", "2025-06-01", "")
			r.ReferralNumber, r.Product, r.Quantity, r.ClaimedAmount = "T2", "HEEL", minutes(95), claim("119.70")
		}), "accepted"},
	})
}

// The price: the provider's own before the region's, and for a declared version without one its last.
func TestPriceOfRecord(t *testing.T) {
	w := newWorld()
	w.run.Book.Prices = append(w.run.Book.Prices,
		billing.PriceRow{Product: "BEG", Unit: billing.Time, Provider: here, Price: 9600, From: day("2026-01-10"), To: day("2026-01-10")})
	for _, date := range []string{"2026-01-09", "2026-01-10", "2026-01-11"} {
		w.add(date)
	}
	_, cases := w.judge()
	for i, want := range []billing.Price{9550, 9600, 9550} {
		if cases[i].Price != want {
			t.Errorf("record %d has price %s, want %s", i+1, cases[i].Price, want)
		}
	}
	w = newWorld()
	r := w.add("2026-01-10")
	w.price().To = day("2026-01-09")
	r.Declared, r.DeclaredPrice = month("2025-12"), 9000
	if judgement, _ := w.judge(); len(judgement.Target) != 1 || judgement.Target[0].Amount != 9000 {
		t.Errorf("a declared version without a price: %+v", judgement.Target)
	}
}
