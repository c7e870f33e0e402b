package billing

import "github.com/shopspring/decimal"

// Frequency is the time over which a referral's volume counts (WMO757).
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
	VolumeWritten     string          // the unit as it was written, for people: WrittenHour and the like
	Frequency         Frequency
	HasBudget         bool
	Budget            Money
	Referrer          string           // COD327 code, or an unknown word as written; "" if none
	Assigned          Date             // toewijzingsdatum
	AssignedAt        int64            // of a JW301: time of the day in nanoseconds plus one; 0 if no message gave it
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

// Known reports whether the book knows the referral's municipality and product; if not, the referral counts as unknown.
func (r *Referral) Known(book *Book) bool {
	return book.Municipality(r.Municipality) != nil && (r.Product == "" || book.Product(r.Product) != nil)
}

// What was expected in a cell for which a referral row is refused; keys of the texts.
const (
	WantFilled    = "filled"    // a mandatory cell is empty
	WantScope     = "scope"     // product, category or budget: at least one
	WantText      = "text"      // no error of the spreadsheet program
	WantBSN       = "bsn"       // 9 digits that pass the elfproef
	WantAGB       = "agb"       // 8 digits
	WantDate      = "date"      // a day that exists
	WantNumber    = "number"    // 0 or more
	WantAmount    = "amount"    // 0 or more, in whole cents
	WantUnit      = "unit"      // uur, minuut or dagdeel; filled beside a volume
	WantFrequency = "frequency" // 1, 2, 4 or 6, or the word; filled beside a volume
	WantStatus    = "status"    // actief, gewijzigd or verwijderd
	WantYesNo     = "yes-no"    // ja or nee
)

// The words of a referral's unit, as Referral.VolumeWritten holds them.
const (
	WrittenHour    = "uur"
	WrittenMinute  = "minuut"
	WrittenDaypart = "dagdeel"

	// Only a JW301 writes these; pxq does not settle them.
	WrittenFullDay = "etmaal"
	WrittenOutput  = "stuks output"
	WrittenEuro    = "euro"
	WrittenEffort  = "stuks inspanning"
)

// unitCodes are the codes of the units in which a volume is written.
var unitCodes = map[string]string{
	WrittenMinute: "01", WrittenHour: "04", WrittenFullDay: "14", WrittenDaypart: "16", WrittenOutput: "82", WrittenEuro: "83", WrittenEffort: "84",
}

// WrittenUnit returns the code of the unit (WJ756) in which the referral's volume is written; "" if iJw has no such unit.
func (r *Referral) WrittenUnit() string { return unitCodes[r.VolumeWritten] }

// WrittenOf returns the word of the unit with that code; "" when there is none.
func WrittenOf(code string) string {
	for word, known := range unitCodes {
		if known == code {
			return word
		}
	}
	return ""
}

// MergeReferral returns the version of a referral that results from applying a row to its previous version (nil
// if there is none): a column that the file does not have keeps its value, an empty cell clears it. If the row is
// refused, it returns nil and every cell that is a reason. prev is never changed.
func MergeReferral(prev *Referral, row *ReferralRow) (*Referral, []ReferralCell) {
	next := &Referral{}
	if prev != nil {
		*next = *prev
	}
	for field := range ReferralFieldsEnd {
		if row.Present[field] {
			copyColumn[field](next, &row.Referral)
		}
	}
	next.Number = row.Number
	problems := append([]ReferralCell(nil), row.Unreadable...)
	problems = append(problems, incomplete(next, row)...)
	if len(problems) > 0 {
		return nil, problems
	}
	next.computeVolume()
	next.Version++
	next.Received, next.File, next.Sheet, next.Row = row.Received, row.File, row.Sheet, row.Row
	return next, nil
}

// copyColumn holds, by column, the function that copies what a row says there.
var copyColumn = [ReferralFieldsEnd]func(to, from *Referral){
	ReferralNumber:            func(to, from *Referral) { to.Number = from.Number },
	ReferralBSN:               func(to, from *Referral) { to.BSN = from.BSN },
	ReferralBirthDate:         func(to, from *Referral) { to.BirthDate = from.BirthDate },
	ReferralMunicipality:      func(to, from *Referral) { to.Municipality = from.Municipality },
	ReferralProvider:          func(to, from *Referral) { to.Provider = from.Provider },
	ReferralProduct:           func(to, from *Referral) { to.Product = from.Product },
	ReferralCategory:          func(to, from *Referral) { to.Category = from.Category },
	ReferralStart:             func(to, from *Referral) { to.Start = from.Start },
	ReferralEnd:               func(to, from *Referral) { to.End = from.End },
	ReferralVolume:            func(to, from *Referral) { to.HasVolume, to.VolumeText = from.HasVolume, from.VolumeText },
	ReferralUnit:              func(to, from *Referral) { to.VolumeWritten = from.VolumeWritten },
	ReferralFrequency:         func(to, from *Referral) { to.Frequency = from.Frequency },
	ReferralBudget:            func(to, from *Referral) { to.HasBudget, to.Budget = from.HasBudget, from.Budget },
	ReferralReferrer:          func(to, from *Referral) { to.Referrer = from.Referrer },
	ReferralAssigned:          func(to, from *Referral) { to.Assigned, to.AssignedAt = from.Assigned, from.AssignedAt },
	ReferralStatus:            func(to, from *Referral) { to.Status = from.Status },
	ReferralCoordinationPoint: func(to, from *Referral) { to.CoordinationPoint = from.CoordinationPoint },
	ReferralOwnPlacement:      func(to, from *Referral) { to.OwnPlacement = from.OwnPlacement },
	ReferralExtendedTo:        func(to, from *Referral) { to.ExtendedTo = from.ExtendedTo },
	ReferralExtendedYouthCare: func(to, from *Referral) { to.ExtendedYouthCare = from.ExtendedYouthCare },
	ReferralContinuesTo:       func(to, from *Referral) { to.ContinuesTo = from.ContinuesTo },
	ReferralDeclaredBefore:    func(to, from *Referral) { to.BeforeText = from.BeforeText },
	ReferralAmountBefore:      func(to, from *Referral) { to.AmountBefore = from.AmountBefore },
}

// incomplete returns the cells that the merged referral lacks. It leaves out unreadable cells, which are reported already.
func incomplete(r *Referral, row *ReferralRow) []ReferralCell {
	var unreadable [ReferralFieldsEnd]bool
	for _, cell := range row.Unreadable {
		unreadable[cell.Field] = true
	}
	var missing []ReferralCell
	need := func(filled bool, field ReferralField, want string) {
		if !filled && !unreadable[field] {
			missing = append(missing, ReferralCell{Field: field, Want: want})
		}
	}
	need(r.Number != "", ReferralNumber, WantFilled)
	need(r.BSN != "", ReferralBSN, WantFilled)
	need(r.Municipality != "", ReferralMunicipality, WantFilled)
	need(r.Provider != "", ReferralProvider, WantFilled)
	need(r.Start != 0, ReferralStart, WantFilled)
	if !unreadable[ReferralCategory] && !unreadable[ReferralBudget] {
		need(r.Product != "" || r.Category != "" || r.HasBudget, ReferralProduct, WantScope)
	}
	if r.HasVolume || unreadable[ReferralVolume] {
		need(r.VolumeWritten != "", ReferralUnit, WantUnit)
		need(r.Frequency != NoFrequency, ReferralFrequency, WantFrequency)
	}
	return missing
}

// computeVolume converts the volume as written to hundredths, and what was declared before, which is in the same unit.
func (r *Referral) computeVolume() {
	r.Volume, r.VolumeUnit, r.DeclaredBefore = 0, NoUnit, 0
	perUnit := int64(1)
	switch r.VolumeWritten {
	case WrittenHour:
		r.VolumeUnit, perUnit = Time, 60
	case WrittenMinute:
		r.VolumeUnit = Time
	case WrittenDaypart:
		r.VolumeUnit = Daypart
	default:
		return
	}
	if r.HasVolume {
		r.Volume = QuantityOf(r.VolumeText, perUnit)
	}
	if r.BeforeText != nil {
		r.DeclaredBefore = QuantityOf(*r.BeforeText, perUnit)
	}
}

// ReferralField names a column of a referral file.
type ReferralField uint8

// The fields of a referral, in the order of the template.
const (
	ReferralNumber ReferralField = iota
	ReferralBSN
	ReferralBirthDate
	ReferralMunicipality
	ReferralProvider
	ReferralProduct
	ReferralCategory
	ReferralStart
	ReferralEnd
	ReferralVolume
	ReferralUnit
	ReferralFrequency
	ReferralBudget
	ReferralReferrer
	ReferralAssigned
	ReferralStatus
	ReferralCoordinationPoint
	ReferralOwnPlacement
	ReferralExtendedTo
	ReferralExtendedYouthCare
	ReferralContinuesTo
	ReferralDeclaredBefore
	ReferralAmountBefore
	ReferralFieldsEnd
)

// ReferralHeadings are the preferred headings of the referral fields.
var ReferralHeadings = [ReferralFieldsEnd]string{
	"Toewijzingsnummer", "BSN", "Geboortedatum", "Gemeente", "AGB-code", "Productcode", "Productcategorie", "Ingangsdatum",
	"Einddatum", "Volume", "Eenheid", "Frequentie", "Budget", "Verwijzer", "Toewijzingsdatum", "Status", "Coordinatiepunt",
	"Eigen plaatsing", "Max duur verlengd tot", "Verlengde jeugdhulp", "Voortzetting tot", "Eerder gedeclareerd",
	"Eerder gedeclareerd bedrag",
}

// ReferralRow is one row of a referral file: what the file says, column by column. A column that the file
// does not have keeps the value of the earlier version, an empty cell clears it.
type ReferralRow struct {
	Referral                           // the values of the cells that could be read; Volume and DeclaredBefore are not yet computed
	Present    [ReferralFieldsEnd]bool // the file has the column
	Filled     [ReferralFieldsEnd]bool // the cell is not empty
	Unreadable []ReferralCell          // cells that could not be read
}

// ReferralCell is a cell for which a referral row is refused, and why.
type ReferralCell struct {
	Field ReferralField
	Found string // the text of the cell, masked; "" for personal data
	Want  string // what was expected: a key of the texts
}
