package rules_test

import (
	"testing"

	"github.com/shopspring/decimal"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/rules"
)

// span adds a prestatie of one hour of BEG on T1, which becomes number 1; everything that it claims is right.
func span(w *world, first, last string) *billing.Record {
	r := w.add(first)
	r.Origin, r.Last, r.Reference = billing.FromMessage, day(last), "P-"+string(rune('0'+r.ID))
	r.Received, r.FirstReceived, r.FileID = r.Last, r.Last, r.ID
	w.referral.Number, r.ReferralNumber = "0001", "1"
	r.Municipality = "0855"
	r.Prestatie = &billing.Prestatie{
		Client: 1, Part: 1, Receiver: "0855", Category: "45", Unit: "04", Volume: 1, HasTariff: true, Tariff: 9550, Claimed: 9550,
		DeclaredTo: r.First.Period().Last(),
	}
	return r
}

// january adds a prestatie of the whole of January.
func january(w *world) *billing.Record { return span(w, "2026-01-01", "2026-01-31") }

// A wrong claim is only a signal on a spreadsheet; in a message it rejects the prestatie.
func TestSeverityByOrigin(t *testing.T) {
	wrong := decimal.RequireFromString("1.00")
	run(t, []ruleTest{
		{"P03 of a spreadsheet", func(w *world) { w.add("2026-01-10").ClaimedPrice = &wrong }, "accepted P03"},
		{"P03 of a message", func(w *world) { january(w).Prestatie.Tariff = 100 }, "rejected P03"},
		{"P04 of a spreadsheet", func(w *world) { w.add("2026-01-10").ClaimedAmount = &wrong }, "accepted P04"},
		{"P04 of a message", func(w *world) { january(w).Prestatie.Claimed = 100 }, "rejected P04"},
		{"a hold is a hold of either", func(w *world) {
			w.referral.BirthDate = day("2006-05-02")
			january(w)
		}, "held A01"},
	})
	catalogue := rules.Catalogue()
	for _, test := range []struct {
		code   billing.Code
		origin billing.Origin
		want   billing.Severity
	}{
		{billing.P03, billing.FromSpreadsheet, billing.Signal}, {billing.P03, billing.FromMessage, billing.Reject}, {billing.P04, billing.FromMessage, billing.Reject},
		{billing.R10, billing.FromMessage, billing.Hold}, {billing.NoCode, billing.FromMessage, billing.NoSeverity},
	} {
		if got := catalogue.SeverityFor(test.code, test.origin); got != test.want {
			t.Errorf("%s of a %s is a %s, want %s", test.code, test.origin, got, test.want)
		}
	}
}

// Each rule on dates names the day it is about: the first or the last of the care.
func TestFirstAndLastDay(t *testing.T) {
	bounds := func(start, end string) func(*world) {
		return func(w *world) {
			w.referral.Start, w.referral.End = day(start), day(end)
			span(w, "2026-01-05", "2026-01-25")
		}
	}
	run(t, []ruleTest{
		{"within", bounds("2026-01-05", "2026-01-25"), "accepted"},
		{"begins before the referral", bounds("2026-01-06", "2026-01-25"), "rejected R07"},
		{"ends after the referral", bounds("2026-01-05", "2026-01-24"), "rejected R08"},
		{"both", bounds("2026-01-10", "2026-01-20"), "rejected R07 R08"},
		{"ends after the maximum duration", func(w *world) {
			w.referral.Start = day("2024-01-20")
			january(w)
		}, "held D01"},
		{"ends on the last day inside it", func(w *world) {
			w.referral.Start = day("2024-02-01")
			january(w)
		}, "accepted"},
	})
}
