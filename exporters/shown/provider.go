package shown

import (
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
)

// Told is a row as its provider may read it, in its return file and on its pages.
type Told struct {
	Row       *report.Row
	Findings  []billing.Finding // that the provider may read: what rejects first, then what holds, then what signals
	Elsewhere bool              // the referral is another provider's
	catalogue *billing.Catalogue
}

// ForProvider returns what a provider may read of its row: not the findings that speak of another party.
func ForProvider(catalogue *billing.Catalogue, row *report.Row) *Told {
	t := &Told{Row: row, catalogue: catalogue, Elsewhere: anotherProvidersReferral(row.Findings)}
	t.Findings = slices.DeleteFunc(slices.Clone(row.ToldFindings()), func(f billing.Finding) bool {
		return !t.MayTell(f.Code) || isLateCare(f.Code) && sentInTime(row.Record)
	})
	slices.SortStableFunc(t.Findings, func(a, b billing.Finding) int { return int(t.Effect(b.Code)) - int(t.Effect(a.Code)) })
	return t
}

// sentInTime reports whether care was first received by the end of the month after it. If it is late care all the same,
// then because the region took its time: the provider reads nothing of it.
func sentInTime(r *billing.Record) bool { return r.FirstReceived <= r.First.Period().Add(1).Last() }

// MayTell reports whether the provider may read a finding about this row. Of a referral that is another provider's it
// reads that alone: else a wrong number would show what the other delivers, where and until when.
func (t *Told) MayTell(code billing.Code) bool {
	return ToldToProvider(t.catalogue, code) && !(t.Elsewhere && DescribesReferral(t.catalogue, code))
}

// Refused reports whether a controller rejected the row on a finding.
func (t *Told) Refused(code billing.Code) bool {
	return t.Row.Outcome == billing.Rejected && Verdict(t.Row, code) == billing.Refuse
}

// Effect is what a finding does to the row: a hold that was refused rejects it, and one that was lifted does nothing.
func (t *Told) Effect(code billing.Code) billing.Severity {
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

// Reason returns the reason that a controller gave for refusing the row on a finding; told is false when it may not be
// read, or when nobody refused it.
func (t *Told) Reason(code billing.Code) (reason string, told bool) {
	if !t.Refused(code) || !t.MayTell(code) {
		return "", false
	}
	return Decision(t.Row, code).Reason, true
}
