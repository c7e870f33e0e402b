package reports

import (
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/shown"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// returned is a row as it goes back to its provider: without the findings that speak of another party.
type returned struct {
	*report.Row
	findings  []billing.Finding // that the provider may read: what rejects first, then what holds, then what signals
	elsewhere bool              // the referral is another provider's
}

func newReturned(v *view, row *report.Row) returned {
	r := returned{Row: row}
	r.elsewhere = slices.ContainsFunc(row.Findings, func(f billing.Finding) bool { return f.Code == billing.R03 })
	r.findings = slices.DeleteFunc(slices.Clone(row.Findings), func(f billing.Finding) bool {
		return !r.mayTell(v.Catalogue, f.Code) || f.Code == billing.T02 && sentInTime(row.Record)
	})
	slices.SortStableFunc(r.findings, func(a, b billing.Finding) int { return int(r.effect(v, b.Code)) - int(r.effect(v, a.Code)) })
	return r
}

// sentInTime says that care was first received by the end of the month after it, so that it is not late by any
// doing of the provider: it waited here.
func sentInTime(r *billing.Record) bool { return r.FirstReceived <= r.First.Period().Add(1).Last() }

// tellOfReferral are the findings that tell what a referral holds: client, product, volume, dates, municipality.
var tellOfReferral = []billing.Code{
	billing.R02, billing.R04, billing.R05, billing.R06, billing.R07, billing.R08, billing.R09, billing.R10, billing.R11, billing.R12, billing.R14,
	billing.C03, billing.D01, billing.A01, billing.A02,
}

// mayTell says whether the provider may read a finding about this row. Of a referral that is another provider's it
// reads that alone: else a wrong number would show what the other delivers, where and until when.
func (r *returned) mayTell(catalogue *billing.Catalogue, code billing.Code) bool {
	return mayTell(catalogue, code) && !(r.elsewhere && slices.Contains(tellOfReferral, code))
}

// verdict gives the decision that counts on a finding of the row; nil for none.
func (r *returned) verdict(code billing.Code) *billing.Decision {
	for i := len(r.Decisions) - 1; i >= 0; i-- {
		if r.Decisions[i].Code == code {
			return &r.Decisions[i]
		}
	}
	return nil
}

// refused says whether a controller rejected the row on a finding.
func (r *returned) refused(code billing.Code) bool {
	verdict := r.verdict(code)
	return r.Outcome == billing.Rejected && verdict != nil && verdict.Word == billing.Refuse
}

// effect is what a finding does to the row: a hold that was refused rejects it, and one that was lifted does nothing.
func (r *returned) effect(v *view, code billing.Code) billing.Severity {
	severity := v.Catalogue.Severity(code)
	switch {
	case severity != billing.Hold:
		return severity
	case r.refused(code):
		return billing.Reject
	case (r.Outcome == billing.Accepted || r.Outcome == billing.Pending) && !slices.Contains(r.OpenHolds, code):
		return billing.Signal
	}
	return billing.Hold
}

// at gives the findings that make the cell of a field one to look at: they decided the outcome, or would have.
func (r *returned) at(v *view, field billing.Field) []billing.Finding {
	var found []billing.Finding
	for _, finding := range r.findings {
		if finding.Field == field && r.effect(v, finding.Code) >= billing.Hold {
			found = append(found, finding)
		}
	}
	return found
}

// whatStoodThere gives the text of a cell that could not be read, as the finding kept it; personal data are
// never kept.
func (r *returned) whatStoodThere(field billing.Field) string {
	for i := range r.findings {
		finding := &r.findings[i]
		if finding.Field != field {
			continue
		}
		switch finding.Code {
		case billing.F02, billing.F03, billing.F05, billing.F06, billing.F11:
			return shown.First(finding.Values)
		}
	}
	return ""
}

// ownFile says whether the row came in a file of this provider. The name of another's file names the other.
func (r *returned) ownFile() bool { return r.SentBy == r.ReturnTo }

// awarded is the amount of an accepted record by itself.
func (r *returned) awarded() workbook.Value {
	if r.Outcome != billing.Accepted {
		return workbook.None()
	}
	return workbook.Money(r.Amount)
}
