package versions

import (
	"slices"

	"github.com/pxq-nl/pxq/billing"
)

// AddNothingWithdrawn notes F03 on a row of which the quantity of 0 withdraws nothing, unless its reader did.
func AddNothingWithdrawn(r *billing.Record) {
	if slices.ContainsFunc(r.Findings, func(f billing.Finding) bool { return f.Code == billing.F03 }) {
		return
	}
	r.Findings = append(r.Findings, billing.Finding{Code: billing.F03, Field: billing.FieldQuantity, Values: []string{"0"}})
}

// WithoutNothingWithdrawn returns the findings of a record as they were before AddNothingWithdrawn.
func WithoutNothingWithdrawn(r *billing.Record) []billing.Finding {
	if !slices.ContainsFunc(r.Findings, func(f billing.Finding) bool { return isNothingWithdrawn(r, f) }) {
		return r.Findings
	}
	return slices.DeleteFunc(slices.Clone(r.Findings), func(f billing.Finding) bool { return isNothingWithdrawn(r, f) })
}

func isNothingWithdrawn(r *billing.Record, f billing.Finding) bool {
	return r.HasQuantity && r.Quantity == 0 && f.Code == billing.F03 && f.Field == billing.FieldQuantity && len(f.Values) == 1 && f.Values[0] == "0"
}

// readable reports whether a record could be read, whatever its quantity of 0 does.
func readable(r *billing.Record) bool {
	for _, finding := range r.Findings {
		if billing.Unreadable.Has(finding.Code) && !isNothingWithdrawn(r, finding) {
			return false
		}
	}
	return true
}
