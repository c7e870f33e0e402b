package rules_test

import "testing"

func TestAgeRules(t *testing.T) {
	born := func(birth string, change func(*world)) func(*world) {
		return func(w *world) {
			w.referral.BirthDate = day(birth)
			w.add("2026-01-10")
			change(w)
		}
	}
	nothing := func(*world) {}
	run(t, []ruleTest{
		{"A01 the day before 18", born("2008-01-11", nothing), "accepted"},
		{"A01 18 that day", born("2008-01-10", nothing), "held A01"},
		{"A01 extended youth care", born("2008-01-10", func(w *world) { w.referral.ExtendedYouthCare = true }), "accepted"},
		{"A01 the product's limit", born("2008-01-10", func(w *world) { w.product("BEG").AgeLimit = 21 }), "accepted"},
		{"A01 at the product's limit", born("2005-01-10", func(w *world) { w.product("BEG").AgeLimit = 21 }), "held A01"},
		{"A01 the day before 23", born("2003-01-11", nothing), "held A01"},
		{"A02 23 that day, and no A01", born("2003-01-10", nothing), "rejected A02"},
		{"A02 extended youth care or not", born("2003-01-10", func(w *world) { w.referral.ExtendedYouthCare = true }), "rejected A02"},
		{"the referral's birth date goes before", born("2012-05-02", func(w *world) { w.client.Records[0].BirthDate = day("2000-01-01") }), "accepted R14"},
		{"else the record's", born("", func(w *world) { w.client.Records[0].BirthDate = day("2000-01-01") }), "rejected A02"},
		{"else not judged", born("", nothing), "accepted"},
		{"A is not judged after R01", born("2000-01-01", func(w *world) {
			w.client.Records[0].ReferralNumber, w.client.Records[0].BirthDate = "T9", day("2000-01-01")
		}), "rejected R01"},
		{"born on 29 February, on 28 February", func(w *world) {
			w.run.Period, w.referral.BirthDate = month("2026-02"), day("2008-02-29")
			w.add("2026-02-28")
		}, "accepted"},
		{"born on 29 February, on 1 March", func(w *world) {
			w.run.Period, w.referral.BirthDate = month("2026-03"), day("2008-02-29")
			w.add("2026-03-01")
		}, "held A01"},
	})
}
