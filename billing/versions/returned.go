package versions

import (
	"slices"

	"github.com/pxq-nl/pxq/billing"
)

// Untouched reports whether a row of a return file still equals the version that it shows, which is one of the kept rows
// of its reference: nobody changed it, so that it says nothing, whatever came since.
func (f *Fingerprints) Untouched(r *billing.Record, kept []*billing.Record) bool {
	if r.ReturnedVersion == 0 {
		return false
	}
	return slices.ContainsFunc(kept, func(row *billing.Record) bool {
		return row.Version == r.ReturnedVersion && f.Content(r) == f.Content(row) && slices.EqualFunc(unread(r), unread(row), sameFinding)
	})
}

// unread returns the findings by which a row could not be read.
func unread(r *billing.Record) []billing.Finding {
	var findings []billing.Finding
	for _, finding := range r.Findings {
		if billing.Unreadable.Has(finding.Code) && !isNoted(r, finding) {
			findings = append(findings, finding)
		}
	}
	return findings
}

// sameFinding reports whether a row of a return file lacks what the row that it shows lacked. An empty cell is empty under
// whatever heading, and so is that of a citizen service number that could not be read, for such a one is not kept.
func sameFinding(now, shown billing.Finding) bool {
	if now.Code == billing.F01 && (shown.Code == billing.F01 || shown.Code == billing.F04) {
		return now.Field == shown.Field
	}
	return now.Code == shown.Code && now.Field == shown.Field && slices.Equal(now.Values, shown.Values)
}
