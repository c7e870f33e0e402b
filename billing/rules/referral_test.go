package rules_test

import (
	"testing"

	"github.com/pxq-nl/pxq/billing"
)

// bearers adds referrals of another client with a number in these municipalities.
func bearers(w *world, number string, municipalities ...string) {
	w.client.Others = make(map[string][]*billing.Referral)
	for _, municipality := range municipalities {
		other := *w.referral
		other.Number, other.BSN, other.Municipality = number, otherClient, municipality
		w.client.Others[number] = append(w.client.Others[number], &other)
	}
}

func TestReferralRules(t *testing.T) {
	given := func(change func(*billing.Referral, *billing.Record)) func(*world) {
		return func(w *world) { change(w.referral, w.add("2026-01-10")) }
	}
	run(t, []ruleTest{
		{"R01 unknown number, then nothing that leans on a referral", given(func(r *billing.Referral, z *billing.Record) {
			z.ReferralNumber, z.BirthDate = "T9", day("1990-01-01")
		}), "rejected R01"},
		{"R01 a referral with a product that the book lacks", given(func(r *billing.Referral, z *billing.Record) { r.Product = "XXX" }), "rejected R01"},
		{"R01 a referral with a municipality that the book lacks", given(func(r *billing.Referral, z *billing.Record) { r.Municipality = "Verweg" }), "rejected R01"},
		{"R02 R03 of another client and provider, no D", func(w *world) {
			other := *w.referral
			other.Number, other.BSN, other.Provider, other.Start = "T2", otherClient, there, day("2020-01-01")
			w.client.Others = map[string][]*billing.Referral{"T2": {&other}}
			w.add("2026-01-10").ReferralNumber = "T2"
		}, "rejected R02 R03"},
		{"R02 A is judged", func(w *world) {
			other := *w.referral
			other.Number, other.BSN, other.BirthDate = "T2", otherClient, day("2000-01-01")
			w.client.Others = map[string][]*billing.Referral{"T2": {&other}}
			w.add("2026-01-10").ReferralNumber = "T2"
		}, "rejected A02 R02"},
		{"R01 a number in two municipalities: the client's own", func(w *world) {
			bearers(w, "T1", "Goirle", "Tilburg")
			w.add("2026-01-10").Municipality = "Tilburg"
		}, "accepted"},
		{"R01 a number in two municipalities, of others, and none named", func(w *world) {
			bearers(w, "T2", "Goirle", "Tilburg")
			w.add("2026-01-10").ReferralNumber = "T2"
		}, "rejected R01"},
		{"R01 a number in two municipalities, of others, and one named", func(w *world) {
			bearers(w, "T2", "Goirle", "Tilburg")
			r := w.add("2026-01-10")
			r.ReferralNumber, r.Municipality = "T2", "Tilburg"
		}, "rejected R02"},
		{"R01 a number in one municipality, another named", func(w *world) {
			bearers(w, "T2", "Tilburg")
			r := w.add("2026-01-10")
			r.ReferralNumber, r.Municipality = "T2", "Goirle"
		}, "rejected R02 R10"},
		{"R01 a number in two municipalities, of which the book knows one", func(w *world) {
			bearers(w, "T2", "Verweg", "Tilburg")
			w.add("2026-01-10").ReferralNumber = "T2"
		}, "rejected R02"},
		{"R03", given(func(r *billing.Referral, z *billing.Record) { r.Provider = there }), "rejected R03"},
		{"R04 another category", given(func(r *billing.Referral, z *billing.Record) { r.Product, r.Category = "", "54" }), "rejected R04"},
		{"R04 its category", given(func(r *billing.Referral, z *billing.Record) { r.Product, r.Category = "", "45" }), "accepted"},
		{"R04 a named product goes before", given(func(r *billing.Referral, z *billing.Record) { r.Category = "54" }), "accepted"},
		{"R05", given(func(r *billing.Referral, z *billing.Record) { r.Product = "BEH" }), "rejected R05"},
		{"R05 case of the code is nothing", given(func(r *billing.Referral, z *billing.Record) { r.Product = "beg" }), "accepted"},
		{"R04 R05 only a budget, good for any product", given(func(r *billing.Referral, z *billing.Record) {
			r.Product, r.HasBudget, r.Budget = "", true, 100_000
		}), "accepted"},
		{"R06 a volume in day-parts", given(func(r *billing.Referral, z *billing.Record) {
			r.HasVolume, r.Volume, r.VolumeUnit, r.Frequency = true, 10_000, billing.Daypart, billing.InTotal
		}), "rejected R06"},
		{"R06 a unit without a volume", given(func(r *billing.Referral, z *billing.Record) { r.VolumeUnit = billing.Daypart }), "accepted"},
		{"R07 the day before the start", given(func(r *billing.Referral, z *billing.Record) { r.Start = day("2026-01-11") }), "rejected R07"},
		{"R07 on the start", given(func(r *billing.Referral, z *billing.Record) { r.Start = day("2026-01-10") }), "accepted"},
		{"R08 the day after the end", given(func(r *billing.Referral, z *billing.Record) { r.End = day("2026-01-09") }), "rejected R08"},
		{"R08 on the end", given(func(r *billing.Referral, z *billing.Record) { r.End = day("2026-01-10") }), "accepted"},
		{"R08 no end", given(func(r *billing.Referral, z *billing.Record) { r.End = 0 }), "accepted"},
		{"R09", given(func(r *billing.Referral, z *billing.Record) { r.Status = billing.StatusWithdrawn }), "rejected R09"},
		{"R09 changed is not withdrawn", given(func(r *billing.Referral, z *billing.Record) { r.Status = "gewijzigd" }), "accepted"},
		{"R10 another municipality", given(func(r *billing.Referral, z *billing.Record) { z.Municipality = "Goirle" }), "held R10"},
		{"R10 the same, as a code", given(func(r *billing.Referral, z *billing.Record) { z.Municipality = "0855" }), "accepted"},
		{"R11 all are expected", given(func(r *billing.Referral, z *billing.Record) { r.Referrer = "06" }), "accepted"},
		{"R13 found", given(func(r *billing.Referral, z *billing.Record) { z.ReferralNumber = "" }), "accepted R13"},
		{"R14 another birth date", given(func(r *billing.Referral, z *billing.Record) { z.BirthDate = day("2012-05-03") }), "accepted R14"},
		{"R14 the same", given(func(r *billing.Referral, z *billing.Record) { z.BirthDate = r.BirthDate }), "accepted"},
		{"R14 none in the referral", given(func(r *billing.Referral, z *billing.Record) { z.BirthDate, r.BirthDate = r.BirthDate, 0 }), "accepted"},
	})
}

func TestReferralFound(t *testing.T) {
	found := func(change func(*world)) func(*world) {
		return func(w *world) { w.add("2026-01-10").ReferralNumber = ""; change(w) }
	}
	run(t, []ruleTest{
		{"two fit", found(func(w *world) { w.refer("T2", "BEG", "2026-01-10", "2026-01-10") }), "rejected R01"},
		{"three fit", found(func(w *world) { w.refer("T2", "BEG", "2025-01-01", ""); w.refer("T3", "BEG", "2025-01-01", "") }), "rejected R01"},
		{"a withdrawn one does not count", found(func(w *world) { w.refer("T2", "BEG", "2026-01-01", "").Status = billing.StatusWithdrawn }), "accepted R13"},
		{"one that ended does not count", found(func(w *world) { w.refer("T2", "BEG", "2025-01-01", "2026-01-09") }), "accepted R13"},
		{"one that has not begun does not count", found(func(w *world) { w.refer("T2", "BEG", "2026-01-11", "") }), "accepted R13"},
		{"another provider's does not count", found(func(w *world) { w.refer("T2", "BEG", "2026-01-01", "").Provider = there }), "accepted R13"},
		{"by category", found(func(w *world) { w.referral.Product, w.referral.Category = "", "45" }), "accepted R13"},
		{"not by another category", found(func(w *world) { w.referral.Product, w.referral.Category = "", "54" }), "rejected R01"},
		{"one with only a budget is not found by a product without a category", found(func(w *world) {
			w.product("BEG").Category = ""
			w.referral.Product, w.referral.HasBudget = "", true
		}), "rejected R01"},
		{"a category beside a product", found(func(w *world) {
			second := w.refer("T2", "", "2026-01-01", "")
			second.Category = "45"
		}), "rejected R01"},
		{"a product goes before its category", found(func(w *world) { w.referral.Product, w.referral.Category = "BEH", "45" }), "rejected R01"},
		{"one with only a budget is never found", found(func(w *world) { w.referral.Product, w.referral.HasBudget = "", true }), "rejected R01"},
		{"none with the day", found(func(w *world) { w.referral.End = day("2026-01-09") }), "rejected R01"},
	})
}

func TestStayRules(t *testing.T) {
	in := func(product string, change func(*world, *billing.Referral)) func(*world) {
		return func(w *world) {
			r := w.refer("T2", product, "2023-04-12", "")
			z := w.add("2026-01-10")
			z.ReferralNumber, z.Product, z.Unit, z.Quantity = "T2", product, billing.Daypart, dayparts(1)
			r.Start = day("2025-01-01")
			change(w, r)
		}
	}
	run(t, []ruleTest{
		{"R11 not expected", in("GROEP", func(w *world, r *billing.Referral) { r.Referrer = "02" }), "accepted R11"},
		{"R11 an unknown word", in("GROEP", func(w *world, r *billing.Referral) { r.Referrer = "buurvrouw" }), "accepted R11"},
		{"R11 expected", in("GROEP", func(w *world, r *billing.Referral) { r.Referrer = "08" }), "accepted"},
		{"R11 none is not judged", in("GROEP", func(w *world, r *billing.Referral) { r.Referrer = "" }), "accepted"},
		{"R12 no registration", in("HUIS", func(w *world, r *billing.Referral) {}), "held R12"},
		{"R12 a registration", in("HUIS", func(w *world, r *billing.Referral) { r.CoordinationPoint = "CP-1" }), "accepted"},
		{"R12 an own placement needs it too", in("HUIS", func(w *world, r *billing.Referral) { r.OwnPlacement = true }), "held R12"},
		{"R12 an own placement that was registered", in("HUIS", func(w *world, r *billing.Referral) { r.OwnPlacement, r.CoordinationPoint = true, "CP-1" }), "accepted"},
		{"R12 the day before", in("HUIS", func(w *world, r *billing.Referral) { r.Start = day("2023-04-11") }), "accepted"},
		{"R12 on the day", in("HUIS", func(w *world, r *billing.Referral) { r.Start = day("2023-04-12") }), "held R12"},
		{"R12 another product", in("GROEP", func(w *world, r *billing.Referral) {}), "accepted"},
	})
}
