package versions

import (
	"slices"

	"github.com/pxq-nl/pxq/billing"
)

// Untouched reports whether a row of a return file still equals the version that it shows, one of the kept rows of its
// reference. Then nobody changed it, and it says nothing, whatever came since.
func (f *Fingerprints) Untouched(r *billing.Record, kept []*billing.Record) bool {
	if r.ReturnedVersion == 0 {
		return false
	}
	return slices.ContainsFunc(kept, func(row *billing.Record) bool {
		if row.Version != r.ReturnedVersion {
			return false
		}
		return f.Content(r) == f.Content(row) && slices.EqualFunc(unread(r), unread(row), sameFinding) || f.unitStillUnknown(r, row)
	})
}

// unitStillUnknown reports whether a row of a return file equals the version that it shows, whose unit is unknown. The sheet or
// the heading that the version came from contradicted its cell, or said nothing where the cell was empty. The return file has
// other sheets and headings, so there the cells can be read though nobody changed them, and the clock times give a quantity.
func (f *Fingerprints) unitStillUnknown(now, shown *billing.Record) bool {
	unit, quantity, unknown := writtenUnit(shown.Findings)
	if !unknown {
		return false
	}
	if now.ReturnedUnit != unit || now.ReturnedQuantity != quantity {
		return false
	}
	return f.Content(withoutQuantity(now)) == f.Content(withoutQuantity(shown)) && slices.EqualFunc(besideUnit(now), besideUnit(shown), sameFinding)
}

// writtenUnit returns the cells of unit and quantity as the return file repeats them from the findings that the unit is unknown
// and that the quantity is no number, or a 0.
func writtenUnit(findings []billing.Finding) (unit, quantity string, unknown bool) {
	for i := range findings {
		finding := &findings[i]
		if finding.Field == billing.FieldUnit && (finding.Code == billing.F01 || finding.Code == billing.F06) {
			unit, _ = finding.Written()
			unknown = true
		}
		if text, ok := finding.WrittenQuantity(); ok {
			quantity = text
		} else if finding.Code == billing.F03 && quantity == "" {
			quantity, _ = finding.Written()
		}
	}
	return unit, quantity, unknown
}

// withoutQuantity returns a record as it is with a unit that nobody knows.
func withoutQuantity(r *billing.Record) *billing.Record {
	bare := *r
	bare.Unit, bare.Quantity, bare.HasQuantity = billing.NoUnit, 0, false
	return &bare
}

// besideUnit returns the findings by which a row could not be read, without those that depend on the unit.
func besideUnit(r *billing.Record) []billing.Finding {
	return slices.DeleteFunc(unread(r), func(finding billing.Finding) bool {
		return finding.Field == billing.FieldUnit || finding.Field == billing.FieldQuantity || finding.Code == billing.F10
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
