package rules_test

import (
	"testing"

	"github.com/pxq-nl/pxq/billing"
)

func TestTakenOver(t *testing.T) {
	other := func(change func(*world, *billing.Referral)) func(*world) {
		return func(w *world) {
			w.add("2026-01-10")
			r := w.refer("T2", "HOOG", "2026-01-10", "2026-01-10")
			r.Provider = there
			change(w, r)
		}
	}
	run(t, []ruleTest{
		{"S01 on the only day", other(func(w *world, r *billing.Referral) {}), "held S01"},
		{"S01 the day after", other(func(w *world, r *billing.Referral) { r.Start--; r.End-- }), "accepted"},
		{"S01 the day before", other(func(w *world, r *billing.Referral) { r.Start++; r.End++ }), "accepted"},
		{"S01 a withdrawn one", other(func(w *world, r *billing.Referral) { r.Status = billing.StatusWithdrawn }), "accepted"},
		{"S01 a category names no product", other(func(w *world, r *billing.Referral) { r.Product, r.Category = "", "54" }), "accepted"},
		{"S01 own segment", other(func(w *world, r *billing.Referral) {
			z := w.client.Records[0]
			z.Product, z.ReferralNumber, z.Provider = "HOOG", "T2", there
		}), "rejected P05"},
		{"S01 is judged after R01", other(func(w *world, r *billing.Referral) { w.client.Records[0].ReferralNumber = "T9" }), "rejected R01 S01"},
		{"S01 does not shake what was declared", other(func(w *world, r *billing.Referral) { w.client.Records[0].Declared = month("2025-12") }), "accepted S01"},
		{"S01 lifted", other(func(w *world, r *billing.Referral) { w.decide(w.client.Records[0], billing.S01, billing.Allow) }), "accepted S01"},
	})
}

func TestParallelProviders(t *testing.T) {
	other := func(start string, change func(*world, *billing.Referral)) func(*world) {
		return func(w *world) {
			w.add("2026-01-10")
			r := w.refer("T2", "BEG", start, "")
			r.Provider = there
			change(w, r)
		}
	}
	nothing := func(*world, *billing.Referral) {}
	run(t, []ruleTest{
		{"S03 three months", other("2025-10-10", nothing), "accepted S03"},
		{"S03 a day less", other("2025-10-11", nothing), "accepted"},
		{"S03 the later start is the record's own", other("2025-01-01", func(w *world, r *billing.Referral) { w.referral.Start = day("2025-10-11") }), "accepted"},
		{"S03 a month without that day", other("2025-11-30", func(w *world, r *billing.Referral) {
			w.run.Period, w.client.Records[0].First = month("2026-03"), day("2026-02-28")
			w.add("2026-03-01")
		}), "accepted T02; accepted S03"},
		{"S03 the same provider", other("2025-10-01", func(w *world, r *billing.Referral) { r.Provider = here }), "accepted"},
		{"S03 another product", other("2025-10-01", func(w *world, r *billing.Referral) { r.Product = "BEH" }), "accepted"},
		{"S03 must name the product", other("2025-10-01", func(w *world, r *billing.Referral) { r.Product, r.Category = "", "45" }), "accepted"},
		{"S03 ended before the day", other("2025-10-01", func(w *world, r *billing.Referral) { r.End = day("2026-01-09") }), "accepted"},
		{"S03 withdrawn", other("2025-10-01", func(w *world, r *billing.Referral) { r.Status = billing.StatusWithdrawn }), "accepted"},
		{"S03 the own one only by category", other("2025-10-01", func(w *world, r *billing.Referral) { w.referral.Product, w.referral.Category = "", "45" }), "accepted S03"},
		{"S03 not after R03", other("2025-10-01", func(w *world, r *billing.Referral) { w.client.Records[0].Provider = "03000003" }), "rejected C01 R03"},
		{"S03 not after R08", other("2025-10-01", func(w *world, r *billing.Referral) { w.referral.End = day("2026-01-09") }), "rejected R08"},
		{"S03 not after R09", other("2025-10-01", func(w *world, r *billing.Referral) { w.referral.Status = billing.StatusWithdrawn }), "rejected R09"},
		{"S03 is judged beside R10", other("2025-10-01", func(w *world, r *billing.Referral) { w.client.Records[0].Municipality = "Goirle" }), "held R10 S03"},
	})
}

func TestLivesOnce(t *testing.T) {
	stay := func(w *world, product string, provider string) *billing.Record {
		number := product + provider
		r := w.refer(number, product, "2025-06-01", "")
		r.Provider, r.CoordinationPoint = provider, "CP-1"
		z := w.add("2026-01-10")
		z.ReferralNumber, z.Product, z.Provider, z.Unit, z.Quantity = number, product, provider, billing.Daypart, dayparts(1)
		return z
	}
	run(t, []ruleTest{
		{"S02 two products, both", func(w *world) { stay(w, "GROEP", here); stay(w, "HUIS", here) }, "held S02; held S02"},
		{"S02 two providers, both", func(w *world) { stay(w, "GROEP", here); stay(w, "GROEP", there) }, "held S02 S03; held S02 S03"},
		{"S02 two in one place, and elsewhere: all three", func(w *world) {
			z := stay(w, "GROEP", here)
			z.Daypart = "ochtend"
			again := *z
			again.ID, again.Reference, again.Daypart = 2, "A-2", "avond"
			w.client.Records = append(w.client.Records, &again)
			stay(w, "HUIS", here)
		}, "held S02; held S02; held S02"},
		{"S02 one place twice", func(w *world) { stay(w, "GROEP", here).Daypart = "ochtend"; stay(w, "GROEP", here).Daypart = "avond" }, "accepted; accepted"},
		{"S02 another day", func(w *world) { stay(w, "GROEP", here); stay(w, "HUIS", here).First++ }, "accepted; accepted"},
		{"S02 a rejected one", func(w *world) { stay(w, "GROEP", here); stay(w, "HUIS", here).Provider = there }, "accepted; rejected R03"},
		{"S02 other help beside it", func(w *world) { stay(w, "GROEP", here); w.add("2026-01-10") }, "accepted; accepted"},
		{"S02 what was declared is only context", func(w *world) { stay(w, "GROEP", here).Declared = month("2025-12"); stay(w, "HUIS", here) }, "accepted; held S02"},
	})
}

// muchHelp adds 297 of the 300 hours of begeleiding, declared.
func muchHelp(w *world) *billing.Record {
	r := w.add("2025-12-10")
	r.Quantity, r.Declared = hours(297), month("2025-12")
	return r
}

func TestMuchHelp(t *testing.T) {
	run(t, []ruleTest{
		{"S04 up to the number", func(w *world) { muchHelp(w); w.add("2026-01-10").Quantity = hours(3) }, "accepted; accepted"},
		{"S04 passes it, on that record only", func(w *world) {
			muchHelp(w)
			w.add("2026-01-10").Quantity = hours(3) + 1
			w.add("2026-01-11")
		}, "accepted; accepted S04; accepted"},
		{"S04 order, not that of taking in", func(w *world) {
			muchHelp(w)
			w.add("2026-01-11").Quantity = hours(2)
			w.add("2026-01-10").Quantity = hours(2)
		}, "accepted; accepted S04; accepted"},
		{"S04 day-parts are added, as one", func(w *world) {
			muchHelp(w)
			w.refer("T2", "DAG", "2025-06-01", "")
			z := w.add("2026-01-10")
			z.ReferralNumber, z.Product, z.Unit, z.Quantity = "T2", "DAG", billing.Daypart, dayparts(3)
			w.add("2026-01-11").Quantity = 1
		}, "accepted; accepted; accepted L04 S04"},
		{"S04 another kind is not added", func(w *world) {
			muchHelp(w)
			w.refer("T2", "BEH", "2025-06-01", "")
			z := w.add("2026-01-10")
			z.ReferralNumber, z.Product, z.Quantity = "T2", "BEH", hours(5)
		}, "accepted; accepted"},
	})
}

func TestMuchHelpOfWhichCare(t *testing.T) {
	run(t, []ruleTest{
		{"S04 care of before 1 January of the year before", func(w *world) {
			w.referral.Start = day("2024-06-01")
			muchHelp(w).First = day("2024-12-31")
			w.add("2026-01-10").Quantity = hours(5)
		}, "accepted; accepted"},
		{"S04 care of that day", func(w *world) {
			w.referral.Start = day("2024-06-01")
			muchHelp(w).First = day("2025-01-01")
			w.add("2026-01-10").Quantity = hours(5)
		}, "accepted; accepted S04"},
		{"S04 held care is not counted", func(w *world) {
			muchHelp(w)
			z := w.add("2026-01-10")
			z.Quantity, z.Municipality = hours(5), "Goirle"
			w.add("2026-01-11").Quantity = hours(3)
		}, "accepted; held R10; accepted"},
		{"S04 behandeling has its own number", func(w *world) {
			w.refer("T2", "BEH", "2025-06-01", "")
			z := w.add("2025-12-10")
			z.ReferralNumber, z.Product, z.Quantity, z.Declared = "T2", "BEH", hours(230), month("2025-12")
			z = w.add("2026-01-10")
			z.ReferralNumber, z.Product, z.Quantity = "T2", "BEH", 1
		}, "accepted; accepted L04 S04"},
		{"S04 over all providers", func(w *world) {
			muchHelp(w)
			w.refer("T2", "BEG", "2025-12-01", "").Provider = there
			z := w.add("2026-01-10")
			z.ReferralNumber, z.Provider, z.Quantity = "T2", there, hours(4)
		}, "accepted; accepted S04"},
		{"S04 of 0 hours, with the first record", func(w *world) { w.run.Policy.Segment1Begeleiding = 0; w.add("2026-01-10") }, "accepted S04"},
	})
}
