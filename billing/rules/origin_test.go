package rules_test

import (
	"testing"

	"github.com/shopspring/decimal"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/rules"
)

// span adds a record of a message: care of several days.
func span(w *world, first, last string) *billing.Record {
	r := w.add(first)
	r.Origin, r.Last = billing.FromMessage, day(last)
	r.Received, r.FirstReceived = r.Last, r.Last
	return r
}

// What a provider claims only differs on a spreadsheet; a message is answered on it.
func TestSeverityByOrigin(t *testing.T) {
	wrong := decimal.RequireFromString("1.00")
	run(t, []ruleTest{
		{"P03 of a spreadsheet", func(w *world) { w.add("2026-01-10").ClaimedPrice = &wrong }, "accepted P03"},
		{"P03 of a message", func(w *world) { span(w, "2026-01-01", "2026-01-31").ClaimedPrice = &wrong }, "rejected P03"},
		{"P04 of a spreadsheet", func(w *world) { w.add("2026-01-10").ClaimedAmount = &wrong }, "accepted P04"},
		{"P04 of a message", func(w *world) { span(w, "2026-01-01", "2026-01-31").ClaimedAmount = &wrong }, "rejected P04"},
		{"a hold is a hold of either", func(w *world) { span(w, "2026-01-01", "2026-01-31").Municipality = "Goirle" }, "held R10"},
		{"a message rejected on P03 is no context", func(w *world) {
			span(w, "2026-01-10", "2026-01-10").ClaimedPrice = &wrong
			w.add("2026-01-10")
		}, "rejected P03; accepted"},
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

// Each rule on dates names the day it means: the first or the last of the care.
func TestFirstAndLastDay(t *testing.T) {
	bounds := func(start, end string) func(*world) {
		return func(w *world) {
			w.referral.Start, w.referral.End = day(start), day(end)
			span(w, "2026-01-05", "2026-01-25")
		}
	}
	run(t, []ruleTest{
		{"within", bounds("2026-01-05", "2026-01-25"), "accepted"},
		{"begins before the referral", bounds("2026-01-06", "2026-12-31"), "rejected R07"},
		{"ends after the referral", bounds("2025-06-01", "2026-01-24"), "rejected R08"},
		{"both", bounds("2026-01-10", "2026-01-20"), "rejected R07 R08"},
		{"ends after the maximum duration", func(w *world) {
			w.referral.Start = day("2024-01-20")
			span(w, "2026-01-05", "2026-01-25")
		}, "held D01"},
		{"ends on the last day inside it", func(w *world) {
			w.referral.Start = day("2024-01-26")
			span(w, "2026-01-05", "2026-01-25")
		}, "accepted"},
	})
}

func TestOrigins(t *testing.T) {
	for _, origin := range []billing.Origin{billing.FromSpreadsheet, billing.FromMessage} {
		if got, known := billing.ParseOrigin(origin.String()); got != origin || !known {
			t.Errorf("%s was read as %s", origin, got)
		}
	}
	if _, known := billing.ParseOrigin("fax"); known {
		t.Error("fax is no origin")
	}
}
