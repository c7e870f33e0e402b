package workbook

import (
	"errors"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// The rows above the rows of a table.
const (
	titleRow   = 1
	noticeRow  = 2
	explainRow = 3
	totalsRow  = 4
	headingRow = 5
)

// notesMax is how many cells of a sheet get a note; spreadsheet programs become slow with more.
const notesMax = 500

// Column is one column of a table.
type Column struct {
	Heading string
	Width   float64
	Format  Format
	Sum     bool     // has a total
	Input   bool     // to be filled in by the reader
	Choices []string // of an input column: the only values that may be filled in
}

// Table is a sheet that is one native table of rows. When they are too many for one sheet they go on on the
// next, with a number behind the name.
type Table struct {
	Sheet   string
	Name    string // of the native table, tbl_…
	Title   string
	Explain string // what the reader can do here
	Columns []Column
	Frozen  int  // columns that stay in sight
	Protect bool // only input columns may be changed
	Rows    *Rows
}

// AddTable writes the sheet or sheets of a table.
func (b *Book) AddTable(table *Table) error {
	if err := table.check(); err != nil {
		return err
	}
	for i, part := range table.Rows.parts {
		sheet, name := table.Sheet, table.Name
		if i > 0 {
			sheet, name = fmt.Sprintf("%s (%d)", sheet, i+1), fmt.Sprintf("%s_%d", name, i+1)
		}
		w := tableWriter{book: b, Table: table, sheet: sheet, name: name, part: part}
		if err := w.write(); err != nil {
			return fmt.Errorf("%s: %w", sheet, err)
		}
	}
	return nil
}

// check refuses what a spreadsheet program would mend by itself: two headings that are the same.
func (t *Table) check() error {
	seen := make(map[string]bool)
	for _, column := range t.Columns {
		key := strings.ToLower(column.Heading)
		if key == "" || seen[key] {
			return fmt.Errorf("%s: heading %q is empty or there already", t.Sheet, column.Heading)
		}
		seen[key] = true
	}
	return nil
}

type tableWriter struct {
	*Table
	book    *Book
	sheet   string
	name    string
	part    *part
	stream  *excelize.StreamWriter
	formats []int     // style of a normal cell, by column
	widths  []float64 // of columns with wrapped text, else 0
	tall    bool      // there are such columns
	cells   []any
	notes   int
}

// lastRow is the last row of the table; a table has at least one.
func (w *tableWriter) lastRow() int { return headingRow + max(w.part.rows, 1) }

// write keeps to one order, because what comes after Flush is dropped: the sheet, its widths, everything
// around the rows, the rows, the table.
func (w *tableWriter) write() (err error) {
	if err := w.prepare(); err != nil {
		return err
	}
	if err := errors.Join(w.writeTop(), w.writeHeadings()); err != nil {
		return err
	}
	row := headingRow
	if err := w.Rows.each(w.part, func(values []Value) error {
		row++
		return w.writeRow(row, values)
	}); err != nil {
		return err
	}
	stripes := true
	err = w.stream.AddTable(&excelize.Table{
		Range: area(0, headingRow, len(w.Columns)-1, w.lastRow()), Name: w.name, StyleName: "TableStyleLight1", ShowRowStripes: &stripes,
	})
	return errors.Join(err, w.stream.Flush())
}

func (w *tableWriter) prepare() error {
	b := w.book
	if err := b.addSheet(w.sheet); err != nil {
		return err
	}
	if err := b.setUp(w.sheet, setup{headingRow, w.Frozen, headingRow, pagesFor(w.Columns)}); err != nil {
		return err
	}
	stream, err := b.file.NewStreamWriter(w.sheet)
	if err != nil {
		return err
	}
	w.stream = stream
	w.formats, w.widths = make([]int, len(w.Columns)), make([]float64, len(w.Columns))
	for i, column := range w.Columns {
		if column.Format == Wrapped {
			w.widths[i], w.tall = column.Width, true
		}
	}
	for i, column := range w.Columns {
		look := Normal
		if column.Input {
			look = Input
		}
		style, err := b.styleAt(column.Format, look, w.tall)
		if err := errors.Join(err, stream.SetColWidth(i+1, i+1, column.Width), w.validate(i)); err != nil {
			return err
		}
		w.formats[i] = style
	}
	if w.Protect {
		if err := b.file.ProtectSheet(w.sheet, openProtection()); err != nil {
			return err
		}
	}
	return b.file.AddIgnoredErrors(w.sheet, area(0, headingRow+1, len(w.Columns)-1, w.lastRow()), excelize.IgnoredErrorsNumberStoredAsText)
}

// openProtection guards against accidents only: there is no password, and filters, widths and heights work.
func openProtection() *excelize.SheetProtectionOptions {
	return &excelize.SheetProtectionOptions{
		AutoFilter: true, Sort: true, FormatColumns: true, FormatRows: true, SelectLockedCells: true, SelectUnlockedCells: true,
		EditObjects: true, EditScenarios: true,
	}
}

// validate gives an input column its drop-down.
func (w *tableWriter) validate(column int) error {
	choices := w.Columns[column].Choices
	if len(choices) == 0 {
		return nil
	}
	rule := excelize.NewDataValidation(true)
	rule.SetSqref(area(column, headingRow+1, column, w.lastRow()))
	rule.SetError(excelize.DataValidationErrorStyleStop, w.Columns[column].Heading, fmt.Sprintf(w.book.head.Words.Choose, strings.Join(choices, ", ")))
	return errors.Join(rule.SetDropList(choices), w.book.file.AddDataValidation(w.sheet, rule))
}

// writeTop writes what stands above the headings: title, notice, explanation, the way back, totals.
func (w *tableWriter) writeTop() error {
	b := w.book
	across, width := 1, w.Columns[0].Width
	for ; across < len(w.Columns) && width < bannerWidth; across++ {
		width += w.Columns[across].Width
	}
	line := func(row int, text string, look Look, cells int, height float64) error {
		if text == "" {
			return nil
		}
		banner, err := b.banner(text, look, cells)
		return errors.Join(err, w.stream.SetRow(cellName(0, row), banner, excelize.RowOpts{Height: height}))
	}
	return errors.Join(
		line(titleRow, w.Title, Title, 1, titleHeight),
		line(noticeRow, b.head.Words.Notice, b.noticeLook(), across, lineHeight),
		line(explainRow, w.Explain, Muted, 1, lineHeight),
		w.writeTotals(),
	)
}

func (w *tableWriter) writeTotals() error {
	cells, err := make([]any, len(w.Columns)), error(nil)
	put := func(column int, format Format, look Look, formula string, value any) {
		style, problem := w.book.style(format, look)
		cells[column], err = excelize.Cell{StyleID: style, Formula: formula, Value: value}, errors.Join(err, problem)
	}
	first := -1
	for i, column := range w.Columns {
		if !column.Sum {
			continue
		}
		if first < 0 {
			first = i
		}
		formula := fmt.Sprintf("SUBTOTAL(109,%s)", area(i, headingRow+1, i, w.lastRow()))
		put(i, column.Format, Total, formula, w.sum(i))
	}
	if first > 0 {
		put(first-1, Plain, Total, "", w.book.head.Words.Total)
	}
	if w.book.first != w.sheet && first != 1 {
		put(0, Plain, Link, "", fmt.Sprintf(w.book.head.Words.Back, w.book.first))
		err = errors.Join(err, w.book.link(w.sheet, cellName(0, totalsRow), w.book.first))
	}
	return errors.Join(err, w.stream.SetRow(cellName(0, totalsRow), cells))
}

// sum gives the total of a column as it is stored beside its formula.
func (w *tableWriter) sum(column int) any {
	if column >= len(w.part.sums) {
		return 0
	}
	return Value{kind: w.part.kinds[column], number: w.part.sums[column]}.cell()
}

func (w *tableWriter) writeHeadings() error {
	cells := make([]any, len(w.Columns))
	for i, column := range w.Columns {
		format := Plain
		if column.Format.isNumber() {
			format = column.Format
		}
		style, err := w.book.style(format, Filtered)
		if err != nil {
			return err
		}
		cells[i] = excelize.Cell{StyleID: style, Value: column.Heading}
	}
	return w.stream.SetRow(cellName(0, headingRow), cells, excelize.RowOpts{Height: headingHeight})
}

func (w *tableWriter) writeRow(row int, values []Value) error {
	w.cells = w.cells[:0]
	for i, value := range values {
		style := w.formats[i]
		if value.look != Normal {
			var err error
			if style, err = w.book.styleAt(w.Columns[i].Format, value.look, w.tall); err != nil {
				return err
			}
		}
		if value.note != "" && w.notes < notesMax {
			w.notes++
			if err := w.addNote(i, row, value.note); err != nil {
				return err
			}
		}
		w.cells = append(w.cells, excelize.Cell{StyleID: style, Value: value.cell()})
	}
	for i := len(values); i < len(w.Columns); i++ {
		w.cells = append(w.cells, excelize.Cell{StyleID: w.formats[i]})
	}
	return w.stream.SetRow(cellName(0, row), w.cells, excelize.RowOpts{Height: heightOf(values, w.widths)})
}

func (w *tableWriter) addNote(column, row int, note string) error {
	return w.book.file.AddComment(w.sheet, excelize.Comment{
		Cell: cellName(column, row), Author: w.book.head.Program, Width: 320, Height: 110,
		Paragraph: []excelize.RichTextRun{{Text: clean(note)}},
	})
}
