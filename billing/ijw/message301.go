package ijw

import "github.com/pxq-nl/pxq/billing"

// Message301 is what a municipality assigns to one client at one provider (JW301). Names, addresses, relations and
// comments are left out, since pxq does not need them.
type Message301 struct {
	Header   Header
	Assigned Assigned
}

// Assigned is the client of a JW301 with the assignments.
type Assigned struct {
	BSN      string
	Born     Day
	BornUse  string // DatumGebruik; "" when absent
	Products []Assignment
	Line     int // line of its start tag in the file; 0 when it was not read from one
}

// bornUnknown is the DatumGebruik of a birth date of which nothing is known.
const bornUnknown = "3"

// BirthDate returns the birth date; none when nothing of it is known. If only the month or the year is known, it returns
// the date as written.
func (a *Assigned) BirthDate() billing.Date {
	if a.BornUse == bornUnknown {
		return 0
	}
	return a.Born.Date
}

// Assignment is one product, category or budget that a municipality assigns (ToegewezenProduct).
type Assignment struct {
	Number     Number // ToewijzingNummer, unique within the municipality
	ProviderID string // ReferentieAanbieder; "" when absent
	Category   string // "" when Product is absent
	Product    string // code; "" when absent
	Decided    Moment // Toewijzingsdatum and -tijd
	Start      Day    // Ingangsdatum
	End        Day    // Einddatum; not given when open
	Reason     string // RedenWijziging; "" when absent
	Volume     Number // of Omvang, in whole units; not given when Omvang is absent
	Unit       Unit   // of Omvang
	Frequency  billing.Frequency
	Budget     Number // in cents; not given when absent
	Line       int    // line of its start tag in the file; 0 when it was not read from one
}

// The reasons of change that pxq treats specially (JZ002).
const (
	reasonCorrection = "01" // lapsed, may not be used
	reasonDeleted    = "13"
)

// Deleted reports whether the municipality took the assignment back.
func (a *Assignment) Deleted() bool { return a.Reason == reasonDeleted }

// HasProduct reports whether the element Product is present, with or without a code.
func (a *Assignment) HasProduct() bool { return a.Category != "" }

// Moment is when an assignment was decided: of several messages about one number the latest counts (IV013).
type Moment struct {
	Day  Day
	Time ClockText
}

// ClockText is a time of the day as 15:04:05, followed by the fraction of the second, if any, without trailing zeros.
type ClockText string
