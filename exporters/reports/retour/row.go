package retour

import (
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/shown"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// returned is a row as it goes back to its provider: without the findings that speak of another party.
type returned struct {
	*report.Row
	findings  []billing.Finding // that the provider may read: what rejects first, then what holds, then what signals
	elsewhere bool              // the referral is another provider's
}

func newReturned(v *layout.View, row *report.Row) returned {
	r := returned{Row: row}
	r.elsewhere = shown.AnotherProvidersReferral(row.Findings)
	r.findings = slices.DeleteFunc(slices.Clone(row.Findings), func(f billing.Finding) bool {
		return !r.mayTell(v.Catalogue, f.Code) || shown.IsLateCare(f.Code) && sentInTime(row.Record)
	})
	slices.SortStableFunc(r.findings, func(a, b billing.Finding) int { return int(r.effect(v, b.Code)) - int(r.effect(v, a.Code)) })
	return r
}

// sentInTime reports whether care was first received by the end of the month after it. If it is late care all the same,
// then because the region took its time: the provider reads nothing of it.
func sentInTime(r *billing.Record) bool { return r.FirstReceived <= r.First.Period().Add(1).Last() }

// mayTell reports whether the provider may read a finding about this row. Of a referral that is another provider's it
// reads that alone: else a wrong number would show what the other delivers, where and until when.
func (r *returned) mayTell(catalogue *billing.Catalogue, code billing.Code) bool {
	return shown.ToldToProvider(catalogue, code) && !(r.elsewhere && shown.DescribesReferral(code))
}

// refused reports whether a controller rejected the row on a finding.
func (r *returned) refused(code billing.Code) bool {
	return r.Outcome == billing.Rejected && shown.Verdict(r.Row, code) == billing.Refuse
}

// effect is what a finding does to the row: a hold that was refused rejects it, and one that was lifted does nothing.
func (r *returned) effect(v *layout.View, code billing.Code) billing.Severity {
	severity := v.Catalogue.SeverityOn(r.Record, code)
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

// at returns the findings that make the cell of a field one to look at: they decided the outcome, or would have.
func (r *returned) at(v *layout.View, field billing.Field) []billing.Finding {
	var found []billing.Finding
	for _, finding := range r.findings {
		if finding.Field == field && r.effect(v, finding.Code) >= billing.Hold {
			found = append(found, finding)
		}
	}
	return found
}

// whatStoodThere returns the text of a cell that could not be read, as the finding kept it; personal data are
// never kept.
func (r *returned) whatStoodThere(field billing.Field) string {
	for i := range r.findings {
		finding := &r.findings[i]
		if finding.Field != field {
			continue
		}
		if text, ok := shown.WrittenText(finding); ok {
			return text
		}
	}
	return ""
}

// ownFile reports whether the row came in a file of this provider. The name of another's file names the other.
func (r *returned) ownFile() bool { return r.SentBy == r.ReturnTo }

// awarded is the amount of an accepted record by itself.
func (r *returned) awarded() workbook.Value {
	if r.Outcome != billing.Accepted {
		return workbook.None()
	}
	return workbook.Money(r.Amount)
}
