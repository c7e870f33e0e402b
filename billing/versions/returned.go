package versions

import (
	"slices"

	"github.com/pxq-nl/pxq/billing"
)

// Untouched reports whether a row of a return file still equals the version that it shows, which is one of the kept rows of
// its reference, in order. Nobody changed such a row, so it says nothing new, whatever came in since. Only a row that waited
// for its day says something once that day has come, if nothing newer came in since.
func (f *Fingerprints) Untouched(r *billing.Record, kept []*billing.Record) bool {
	if r.ReturnedVersion == 0 {
		return false
	}
	for i, row := range kept {
		if row.Version != r.ReturnedVersion || !f.equals(r, row) && !f.unitStillUnknown(r, row) {
			continue
		}
		if came := row.LiesInFuture() && !r.LiesInFuture(); !came || i < len(kept)-1 {
			return true
		}
	}
	return false
}

// equals reports whether a row of a return file has the content and the faults of the row that it shows. Whether a care date
// lies in the future depends on the day on which the row is read, not on who wrote it.
func (f *Fingerprints) equals(now, shown *billing.Record) bool {
	return f.Content(now) == f.Content(shown) && slices.EqualFunc(unreadOnAnyDay(now), unreadOnAnyDay(shown), sameFinding)
}

// unitStillUnknown reports whether a row of a return file equals the version that it shows, whose unit is unknown: the sheet or
// the heading that the version came from contradicted its cell, or said nothing while the cell was empty. A return file has
// other sheets and headings, so its cells may be readable though nobody changed them, and clock times may give a quantity.
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

// writtenUnit returns the texts of unit and quantity as a return file repeats them from findings that the unit is unknown and
// that the quantity is 0 or not a number; unknown is false if the unit is known.
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

// withoutQuantity returns a copy of a record as it would be with an unknown unit.
func withoutQuantity(r *billing.Record) *billing.Record {
	bare := *r
	bare.Unit, bare.Quantity, bare.HasQuantity = billing.NoUnit, 0, false
	return &bare
}

// unreadOnAnyDay returns the findings of unread that do not depend on the day on which the row is read.
func unreadOnAnyDay(r *billing.Record) []billing.Finding {
	return slices.DeleteFunc(unread(r), func(finding billing.Finding) bool { return finding.Code == billing.F09 })
}

// besideUnit returns the findings of unreadOnAnyDay that do not depend on the unit.
func besideUnit(r *billing.Record) []billing.Finding {
	return slices.DeleteFunc(unreadOnAnyDay(r), func(finding billing.Finding) bool {
		return finding.Field == billing.FieldUnit || finding.Field == billing.FieldQuantity || finding.Code == billing.F10
	})
}

// unread returns the findings because of which a row could not be read.
func unread(r *billing.Record) []billing.Finding {
	var findings []billing.Finding
	for _, finding := range r.Findings {
		if billing.Unreadable.Has(finding.Code) && !isNoted(r, finding) {
			findings = append(findings, finding)
		}
	}
	return findings
}

// sameFinding reports whether a finding on a row of a return file says the same as one on the row that it shows. An empty
// cell is the same under any heading; the cell of an unreadable citizen service number is empty in the return file, because
// such a number is not stored.
func sameFinding(now, shown billing.Finding) bool {
	if now.Code == billing.F01 && (shown.Code == billing.F01 || shown.Code == billing.F04) {
		return now.Field == shown.Field
	}
	return now.Code == shown.Code && now.Field == shown.Field && slices.Equal(now.Values, shown.Values)
}
