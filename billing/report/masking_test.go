package report

import (
	"errors"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// A provider that writes arbitrary numbers in its rows cannot learn from the masking who is a client of another provider.
func TestWhatAProviderMayRead(t *testing.T) {
	clients := bsn.NewClients(func(provider, number string) (bool, error) {
		return number == "999910024" && provider != "20000002", nil // of another provider
	})
	row := &Row{
		Record:   &billing.Record{Provider: "20000002", BSN: "999910012", Reference: "999910024", ReferralNumber: "9999-10-024"},
		ReturnTo: "20000002", Referral: "999910012", Findings: []billing.Finding{{Code: billing.R13, Values: []string{"x"}}, {Code: billing.R01, Values: []string{"9999-10-024", "y"}}, {Code: billing.U02, Values: []string{"99991 0024"}}},
	}
	if err := errors.Join(maskShown(clients, row), maskFindings(clients, row)); err != nil {
		t.Fatal(err)
	}
	if row.Shown != (Shown{Reference: "•••", Referral: "•••"}) || row.Findings[1].Values[0] != "•••" {
		t.Errorf("shown are %v and %v", row.Shown, row.Findings)
	}
	row.Record.Reference, row.Record.ReferralNumber = "A2", ""
	if err := errors.Join(maskShown(clients, row), maskFindings(clients, row)); err != nil {
		t.Fatal(err)
	}
	if got := row.ProviderFindings()[2].Values[0]; got != "99991 0024" {
		t.Errorf("the number that another of its rows bears is told as %q", got)
	}
	row.Record.Reference, row.Record.ReferralNumber = "999910024", "9999-10-024"
	if row.ProviderReference() != "999910024" || row.ProviderFindings()[1].Values[0] != "9999-10-024" || row.ProviderFindings()[1].Values[1] != "y" {
		t.Errorf("told are %q and %v", row.ProviderReference(), row.ProviderFindings())
	}
}

// The texts that a controller wrote with a decision appear in the workbooks of the municipality and of the provider.
func TestReasonNamesNoClient(t *testing.T) {
	key := billing.RecordKeyOf("20000002", "A1")
	judged := &ledger.JudgedRow{StoredRecord: ledger.StoredRecord{Record: &billing.Record{Provider: "20000002", Reference: "A1", Version: 1}}}
	row := newRowReader(nil, nil).row(judged, map[billing.RecordKey][]billing.Decision{key: {{
		Provider: "20000002", Reference: "A1", Version: 1, Reason: "hoort bij 999910024, zie 2026-10-01", By: "L. Bos 9999-10-024", Second: "999910024",
	}}})
	if got := row.Decisions[0]; got.Reason != "hoort bij •••, zie 2026-10-01" || got.By != "L. Bos •••" || got.Second != "•••" {
		t.Errorf("got %q by %q and %q", got.Reason, got.By, got.Second)
	}
}
