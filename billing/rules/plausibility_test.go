package rules_test

import (
	"slices"
	"testing"

	"github.com/pxq-nl/pxq/billing"
)

func TestTooMuchInADay(t *testing.T) {
	// Twelve hours in two records.
	day12 := func(change func(w *world, a, b *billing.Record)) func(*world) {
		return func(w *world) {
			a, b := w.add("2026-01-10"), w.add("2026-01-10")
			a.Quantity, b.Quantity = hours(5), hours(7)
			change(w, a, b)
		}
	}
	stay := func(w *world, r *billing.Record, product string) {
		w.refer("T"+product, product, "2025-06-01", "").CoordinationPoint = "CP-1"
		r.Product, r.ReferralNumber = product, "T"+product
	}
	run(t, []ruleTest{
		{"L01 twelve hours", day12(func(w *world, a, b *billing.Record) {}), "accepted; accepted U07"},
		{"L01 more, all of them", day12(func(w *world, a, b *billing.Record) { b.Quantity++ }), "held L01; held L01 U07"},
		{"L01 over products", day12(func(w *world, a, b *billing.Record) { b.Quantity++; stay(w, b, "BEH") }), "held L01; held L01"},
		{"L01 without forms of living", day12(func(w *world, a, b *billing.Record) { b.Quantity = hours(24); stay(w, b, "HUIS") }), "accepted; accepted"},
		{"L01 another day", day12(func(w *world, a, b *billing.Record) { b.Quantity++; b.First++ }), "accepted; accepted"},
		{"L01 another provider", day12(func(w *world, a, b *billing.Record) {
			w.refer("T2", "BEG", "2025-12-01", "").Provider = there
			b.Quantity, b.Provider, b.ReferralNumber = hours(8), there, "T2"
		}), "accepted; accepted"},
		{"L01 a rejected one does not count", day12(func(w *world, a, b *billing.Record) { b.Quantity++; b.ReferralNumber = "T9" }), "accepted; rejected R01"},
		{"L01 what was declared counts, and is not held", day12(func(w *world, a, b *billing.Record) { b.Quantity++; b.Declared = month("2025-12") }), "held L01 U07; accepted"},
		{"L01 only on what counts: not on a rejected one, nor on a form of living", day12(func(w *world, a, b *billing.Record) {
			b.Quantity = hours(13)
			a.ReferralNumber = "T9"
			c := w.add("2026-01-10")
			stay(w, c, "HUIS")
		}), "rejected R01; held L01; accepted"},
		{"L01 day-parts are not hours", day12(func(w *world, a, b *billing.Record) {
			stay(w, b, "DAG")
			b.Unit, b.Quantity = billing.Daypart, dayparts(3)
		}), "accepted; accepted"},
		{"L02 more than three day-parts, all of them", day12(func(w *world, a, b *billing.Record) {
			stay(w, a, "DAG")
			b.Product, b.ReferralNumber = a.Product, a.ReferralNumber
			a.Unit, a.Quantity, b.Unit, b.Quantity = billing.Daypart, dayparts(1), billing.Daypart, dayparts(2)+1
		}), "held L02; held L02 U07"},
		{"L02 three day-parts", day12(func(w *world, a, b *billing.Record) {
			stay(w, a, "DAG")
			b.Product, b.ReferralNumber = a.Product, a.ReferralNumber
			a.Unit, a.Quantity, b.Unit, b.Quantity = billing.Daypart, dayparts(1), billing.Daypart, dayparts(2)
		}), "accepted; accepted U07"},
		{"L02 without forms of living", day12(func(w *world, a, b *billing.Record) {
			stay(w, a, "HUIS")
			a.Unit, a.Quantity = billing.Daypart, dayparts(6)
		}), "accepted; accepted"},
	})
}

func TestOverlappingTimes(t *testing.T) {
	two := func(start, end string, change func(w *world, a, b *billing.Record)) func(*world) {
		return func(w *world) {
			a, b := w.add("2026-01-10"), w.add("2026-01-10")
			a.Start, a.End = clock("09:00"), clock("10:00")
			b.Start, b.End = clock(start), clock(end)
			b.Quantity++
			change(w, a, b)
		}
	}
	nothing := func(w *world, a, b *billing.Record) {}
	run(t, []ruleTest{
		{"L03 overlaps", two("09:59", "11:00", nothing), "accepted; held L03"},
		{"L03 touches", two("10:00", "11:00", nothing), "accepted; accepted"},
		{"L03 touches before", two("08:00", "09:00", nothing), "accepted; accepted"},
		{"L03 the earlier start is the earlier", two("08:00", "09:01", nothing), "held L03; accepted"},
		{"L03 inside", two("09:15", "09:45", nothing), "accepted; held L03"},
		{"L03 until 24:00", two("23:00", "24:00", func(w *world, a, b *billing.Record) { a.Start, a.End = clock("23:30"), clock("24:00") }), "held L03; accepted"},
		{"L03 without times", two("09:00", "10:00", func(w *world, a, b *billing.Record) { b.Start, b.End = 0, 0 }), "accepted U07; accepted"},
		{"L03 past midnight", two("08:00", "08:30", func(w *world, a, b *billing.Record) {
			a.Start, a.End = clock("22:00"), clock("08:15")
			b.First++
		}), "accepted; held L03"},
		{"L03 past midnight, until the other begins", two("08:00", "08:30", func(w *world, a, b *billing.Record) {
			a.Start, a.End = clock("22:00"), clock("08:00")
			b.First++
		}), "accepted; accepted"},
		{"L03 past midnight, earlier that day", two("08:00", "21:00", func(w *world, a, b *billing.Record) { a.Start, a.End = clock("20:30"), clock("05:00") }), "held L03; accepted"},
		{"L03 past midnight, what was declared is of the day after", two("08:00", "08:30", func(w *world, a, b *billing.Record) {
			a.Start, a.End = clock("22:00"), clock("08:15")
			b.First++
			b.Declared = month("2025-12")
		}), "held L03; accepted"},
		{"L03 past midnight is no day longer", two("06:00", "07:00", func(w *world, a, b *billing.Record) {
			a.Start, a.End = clock("22:00"), clock("05:00")
			b.First += 2
		}), "accepted; accepted"},
		{"L03 another day", two("09:00", "10:00", func(w *world, a, b *billing.Record) { b.First++ }), "accepted; accepted"},
		{"L03 another provider", two("09:00", "10:00", func(w *world, a, b *billing.Record) {
			w.refer("T2", "BEG", "2025-12-01", "").Provider = there
			b.Provider, b.ReferralNumber = there, "T2"
		}), "accepted; accepted"},
		{"L03 a rejected one does not count", two("09:00", "10:00", func(w *world, a, b *billing.Record) { a.ReferralNumber = "T9" }), "rejected R01; accepted"},
		{"L03 what was declared is the earlier in order, and begins where the other ends", two("10:00", "11:00", func(w *world, a, b *billing.Record) { b.Declared = month("2025-12") }), "accepted; accepted"},
		{"L03 what was declared is the earlier in order, and begins after the other", two("15:00", "16:00", func(w *world, a, b *billing.Record) { b.Declared = month("2025-12") }), "accepted; accepted"},
		{"L03 what was declared is the earlier", two("09:30", "10:30", func(w *world, a, b *billing.Record) { b.Declared = month("2025-12") }), "held L03; accepted"},
		{"L03 three, with one of the earlier ones", two("09:30", "10:30", func(w *world, a, b *billing.Record) {
			c := w.add("2026-01-10")
			c.Start, c.End = clock("10:15"), clock("11:00")
		}), "accepted; held L03; held L03"},
	})
}

func TestTooLittleTime(t *testing.T) {
	run(t, []ruleTest{
		{"L04 under five minutes", func(w *world) { w.add("2026-01-10").Quantity = minutes(5) - 1 }, "accepted L04"},
		{"L04 five minutes", func(w *world) { w.add("2026-01-10").Quantity = minutes(5) }, "accepted"},
		{"L04 by the policy", func(w *world) {
			w.run.Policy.MinMinutes = 10
			w.add("2026-01-10").Quantity = minutes(9)
		}, "accepted L04"},
		{"L04 not on day-parts", func(w *world) {
			w.refer("T2", "DAG", "2025-06-01", "")
			r := w.add("2026-01-10")
			r.ReferralNumber, r.Product, r.Unit, r.Quantity = "T2", "DAG", billing.Daypart, 1
		}, "accepted"},
		{"L04 on what was declared too", func(w *world) {
			r := w.add("2026-01-10")
			r.Quantity, r.Declared = minutes(1), month("2025-12")
		}, "accepted L04"},
	})
}

// Of several records with which one overlaps, the first in order is named, on whichever of the three days they begin.
func TestOverlapNamesTheFirst(t *testing.T) {
	w := newWorld()
	for _, at := range []struct{ day, reference, start, end string }{
		{"2026-01-10", "NIGHT", "22:00", "08:15"}, {"2026-01-11", "EARLY", "07:00", "08:10"}, {"2026-01-11", "LAST", "08:00", "09:00"},
	} {
		r := w.add(at.day)
		r.Reference, r.Start, r.End = at.reference, clock(at.start), clock(at.end)
	}
	_, cases := w.judge()
	for i := range cases {
		c := &cases[i]
		if c.Record.Reference != "LAST" {
			continue
		}
		found := slices.IndexFunc(c.Findings, func(f billing.Finding) bool { return f.Code == billing.L03 })
		if found < 0 || c.Findings[found].Values[2] != "NIGHT" {
			t.Errorf("LAST: %v, want L03 that names NIGHT", c.Findings)
		}
	}
}
