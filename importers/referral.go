package importers

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/importers/table"
)

// Bounds that keep every sum within 64 bits: a volume in its unit, an amount in euros.
const (
	volumeMax = 999_999_999
	amountMax = 9_999_999_999
)

// referrals turns the rows of a sheet into rows of referrals.
type referrals struct {
	*layout
	provider table.Cell // above the heading row; empty if none
	file     string
	sheet    string
	asOf     billing.Date
}

// referralLine is one row while it is read.
type referralLine struct {
	*billing.ReferralRow
	*referrals
	cells []table.Cell
}

// referral reads a row. What it makes of the referral is for billing.MergeReferral.
func (s *referrals) referral(row table.Row) *billing.ReferralRow {
	l := referralLine{&billing.ReferralRow{}, s, row.Cells}
	l.File, l.Sheet, l.Row, l.Received = s.file, s.sheet, row.Number, s.asOf
	for field := range billing.ReferralFieldsEnd {
		l.Present[field] = s.place[field] >= 0
		cell := cellAt(row.Cells, s.place[field])
		if field == billing.ReferralProvider && !filled(cell) && filled(s.provider) {
			l.Present[field], cell = true, s.provider
		}
		if l.Filled[field] = filled(cell); l.Filled[field] {
			l.read(field, cell)
		}
	}
	return l.ReferralRow
}

// unreadable notes a cell that cannot be taken. What was found in a cell with personal data is not shown.
func (l *referralLine) unreadable(field billing.ReferralField, cell table.Cell, want string) {
	shown := found(cell)
	if field == billing.ReferralBSN || field == billing.ReferralBirthDate {
		shown = ""
	}
	l.Unreadable = append(l.Unreadable, billing.ReferralCell{Field: field, Found: shown, Want: want})
}

// read reads a filled cell.
func (l *referralLine) read(field billing.ReferralField, cell table.Cell) {
	switch field {
	case billing.ReferralNumber:
		l.text(field, cell, &l.Number)
	case billing.ReferralMunicipality:
		l.text(field, cell, &l.Municipality)
	case billing.ReferralProduct:
		l.text(field, cell, &l.Product)
	case billing.ReferralCategory:
		l.text(field, cell, &l.Category)
	case billing.ReferralCoordinationPoint:
		l.text(field, cell, &l.CoordinationPoint)
	case billing.ReferralReferrer:
		if l.text(field, cell, &l.Referrer) {
			l.Referrer = referrerCode(l.Referrer)
		}
	case billing.ReferralBSN:
		bsn, reason := readBSN(cell)
		if l.BSN = bsn; reason != "" {
			l.unreadable(field, cell, billing.WantBSN)
		}
	case billing.ReferralProvider:
		agb, ok := readAGB(cell)
		if l.Provider = agb; !ok {
			l.unreadable(field, cell, billing.WantAGB)
		}
	case billing.ReferralOwnPlacement:
		l.yesNo(field, cell, &l.OwnPlacement)
	case billing.ReferralExtendedYouthCare:
		l.yesNo(field, cell, &l.ExtendedYouthCare)
	case billing.ReferralStatus:
		status, ok := referralStatus(cell)
		if l.Status = status; !ok {
			l.unreadable(field, cell, billing.WantStatus)
		}
	default:
		l.readDates(field, cell)
	}
}

// readDates reads a date, or hands on.
func (l *referralLine) readDates(field billing.ReferralField, cell table.Cell) {
	var date *billing.Date
	switch field {
	case billing.ReferralBirthDate:
		date = &l.BirthDate
	case billing.ReferralStart:
		date = &l.Start
	case billing.ReferralEnd:
		date = &l.End
	case billing.ReferralAssigned:
		date = &l.Assigned
	case billing.ReferralExtendedTo:
		date = &l.ExtendedTo
	case billing.ReferralContinuesTo:
		date = &l.ContinuesTo
	default:
		l.readVolume(field, cell)
		return
	}
	value, ok := readDate(cell)
	if *date = value; !ok {
		l.unreadable(field, cell, billing.WantDate)
	}
}

// readVolume reads what bounds how much may be delivered.
func (l *referralLine) readVolume(field billing.ReferralField, cell table.Cell) {
	switch field {
	case billing.ReferralVolume, billing.ReferralDeclaredBefore:
		value, ok := readNumber(cell, quantityStyle)
		if !ok || value.negative() || value.above(volumeMax) {
			l.unreadable(field, cell, billing.WantNumber)
			return
		}
		written := value.decimal()
		if field == billing.ReferralVolume {
			l.HasVolume, l.VolumeText = true, written
		} else {
			l.BeforeText = &written
		}
	case billing.ReferralBudget:
		if l.amount(field, cell, &l.Budget) {
			l.HasBudget = true
		}
	case billing.ReferralAmountBefore:
		l.amount(field, cell, &l.AmountBefore)
	case billing.ReferralUnit:
		unit := unknownUnit
		if usable(cell) {
			unit = parseUnit(cell.Text)
		}
		if l.VolumeWritten = unit.word(); unit == unknownUnit {
			l.unreadable(field, cell, billing.WantUnit)
		}
	case billing.ReferralFrequency:
		frequency, ok := parseFrequency(cell)
		if l.Frequency = frequency; !ok {
			l.unreadable(field, cell, billing.WantFrequency)
		}
	}
}

// text reads a text; an error of the spreadsheet program is none.
func (l *referralLine) text(field billing.ReferralField, cell table.Cell, to *string) bool {
	if !usable(cell) {
		l.unreadable(field, cell, billing.WantText)
		return false
	}
	*to = cell.Text
	return true
}

// amount reads an amount in whole cents, 0 or more.
func (l *referralLine) amount(field billing.ReferralField, cell table.Cell, to *billing.Money) bool {
	value, ok := readNumber(cell, amountStyle)
	var cents billing.Money
	if ok && !value.negative() {
		cents, ok = value.cents(amountMax)
	} else {
		ok = false
	}
	if *to = cents; !ok {
		l.unreadable(field, cell, billing.WantAmount)
	}
	return ok
}

// yesNo reads ja or nee.
func (l *referralLine) yesNo(field billing.ReferralField, cell table.Cell, to *bool) {
	value, ok := parseYesNo(cell)
	if *to = value; !ok {
		l.unreadable(field, cell, billing.WantYesNo)
	}
}
