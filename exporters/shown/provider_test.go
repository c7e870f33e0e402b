package shown

import (
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
)

// A provider reads that a referral is another provider's, and nothing of what that referral holds.
func TestForProviderOfAnothersReferral(t *testing.T) {
	catalogue := billing.NewCatalogue([]billing.Rule{
		{Code: billing.R03, Severity: billing.Reject},
		{Code: billing.L01, Severity: billing.Reject, TellsReferral: true}, // any code will do: the rule in the catalogue decides
		{Code: billing.S01, Severity: billing.Hold, NamesOthers: true},
	})
	row := func(codes ...billing.Code) *report.Row {
		row := &report.Row{Record: &billing.Record{}, Outcome: billing.Rejected}
		for _, code := range codes {
			row.Findings = append(row.Findings, billing.Finding{Code: code})
		}
		return row
	}
	for name, test := range map[string]struct {
		row  *report.Row
		want billing.Code
	}{
		"its own":          {row(billing.L01, billing.S01), billing.L01},
		"another's":        {row(billing.R03, billing.L01), billing.R03},
		"a code long gone": {row(billing.C04), billing.C04},
	} {
		told := ForProvider(catalogue, test.row)
		if len(told.Findings) != 1 || told.Findings[0].Code != test.want {
			t.Errorf("%s: the provider reads %v, want %s alone", name, told.Findings, test.want)
		}
	}
}

// TestReasonIsTold: a provider reads why a controller refused its row, but not on a finding that it may not read: the
// reason would describe the other party, or the other's referral.
func TestReasonIsTold(t *testing.T) {
	catalogue := billing.NewCatalogue([]billing.Rule{
		{Code: billing.L01, Severity: billing.Hold}, {Code: billing.U02, Severity: billing.Hold}, {Code: billing.R03, Severity: billing.Reject},
		{Code: billing.S01, Severity: billing.Hold, NamesOthers: true}, {Code: billing.D01, Severity: billing.Hold, TellsReferral: true},
	})
	row := &report.Row{Record: &billing.Record{}, Outcome: billing.Rejected, Findings: []billing.Finding{{Code: billing.L01}, {Code: billing.R03}, {Code: billing.S01}, {Code: billing.D01}}}
	for _, code := range []billing.Code{billing.L01, billing.S01, billing.D01} {
		row.Decisions = append(row.Decisions, billing.Decision{Code: code, Word: billing.Refuse, Reason: "want"})
	}
	row.Decisions = append(row.Decisions, billing.Decision{Code: billing.U02, Word: billing.Allow, Reason: "twee keer geleverd"})
	for code, want := range map[billing.Code]string{billing.L01: "want", billing.U02: "", billing.S01: "", billing.D01: ""} {
		if reason, told := ForProvider(catalogue, row).Reason(code); reason != want || told != (want != "") {
			t.Errorf("%s: the provider reads %q, %t; want %q", code, reason, told, want)
		}
	}
	row.Outcome = billing.Accepted
	if reason, told := ForProvider(catalogue, row).Reason(billing.L01); told {
		t.Errorf("of a row that is not rejected the provider reads %q", reason)
	}
}
