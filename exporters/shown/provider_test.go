package shown

import (
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
)

// Of another provider's referral a provider reads that it is another's, and nothing that the referral holds.
func TestForProviderOfAnothersReferral(t *testing.T) {
	catalogue := billing.NewCatalogue([]billing.Rule{
		{Code: billing.R03, Severity: billing.Reject},
		{Code: billing.L01, Severity: billing.Reject, TellsReferral: true}, // any code: the catalogue says it
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
