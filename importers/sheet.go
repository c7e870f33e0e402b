package importers

import (
	"context"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/importers/table"
)

// Why a sheet was not read; keys of SkippedText.
const (
	SkippedNoHeading = "no-heading"
	SkippedBook      = "book"   // a table of the contract book
	SkippedReturn    = "return" // of a return file only the sheets with care are read
	SkippedUitval    = "uitval" // of an exception workbook only the sheets with decisions are read
)

// The words by which pxq marks the workbooks that it writes.
const (
	kindReturn       = "retour"
	kindUitval       = "uitval"
	kindMunicipality = "gemeente"
	kindRegion       = "regio"
	kindYear         = "verantwoording"
)

// rowsBetweenLooks is how many rows are read before looking whether to go on at all.
const rowsBetweenLooks = 1024

// reading is the reading of one file.
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
	together   *together

	isDelimited bool // a CSV file is parted by the mark that its heading shows, not by what occurs most
}

// rowReader takes a row of a sheet; an error is a refusal or the sink's.
type rowReader func(table.Row) error

// readSheet reads one sheet and adds its summary.
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

// readRows looks for the heading row and hands over the rows under it. A sheet without one is read to its
// end too, so that damage to it does not go unnoticed. The mark between the cells of a CSV file is that of its heading:
// where a title or a remark has more of another mark, the headings stand together in one cell, and it is read again.
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
	if summary.HeadingRow == 0 && r.isCSV && !r.isDelimited && looking.together.isOfCSV() {
		r.isDelimited = true
		r.file.Delimit(looking.together.mark[0])
		return r.readRows(sheet, summary)
	}
	if summary.HeadingRow == 0 {
		r.skip(sheet, summary, looking)
	}
	return nil
}

// readRow counts a row, and hands it over when it holds something.
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
	if behind := r.file.CountsBehind(); behind != 0 {
		recount(row.Cells, layout.dates, behind)
	}
	if layout.isTotals(row.Cells) {
		summary.Totals++
		return nil
	}
	if refused := layout.differing(row); refused != nil {
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

// begin notes what the heading row says and returns what reads the rows under it; nil if they are not to be read.
func (r *reading) begin(sheet table.Sheet, summary *billing.SheetSummary, heading *headingRow) (*layout, rowReader, error) {
	summary.HeadingRow = heading.number
	if r.file.Kind() == kindUitval && heading.kind != billing.DecisionSheet {
		summary.Skipped = SkippedUitval
		return nil, nil, nil
	}
	if sheet.Hidden {
		return nil, nil, r.at(refuseHidden(heading.number), sheet.Name)
	}
	l, refused := layOut(r.names, heading, r.file.Kind() == kindReturn)
	if refused != nil {
		return nil, nil, r.at(refused, sheet.Name)
	}
	summary.Kind, summary.UnknownColumns = heading.kind, l.unused
	r.understood = true
	return l, r.rowReader(l, heading.provider, summary), nil
}

// rowReader returns what reads the rows of a sheet and hands them over.
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

// skip notes why a sheet without heading row was not read.
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
	if looking.together != nil && r.together == nil {
		r.together = looking.together
		r.together.sheet = sheet.Name
	}
}
