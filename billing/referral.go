package billing

import "github.com/shopspring/decimal"

// Frequency says over what time a referral's volume counts (WMO757).
type Frequency uint8

// The frequencies, with the numbers of the national code list.
const (
	NoFrequency Frequency = 0
	PerDay      Frequency = 1
	PerWeek     Frequency = 2
	PerMonth    Frequency = 4
	InTotal     Frequency = 6
)

// Referral is the permission to deliver one product to one client (toewijzing), in its latest version.
type Referral struct {
	Number            string
	BSN               string
	BirthDate         Date
	Municipality      string // as written
	Provider          string // AGB code
	Product           string // as written; "" if it names none
	Category          string // "" if it names none
	Start, End        Date   // both included; End none is open
	HasVolume         bool
	Volume            Quantity // in hundredths, in VolumeUnit, per Frequency
	VolumeUnit        Unit
	VolumeText        decimal.Decimal // as written, in VolumeWritten
	VolumeWritten     string          // uur, minuut or dagdeel: for people
	Frequency         Frequency
	HasBudget         bool
	Budget            Money
	Referrer          string           // COD327 code, or an unknown word as written; "" if none
	Assigned          Date             // toewijzingsdatum
	AssignedAt        int64            // of a JW301: nanoseconds of the day, and one more; 0 of what no message said
	Status            string           // actief, gewijzigd, verwijderd; "" counts as actief
	CoordinationPoint string           // registration number or date; "" if none
	OwnPlacement      bool             // eigen plaatsing
	ExtendedTo        Date             // max duur verlengd tot; none if not
	ExtendedYouthCare bool             // verlengde jeugdhulp
	ContinuesTo       Date             // voortzetting tot; none if not
	BeforeText        *decimal.Decimal // eerder gedeclareerd as written, in VolumeWritten; nil if none
	DeclaredBefore    Quantity         // eerder gedeclareerd, in hundredths of VolumeUnit
	AmountBefore      Money            // eerder gedeclareerd bedrag

	Version  int
	Received Date
	File     string
	FileID   int64
	Sheet    string
	Row      int
	Given    uint32 // the columns that the file had: a bit for each ReferralField
}

// StatusWithdrawn is the status of a referral that was withdrawn (reason of change 13).
const StatusWithdrawn = "verwijderd"

// Withdrawn reports whether the referral was withdrawn.
func (r *Referral) Withdrawn() bool { return r.Status == StatusWithdrawn }

// Covers reports whether the day lies in the referral.
func (r *Referral) Covers(day Date) bool { return covers(r.Start, r.End, day) }

// Known reports whether the book knows the referral's municipality and product; another counts as unknown.
func (r *Referral) Known(book *Book) bool {
	return book.Municipality(r.Municipality) != nil && (r.Product == "" || book.Product(r.Product) != nil)
}
