package rules_test

import (
	"testing"

	"github.com/pxq-nl/pxq/billing"
)

// corrected adds a record that was declared in December and a newer version of it; the standing one comes first.
func corrected(change func(w *world, standing, newer *billing.Record)) func(*world) {
	return func(w *world) {
		w.run.Period = month("2026-02")
		standing := w.add("2026-01-10")
		standing.Declared, standing.DeclaredPrice, standing.Standing = month("2026-01"), 9550, true
		newer := w.add("2026-01-10")
		newer.Reference, newer.Version, newer.Newer = standing.Reference, 2, true
		newer.HasPrior, newer.PriorUnit, newer.PriorQuantity = true, standing.Unit, standing.Quantity
		change(w, standing, newer)
	}
}

// While the newer version is rejected or held, the declared one keeps the outcome accepted; it becomes replaced once the
// newer one is accepted or pending.
func TestStanding(t *testing.T) {
	run(t, []ruleTest{
		{"the newer one is accepted", corrected(func(_ *world, _, n *billing.Record) { n.Quantity = hours(2) }), "replaced; accepted T02"},
		{"the newer one is held", corrected(func(_ *world, _, n *billing.Record) { n.Municipality = "Goirle" }), "accepted; held R10 T02"},
		{"the newer one is rejected", corrected(func(_ *world, _, n *billing.Record) { n.ReferralNumber = "T9" }), "accepted; rejected R01 T02"},
		{"the newer one cannot be read by the book", corrected(func(_ *world, _, n *billing.Record) { n.Product = "XXX" }), "accepted; rejected F07"},
		{"the newer one waits", corrected(func(_ *world, s, n *billing.Record) { s.First, n.First = day("2026-03-10"), day("2026-03-11") }), "replaced; pending"},
		{"the hold on the newer one was accepted", corrected(func(w *world, _, n *billing.Record) {
			n.Municipality = "Goirle"
			w.decide(n, billing.R10, billing.Allow)
			w.client.Decisions[0].Version = 2
		}), "replaced; accepted R10 T02"},
		{"the newer one was refused", corrected(func(w *world, _, n *billing.Record) {
			n.Municipality = "Goirle"
			w.decide(n, billing.R10, billing.Refuse)
			w.client.Decisions[0].Version = 2
		}), "accepted; rejected R10 T02"},
		// The standing version is itself judged like any declared one.
		{"a hold on the standing one does not hold it", corrected(func(_ *world, s, n *billing.Record) { s.Municipality, n.Municipality = "Goirle", "Goirle" }),
			"accepted R10; held R10 T02"},
		{"a reject on the standing one, the newer one held", corrected(func(_ *world, s, n *billing.Record) { s.ReferralNumber, n.Municipality = "T9", "Goirle" }),
			"rejected R01; held R10 T02"},
		{"a reject on the standing one, the newer one accepted", corrected(func(_ *world, s, _ *billing.Record) { s.ReferralNumber = "T9" }), "replaced; accepted T02"},
		{"the standing one was refused", corrected(func(w *world, s, n *billing.Record) {
			s.Municipality, n.ReferralNumber = "Goirle", "T9"
			w.decide(s, billing.R10, billing.Refuse)
		}), "rejected R10; rejected R01 T02"},
		{"no price any more: the one at which it was declared", corrected(func(w *world, _, _ *billing.Record) { w.run.Book.Prices = nil }), "accepted P02; held P02 T02"},
		{"the newer one came too late and raises", corrected(func(_ *world, _, n *billing.Record) { n.Quantity, n.Received = hours(2), day("2026-05-01") }), "accepted; held T02 T04"},
		{"known by the same number", corrected(func(_ *world, s, n *billing.Record) { s.Reference, n.Reference = "007", "7" }), "replaced; accepted T02"},
	})
}

// U04–U06.
func TestVersionsThatAskForAttention(t *testing.T) {
	run(t, []ruleTest{
		{"U04 another care month", corrected(func(_ *world, _, n *billing.Record) { n.First = day("2026-02-02") }), "accepted; held U04"},
		{"U04 accepted by a controller", corrected(func(w *world, _, n *billing.Record) {
			n.First = day("2026-02-02")
			w.decide(n, billing.U04, billing.Allow)
			w.client.Decisions[0].Version = 2
		}), "replaced; accepted U04"},
		{"the same care month", corrected(func(_ *world, _, n *billing.Record) { n.First = day("2026-01-31") }), "replaced; accepted T02"},
		{"another care month, nothing stands", func(w *world) { w.add("2026-01-10").Newer = true }, "accepted"},
		{"U05 another client before it", func(w *world) { w.add("2026-01-10").PriorOtherClient = true }, "accepted U05"},
		{"U05 no longer once it was declared", func(w *world) {
			r := w.add("2026-01-10")
			r.PriorOtherClient, r.Declared = true, month("2025-12")
		}, "accepted"},
		{"U05 not on an ambiguous row", func(w *world) {
			r := w.add("2026-01-10")
			r.PriorOtherClient, r.Ambiguous = true, true
		}, "rejected U01"},
		{"U06 seen before", func(w *world) { w.add("2026-01-10").SeenBefore = true }, "held U06"},
		{"U06 accepted by a controller", func(w *world) {
			r := w.add("2026-01-10")
			r.SeenBefore = true
			w.decide(r, billing.U06, billing.Allow)
		}, "accepted U06"},
		{"U06 on a declared version does not hold it", func(w *world) {
			r := w.add("2026-01-10")
			r.SeenBefore, r.Declared = true, month("2025-12")
		}, "accepted U06"},
		{"U06 not on an ambiguous row", func(w *world) {
			r := w.add("2026-01-10")
			r.SeenBefore, r.Ambiguous = true, true
		}, "rejected U01"},
		{"U06 of the content that stands", corrected(func(_ *world, _, n *billing.Record) { n.SeenBefore = true }), "accepted; held T02 U06"},
		// U03: the row carries no other finding.
		{"U03", func(w *world) {
			r := w.add("2026-01-10")
			r.Findings = []billing.Finding{{Code: billing.F11, Field: billing.FieldClaimedPrice, Values: []string{"x"}}, {Code: billing.U03, Values: []string{"A-1"}}}
			r.Product, r.Municipality, r.ReferralNumber = "XXX", "Atlantis", "T9"
		}, "rejected U03"},
	})
}

// Where records are looked at together one of the two counts: the newer, unless it has a reject from F, U01, R, C, P or A;
// then the standing one.
func TestOneOfTheTwoCounts(t *testing.T) {
	beside := func(quantity billing.Quantity, date string, change func(w *world, s, n, other *billing.Record)) func(*world) {
		return corrected(func(w *world, s, n *billing.Record) {
			other := w.add(date)
			other.Quantity = quantity
			change(w, s, n, other)
		})
	}
	run(t, []ruleTest{
		{"U02 of the newer one, not of the standing one", beside(hours(2), "2026-01-10", func(_ *world, _, n, _ *billing.Record) { n.Quantity = hours(2) }),
			"replaced; accepted T02; held T02 U02"},
		{"no U02 of the standing one while the newer one counts", beside(hours(1), "2026-01-10", func(_ *world, _, n, _ *billing.Record) { n.First = day("2026-01-11") }),
			"replaced; accepted T02; accepted T02"},
		{"U02 of the standing one once the newer one is rejected", beside(hours(1), "2026-01-10", func(_ *world, _, n, _ *billing.Record) {
			n.Quantity, n.ReferralNumber = hours(2), "T9"
		}), "accepted; rejected R01 T02; held T02 U02"},
		{"the newer one is held and counts", beside(hours(2), "2026-01-10", func(_ *world, _, n, _ *billing.Record) {
			n.Quantity, n.Municipality = hours(2), "Goirle"
		}), "accepted; held R10 T02; held T02 U02"},
		{"the two are never the same care twice", beside(hours(1), "2026-01-20", func(*world, *billing.Record, *billing.Record, *billing.Record) {}),
			"replaced; accepted T02; accepted T02"},
		{"L01 counts one", beside(hours(6), "2026-01-10", func(_ *world, s, n, _ *billing.Record) { s.Quantity, n.Quantity = hours(5), hours(6) }),
			"replaced; accepted T02; held T02 U02"},
		{"L01 by the newer one", beside(hours(6), "2026-01-10", func(_ *world, s, n, _ *billing.Record) { s.Quantity, n.Quantity = hours(5), hours(7) }),
			"accepted; held L01 T02; held L01 T02 U07"},
		{"L01 not by the newer one that is rejected", beside(hours(6), "2026-01-10", func(_ *world, s, n, _ *billing.Record) {
			s.Quantity, n.Quantity, n.ReferralNumber = hours(5), hours(7), "T9"
		}), "accepted; rejected R01 T02; accepted T02 U07"},
	})
}

// bounded limits T1 to that many hours in total.
func bounded(w *world, room int) {
	w.referral.HasVolume, w.referral.Volume, w.referral.VolumeUnit, w.referral.Frequency = true, hours(room), billing.Time, billing.InTotal
}

// A standing version uses its room at its own place; when its newer version is judged that room is free for it, and if the
// newer one does not fit the standing one keeps it; if the newer one is pending the standing one uses none.
func TestRoomOfStanding(t *testing.T) {
	run(t, []ruleTest{
		{"the room of the standing one is free for the newer one", corrected(func(w *world, s, n *billing.Record) {
			bounded(w, 3)
			s.Quantity, n.Quantity = hours(2), hours(3)
		}), "replaced; accepted T02"},
		{"it does not fit: the standing one keeps its room", corrected(func(w *world, s, n *billing.Record) {
			bounded(w, 3)
			s.Quantity, n.Quantity = hours(2), hours(4)
			w.add("2026-01-20").Quantity = hours(2) // finds 1 hour
			w.add("2026-01-21").Quantity = hours(1)
		}), "accepted; rejected T02 V02; rejected T02 V02; accepted T02"},
		{"a lower one leaves room for late care", corrected(func(w *world, s, n *billing.Record) {
			bounded(w, 3)
			s.Quantity, n.Quantity = hours(3), hours(1)
			w.add("2026-01-20").Quantity = hours(2)
		}), "replaced; accepted T02; accepted T02"},
		{"held: the standing one uses its room", corrected(func(w *world, s, n *billing.Record) {
			bounded(w, 3)
			s.Quantity, n.Quantity, n.Municipality = hours(3), hours(1), "Goirle"
			w.add("2026-01-20").Quantity = hours(1)
		}), "accepted; held R10 T02; rejected T02 V02"},
		{"pending: the standing one uses none", corrected(func(w *world, s, n *billing.Record) {
			bounded(w, 3)
			s.Quantity, n.First = hours(3), day("2026-03-01")
			w.decide(n, billing.U04, billing.Allow)
			w.client.Decisions[0].Version = 2
			w.add("2026-01-20").Quantity = hours(3)
		}), "replaced; pending U04; accepted T02"},
		{"no room for the standing one: the newer one takes its own", corrected(func(w *world, s, n *billing.Record) {
			bounded(w, 3)
			s.Quantity, n.Quantity = hours(4), hours(3)
		}), "replaced; accepted T02"},
		{"no room for either", corrected(func(w *world, s, n *billing.Record) {
			bounded(w, 3)
			s.Quantity, n.Quantity = hours(4), hours(5)
		}), "rejected V02; rejected T02 V02"},
		{"on another referral the room of the first is free for what follows", corrected(func(w *world, s, n *billing.Record) {
			bounded(w, 3)
			w.refer("T2", "BEG", "2025-06-01", "")
			s.Quantity, n.ReferralNumber = hours(3), "T2"
			w.add("2026-01-20").Quantity = hours(3)
		}), "replaced; accepted T02; accepted T02"},
		{"declared ones first, then newer versions, then others", corrected(func(w *world, s, n *billing.Record) {
			bounded(w, 5)
			s.Quantity, n.Quantity = hours(1), hours(3)
			other := w.add("2026-01-05")
			other.Quantity = hours(3)
			declared := w.add("2026-01-30")
			declared.Quantity, declared.Declared = hours(2), month("2026-01")
		}), "replaced; accepted T02; rejected T02 V02; accepted"},
	})
}
