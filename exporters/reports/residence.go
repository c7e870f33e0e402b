package reports

import (
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/shown"
)

// residence finds the municipality of rows that were replaced or that withdraw a record. Those are not judged, so the report
// has none for them; but most have the same client as the row that took their place.
type residence struct {
	byReference map[reference]*resident
	byReferral  map[referral]*resident
	waiting     []*report.Row // rows whose municipality is not known yet
}

type (
	reference billing.RecordKey
	referral  struct{ provider, bsn, number string }
	// resident is the municipality of a reference or referral, by the row of it that was taken in last.
	resident struct {
		row          int64
		municipality string
	}
)

func newResidence() residence {
	return residence{byReference: make(map[reference]*resident), byReferral: make(map[referral]*resident)}
}

// of returns the CBS code of the municipality of a row, "" for an unknown one; ok is false if a later row may still tell it.
func (r *residence) of(book *billing.Book, row *report.Row) (code string, ok bool) {
	record := row.Record
	if shown.Judged(row) {
		if row.Municipality != "" {
			if record.Version > 1 {
				note(r.byReference, referenceOf(record), row)
			}
			note(r.byReferral, referral{record.Provider, record.BSN, row.Referral}, row)
		}
		return row.Municipality, true
	}
	if row.Municipality != "" {
		return row.Municipality, true
	}
	if found := book.Municipality(record.Municipality); found != nil && record.Municipality != "" {
		return found.Code, true
	}
	r.waiting = append(r.waiting, row)
	return "", false
}

// later returns the municipality of a row for which of returned false, once all rows were seen: that of the row in its place,
// else that of its referral.
func (r *residence) later(row *report.Row) string {
	record := row.Record
	if found := r.byReference[referenceOf(record)]; found != nil {
		return found.municipality
	}
	if found := r.byReferral[referral{record.Provider, record.BSN, record.ReferralNumber}]; found != nil {
		return found.municipality
	}
	return ""
}

// keyed is a key by which the municipality of rows is recorded.
type keyed[K any] interface {
	comparable
	alone() K
}

// referenceOf returns the key of a record, in which its reference is not always as it was written.
func referenceOf(record *billing.Record) reference {
	return reference(billing.RecordKeyOf(record.Provider, record.Reference))
}

// alone returns a copy of the key, since its texts would keep everything in memory that was read together with them.
func (k reference) alone() reference {
	return reference{strings.Clone(k.Provider), strings.Clone(k.KnownAs)}
}

func (k referral) alone() referral {
	return referral{strings.Clone(k.provider), strings.Clone(k.bsn), strings.Clone(k.number)}
}

// note records the municipality of a row. Rows come in any order.
func note[K keyed[K]](known map[K]*resident, key K, row *report.Row) {
	last := known[key]
	switch {
	case last == nil:
		known[key.alone()] = &resident{row.Record.ID, strings.Clone(row.Municipality)}
	case row.Record.ID > last.row:
		last.row = row.Record.ID
		if last.municipality != row.Municipality {
			last.municipality = strings.Clone(row.Municipality)
		}
	}
}
