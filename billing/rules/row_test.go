package rules_test

import (
	"testing"

	"github.com/pxq-nl/pxq/billing"
)

func TestRowRules(t *testing.T) {
	unreadable := func(r *billing.Record, code billing.Code, values ...string) {
		r.Findings = append(r.Findings, billing.Finding{Code: code, Values: values})
	}
	run(t, []ruleTest{
		{"all is well", func(w *world) { w.add("2026-01-10") }, "accepted"},
		{"F07 unknown product", func(w *world) { w.add("2026-01-10").Product = "XXX" }, "rejected F07"},
		{"F07 case of the code is nothing", func(w *world) { w.add("2026-01-10").Product = "beg" }, "accepted"},
		{"F08 unknown municipality", func(w *world) { w.add("2026-01-10").Municipality = "Verweg" }, "rejected F08"},
		{"F08 code without its zero", func(w *world) { w.add("2026-01-10").Municipality = "855" }, "accepted"},
		{"F08 with Gemeente before its name", func(w *world) { w.add("2026-01-10").Municipality = "Gemeente Tilburg" }, "accepted"},
		{"F08 with Gem. before its code", func(w *world) { w.add("2026-01-10").Municipality = "Gem. 855" }, "accepted"},
		{"F08 Gemeente alone", func(w *world) { w.add("2026-01-10").Municipality = "Gemeente" }, "rejected F08"},
		{"F08 name in another spelling", func(w *world) { w.add("2026-01-10").Municipality = " TIL-BURG." }, "accepted"},
		{"F07 and F08 stand together and alone", func(w *world) {
			r := w.add("2025-01-10")
			r.Product, r.Municipality, r.ReferralNumber = "XXX", "Verweg", "T9"
		}, "rejected F07 F08"},
		{"an F reject leaves only F", func(w *world) {
			r := w.add("2025-01-10")
			r.ReferralNumber, r.Product = "T9", "XXX"
			unreadable(r, billing.F03, "veel")
			unreadable(r, billing.F11, "gratis")
		}, "rejected F03 F07 F11"},
		{"F11 alone is a signal, and the rest is judged", func(w *world) {
			r := w.add("2026-01-10")
			r.ReferralNumber = "T9"
			unreadable(r, billing.F11, "gratis")
		}, "rejected F11 R01"},
		{"F11 is accepted", func(w *world) { unreadable(w.add("2026-01-10"), billing.F11, "gratis") }, "accepted F11"},
		{"F12 is not judged further", func(w *world) {
			r := w.add("2026-01-10")
			r.Product = "XXX"
			unreadable(r, billing.F12, "#N/B")
		}, "rejected F07 F12"},
		{"F13 is not judged further", func(w *world) {
			r := w.add("2026-01-10")
			r.ReferralNumber = "T9"
			unreadable(r, billing.F13, there, here)
		}, "rejected F13"},
		{"F09 is not judged further", func(w *world) { unreadable(w.add("2027-02-01"), billing.F09, "2027-02-01", "2026-02-05") }, "rejected F09"},
	})
}

// A row with an F reject has no referral, so nothing is shown of one that was never judged.
func TestRowRejectHasNoReferral(t *testing.T) {
	for _, spoil := range []func(*billing.Record){
		func(r *billing.Record) { r.Municipality = "Verweg" },
		func(r *billing.Record) { r.Product = "XXX" },
		func(r *billing.Record) { r.Findings = []billing.Finding{{Code: billing.F02, Values: []string{"x"}}} },
	} {
		w := newWorld()
		spoil(w.add("2026-01-10"))
		if _, cases := w.judge(); cases[0].Referral != nil || cases[0].Price != 0 || cases[0].Municipality != nil {
			t.Errorf("%+v has a referral, a price or a municipality", cases[0].Findings)
		}
	}
}
