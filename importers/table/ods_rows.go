package table

import (
	"errors"
	"io"

	"github.com/pxq-nl/pxq/importers/internal/xmlscan"
)

// documentReader reads the sheets of an OpenDocument workbook in order.
type documentReader struct {
	*xmlscan.Named
	part    io.Closer
	next    int // number of the next sheet
	outside int // depth of the element that holds the sheets

	document  *document
	counter   *sheetMeter
	row       rowBuilder
	columns   []columnStyle
	columnAt  int    // index in columns of the first that the cells of the row have not passed
	rowStyle  []byte // the default style of cells in the row; if empty, that of their column applies
	cellStyle []byte // the style of the current cell
}

// columnStyle is the default style of cells in the columns before until.
type columnStyle struct {
	until int
	style cellStyle
}

// rows reads a sheet. It continues from where the last one ended, if possible, so
// that a workbook of many sheets is decompressed only once.
func (d *document) rows(sheet Sheet, counter *sheetMeter, yield func(Row) bool) error {
	r := d.reading
	d.reading = nil
	if r == nil || r.next > sheet.number {
		var err error
		if r, err = d.begin(); err != nil {
			return xmlProblem(contentPart, err)
		}
	}
	r.counter = counter
	err := r.find(sheet.number)
	if err == nil {
		err = r.table(yield)
	}
	if err == nil || errors.Is(err, errStopped) {
		r.row.number = 0
		d.reading = r
		return err
	}
	r.part.Close()
	return inRow(damageProblem("damaged-sheet", err, contentPart), r.row.number)
}

// begin opens the content and reads up to the element that holds the sheets.
func (d *document) begin() (*documentReader, error) {
	part, size, err := d.container.open(contentPart)
	if err != nil {
		return nil, err
	}
	return d.beginIn(part, size, part)
}

func (d *document) beginIn(part io.Reader, size int64, closer io.Closer) (*documentReader, error) {
	scan, err := xmlscan.New(part, size)
	if err != nil {
		return nil, err
	}
	r := &documentReader{Named: xmlscan.NewNamed(scan, namespaces), part: closer, document: d}
	if _, err := r.Root(); err != nil {
		return nil, err
	}
	for _, wanted := range []string{"office:body", "office:spreadsheet"} {
		for {
			more, err := r.Child()
			if err != nil {
				return nil, err
			}
			if !more {
				return nil, r.Fail(noSheetData)
			}
			if string(r.Element()) == wanted {
				break
			}
			if err := r.Skip(); err != nil {
				return nil, err
			}
		}
	}
	r.outside = r.Depth()
	return r, nil
}

// find reads up to the start of a sheet.
func (r *documentReader) find(number int) error {
	if err := r.Leave(r.outside); err != nil { // skip the rest of the last sheet
		return err
	}
	for {
		more, err := r.Child()
		if err != nil {
			return err
		}
		if !more {
			return r.Fail(noSheetData)
		}
		if string(r.Element()) == "table:table" && isSheetTable(r.Named) {
			if r.next++; r.next > number {
				r.row.number, r.columns = 0, r.columns[:0]
				return nil
			}
		}
		if err := r.Skip(); err != nil {
			return err
		}
	}
}

// table reads the open sheet.
func (r *documentReader) table(yield func(Row) bool) error { return r.group(false, yield) }

// group reads the rows in the open element: the sheet, or a group of rows, which
// may be collapsed.
func (r *documentReader) group(isFolded bool, yield func(Row) bool) error {
	for {
		more, err := r.Child()
		if err != nil || !more {
			return err
		}
		switch string(r.Element()) {
		case "table:table-row":
			err = r.rowOrRows(isFolded, yield)
		case "table:table-row-group":
			err = r.group(isFolded || string(r.Value("table:display")) == "false", yield)
		case "table:table-header-rows", "table:table-rows":
			err = r.group(isFolded, yield)
		case "table:table-column":
			err = r.column()
		case "table:table-columns", "table:table-header-columns", "table:table-column-group":
			err = r.columnGroup()
		default:
			err = r.Skip()
		}
		if err != nil {
			return err
		}
	}
}

func (r *documentReader) columnGroup() error {
	return r.Children(func(name string) error {
		if name == "table:table-column" {
			return r.column()
		}
		return r.columnGroup()
	})
}

// column records the default cell style of one or more columns.
func (r *documentReader) column() error {
	repeated, err := r.repeated("table:number-columns-repeated")
	if err != nil {
		return err
	}
	until, style := repeated, r.document.styles.of(r.Value("table:default-cell-style-name"))
	if n := len(r.columns); n > 0 {
		until += r.columns[n-1].until
	}
	if n := len(r.columns); n > 0 && r.columns[n-1].style == style {
		r.columns[n-1].until = until
	} else if n < columnsMax {
		r.columns = append(r.columns, columnStyle{until, style})
	}
	return r.Skip()
}

// repeated returns how many times the current element is repeated, by this
// attribute; 1 if it has none.
func (r *documentReader) repeated(attribute string) (int, error) {
	text := r.Value(attribute)
	if len(text) == 0 {
		return 1, nil
	}
	n, valid := wholeNumber(text)
	if !valid || n < 1 {
		return 0, r.Fail(badRepeat)
	}
	return n, nil
}

// rowOrRows reads a row and yields it as many times as it is repeated.
func (r *documentReader) rowOrRows(isHidden bool, yield func(Row) bool) error {
	repeated, err := r.repeated("table:number-rows-repeated")
	if err != nil {
		return err
	}
	if visibility := string(r.Value("table:visibility")); visibility == "collapse" || visibility == "filter" {
		isHidden = true
	}
	r.rowStyle = append(r.rowStyle[:0], r.Value("table:default-cell-style-name")...)
	if err := r.counter.addRows(1); err != nil {
		return err
	}
	number := min(r.row.number+1, rowsInSheetMax+1)
	r.row.begin(number, isHidden)
	r.columnAt = 0
	if err := r.cells(); err != nil {
		return err
	}
	row, filled := r.row.finish()
	last := min(number+repeated-1, rowsInSheetMax+1)
	if !filled {
		r.row.number = last
		return nil
	}
	if last > rowsInSheetMax {
		return r.Fail(badRowNumber)
	}
	for ; row.Number <= last; row.Number++ {
		r.row.number = row.Number
		if row.Number > number {
			if err := errors.Join(r.counter.addRows(1), r.counter.addRepeated(r.row.filled)); err != nil {
				return err
			}
		}
		if err := r.counter.addCells(len(row.Cells)); err != nil {
			return err
		}
		if !yield(row) {
			return errStopped
		}
	}
	return nil
}
