package importers

import (
	"github.com/shopspring/decimal"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/importers/table"
)

// slabSize is how many records are allocated at once.
const slabSize = 256

// submission turns the rows of a sheet into records.
type submission struct {
	place    [billing.FieldsEnd]int
	headings [billing.FieldsEnd]string
	provider table.Cell  // above the heading row; empty if none
	unit     writtenUnit // what the name of the sheet stands for
	file     string
	sheet    string
	asOf     billing.Date
	slab     []billing.Record
	claims   [2]claim // the last price and amount that were read
}

// claim is a claimed price or amount with the cell it was read from. Prices repeat from row to row; records
// may share a number, which nobody changes.
type claim struct {
	kind  table.Kind
	text  string
	value *decimal.Decimal
}

func newSubmission(l *layout, provider table.Cell, file, sheet string, asOf billing.Date) *submission {
	s := &submission{provider: provider, unit: unitOfSheet(sheet), file: file, sheet: sheet, asOf: asOf}
	for field := range billing.FieldsEnd {
		s.place[field] = l.place[field]
		if s.headings[field] = billing.Mask(l.headings[field]); s.headings[field] == "" {
			s.headings[field] = billing.FieldHeadings[field]
		}
	}
	return s
}

// line is one row while it is read.
type line struct {
	*submission
	*billing.Record
	cells []table.Cell
}

// record reads a row.
func (s *submission) record(row table.Row) *billing.Record {
	if len(s.slab) == 0 {
		s.slab = make([]billing.Record, slabSize)
	}
	record := &s.slab[0]
	s.slab = s.slab[1:]
	record.File, record.Sheet, record.Row, record.Received = s.file, s.sheet, row.Number, s.asOf
	l := line{s, record, row.Cells}
	l.readWho()
	l.readWhat()
	l.readDate()
	l.readDelivered()
	l.readClaims()
	return record
}

// cell gives the cell of a field.
func (l *line) cell(field billing.Field) table.Cell { return cellAt(l.cells, l.place[field]) }

// report adds a finding on a cell.
func (l *line) report(code billing.Code, field billing.Field, values ...string) {
	l.Findings = append(l.Findings, billing.Finding{Code: code, Field: field, Values: values})
}

// missing reports an empty mandatory cell.
func (l *line) missing(field billing.Field) { l.report(billing.F01, field, l.headings[field]) }

// mandatoryText reads a text that must be there; an error of the spreadsheet program is none.
func (l *line) mandatoryText(field billing.Field) string {
	text := usableText(l.cell(field))
	if text == "" {
		l.missing(field)
	}
	return text
}

// readWho reads reference, provider, client and birth date.
func (l *line) readWho() {
	l.Reference = l.mandatoryText(billing.FieldReference)
	provider := l.cell(billing.FieldProvider)
	if !filled(provider) {
		provider = l.submission.provider
	}
	if !filled(provider) {
		l.missing(billing.FieldProvider)
	} else if agb, ok := readAGB(provider); ok {
		l.Provider = agb
	} else {
		l.report(billing.F05, billing.FieldProvider, found(provider))
	}
	if cell := l.cell(billing.FieldBSN); !filled(cell) {
		l.missing(billing.FieldBSN)
	} else if bsn, reason := readBSN(cell); reason == "" {
		l.BSN = bsn
	} else {
		l.report(billing.F04, billing.FieldBSN, reason)
	}
	if cell := l.cell(billing.FieldBirthDate); filled(cell) {
		birth, ok := readDate(cell)
		if l.BirthDate = birth; !ok {
			l.report(billing.F02, billing.FieldBirthDate, hidden)
		}
	}
}

// hidden stands in a finding for personal data that could not be read.
const hidden = "•••"

// readWhat reads the texts that the book and the referrals are searched with, and the remark. An error of
// the spreadsheet program is kept as the number of a referral or a municipality: it is not empty, and the
// rules will say that it is unknown.
func (l *line) readWhat() {
	l.ReferralNumber = l.cell(billing.FieldReferral).Text
	l.Municipality = l.cell(billing.FieldMunicipality).Text
	l.Product = l.mandatoryText(billing.FieldProduct)
	l.Daypart = usableText(l.cell(billing.FieldDaypart))
	l.Remark = cut(usableText(l.cell(billing.FieldRemark)), remarkMax)
}

// readDate reads the care date.
func (l *line) readDate() {
	cell := l.cell(billing.FieldDate)
	if !filled(cell) {
		l.missing(billing.FieldDate)
		return
	}
	date, ok := readDate(cell)
	if !ok {
		l.report(billing.F02, billing.FieldDate, found(cell))
		return
	}
	if l.First = date; date > l.asOf {
		l.report(billing.F09, billing.FieldDate, date.String(), l.asOf.String())
	}
}

// readClaims reads what the provider claims.
func (l *line) readClaims() {
	l.ClaimedPrice = l.readClaim(billing.FieldClaimedPrice, &l.claims[0])
	l.ClaimedAmount = l.readClaim(billing.FieldClaimedAmount, &l.claims[1])
}

// readClaim reads a price or an amount. What cannot be read is ignored, and said so.
func (l *line) readClaim(field billing.Field, last *claim) *decimal.Decimal {
	cell := l.cell(field)
	if !filled(cell) {
		return nil
	}
	if last.value != nil && last.kind == cell.Kind && last.text == cell.Text {
		return last.value
	}
	claimed, ok := readNumber(cell, amountStyle)
	if !ok {
		l.report(billing.F11, field, found(cell))
		return nil
	}
	value := claimed.decimal()
	*last = claim{cell.Kind, cell.Text, &value}
	return &value
}
