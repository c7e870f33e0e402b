package rules_test

import (
	"testing"

	"github.com/pxq-nl/pxq/billing"
)

// volume sets T1 to three hours per the frequency.
func (w *world) volume(frequency billing.Frequency) {
	w.referral.HasVolume, w.referral.Volume, w.referral.VolumeUnit, w.referral.Frequency = true, hours(3), billing.Time, frequency
}

// spread adds records on the first days of a month, of that many hours each.
func (w *world) spread(month string, each ...int) {
	for i, count := range each {
		r := w.add(month + "-01")
		r.First += billing.Date(i)
		r.Quantity = hours(count)
	}
}

// within is a T1 of three hours per the frequency.
func within(frequency billing.Frequency, change func(*world)) func(*world) {
	return func(w *world) { w.volume(frequency); change(w) }
}

func TestVolumeInTotal(t *testing.T) {
	run(t, []ruleTest{
		{"V02 in total", within(billing.InTotal, func(w *world) { w.spread("2026-01", 2, 1) }), "accepted; accepted"},
		{"V02 the next one no longer, a smaller one still", within(billing.InTotal, func(w *world) { w.spread("2026-01", 2, 2, 1) }), "accepted; rejected V02; accepted"},
		{"V02 in total without an end", within(billing.InTotal, func(w *world) { w.referral.End = 0; w.spread("2026-01", 2, 2) }), "accepted; rejected V02"},
		{"V02 over months, declared ones first", within(billing.InTotal, func(w *world) {
			w.spread("2025-12", 2)
			w.spread("2026-01", 2)
			w.client.Records[1].Declared = month("2026-01")
		}), "rejected T02 V02; accepted"},
		{"V02 what was declared before", within(billing.InTotal, func(w *world) { w.referral.DeclaredBefore = hours(2); w.spread("2026-01", 2, 1) }), "rejected V02; accepted"},
		{"V what is held uses no room", within(billing.InTotal, func(w *world) {
			w.spread("2026-01", 3, 3)
			w.client.Records[0].Municipality = "Goirle"
		}), "held R10; accepted"},
		{"V what was lifted uses room", within(billing.InTotal, func(w *world) {
			w.spread("2026-01", 3, 3)
			w.client.Records[0].Municipality = "Goirle"
			w.decide(w.client.Records[0], billing.R10, billing.Allow)
		}), "accepted R10; rejected V02"},
		{"V what was refused uses no room", within(billing.InTotal, func(w *world) {
			w.spread("2026-01", 3, 3)
			w.client.Records[0].Municipality = "Goirle"
			w.decide(w.client.Records[0], billing.R10, billing.Refuse)
		}), "rejected R10; accepted"},
		{"V after the period is not judged", within(billing.InTotal, func(w *world) { w.spread("2026-02", 9) }), "pending"},
		{"V takes out what was declared", within(billing.InTotal, func(w *world) { w.spread("2026-01", 4); w.client.Records[0].Declared = month("2026-01") }), "rejected V02"},
	})
}

func TestVolumePerTime(t *testing.T) {
	run(t, []ruleTest{
		{"V01 per month", within(billing.PerMonth, func(w *world) { w.spread("2026-01", 3, 1); w.spread("2025-12", 3) }), "accepted; rejected V01; accepted T02"},
		{"V01 per month, a partial one counts whole", within(billing.PerMonth, func(w *world) {
			w.referral.Start = day("2026-01-31")
			w.add("2026-01-31").Quantity = hours(3)
		}), "accepted"},
		{"V02 per month, whole months touched", within(billing.PerMonth, func(w *world) {
			w.referral.Start, w.referral.End, w.referral.DeclaredBefore = day("2025-12-31"), day("2026-01-01"), hours(4)
			w.add("2026-01-01").Quantity = hours(3)
			w.add("2026-01-01").Quantity = hours(2)
		}), "rejected V02; accepted U07"},
		{"V01 is not narrowed by what was declared before", within(billing.PerMonth, func(w *world) {
			w.referral.DeclaredBefore = hours(3)
			w.spread("2026-01", 3)
		}), "accepted"},
		{"V02 is not judged without an end", within(billing.PerMonth, func(w *world) {
			w.referral.End, w.referral.DeclaredBefore = 0, hours(9999)
			w.spread("2026-01", 3, 1)
		}), "accepted; rejected V01"},
		{"V01 per day: 31 days", within(billing.PerDay, func(w *world) { w.add("2026-01-10").Quantity = hours(93) }), "held L01"},
		{"V01 V02 both are given", within(billing.PerMonth, func(w *world) {
			w.referral.Start, w.referral.End = day("2026-01-01"), day("2026-01-31")
			w.spread("2026-01", 4)
		}), "rejected V01 V02"},
		{"V01 per day, in the part of the month", within(billing.PerDay, func(w *world) {
			w.referral.Start, w.referral.End = day("2026-01-30"), day("2026-03-31")
			w.add("2026-01-30").Quantity = hours(6)
			w.add("2026-01-31").Quantity = hours(1)
		}), "accepted; rejected V01"},
		{"V01 per week: five ISO weeks in January 2026", within(billing.PerWeek, func(w *world) { w.spread("2026-01", 9, 6, 1) }), "accepted; accepted; rejected V01"},
		{"V01 per week, from the referral's start", within(billing.PerWeek, func(w *world) {
			w.referral.Start = day("2026-01-05")
			w.add("2026-01-05").Quantity = hours(12)
			w.add("2026-01-06").Quantity = hours(1)
		}), "accepted; rejected V01"},
		{"V01 counts day-parts", within(billing.PerWeek, func(w *world) {
			w.referral.Product = "DAG"
			w.referral.VolumeUnit, w.referral.Volume = billing.Daypart, dayparts(1)
			for range 3 {
				r := w.add("2026-01-10")
				r.Product, r.Unit, r.Quantity = "DAG", billing.Daypart, dayparts(2)
				r.First += billing.Date(r.ID)
			}
		}), "accepted; accepted; rejected V01"},
	})
}

func TestBudget(t *testing.T) {
	of := func(budget billing.Money, change func(*world)) func(*world) {
		return func(w *world) { w.referral.HasBudget, w.referral.Budget = true, budget; change(w) }
	}
	run(t, []ruleTest{
		{"V03 just fits", of(19100, func(w *world) { w.spread("2026-01", 1, 1) }), "accepted; accepted"},
		{"V03 a cent too much", of(19099, func(w *world) { w.spread("2026-01", 1, 1) }), "accepted; rejected V03"},
		{"V03 what was declared before", of(19100, func(w *world) { w.referral.AmountBefore = 9551; w.spread("2026-01", 1) }), "rejected V03"},
		{"V03 unrounded", of(1114, func(w *world) { // 7 minutes are 11.141666…
			w.add("2026-01-10").Quantity = minutes(7)
		}), "rejected V03"},
		{"V03 a smaller one still", of(9550, func(w *world) { w.spread("2026-01", 2, 1) }), "rejected V03; accepted"},
		{"V02 V03 both are given", of(100, func(w *world) { w.volume(billing.InTotal); w.spread("2026-01", 4) }), "rejected V02 V03"},
		{"V03 day-parts", of(17999, func(w *world) {
			w.referral.Product = "DAG"
			for range 2 {
				r := w.add("2026-01-10")
				r.Product, r.Unit, r.Quantity = "DAG", billing.Daypart, dayparts(1)
				r.First += billing.Date(r.ID)
			}
		}), "accepted; rejected V03"},
		{"V03 a declared version counts at its last price", of(19049, func(w *world) {
			w.spread("2026-01", 1, 1)
			w.price().From = day("2026-01-02")
			w.client.Records[0].Declared, w.client.Records[0].DeclaredPrice = month("2026-01"), 9500
		}), "accepted P02; rejected V03"},
	})
}
