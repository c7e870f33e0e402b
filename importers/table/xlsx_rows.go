package table

import (
	"bytes"
	"io"

	"github.com/pxq-nl/pxq/importers/internal/xmlscan"
)

// sheetReader reads the rows of one worksheet of an xlsx workbook.
type sheetReader struct {
	*xmlscan.Scanner
	book    *workbook
	counter *sheetMeter
	row     rowBuilder
	found   stored // the content of the current cell
}

// rows reads a sheet.
func (b *workbook) rows(sheet Sheet, counter *sheetMeter, yield func(Row) bool) error {
	if err := b.readTexts(); err != nil {
		return err
	}
	part, size, err := b.container.open(sheet.part)
	if err != nil {
		return err
	}
	defer part.Close()
	r := &sheetReader{book: b, counter: counter}
	if err := r.read(part, size, yield); err != nil {
		return inRow(damageProblem("damaged-sheet", err, sheet.part), r.row.number)
	}
	return nil
}

// read reads the worksheet in part, for which the zip declares the given size.
func (r *sheetReader) read(part io.Reader, size int64, yield func(Row) bool) (err error) {
	if r.Scanner, err = xmlscan.New(part, size); err != nil {
		return err
	}
	return r.worksheet(yield)
}

// worksheet reads the whole document.
func (r *sheetReader) worksheet(yield func(Row) bool) error {
	root, err := r.Root()
	if err != nil {
		return err
	}
	if string(root) != "worksheet" {
		return r.Fail(notWorksheet)
	}
	seen := false
	for {
		token, err := r.Next()
		switch {
		case err != nil:
			return err
		case token == xmlscan.EndOfDocument && !seen:
			return r.Fail(noSheetData)
		case token == xmlscan.EndOfDocument:
			return nil
		case token != xmlscan.StartTag:
			continue
		}
		switch {
		case string(r.Name()) != "sheetData":
			err = r.Skip()
		case seen:
			err = r.Fail(secondSheetData)
		default:
			seen = true
			err = r.sheetData(yield)
			if err == nil {
				r.row.number = 0 // later problems belong to no row
			}
		}
		if err != nil {
			return err
		}
	}
}

func (r *sheetReader) sheetData(yield func(Row) bool) error {
	for {
		more, err := r.Child()
		if err != nil || !more {
			return err
		}
		if string(r.Name()) != "row" {
			return r.Fail(xmlscan.StrayElement)
		}
		if err := r.beginRow(); err != nil {
			return err
		}
		if err := r.cells(); err != nil {
			return err
		}
		row, filled := r.row.finish()
		if !filled {
			continue
		}
		if err := r.counter.addCells(len(row.Cells)); err != nil {
			return err
		}
		if !yield(row) {
			return errStopped
		}
	}
}

// beginRow reads the start tag of a row.
func (r *sheetReader) beginRow() error {
	if err := r.counter.addRows(1); err != nil {
		return err
	}
	number, hidden := r.row.number+1, false
	for _, a := range r.Attributes() {
		switch string(a.Name) {
		case "r":
			stated, valid := wholeNumber(a.Value)
			if !valid || stated < 1 {
				return r.Fail(badRowNumber)
			}
			if stated < number {
				return r.Fail(badRowOrder)
			}
			number = stated
		case "hidden":
			hidden = isTrue(a.Value)
		}
	}
	if number > rowsInSheetMax {
		return r.Fail(badRowNumber)
	}
	r.row.begin(number, hidden)
	return nil
}

// cells reads the cells of a row.
func (r *sheetReader) cells() error {
	for {
		for r.usualCell() {
		}
		more, err := r.Child()
		if err != nil || !more {
			return err
		}
		switch string(r.Name()) {
		case "c":
			err = r.cell()
		case "extLst":
			err = r.Skip()
		default:
			err = r.Fail(xmlscan.StrayElement)
		}
		if err != nil {
			return err
		}
		if err := r.row.checkSize(); err != nil {
			return err
		}
	}
}

// wholeNumber parses an unsigned number of at most nine digits.
func wholeNumber(b []byte) (int, bool) {
	if len(b) == 0 || len(b) > 9 {
		return 0, false
	}
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}

// column returns the column index of a cell: that of its reference if it has one,
// else the next.
func (r *sheetReader) column(reference []byte, isStated bool) (int, error) {
	column := r.row.last + 1
	if isStated {
		stated, digits := 0, bytes.TrimSpace(reference)
		for len(digits) > 0 && digits[0]|0x20 >= 'a' && digits[0]|0x20 <= 'z' && stated <= columnsMax {
			stated = stated*26 + int(digits[0]|0x20-'a') + 1
			digits = digits[1:]
		}
		number, valid := wholeNumber(digits)
		switch {
		case !valid || stated < 1 || stated > columnsMax || digits[0] == '0':
			return 0, r.Fail(badCellAddress)
		case number != r.row.number:
			return 0, r.Fail(badCellRow)
		case stated-1 < column:
			return 0, r.Fail(badCellOrder)
		}
		column = stated - 1
	}
	if column >= columnsMax {
		return 0, r.Fail(badCellAddress)
	}
	return column, nil
}
