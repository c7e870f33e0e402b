package importers

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/written"
	"github.com/pxq-nl/pxq/importers/table"
)

// Upper limits that keep every sum within 64 bits: of a volume, in its unit, and of an amount, in euros.
const (
	volumeMax = 999_999_999
	amountMax = 9_999_999_999
)

// referrals reads the rows of a referral sheet.
type referrals struct {
	*layout
	provider table.Cell // the provider code above the heading row; empty if none
	file     string
	sheet    string
	asOf     billing.Date
}

// referralRow is a row while it is being read.
type referralRow struct {
	*billing.ReferralRow
	*referrals
	refused *table.Problem // set if the row refuses the whole file
}

// referral reads a row. Applying it to the known referral is up to billing.MergeReferral. A non-nil Problem refuses the
// whole file.
func (s *referrals) referral(row table.Row) (*billing.ReferralRow, *table.Problem) {
	r := referralRow{ReferralRow: &billing.ReferralRow{}, referrals: s}
	r.File, r.Sheet, r.Row, r.Received = s.file, s.sheet, row.Number, s.asOf
	for field := range billing.ReferralFieldsEnd {
		r.Present[field] = s.place[field] >= 0
		cell := cellAt(row.Cells, s.place[field])
		if field == billing.ReferralProvider && !filled(cell) && filled(s.provider) {
			r.Present[field], cell = true, s.provider
		}
		if r.Filled[field] = filled(cell); r.Filled[field] {
			r.read(field, cell)
		}
	}
	return r.ReferralRow, r.refused
}

// unreadable records a cell that cannot be read, without its text if that is personal data.
func (r *referralRow) unreadable(field billing.ReferralField, cell table.Cell, want string) {
	shown := maskedText(cell)
	if field == billing.ReferralBSN || field == billing.ReferralBirthDate {
		shown = ""
	}
	r.Unreadable = append(r.Unreadable, billing.ReferralCell{Field: field, Found: shown, Want: want})
}

// read reads a filled cell.
func (r *referralRow) read(field billing.ReferralField, cell table.Cell) {
	switch field {
	case billing.ReferralNumber:
		r.number(field, cell)
	case billing.ReferralMunicipality:
		r.text(field, cell, &r.Municipality)
	case billing.ReferralProduct:
		r.text(field, cell, &r.Product)
	case billing.ReferralCategory:
		r.text(field, cell, &r.Category)
	case billing.ReferralCoordinationPoint:
		r.text(field, cell, &r.CoordinationPoint)
	case billing.ReferralReferrer:
		if r.text(field, cell, &r.Referrer) {
			r.Referrer = referrerCode(r.Referrer)
		}
	case billing.ReferralBSN:
		bsn, reason := readBSN(cell)
		if r.BSN = bsn; reason != "" {
			r.unreadable(field, cell, billing.WantBSN)
		}
	case billing.ReferralProvider:
		agb, ok := readAGB(cell)
		if r.Provider = agb; !ok {
			r.unreadable(field, cell, billing.WantAGB)
		}
	case billing.ReferralOwnPlacement:
		r.yesNo(field, cell, &r.OwnPlacement)
	case billing.ReferralExtendedYouthCare:
		r.yesNo(field, cell, &r.ExtendedYouthCare)
	case billing.ReferralStatus:
		status, ok := referralStatus(cell)
		if r.Status = status; !ok {
			r.unreadable(field, cell, billing.WantStatus)
		}
	default:
		r.readDates(field, cell)
	}
}

// readDates reads the date fields and passes all others to readVolume.
func (r *referralRow) readDates(field billing.ReferralField, cell table.Cell) {
	var date *billing.Date
	switch field {
	case billing.ReferralBirthDate:
		date = &r.BirthDate
	case billing.ReferralStart:
		date = &r.Start
	case billing.ReferralEnd:
		date = &r.End
	case billing.ReferralAssigned:
		date = &r.Assigned
	case billing.ReferralExtendedTo:
		date = &r.ExtendedTo
	case billing.ReferralContinuesTo:
		date = &r.ContinuesTo
	default:
		r.readVolume(field, cell)
		return
	}
	value, ok := readDate(cell)
	if *date = value; ok {
		return
	}
	r.unreadable(field, cell, billing.WantDate)
	if r.refused == nil && canOnlyBeMonthDayYear(cell) {
		r.refused = refuseMonthDayYear(r.Row, r.place[field], billing.Mask(r.headings[field]), cell, field == billing.ReferralBirthDate)
	}
}

// readVolume reads the fields that limit how much may be delivered.
func (r *referralRow) readVolume(field billing.ReferralField, cell table.Cell) {
	switch field {
	case billing.ReferralVolume, billing.ReferralDeclaredBefore:
		value, ok := readNumber(cell, written.Quantity)
		if !ok || value.negative() || value.above(volumeMax) {
			r.unreadable(field, cell, billing.WantNumber)
			return
		}
		written := value.decimal()
		if field == billing.ReferralVolume {
			r.HasVolume, r.VolumeText = true, written
		} else {
			r.BeforeText = &written
		}
	case billing.ReferralBudget:
		if r.amount(field, cell, &r.Budget) {
			r.HasBudget = true
		}
	case billing.ReferralAmountBefore:
		r.amount(field, cell, &r.AmountBefore)
	case billing.ReferralUnit:
		unit := readUnit(cell)
		if r.VolumeWritten = unit.word(); unit == unknownUnit {
			r.unreadable(field, cell, billing.WantUnit)
		}
	case billing.ReferralFrequency:
		frequency, ok := parseFrequency(cell)
		if r.Frequency = frequency; !ok {
			r.unreadable(field, cell, billing.WantFrequency)
		}
	}
}

// number reads the number of the referral, unless a spreadsheet program has spoiled it.
func (r *referralRow) number(field billing.ReferralField, cell table.Cell) {
	if isSpoiled(cell) {
		r.unreadable(field, cell, wantReferralNumber)
		return
	}
	if r.text(field, cell, &r.Number) {
		r.Number = billing.WithoutPointZero(r.Number)
	}
}

// text reads a text and reports whether it could; an error value of the spreadsheet program is unreadable.
func (r *referralRow) text(field billing.ReferralField, cell table.Cell, to *string) bool {
	if !usable(cell) {
		r.unreadable(field, cell, billing.WantText)
		return false
	}
	*to = cell.Text
	return true
}

// amount reads an amount of 0 or more in whole cents and reports whether it could.
func (r *referralRow) amount(field billing.ReferralField, cell table.Cell, to *billing.Money) bool {
	value, ok := readNumber(cell, written.Amount)
	var cents billing.Money
	if ok && !value.negative() {
		cents, ok = value.cents(amountMax)
	} else {
		ok = false
	}
	if *to = cents; !ok {
		r.unreadable(field, cell, billing.WantAmount)
	}
	return ok
}

// yesNo reads ja or nee.
func (r *referralRow) yesNo(field billing.ReferralField, cell table.Cell, to *bool) {
	value, ok := parseYesNo(cell)
	if *to = value; !ok {
		r.unreadable(field, cell, billing.WantYesNo)
	}
}
