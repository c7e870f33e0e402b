package importers

import (
	"cmp"
	"context"
	"unicode/utf8"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/importers/table"
)

// Why a sheet was not read; keys of SkippedText.
const (
	SkippedNoHeading = "no-heading"
	SkippedBook      = "book"   // a table of the contract book
	SkippedReturn    = "return" // a sheet of a return file that holds no care
	SkippedUitval    = "uitval" // a sheet of an exception workbook that holds no decisions
)

// The kinds with which pxq marks the workbooks that it writes.
const (
	kindReturn       = "retour"
	kindUitval       = "uitval"
	kindMunicipality = "gemeente"
	kindRegion       = "regio"
	kindYear         = "verantwoording"
)

// rowsBetweenLooks is how many rows are read between checks of the context.
const rowsBetweenLooks = 1024

// reading is the state of reading one file.
type reading struct {
	ctx        context.Context
	path       string
	file       *table.File
	isCSV      bool
	asOf       billing.Date
	sink       billing.Sink
	names      names
	summary    *billing.FileSummary
	understood bool // a sheet with a heading row was found
	best       nearMiss
	book       string // the table of the book that a sheet looks like
	joined     *joinedHeadings

	isDelimited bool // the CSV delimiter was set from the heading row, instead of the most frequent mark
}

// rowReader reads a row of a sheet and passes it to the sink; the error is a refusal or the sink's.
type rowReader func(table.Row) error

// readSheet reads one sheet and appends its summary.
func (r *reading) readSheet(sheet table.Sheet) error {
	if err := r.ctx.Err(); err != nil {
		return err
	}
	summary := billing.SheetSummary{Name: sheet.Name, NamesMark: r.file.NamesDelimiter()}
	if r.file.Kind() == kindReturn && unitOfSheet(sheet.Name) == unknownUnit {
		summary.Skipped = SkippedReturn
	} else if err := r.readRows(sheet, &summary); err != nil {
		return err
	}
	r.summary.Sheets = append(r.summary.Sheets, summary)
	return nil
}

// readRows finds the heading row and reads the rows below it. A sheet without one is read to its end too, so that
// damage to it is noticed. The delimiter of a CSV file is that of its heading row: if a title or remark has misled the
// detection, all headings end up in one cell, and the file is read again with the delimiter found between them.
func (r *reading) readRows(sheet table.Sheet, summary *billing.SheetSummary) error {
	looking := &search{names: r.names}
	var layout *layout
	var read rowReader
	last, count := 0, 0
	for row, err := range r.file.Rows(sheet) {
		if err != nil {
			return err
		}
		if count++; count%rowsBetweenLooks == 0 && r.ctx.Err() != nil {
			return r.ctx.Err()
		}
		tidy(row.Cells, r.isCSV)
		if summary.HeadingRow == 0 {
			heading := looking.look(row)
			if heading == nil {
				continue
			}
			if layout, read, err = r.begin(sheet, summary, heading); err != nil {
				return err
			}
			last = row.Number
			continue
		}
		if read == nil {
			continue
		}
		summary.Empty += row.Number - last - 1
		last = row.Number
		if err := r.readRow(row, summary, layout, read); err != nil {
			return err
		}
	}
	if summary.HeadingRow == 0 && r.isCSV && !r.isDelimited && looking.joined.isOfCSV() {
		r.isDelimited = true
		r.file.Delimit(looking.joined.mark[0])
		return r.readRows(sheet, summary)
	}
	if summary.HeadingRow == 0 {
		r.skip(sheet, summary, looking)
	}
	return nil
}

// readRow counts a row and, unless it is empty or holds totals, passes it to read.
func (r *reading) readRow(row table.Row, summary *billing.SheetSummary, layout *layout, read rowReader) error {
	if !filled(firstFilled(row.Cells)) {
		summary.Empty++
		return nil
	}
	if r.isCSV {
		for column := layout.width; column < len(row.Cells); column++ {
			if filled(row.Cells[column]) {
				return r.at(refuseBeyond(row.Number, column, layout.width), summary.Name)
			}
		}
	}
	if offset := r.file.DayOffset(); offset != 0 {
		addOffset(row.Cells, layout.dates, offset)
	}
	if layout.isTotals(row.Cells) {
		summary.Totals++
		return nil
	}
	if refused := cmp.Or(layout.differing(row), layout.tooLong(row)); refused != nil {
		return r.at(refused, summary.Name)
	}
	summary.Rows++
	if row.Hidden {
		summary.HiddenRows++
	}
	if row.Struck {
		summary.StruckRows++
	}
	return read(row)
}

// begin records the heading row in the summary and returns its layout and the reader of the rows below it; both are nil
// if these are not to be read.
func (r *reading) begin(sheet table.Sheet, summary *billing.SheetSummary, heading *headingRow) (*layout, rowReader, error) {
	summary.HeadingRow = heading.number
	if r.file.Kind() == kindUitval && heading.kind != billing.DecisionSheet {
		summary.Skipped = SkippedUitval
		return nil, nil, nil
	}
	if sheet.Hidden {
		return nil, nil, r.at(refuseHidden(heading.number), sheet.Name)
	}
	if utf8.RuneCountInString(sheet.Name) > identifierMost {
		return nil, nil, r.refuseLongName(sheet.Name)
	}
	l, refused := layOut(r.names, heading, r.file.Kind() == kindReturn)
	if refused != nil {
		return nil, nil, r.at(refused, sheet.Name)
	}
	summary.Kind, summary.UnknownColumns = heading.kind, l.unused
	r.understood = true
	return l, r.rowReader(l, heading.provider, summary), nil
}

// rowReader returns a function that reads the rows of a sheet and passes them to the sink.
func (r *reading) rowReader(l *layout, provider table.Cell, summary *billing.SheetSummary) rowReader {
	file, sheet := r.summary.Name, summary.Name
	switch l.kind {
	case billing.ReferralSheet:
		referrals := &referrals{layout: l, provider: provider, file: file, sheet: sheet, asOf: r.asOf}
		return func(row table.Row) error {
			referral, refused := referrals.referral(row)
			if refused != nil {
				return r.at(refused, sheet)
			}
			return r.sink.Referral(referral)
		}
	case billing.DecisionSheet:
		decisions := &decisions{layout: l, provider: provider, file: file, sheet: sheet}
		return func(row table.Row) error { return r.sink.Decision(decisions.decision(row)) }
	}
	for field := range billing.FieldsEnd {
		summary.Columns[field] = l.place[field] + 1
	}
	records := newSubmission(l, provider, file, sheet, r.asOf)
	return func(row table.Row) error {
		record, refused := records.record(row)
		if refused != nil {
			return r.at(refused, sheet)
		}
		return r.sink.Record(record)
	}
}

// skip records why a sheet without a heading row was not read.
func (r *reading) skip(sheet table.Sheet, summary *billing.SheetSummary, looking *search) {
	summary.Skipped = SkippedNoHeading
	if looking.book != "" {
		summary.Skipped = SkippedBook
		r.book = looking.book
	}
	if len(looking.best.found) > len(r.best.found) {
		r.best = looking.best
		r.best.sheet = sheet.Name
	}
	if looking.joined != nil && r.joined == nil {
		r.joined = looking.joined
		r.joined.sheet = sheet.Name
	}
}
