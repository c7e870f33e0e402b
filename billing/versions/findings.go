package versions

import (
	"slices"

	"github.com/pxq-nl/pxq/billing"
)

// Note sets on a record what the verdict on its row says.
func (v *Verdict) Note(r *billing.Record) {
	if v.NothingWithdrawn {
		addNothingWithdrawn(r)
	}
	if v.OtherClient {
		r.Findings = append(slices.Clone(r.Findings), billing.Finding{Code: billing.U03, Field: billing.FieldReference, Values: []string{r.Reference}})
	}
	r.Version, r.FirstReceived, r.Ambiguous, r.SeenBefore = v.Version, v.FirstReceived, v.Kind == Ambiguous, v.SeenBefore
	r.HasPrior, r.PriorUnit, r.PriorQuantity, r.PriorOtherClient = v.Prior.Exists, v.Prior.Unit, v.Prior.Quantity, v.Prior.OtherClient
}

// Unnoted returns the findings of a record without those that Note added.
func Unnoted(r *billing.Record) []billing.Finding {
	noted := func(f billing.Finding) bool { return isNoted(r, f) }
	if !slices.ContainsFunc(r.Findings, noted) {
		return r.Findings
	}
	return slices.DeleteFunc(slices.Clone(r.Findings), noted)
}

// addNothingWithdrawn adds F03 to a row whose quantity of 0 withdraws nothing, unless its reader did.
func addNothingWithdrawn(r *billing.Record) {
	if slices.ContainsFunc(r.Findings, func(f billing.Finding) bool { return f.Code == billing.F03 }) {
		return
	}
	r.Findings = append(slices.Clone(r.Findings), billing.Finding{Code: billing.F03, Field: billing.FieldQuantity, Values: []string{"0"}})
}

// isNoted reports whether a finding is one that Note adds: F03 on a quantity of 0 that withdraws nothing, or U03.
func isNoted(r *billing.Record, f billing.Finding) bool {
	if f.Code == billing.U03 {
		return true
	}
	return r.HasQuantity && r.Quantity == 0 && f.Code == billing.F03 && f.Field == billing.FieldQuantity && len(f.Values) == 1 && f.Values[0] == "0"
}

// readable reports whether a record could be read, ignoring findings that Note added.
func readable(r *billing.Record) bool {
	for _, finding := range r.Findings {
		if billing.Unreadable.Has(finding.Code) && !isNoted(r, finding) {
			return false
		}
	}
	return true
}

// hasOtherClient reports whether a record has U03.
func hasOtherClient(r *billing.Record) bool {
	return slices.ContainsFunc(r.Findings, func(f billing.Finding) bool { return f.Code == billing.U03 })
}
