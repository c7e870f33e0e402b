package rules_test

import (
	"slices"
	"testing"

	"github.com/pxq-nl/pxq/billing"
)

// twoHolds is a record with R10 and A01.
func twoHolds(change func(*world, *billing.Record)) func(*world) {
	return func(w *world) {
		w.referral.BirthDate = day("2007-01-01")
		r := w.add("2026-01-10")
		r.Municipality = "Goirle"
		change(w, r)
	}
}

func TestDecisions(t *testing.T) {
	run(t, []ruleTest{
		{"none", twoHolds(func(w *world, r *billing.Record) {}), "held A01 R10"},
		{"one of two", twoHolds(func(w *world, r *billing.Record) { w.decide(r, billing.R10, billing.Allow) }), "held A01 R10"},
		{"both", twoHolds(func(w *world, r *billing.Record) {
			w.decide(r, billing.R10, billing.Allow)
			w.decide(r, billing.A01, billing.Allow)
		}), "accepted A01 R10"},
		{"one refused", twoHolds(func(w *world, r *billing.Record) {
			w.decide(r, billing.R10, billing.Allow)
			w.decide(r, billing.A01, billing.Refuse)
		}), "rejected A01 R10"},
		{"kept held", twoHolds(func(w *world, r *billing.Record) { w.decide(r, billing.R10, billing.KeepHeld) }), "held A01 R10"},
		{"the latest counts", twoHolds(func(w *world, r *billing.Record) {
			for _, word := range []string{billing.Refuse, billing.Allow} {
				w.decide(r, billing.R10, word)
				w.decide(r, billing.A01, word)
			}
		}), "accepted A01 R10"},
		{"the latest takes it back", twoHolds(func(w *world, r *billing.Record) {
			w.decide(r, billing.A01, billing.Allow)
			w.decide(r, billing.R10, billing.Allow)
			w.decide(r, billing.R10, billing.KeepHeld)
		}), "held A01 R10"},
	})
}

func TestDecisionsOfOtherThings(t *testing.T) {
	run(t, []ruleTest{
		{"of another version", twoHolds(func(w *world, r *billing.Record) {
			w.decide(r, billing.R10, billing.Refuse)
			r.Version = 2
		}), "held A01 R10"},
		{"of another provider", twoHolds(func(w *world, r *billing.Record) {
			w.decide(r, billing.R10, billing.Refuse)
			w.client.Decisions[0].Provider = there
		}), "held A01 R10"},
		{"only while its finding applies", twoHolds(func(w *world, r *billing.Record) {
			w.decide(r, billing.R10, billing.Refuse)
			w.decide(r, billing.A01, billing.Allow)
			r.Municipality = "Tilburg"
		}), "accepted A01"},
		{"a reject is never lifted", twoHolds(func(w *world, r *billing.Record) {
			r.Provider = there
			w.decide(r, billing.R03, billing.Allow)
		}), "rejected A01 R03 R10"},
		{"a signal is not refused", func(w *world) {
			r := w.add("2026-01-10")
			r.ReferralNumber = ""
			w.decide(r, billing.R13, billing.Refuse)
		}, "accepted R13"},
		{"held before waiting", func(w *world) { w.add("2026-02-10").Municipality = "Goirle" }, "held R10"},
		{"declared: refused all the same", twoHolds(func(w *world, r *billing.Record) {
			r.Declared = month("2025-12")
			w.decide(r, billing.R10, billing.Refuse)
		}), "rejected A01 R10"},
		{"declared: kept held is not held", twoHolds(func(w *world, r *billing.Record) {
			r.Declared = month("2025-12")
			w.decide(r, billing.R10, billing.KeepHeld)
		}), "accepted A01 R10"},
		{"declared: a reject takes it out", twoHolds(func(w *world, r *billing.Record) { r.Declared, r.Provider = month("2025-12"), there }), "rejected A01 R03 R10"},
	})
}

// A declared version can still be rejected on what an earlier run found and no run looks for any more.
func TestDecisionsAfterTheClose(t *testing.T) {
	after := func(code billing.Code, change func(*billing.Record, *billing.Decision)) func(*world) {
		return func(w *world) {
			r := w.add("2026-01-10")
			r.Declared, r.DeclaredPrice = month("2025-12"), 9550
			w.decide(r, code, billing.Refuse)
			d := &w.client.Decisions[0]
			d.AfterClose, d.Had = true, &billing.Finding{Code: code, Field: billing.FieldReference, Values: []string{"A-9", "2026-01-10", "x", "x", "x"}}
			change(r, d)
		}
	}
	nothing := func(*billing.Record, *billing.Decision) {}
	run(t, []ruleTest{
		{"U02 of an earlier run", after(billing.U02, nothing), "rejected U02"},
		{"L03 of an earlier run", after(billing.L03, nothing), "rejected L03"},
		{"T03 of an earlier run", after(billing.T03, nothing), "rejected T03"},
		{"S02 of an earlier run", after(billing.S02, nothing), "rejected S02"},
		{"taken before the close", after(billing.U02, func(_ *billing.Record, d *billing.Decision) { d.AfterClose = false }), "accepted"},
		{"no run had it", after(billing.U02, func(_ *billing.Record, d *billing.Decision) { d.Had = nil }), "accepted"},
		{"of another version", after(billing.U02, func(r *billing.Record, _ *billing.Decision) { r.Version = 2 }), "accepted"},
		{"aanhouden", after(billing.U02, func(_ *billing.Record, d *billing.Decision) { d.Word = billing.KeepHeld }), "accepted"},
		{"not declared", after(billing.U02, func(r *billing.Record, _ *billing.Decision) { r.Declared = 0 }), "accepted"},
		{"a signal is never refused", after(billing.T02, nothing), "accepted"},
		{"a hold that is still looked for counts while it applies", after(billing.R10, nothing), "accepted"},
		{"the latest counts", func(w *world) {
			after(billing.U02, nothing)(w)
			later := w.client.Decisions[0]
			later.ID, later.Word = 2, billing.Allow
			w.client.Decisions = append(w.client.Decisions, later)
		}, "accepted"},
		{"beside a hold that was accepted", func(w *world) {
			after(billing.U02, func(r *billing.Record, _ *billing.Decision) { r.Municipality = "Goirle" })(w)
			w.decide(w.client.Records[0], billing.R10, billing.Allow)
		}, "rejected R10 U02"},
	})
	run(t, []ruleTest{
		{"afwijzen on P02", func(w *world) {
			w.run.Book.Prices = nil
			w.decide(w.add("2026-01-10"), billing.P02, billing.Refuse)
		}, "rejected P02"},
		{"afwijzen on P02 of a declared version", func(w *world) {
			w.run.Book.Prices = nil
			r := w.add("2026-01-10")
			r.Declared, r.DeclaredPrice = month("2025-12"), 9550
			w.decide(r, billing.P02, billing.Refuse)
		}, "rejected P02"},
		{"afwijzen on T03", func(w *world) {
			w.run.Policy.RecalculateFrom = month("2026-02")
			w.decide(w.add("2026-01-10"), billing.T03, billing.Refuse)
		}, "rejected T03"},
		{"akkoord does not lift P02", func(w *world) {
			w.run.Book.Prices = nil
			w.decide(w.add("2026-01-10"), billing.P02, billing.Allow)
		}, "held P02"},
	})
}

// The holds that need a decision are those that nobody lifted, on a declared version too.
func TestOpenHolds(t *testing.T) {
	tests := []struct {
		name  string
		given func(*world, *billing.Record)
		want  []billing.Code
	}{
		{"both", func(*world, *billing.Record) {}, []billing.Code{billing.R10, billing.A01}},
		{"one lifted", func(w *world, r *billing.Record) { w.decide(r, billing.R10, billing.Allow) }, []billing.Code{billing.A01}},
		{"kept held", func(w *world, r *billing.Record) { w.decide(r, billing.R10, billing.KeepHeld) }, []billing.Code{billing.R10, billing.A01}},
		{"a signal asks for none", func(w *world, r *billing.Record) { r.BirthDate = day("2000-01-01") }, []billing.Code{billing.R10, billing.A01}},
		{"accepted", func(w *world, r *billing.Record) { r.Municipality, w.referral.BirthDate = "", 0 }, nil},
		{"rejected", func(w *world, r *billing.Record) { r.Provider = there }, nil},
		{"declared", func(w *world, r *billing.Record) { r.Declared = month("2025-12") }, []billing.Code{billing.R10, billing.A01}},
		{"declared, one lifted", func(w *world, r *billing.Record) {
			r.Declared = month("2025-12")
			w.decide(r, billing.R10, billing.Allow)
		}, []billing.Code{billing.A01}},
		{"declared, refused", func(w *world, r *billing.Record) {
			r.Declared = month("2025-12")
			w.decide(r, billing.R10, billing.Refuse)
		}, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld()
			w.referral.BirthDate = day("2007-01-01")
			r := w.add("2026-01-10")
			r.Municipality = "Goirle"
			test.given(w, r)
			_, cases := w.judge()
			if got := cases[0].OpenHolds(w.client.Decisions); !slices.Equal(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}
