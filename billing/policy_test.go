package billing_test

import (
	"testing"

	"github.com/pxq-nl/pxq/billing"
)

// TestPolicyText fixes the text of a policy: the fingerprints of closed periods contain it, so it must never change for a
// policy that an earlier version could have.
func TestPolicyText(t *testing.T) {
	const usual = "{GapDays:30 LookAheadMonths:3 HandoverMonths:3 LateMonths:3 MaxHoursPerDay:12 MaxDaypartsPerDay:3 CeilingWarning:90 AgeMaximum:23 " +
		"CoordinationPointFrom:2023-04-12 Segment1Begeleiding:300 Segment1Behandeling:230 MinMinutes:5 RecalculateFrom:"
	policy := billing.DefaultPolicy()
	if got, want := policy.Text(), usual+billing.Period(0).String()+"}"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	policy.RecalculateFrom, policy.MaxCredit = billing.PeriodOf(2026, 3), 0
	if got, want := policy.Text(), usual+"2026-03 MaxCredit:0}"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
