package workbook

import (
	"fmt"
	"io"
	"strconv"

	"github.com/xuri/excelize/v2"
)

// PlainRows writes the rows of a sheet that is empty in excelize: texts and numbers, in the way other programs write them.
type PlainRows struct {
	xml *rowXML
	err error
}

// mostPlainColumns is the largest number of columns of a plain sheet.
const mostPlainColumns = 64

// WritePlain writes a workbook of excelize so that the same cells always give the same bytes. sheets holds the functions that
// write the rows, by the number of their sheet, from 1. Each is called once, when its sheet is compressed, so that no rows
// are kept in memory; compressed parts are kept in a file in dir, or in the system's temporary folder if dir is "".
func WritePlain(file *excelize.File, dir string, sheets map[int]func(*PlainRows) error, out io.Writer) error {
	rows := make(map[string]sheetRows, len(sheets))
	for number, write := range sheets {
		rows[sheetParts+strconv.Itoa(number)+".xml"] = sheetRows{write: func(out *packing) error {
			xml, err := newRowXML(out, mostPlainColumns)
			if err != nil {
				return err
			}
			to := &PlainRows{xml: xml}
			if err := write(to); err != nil {
				return err
			}
			return to.err
		}}
	}
	return writeOrdered(file, dir, rows, plainLevel, out)
}

// Begin starts a row, which must be below the earlier ones.
func (r *PlainRows) Begin(row int) { r.xml.begin(row, 0) }

// Text adds a cell with a text; columns count from 0.
func (r *PlainRows) Text(column int, text string) {
	if r.fits(column) {
		r.xml.cell(column, 0, Text(text), "")
	}
}

// Number adds a cell with a number in a style of excelize. formula is the formula that gives the number, or "".
func (r *PlainRows) Number(column, style int, number float64, formula string) {
	if !r.fits(column) {
		return
	}
	as := r.xml.styled(style)
	out := r.xml.at(column)
	if formula != "" {
		out = append(appendEscaped(append(out, as.formula...), formula), `</f><v>`...)
	} else {
		out = append(out, as.number...)
	}
	r.xml.out.chunk = append(strconv.AppendFloat(out, number, 'f', -1, 64), `</v></c>`...)
}

// End writes the row.
func (r *PlainRows) End() error {
	if err := r.xml.end(); err != nil {
		return err
	}
	return r.err
}

func (r *PlainRows) fits(column int) bool {
	if column >= mostPlainColumns {
		r.err = fmt.Errorf("column %d of a plain sheet that has no more than %d", column+1, mostPlainColumns)
	}
	return r.err == nil
}
