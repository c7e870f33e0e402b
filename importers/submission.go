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

// submissionRow is one row while it is read.
type submissionRow struct {
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
	r := submissionRow{s, record, row.Cells}
	r.readWho()
	r.readWhat()
	r.readDate()
	r.readDelivered()
	r.readClaims()
	return record
}

// cell returns the cell of a field.
func (r *submissionRow) cell(field billing.Field) table.Cell { return cellAt(r.cells, r.place[field]) }

// report adds a finding on a cell.
func (r *submissionRow) report(code billing.Code, field billing.Field, values ...string) {
	r.Findings = append(r.Findings, billing.Finding{Code: code, Field: field, Values: values})
}

// missing reports an empty mandatory cell.
func (r *submissionRow) missing(field billing.Field) { r.report(billing.F01, field, r.headings[field]) }

// mandatoryText reads a text that must be there; an error of the spreadsheet program is none.
func (r *submissionRow) mandatoryText(field billing.Field) string {
	text := usableText(r.cell(field))
	if text == "" {
		r.missing(field)
	}
	return text
}

// readWho reads reference, provider, client and birth date.
func (r *submissionRow) readWho() {
	r.Reference = r.mandatoryText(billing.FieldReference)
	provider := r.cell(billing.FieldProvider)
	if !filled(provider) {
		provider = r.submission.provider
	}
	if !filled(provider) {
		r.missing(billing.FieldProvider)
	} else if agb, ok := readAGB(provider); ok {
		r.Provider = agb
	} else {
		r.report(billing.F05, billing.FieldProvider, found(provider))
	}
	if cell := r.cell(billing.FieldBSN); !filled(cell) {
		r.missing(billing.FieldBSN)
	} else if bsn, reason := readBSN(cell); reason == "" {
		r.BSN = bsn
	} else {
		r.report(billing.F04, billing.FieldBSN, reason)
	}
	if cell := r.cell(billing.FieldBirthDate); filled(cell) {
		birth, ok := readDate(cell)
		if r.BirthDate = birth; !ok {
			r.report(billing.F02, billing.FieldBirthDate, hidden)
		}
	}
}

// hidden stands in a finding for personal data that could not be read.
const hidden = "•••"

// readWhat reads the texts that the book and the referrals are searched with, and the remark. An error of
// the spreadsheet program is kept as the number of a referral or a municipality: it is not empty, and the
// rules will say that it is unknown.
func (r *submissionRow) readWhat() {
	r.ReferralNumber = r.cell(billing.FieldReferral).Text
	r.Municipality = r.cell(billing.FieldMunicipality).Text
	r.Product = r.mandatoryText(billing.FieldProduct)
	r.Daypart = usableText(r.cell(billing.FieldDaypart))
	r.Remark = cut(usableText(r.cell(billing.FieldRemark)), remarkMax)
}

// readDate reads the care date.
func (r *submissionRow) readDate() {
	cell := r.cell(billing.FieldDate)
	if !filled(cell) {
		r.missing(billing.FieldDate)
		return
	}
	date, ok := readDate(cell)
	if !ok {
		r.report(billing.F02, billing.FieldDate, found(cell))
		return
	}
	if r.First = date; date > r.asOf {
		r.report(billing.F09, billing.FieldDate, date.String(), r.asOf.String())
	}
}

// readClaims reads what the provider claims.
func (r *submissionRow) readClaims() {
	r.ClaimedPrice = r.readClaim(billing.FieldClaimedPrice, &r.claims[0])
	r.ClaimedAmount = r.readClaim(billing.FieldClaimedAmount, &r.claims[1])
}

// readClaim reads a price or an amount. What cannot be read is ignored, and said so.
func (r *submissionRow) readClaim(field billing.Field, last *claim) *decimal.Decimal {
	cell := r.cell(field)
	if !filled(cell) {
		return nil
	}
	if last.value != nil && last.kind == cell.Kind && last.text == cell.Text {
		return last.value
	}
	claimed, ok := readNumber(cell, amountStyle)
	if !ok {
		r.report(billing.F11, field, found(cell))
		return nil
	}
	value := claimed.decimal()
	*last = claim{cell.Kind, cell.Text, &value}
	return &value
}
