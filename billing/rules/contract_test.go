package rules_test

import (
	"testing"

	"github.com/pxq-nl/pxq/billing"
)

func TestContractRules(t *testing.T) {
	given := func(change func(w *world, r *billing.Record)) func(*world) {
		return func(w *world) { change(w, w.add("2026-01-10")) }
	}
	goirle := func(w *world, r *billing.Record) { w.referral.Municipality = "Goirle" }
	run(t, []ruleTest{
		{"C01 then no other C", given(func(w *world, r *billing.Record) { r.Provider = "03000003" }), "rejected C01 R03"},
		{"C02 before the contract", given(func(w *world, r *billing.Record) { w.contract("4").From = day("2026-01-11") }), "rejected C02"},
		{"C02 on its first day", given(func(w *world, r *billing.Record) { w.contract("4").From = day("2026-01-10") }), "accepted"},
		{"C02 after the contract", given(func(w *world, r *billing.Record) { w.contract("4").To = day("2026-01-09") }), "rejected C02"},
		{"C02 on its last day", given(func(w *world, r *billing.Record) { w.contract("4").To = day("2026-01-10") }), "accepted"},
		{"C02 another segment", given(func(w *world, r *billing.Record) { w.contract("4").Segment = "5" }), "rejected C02"},
		{"C03 another area", given(goirle), "rejected C03"},
		{"C03 the whole region", given(func(w *world, r *billing.Record) { goirle(w, r); w.contract("4").Area = "" }), "accepted"},
		{"C03 a segment that is not per area", given(func(w *world, r *billing.Record) {
			goirle(w, r)
			w.run.Book.Segments[3].PerArea = false
		}), "accepted"},
		{"C03 on the last day of a continuation", given(func(w *world, r *billing.Record) { goirle(w, r); w.referral.ContinuesTo = r.First }), "accepted"},
		{"C03 the day after it", given(func(w *world, r *billing.Record) { goirle(w, r); w.referral.ContinuesTo = r.First - 1 }), "rejected C03"},
		{"C03 the referral's municipality goes before", given(func(w *world, r *billing.Record) { r.Municipality = "Goirle" }), "held R10"},
		{"C03 without a referral the record's own", given(func(w *world, r *billing.Record) { r.ReferralNumber, r.Municipality = "T9", "Goirle" }), "rejected C03 R01"},
		{"C03 with neither is not judged", given(func(w *world, r *billing.Record) { r.ReferralNumber = "T9" }), "rejected R01"},
		{"C03 a municipality without an area", given(func(w *world, r *billing.Record) { w.run.Book.Municipalities[0].Area = "" }), "rejected C03"},
		{"C04 not included", given(func(w *world, r *billing.Record) { w.contract("4").Products = []string{"BEH"} }), "rejected C04"},
		{"C04 included", given(func(w *world, r *billing.Record) { w.contract("4").Products = []string{"BEH", "BEG"} }), "accepted"},
		{"C04 included elsewhere only", given(func(w *world, r *billing.Record) {
			w.contract("4").Products = []string{"BEH"}
			w.run.Book.Contracts = append(w.run.Book.Contracts, billing.Contract{Provider: here, Segment: "4", Area: "3", From: day("2020-01-01")})
		}), "rejected C04"},
		{"C04 included elsewhere, in a continuation", given(func(w *world, r *billing.Record) {
			w.contract("4").Products, w.referral.ContinuesTo = []string{"BEH"}, r.First
			w.run.Book.Contracts = append(w.run.Book.Contracts, billing.Contract{Provider: here, Segment: "4", Area: "3", From: day("2020-01-01")})
		}), "accepted"},
		{"C02 only of contracts that cover the day", given(func(w *world, r *billing.Record) {
			w.contract("4").To = day("2025-12-31")
			w.run.Book.Contracts = append(w.run.Book.Contracts, billing.Contract{Provider: here, Segment: "4", Area: "3", From: day("2026-01-01")})
		}), "rejected C03"},
		{"P05 then no C and no P", given(func(w *world, r *billing.Record) {
			w.refer("T2", "HOOG", "2025-06-01", "")
			r.ReferralNumber, r.Product, r.Provider, r.Unit = "T2", "HOOG", "03000003", billing.Daypart
		}), "rejected P05 R03"},
	})
}
