package retour

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/shown"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// returned is a row as it is returned to its provider: without the findings that describe another party.
type returned struct {
	*report.Row
	told      *shown.ProviderRow
	findings  []billing.Finding // those that the provider may read: rejects first, then holds, then signals
	elsewhere bool              // the referral is another provider's
}

func newReturned(v *layout.View, row *report.Row) *returned {
	told := shown.ForProvider(v.Catalogue, row)
	return &returned{Row: row, told: told, findings: told.Findings, elsewhere: told.Elsewhere}
}

// mayTell reports whether the provider may read a finding about this row.
func (r *returned) mayTell(code billing.Code) bool { return r.told.MayShow(code) }

// refused reports whether a controller rejected the row on a finding.
func (r *returned) refused(code billing.Code) bool { return r.told.Refused(code) }

// effect returns what a finding does to the row.
func (r *returned) effect(code billing.Code) billing.Severity { return r.told.Effect(code) }

// at returns the findings for which the cell of a field is marked: they decided the outcome, or would have.
func (r *returned) at(v *layout.View, field billing.Field) []billing.Finding {
	var found []billing.Finding
	for _, finding := range r.findings {
		if finding.Field == field && r.effect(finding.Code) >= billing.Hold {
			found = append(found, finding)
		}
	}
	return found
}

// whatStoodThere returns the text of a cell that could not be read, as a finding stored it; personal data are never
// stored.
func (r *returned) whatStoodThere(field billing.Field) string {
	for i := range r.findings {
		finding := &r.findings[i]
		if field == billing.FieldQuantity {
			if text, ok := finding.WrittenQuantity(); ok {
				return text
			}
		}
		if finding.Field != field {
			continue
		}
		if text, ok := finding.Written(); ok {
			return text
		}
	}
	return ""
}

// ownFile reports whether the row came in a file of this provider. The name of another provider's file would reveal that one.
func (r *returned) ownFile() bool { return r.SentBy == r.ReturnTo }

// awarded returns the amount of an accepted record on its own; empty for another.
func (r *returned) awarded() workbook.Value {
	if r.Outcome != billing.Accepted {
		return workbook.None()
	}
	return workbook.Money(r.Amount)
}
