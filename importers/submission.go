// From the cell to the euro, 1 of 8. Here a row of a sheet becomes a record, cell by cell. It comes from sheet.go, which
// has mapped the headings, and continues, as a billing.Record, in billing/intake/rows.go.

package importers

import (
	"strconv"

	"github.com/shopspring/decimal"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/written"
	"github.com/pxq-nl/pxq/importers/table"
)

// slabSize is how many records are allocated at once.
const slabSize = 256

// submission reads the rows of a submission sheet into records.
type submission struct {
	place    [billing.FieldsEnd]int
	headings [billing.FieldsEnd]string
	version  int        // index of the column Versie of a return file; -1 if there is none
	provider table.Cell // the provider code above the heading row; empty if none
	above    string     // the code read from provider; "" if it is unreadable
	unit     unitSource
	file     string
	sheet    string
	asOf     billing.Date
	slab     []billing.Record
	claims   [2]claim // the last price and amount that were read
}

// claim caches a claimed price or amount with the cell it was read from. Prices repeat from row to row, and records can
// share the value because it is never modified.
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

// submissionRow is a row while it is being read.
type submissionRow struct {
	*submission
	*billing.Record
	cells   []table.Cell
	isZero  bool           // its quantity is 0
	refused *table.Problem // set if the row refuses the whole file
}

// record reads a row. A non-nil Problem refuses the whole file; the record must then not be used.
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

// mandatoryText reads a mandatory text and reports it as missing if the cell is empty or not usable.
func (r *submissionRow) mandatoryText(field billing.Field) string {
	text := usableText(r.cell(field))
	if text == "" {
		r.missing(field)
	}
	return text
}

// readWho reads the reference, the provider, the BSN and the birth date.
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

// hidden replaces unreadable personal data in a finding.
const hidden = "•••"

// readReference reads the reference and, in a return file, the version that the row shows.
func (r *submissionRow) readReference() {
	cell := r.cell(billing.FieldReference)
	if isSpoiled(cell) {
		r.Reference = cell.Text
		r.report(billing.F12, billing.FieldReference, maskedText(cell))
		return
	}
	r.Reference = billing.WithoutPointZero(r.mandatoryText(billing.FieldReference))
	if shown := cellAt(r.cells, r.version).Text; allDigits(shown) && len(shown) < 10 {
		r.ReturnedVersion, _ = strconv.Atoi(shown)
	}
}

// readProvider reads the provider of the row, or else the one above the heading row.
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
		r.report(billing.F05, billing.FieldProvider, maskedText(cell))
	case r.above != "" && agb != r.above:
		r.report(billing.F13, billing.FieldProvider, r.above, agb)
	}
	r.Provider = agb
}

// readWhat reads the texts that are looked up in the book and the referrals, and the remark. An error value of the
// spreadsheet program is kept as the municipality: the cell is not empty, and F08 will report it as unknown.
func (r *submissionRow) readWhat() {
	referral := r.cell(billing.FieldReferral)
	if r.ReferralNumber = billing.WithoutPointZero(referral.Text); isSpoiled(referral) {
		r.report(billing.F12, billing.FieldReferral, maskedText(referral))
	}
	r.Municipality = r.cell(billing.FieldMunicipality).Text
	r.Product = r.mandatoryText(billing.FieldProduct)
	r.Daypart = usableText(r.cell(billing.FieldDaypart))
	r.Remark = truncate(usableText(r.cell(billing.FieldRemark)), remarkMax)
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
		r.report(billing.F02, billing.FieldDate, maskedText(cell))
		r.judgeMonthDayYear(billing.FieldDate, cell)
		return
	}
	if r.First = date; date > r.asOf {
		r.report(billing.F09, billing.FieldDate, date.String(), r.asOf.String())
	}
}

// judgeMonthDayYear refuses the file if the cell can only be month-day-year.
func (r *submissionRow) judgeMonthDayYear(field billing.Field, cell table.Cell) {
	if r.refused == nil && canOnlyBeMonthDayYear(cell) {
		r.refused = refuseMonthDayYear(r.Row, r.place[field], r.headings[field], cell, field == billing.FieldBirthDate)
	}
}

// readClaims reads the claimed price and the claimed amount.
func (r *submissionRow) readClaims() {
	r.ClaimedPrice = r.readClaim(billing.FieldClaimedPrice, &r.claims[0])
	r.ClaimedAmount = r.readClaim(billing.FieldClaimedAmount, &r.claims[1])
}

// readClaim reads a claimed price or amount. One that is unreadable or negative is ignored and reported (F11).
func (r *submissionRow) readClaim(field billing.Field, last *claim) *decimal.Decimal {
	cell := r.cell(field)
	if !filled(cell) {
		return nil
	}
	if last.value != nil && last.kind == cell.Kind && last.text == cell.Text {
		return last.value
	}
	claimed, ok := readNumber(cell, written.Amount)
	if !ok || claimed.negative() {
		r.report(billing.F11, field, maskedText(cell))
		return nil
	}
	value := claimed.decimal()
	*last = claim{cell.Kind, cell.Text, &value}
	return &value
}
