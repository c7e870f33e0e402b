package shown

import (
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
)

// ProviderRow is a row as its provider may read it, in its return file and on its pages.
type ProviderRow struct {
	Row       *report.Row
	Findings  []billing.Finding // those that the provider may read: rejects first, then holds, then signals
	Elsewhere bool              // the referral is another provider's
	catalogue *billing.Catalogue
}

// ForProvider returns what a provider may read of its row: without the findings that describe another party.
func ForProvider(catalogue *billing.Catalogue, row *report.Row) *ProviderRow {
	t := &ProviderRow{Row: row, catalogue: catalogue, Elsewhere: anotherProvidersReferral(row.Findings)}
	t.Findings = slices.DeleteFunc(slices.Clone(row.ProviderFindings()), func(f billing.Finding) bool {
		return !t.MayShow(f.Code) || isLateCare(f.Code) && sentInTime(row.Record)
	})
	slices.SortStableFunc(t.Findings, func(a, b billing.Finding) int { return int(t.Effect(b.Code)) - int(t.Effect(a.Code)) })
	return t
}

// sentInTime reports whether care was first received by the end of the month after it. If it counts as late care all the
// same, the region took too long, and the provider is not told.
func sentInTime(r *billing.Record) bool { return r.FirstReceived <= r.First.Period().Add(1).Last() }

// MayShow reports whether the provider may read a finding on this row. If the referral is another provider's, findings that
// describe it are withheld: otherwise a wrong number would reveal what the other delivers, where and until when.
func (t *ProviderRow) MayShow(code billing.Code) bool {
	return ProviderMayRead(t.catalogue, code) && !(t.Elsewhere && DescribesReferral(t.catalogue, code))
}

// Refused reports whether a controller rejected the row on a finding.
func (t *ProviderRow) Refused(code billing.Code) bool {
	return t.Row.Outcome == billing.Rejected && Verdict(t.Row, code) == billing.Refuse
}

// Effect returns what a finding does to the row: a refused hold rejects it, and a lifted one only signals.
func (t *ProviderRow) Effect(code billing.Code) billing.Severity {
	severity := t.catalogue.SeverityOn(t.Row.Record, code)
	switch {
	case severity != billing.Hold:
		return severity
	case t.Refused(code):
		return billing.Reject
	case (t.Row.Outcome == billing.Accepted || t.Row.Outcome == billing.Pending) && !slices.Contains(t.Row.OpenHolds, code):
		return billing.Signal
	}
	return billing.Hold
}

// Reason returns the reason that a controller gave for refusing the row on a finding; told is false if nobody refused it,
// or if the provider may not read it.
func (t *ProviderRow) Reason(code billing.Code) (reason string, told bool) {
	if !t.Refused(code) || !t.MayShow(code) {
		return "", false
	}
	return Decision(t.Row, code).Reason, true
}
