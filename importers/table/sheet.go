package table

import (
	"bytes"
	"errors"
	"iter"
)

// sheetReader reads the rows of one worksheet.
type sheetReader struct {
	*scanner
	file *File
	part string
	book *workbook
	row  rowBuilder
	rows int // <row> elements so far
}

// Rows gives the rows of a sheet that have a filled cell, in their order.
// Wholly empty rows are not given, but count in the numbers of later ones. An
// error, which is a *[Problem], comes once and last; without one the sheet was
// read to its very end. A sheet can be read more than once.
func (f *File) Rows(sheet Sheet) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		inside := true // not in the caller's code
		guarded := func(row Row) bool {
			inside = false
			more := yield(row, nil)
			inside = true
			return more
		}
		var err error
		defer func() {
			if inside {
				if recovered := recover(); recovered != nil {
					err = newProblem("internal")
				}
			}
			if err != nil && !errors.Is(err, errStopped) {
				inside = false
				yield(Row{}, asProblem(err, f.name, sheet.Name))
			}
		}()
		if f.csv != nil {
			err = f.csv.rows(guarded)
		} else {
			err = f.sheetRows(sheet, guarded)
		}
	}
}

// errStopped says that the caller wants no more rows.
var errStopped = errors.New("stopped")

func (f *File) sheetRows(sheet Sheet, yield func(Row) bool) error {
	if err := f.book.readTexts(); err != nil {
		return err
	}
	part, err := f.book.container.open(sheet.part)
	if err != nil {
		return err
	}
	defer part.Close()
	scan, err := newScanner(part)
	if err != nil {
		return err
	}
	r := &sheetReader{scanner: scan, file: f, part: sheet.part, book: f.book}
	if err := r.worksheet(yield); err != nil {
		problem := damageProblem("damaged-sheet", err, sheet.part)
		var known *Problem
		if errors.As(problem, &known) && known.Row == 0 {
			known.Row = r.row.number
		}
		return problem
	}
	return nil
}

// damageProblem turns damage to the XML of a part into a problem.
func damageProblem(code string, err error, part string) error {
	var d *damage
	if errors.As(err, &d) {
		return newProblem(code, d.offset, part, d.reason)
	}
	return err
}

// worksheet reads the whole document.
func (r *sheetReader) worksheet(yield func(Row) bool) error {
	if err := r.root("worksheet", reasonNotWorksheet); err != nil {
		return err
	}
	seen := false
	for {
		kind, err := r.next()
		switch {
		case err != nil:
			return err
		case kind == endOfDocument && !seen:
			return r.fail(reasonNoSheetData)
		case kind == endOfDocument:
			return nil
		case kind != startTag:
			continue
		}
		switch {
		case string(r.name) != "sheetData":
			err = r.skip()
		case seen:
			err = r.fail(reasonSecondSheetData)
		default:
			seen = true
			err = r.sheetData(yield)
			if err == nil {
				r.row.number = 0 // what comes now belongs to no row
			}
		}
		if err != nil {
			return err
		}
	}
}

func (r *sheetReader) sheetData(yield func(Row) bool) error {
	for {
		more, err := r.between()
		if err != nil || !more {
			return err
		}
		if string(r.name) != "row" {
			return r.fail(reasonStrayElement)
		}
		if err := r.beginRow(); err != nil {
			return err
		}
		if err := r.cells(); err != nil {
			return err
		}
		if row, filled := r.row.finish(); filled && !yield(row) {
			return errStopped
		}
	}
}

// beginRow reads the start tag of a row.
func (r *sheetReader) beginRow() error {
	r.rows++
	if err := r.file.meter.addRow(r.part, r.rows); err != nil {
		return err
	}
	number := r.row.number + 1
	if value, ok := r.attribute("r"); ok {
		stated, valid := wholeNumber(value)
		if !valid || stated < 1 {
			return r.fail(reasonRowNumber)
		}
		if stated < number {
			return r.fail(reasonRowOrder)
		}
		number = stated
	}
	if number > rowsInSheetMax {
		return r.fail(reasonRowNumber)
	}
	hidden, _ := r.attribute("hidden")
	r.row.begin(number, isTrue(string(hidden)))
	return nil
}

// cells reads the cells of a row.
func (r *sheetReader) cells() error {
	for {
		more, err := r.between()
		if err != nil || !more {
			return err
		}
		switch string(r.name) {
		case "c":
			err = r.cell()
		case "extLst":
			err = r.skip()
		default:
			err = r.fail(reasonStrayElement)
		}
		if err != nil {
			return err
		}
	}
}

// wholeNumber reads a number without sign of at most nine digits.
func wholeNumber(b []byte) (int, bool) {
	if len(b) == 0 || len(b) > 9 {
		return 0, false
	}
	n := 0
	for _, c := range b {
		if !isDigit(c) {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}

// column gives the index of the column that a cell is in: the one its
// reference says, or the next.
func (r *sheetReader) column() (int, error) {
	column := r.row.last + 1
	if reference, ok := r.attribute("r"); ok {
		stated, digits := 0, bytes.TrimSpace(reference)
		for len(digits) > 0 && digits[0]|0x20 >= 'a' && digits[0]|0x20 <= 'z' && stated <= columnsMax {
			stated = stated*26 + int(digits[0]|0x20-'a') + 1
			digits = digits[1:]
		}
		number, valid := wholeNumber(digits)
		switch {
		case !valid || stated < 1 || stated > columnsMax || digits[0] == '0':
			return 0, r.fail(reasonCellReference)
		case number != r.row.number:
			return 0, r.fail(reasonCellRow)
		case stated-1 < column:
			return 0, r.fail(reasonCellOrder)
		}
		column = stated - 1
	}
	if column >= columnsMax {
		return 0, r.fail(reasonCellReference)
	}
	return column, nil
}
