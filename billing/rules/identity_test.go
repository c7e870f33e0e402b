package rules_test

import (
	"testing"

	"github.com/pxq-nl/pxq/billing"
)

func TestSameReference(t *testing.T) {
	run(t, []ruleTest{
		{"U01 is judged on all rules but T04", func(w *world) {
			r := w.add("2025-09-10") // could come in until 31 December
			r.Ambiguous, r.ReferralNumber, r.Received = true, "T9", day("2026-01-05")
		}, "rejected R01 T02 U01"},
		{"U01 is judged on T01", func(w *world) {
			r := w.add("2025-09-10")
			r.Ambiguous, r.Received, r.FirstReceived = true, day("2026-01-05"), day("2026-01-05")
		}, "rejected T01 T02 U01"},
		{"U01 is not shown beside F07", func(w *world) {
			r := w.add("2026-01-10")
			r.Ambiguous, r.Product = true, "XXX"
		}, "rejected F07"},
	})
}

// twice adds the same care under two references.
func twice(w *world) (first, second *billing.Record) {
	return w.add("2026-01-10"), w.add("2026-01-10")
}

func TestSameCareTwice(t *testing.T) {
	run(t, []ruleTest{
		{"U02 the later in order is held", func(w *world) { twice(w) }, "accepted; held U02"},
		{"U02 order is not that of taking in", func(w *world) {
			first, second := twice(w)
			first.Reference, second.Reference = "B", "A"
		}, "held U02; accepted"},
		{"U02 what was declared comes first", func(w *world) {
			_, second := twice(w)
			second.Declared = month("2025-12")
		}, "held U02; accepted"},
		{"U02 is not found among declared ones", func(w *world) {
			first, second := twice(w)
			first.Declared, second.Declared = month("2025-11"), month("2025-12")
		}, "accepted; accepted"},
		{"U02 three times, all but the first", func(w *world) { twice(w); w.add("2026-01-10") }, "accepted; held U02; held U02"},
		{"U02 a rejected one does not count", func(w *world) {
			first, _ := twice(w)
			first.ReferralNumber = "T9"
		}, "rejected R01; accepted"},
		{"U02 one rejected on T01 counts", func(w *world) {
			first, second := twice(w)
			first.First, second.First = day("2025-09-10"), day("2025-09-10")
			first.FirstReceived, second.FirstReceived, second.Received = day("2026-01-01"), day("2025-10-01"), day("2025-10-01")
		}, "rejected T01 T02; held T02 U02"},
		{"U02 one refused by a controller counts", func(w *world) {
			first, _ := twice(w)
			first.Municipality = "Goirle"
			w.decide(first, billing.R10, billing.Refuse)
		}, "rejected R10; held U02"},
		{"U02 after the period takes part", func(w *world) {
			first, second := twice(w)
			first.First, second.First = day("2026-02-10"), day("2026-02-10")
		}, "pending; held U02"},
	})
}

func TestOtherCare(t *testing.T) {
	run(t, []ruleTest{
		{"U02 another quantity", func(w *world) { first, _ := twice(w); first.Quantity++ }, "accepted; accepted U07"},
		{"U02 another day", func(w *world) { first, _ := twice(w); first.First++ }, "accepted; accepted"},
		{"U02 another start", func(w *world) {
			first, second := twice(w)
			first.Start, first.End = clock("09:00"), clock("10:00")
			second.Start, second.End = clock("11:00"), clock("12:00")
		}, "accepted; accepted"},
		{"U02 a start that one lacks", func(w *world) {
			first, _ := twice(w)
			first.Start, first.End = clock("09:00"), clock("10:00")
		}, "held U02; accepted"},
		{"U02 the same start", func(w *world) {
			first, second := twice(w)
			first.Start, first.End = clock("09:00"), clock("10:00")
			second.Start, second.End = first.Start, first.End
		}, "accepted; held L03 U02"},
		{"U02 a label that one lacks", func(w *world) {
			_, second := twice(w)
			second.Daypart = "middag"
		}, "accepted; held U02"},
		{"U02 a start that is the same and a label that is not", func(w *world) {
			first, second := twice(w)
			first.Daypart, second.Daypart = "ochtend", "middag"
			first.Start, first.End = clock("09:00"), clock("10:00")
		}, "accepted; accepted"},
		{"U02 of an earlier one that is not the first", func(w *world) {
			for i, start := range []string{"08:00", "10:00", "10:00"} {
				r := w.add("2026-01-10")
				if r.Start, r.End = clock(start), clock(start)+3600; i == 2 {
					r.Start, r.End = 0, 0
				}
			}
			w.client.Records[2].Quantity++
			w.client.Records[1].Quantity++
		}, "accepted U07; held U02; accepted"},
		{"U02 another unit", func(w *world) {
			first, second := twice(w)
			first.Product, second.Product = "DAG", "DAG"
			w.refer("T2", "DAG", "2025-06-01", "")
			first.ReferralNumber, second.ReferralNumber = "T2", "T2"
			first.Unit = billing.Daypart
			first.Quantity, second.Quantity = 100, 100*60*4
		}, "accepted; accepted U07"},
		{"U02 another unit in the same number", func(w *world) {
			first, second := twice(w)
			first.Product, second.Product = "DAG", "DAG"
			w.refer("T2", "DAG", "2025-06-01", "")
			first.ReferralNumber, second.ReferralNumber = "T2", "T2"
			first.Unit, first.Quantity, second.Quantity = billing.Daypart, dayparts(3), minutes(3)
		}, "accepted; accepted L04 U07"},
		{"U02 another label", func(w *world) {
			first, second := twice(w)
			first.Daypart, second.Daypart = "ochtend", "middag"
		}, "accepted; accepted"},
		{"U02 the same label in another spelling", func(w *world) {
			first, second := twice(w)
			first.Daypart, second.Daypart = "Ochtend", "ochtend"
		}, "accepted; held U02"},
		{"U02 another product", func(w *world) {
			first, _ := twice(w)
			w.refer("T2", "BEH", "2025-06-01", "")
			first.Product, first.ReferralNumber = "BEH", "T2"
		}, "accepted; accepted"},
		{"U02 another provider", func(w *world) {
			first, _ := twice(w)
			w.refer("T2", "BEG", "2025-12-01", "").Provider = there
			first.Provider, first.ReferralNumber = there, "T2"
		}, "accepted; accepted"},
	})
}

func TestCareNotToldApart(t *testing.T) {
	other := func(change func(a, b *billing.Record)) func(*world) { // of another quantity, so that there is no U02
		return func(w *world) {
			a, b := twice(w)
			b.Quantity++
			change(a, b)
		}
	}
	times := func(r *billing.Record, start, end string) { r.Start, r.End = clock(start), clock(end) }
	run(t, []ruleTest{
		{"U07 nothing on either", other(func(a, b *billing.Record) {}), "accepted; accepted U07"},
		{"U07 times on one", other(func(a, b *billing.Record) { times(b, "09:00", "10:00") }), "accepted; accepted U07"},
		{"U07 times on both", other(func(a, b *billing.Record) { times(a, "08:00", "09:00"); times(b, "09:00", "10:00") }), "accepted; accepted"},
		{"U07 a label on one", other(func(a, b *billing.Record) { a.Daypart = "ochtend" }), "accepted; accepted U07"},
		{"U07 a label on both", other(func(a, b *billing.Record) { a.Daypart, b.Daypart = "ochtend", "middag" }), "accepted; accepted"},
		{"U07 the same label on both tells them apart", other(func(a, b *billing.Record) { a.Daypart, b.Daypart = "ochtend", "ochtend" }), "accepted; accepted"},
		{"U07 times on one, a label on the other", other(func(a, b *billing.Record) { times(a, "08:00", "09:00"); b.Daypart = "middag" }), "accepted U07; accepted"},
		{"U07 another day", other(func(a, b *billing.Record) { b.First++ }), "accepted; accepted"},
		{"U07 a rejected one does not count", func(w *world) {
			a, b := twice(w)
			b.Quantity++
			a.ReferralNumber = "T9"
		}, "rejected R01; accepted"},
		{"U07 not beside U02", func(w *world) {
			twice(w)
			w.add("2026-01-10").Quantity++
		}, "accepted; held U02; accepted U07"},
		{"U07 what was declared comes first and has none", other(func(a, b *billing.Record) { b.Declared = month("2025-12") }), "accepted U07; accepted"},
		{"U07 under the same reference", other(func(a, b *billing.Record) { b.Reference = a.Reference }), "accepted; accepted"},
	})
}

// A reference that is made of the client's BSN is not repeated in a finding.
func TestNoBSNInFindings(t *testing.T) {
	w := newWorld()
	w.add("2026-01-10").Reference = client + "-01"
	w.add("2026-01-10").Reference = client + "-02"
	_, cases := w.judge()
	if got := cases[1].Findings[0]; got.Code != billing.U02 || got.Values[0] != "•••-01" {
		t.Errorf("%+v", got)
	}
}
