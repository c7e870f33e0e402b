package billing_test

import (
	"testing"

	"github.com/pxq-nl/pxq/billing"
)

// TestCauses sees why the lines of one key changed, by what became of the one row under it.
func TestCauses(t *testing.T) {
	key := billing.LineKey{Provider: provider, Municipality: "0855", BSN: client, Referral: "T1", Product: "BEG", Unit: billing.Time, CareMonth: month("2026-01")}
	row := func(change func(*billing.CountedRow)) []billing.CountedRow {
		row := billing.CountedRow{LineKey: key, Record: 1, Reference: "R1", Outcome: billing.Accepted, Price: 9123}
		change(&row)
		return []billing.CountedRow{row}
	}
	same := func(*billing.CountedRow) {}
	outcome := func(outcome billing.Outcome) func(*billing.CountedRow) {
		return func(row *billing.CountedRow) { row.Outcome = outcome }
	}
	moved := func(row *billing.CountedRow) { row.Referral = "T2" }
	decided := billing.Changes{Decided: map[billing.RowSubject]bool{{Provider: provider, Reference: "R1"}: true}}
	referral := func(number string) billing.Changes {
		return billing.Changes{Referrals: map[billing.ReferralOf]bool{{Client: client, Number: number}: true}}
	}
	for _, test := range []struct {
		name          string
		changes       billing.Changes
		before, after []billing.CountedRow
		want          billing.Cause
	}{
		{"nothing", billing.Changes{}, row(same), row(same), billing.CauseOther},
		{"another book", billing.Changes{Book: true}, row(same), row(same), billing.CauseBook},
		{"another price", billing.Changes{Book: true}, row(same), row(func(row *billing.CountedRow) { row.Price++ }), billing.CausePrice},
		{"a row came", billing.Changes{Book: true}, nil, row(same), billing.CauseRecord},
		{"a row went", billing.Changes{}, row(same), nil, billing.CauseRecord},
		{"replaced", billing.Changes{}, row(same), row(outcome(billing.Replaced)), billing.CauseRecord},
		{"withdrawn", decided, row(same), row(outcome(billing.Withdrawn)), billing.CauseRecord},
		{"back", billing.Changes{}, row(outcome(billing.Replaced)), row(same), billing.CauseRecord},
		{"refused", decided, row(same), row(outcome(billing.Rejected)), billing.CauseDecision},
		{"lifted", decided, row(outcome(billing.Held)), row(same), billing.CauseDecision},
		{"its referral changed", referral("T1"), row(same), row(outcome(billing.Rejected)), billing.CauseReferral},
		{"the referral it went to changed", referral("T2"), row(same), row(moved), billing.CauseReferral},
		{"the referral it came from changed", referral("T2"), row(moved), row(same), billing.CauseReferral},
		{"another referral changed", referral("T3"), row(same), row(moved), billing.CauseOther},
		{"room that others took", billing.Changes{}, row(same), row(outcome(billing.Rejected)), billing.CauseOther},
	} {
		test.changes.Look(test.before, test.after)
		if got := test.changes.Cause(key); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
		if text := test.want.Text(); text.Dutch == "" || text.English == "" {
			t.Errorf("%s has no text", test.want)
		}
	}
}
