// From the cell to the euro, 1 of 8. A row of a sheet becomes a record here, cell by cell. It comes from sheet.go,
// which knows what the headings mean, and goes on, as a billing.Record, to billing/intake/rows.go.

package importers

import (
	"strconv"

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
	version  int        // where the version that a return file shows stands; -1 for none
	provider table.Cell // above the heading row; empty if none
	above    string     // the code in it; "" if it cannot be read
	unit     unitSource
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
	s := &submission{provider: provider, version: l.version, file: file, sheet: sheet, asOf: asOf}
	s.unit = unitSource{unitOfSheet(sheet), unitOfHeading(l.headings[billing.FieldQuantity])}
	s.above, _ = readAGB(provider)
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
	cells   []table.Cell
	isZero  bool           // its quantity is 0
	refused *table.Problem // what refuses the whole file
}

// record reads a row. What refuses the file comes beside the record, which is then not to be used.
func (s *submission) record(row table.Row) (*billing.Record, *table.Problem) {
	if len(s.slab) == 0 {
		s.slab = make([]billing.Record, slabSize)
	}
	record := &s.slab[0]
	s.slab = s.slab[1:]
	record.File, record.Sheet, record.Row, record.Received = s.file, s.sheet, row.Number, s.asOf
	r := submissionRow{submission: s, Record: record, cells: row.Cells}
	r.readWho()
	r.readWhat()
	r.readDate()
	r.readDelivered()
	r.readClaims()
	r.judgeZero()
	return record, r.refused
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
	r.readReference()
	r.readProvider()
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
			r.judgeMonthDayYear(billing.FieldBirthDate, cell)
		}
	}
}

// hidden stands in a finding for personal data that could not be read.
const hidden = "•••"

// readReference reads the provider's own number of the row, and the version that a return file shows.
func (r *submissionRow) readReference() {
	cell := r.cell(billing.FieldReference)
	if isSpoiled(cell) {
		r.Reference = cell.Text
		r.report(billing.F12, billing.FieldReference, found(cell))
		return
	}
	r.Reference = billing.WithoutPointZero(r.mandatoryText(billing.FieldReference))
	if shown := cellAt(r.cells, r.version).Text; allDigits(shown) && len(shown) < 10 {
		r.ReturnedVersion, _ = strconv.Atoi(shown)
	}
}

// readProvider reads the provider of the row, which may stand above the heading row.
func (r *submissionRow) readProvider() {
	cell := r.cell(billing.FieldProvider)
	if !filled(cell) {
		cell = r.provider
	}
	agb, ok := readAGB(cell)
	switch {
	case !filled(cell):
		r.missing(billing.FieldProvider)
	case !ok:
		r.report(billing.F05, billing.FieldProvider, found(cell))
	case r.above != "" && agb != r.above:
		r.report(billing.F13, billing.FieldProvider, r.above, agb)
	}
	r.Provider = agb
}

// readWhat reads the texts that the book and the referrals are searched with, and the remark. An error of
// the spreadsheet program is kept as a municipality: it is not empty, and the rules will say that it is unknown.
func (r *submissionRow) readWhat() {
	referral := r.cell(billing.FieldReferral)
	if r.ReferralNumber = billing.WithoutPointZero(referral.Text); isSpoiled(referral) {
		r.report(billing.F12, billing.FieldReferral, found(referral))
	}
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
		r.judgeMonthDayYear(billing.FieldDate, cell)
		return
	}
	if r.First = date; date > r.asOf {
		r.report(billing.F09, billing.FieldDate, date.String(), r.asOf.String())
	}
}

// judgeMonthDayYear refuses the file for a date that can only be month-day-year.
func (r *submissionRow) judgeMonthDayYear(field billing.Field, cell table.Cell) {
	if r.refused == nil && canOnlyBeMonthDayYear(cell) {
		r.refused = refuseMonthDayYear(r.Row, r.place[field], r.headings[field], cell, field == billing.FieldBirthDate)
	}
}

// readClaims reads what the provider claims.
func (r *submissionRow) readClaims() {
	r.ClaimedPrice = r.readClaim(billing.FieldClaimedPrice, &r.claims[0])
	r.ClaimedAmount = r.readClaim(billing.FieldClaimedAmount, &r.claims[1])
}

// readClaim reads a price or an amount. One that cannot be read or is below 0 is ignored, and said so.
func (r *submissionRow) readClaim(field billing.Field, last *claim) *decimal.Decimal {
	cell := r.cell(field)
	if !filled(cell) {
		return nil
	}
	if last.value != nil && last.kind == cell.Kind && last.text == cell.Text {
		return last.value
	}
	claimed, ok := readNumber(cell, amountStyle)
	if !ok || claimed.negative() {
		r.report(billing.F11, field, found(cell))
		return nil
	}
	value := claimed.decimal()
	*last = claim{cell.Kind, cell.Text, &value}
	return &value
}
