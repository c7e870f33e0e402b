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
		{"U02 another quantity", func(w *world) { first, _ := twice(w); first.Quantity++ }, "accepted; accepted"},
		{"U02 another day", func(w *world) { first, _ := twice(w); first.First++ }, "accepted; accepted"},
		{"U02 another start", func(w *world) {
			first, _ := twice(w)
			first.Start, first.End = clock("09:00"), clock("10:00")
		}, "accepted; accepted"},
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
