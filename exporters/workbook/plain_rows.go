package workbook

import (
	"fmt"
	"io"
	"strconv"

	"github.com/xuri/excelize/v2"
)

// PlainRows writes the rows of a sheet that excelize makes without any: text and numbers as other programs write them.
type PlainRows struct {
	xml *rowXML
	err error
}

// mostPlainColumns is how many columns a plain sheet may have.
const mostPlainColumns = 64

// WritePlain writes a workbook of excelize so that the same cells always give the same bytes, with the rows of its sheets
// by the number of the sheet, from 1. Each is asked for its rows once, when the sheet is packed, so that none of them waits
// in memory; the packed parts wait in a file in the folder dir, "" for that of the system.
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

// Begin begins a row, which stands below those before it.
func (r *PlainRows) Begin(row int) { r.xml.begin(row, 0) }

// Text adds a cell with a text; columns count from 0.
func (r *PlainRows) Text(column int, text string) {
	if r.fits(column) {
		r.xml.cell(column, 0, Text(text), "")
	}
}

// Number adds a cell with a number in a style of excelize, with the formula of which it is the outcome or "".
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
