package workbook

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// The row numbers above the body of a table.
const (
	titleRow   = 1
	noticeRow  = 2
	explainRow = 3
	totalsRow  = 4
	headingRow = 5
)

// Column is one column of a table.
type Column struct {
	Heading string
	Width   float64 // at least; the column grows with what it holds, up to a limit
	Format  Format
	Sum     bool     // it has a total
	Input   bool     // to be filled in by the reader
	Choices []string // of an input column: the only values that are allowed
	Alarm   string   // a formula that marks a cell where it is true; %[1]d in it is the number of the first row
	Stretch bool     // of the last column of a small table on a page: it extends to the edge of the page
}

// Table is a sheet with one native table of rows. Rows that do not fit on one sheet continue on the next, with a number after
// its name.
type Table struct {
	Sheet   string
	Name    string // of the native table, tbl_…
	Title   string
	Explain string // what the reader can do here
	Columns []Column
	Frozen  int  // columns that stay in view
	Printed int  // columns that are printed, one page wide; 0 for all, over as many pages as they need
	Protect bool // only input columns may be changed
	Rows    *Rows
	Offers  []Offer
}

// Offer is a text that a drop-down suggests in some rows of an input column; anything else may be typed there too. Rows
// count from 0.
type Offer struct {
	Column, First, Last int
	Text                string
}

// Body returns the area of a column's rows in a table with the given number of rows, on its first sheet.
func Body(sheet string, column, rows int) string {
	return quoted(sheet) + "!" + area(column, headingRow+1, column, headingRow+min(max(rows, 1), SheetRows))
}

// AddTable adds the sheet or sheets of a table. Their rows are written when the book is saved.
func (b *Book) AddTable(table *Table) error {
	if err := table.check(); err != nil {
		return err
	}
	fitted := *table
	var err error
	if fitted.Rows, err = table.Rows.divided(); err != nil {
		return err
	}
	fitted.Columns = fitted.fit()
	table = &fitted
	before := 0
	for i, part := range table.Rows.parts {
		sheet, name := table.Sheet, table.Name
		if i > 0 {
			sheet, name = fmt.Sprintf("%s (%d)", sheet, i+1), fmt.Sprintf("%s_%d", name, i+1)
		}
		if err := b.addSheet(sheet); err != nil {
			return err
		}
		t := &tableSheet{book: b, Table: table, sheet: sheet, name: name, part: part, before: before, styles: make(map[styleKey]int)}
		if err := errors.Join(t.prepare(), t.prepareStyles()); err != nil {
			return fmt.Errorf("%s: %w", sheet, err)
		}
		b.rows[b.partName()] = sheetRows{t.columns(), t.writeRows}
		before += part.rows
	}
	return nil
}

// widthMost is the largest width to which a column grows for its longest text.
const widthMost = 56

// fit returns the columns widened to their texts, numbers and totals: a number too wide for its column is shown as #.
func (t *Table) fit() []Column {
	columns := slices.Clone(t.Columns)
	for i := range columns {
		for _, part := range t.Rows.parts {
			if i < len(part.widest) {
				columns[i].Width = max(columns[i].Width, part.neededWidth(i, columns[i]))
			}
		}
	}
	return columns
}

// check refuses what a spreadsheet program would change without asking: a heading that is empty or used twice.
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

// tableSheet is one sheet of a table.
type tableSheet struct {
	*Table
	book   *Book
	sheet  string
	name   string
	part   *part
	before int // rows on earlier sheets of the table
	styles map[styleKey]int
	widths []float64 // of columns with wrapped text, else 0
	tall   bool      // whether there are such columns
}

// lastRow returns the last row of the table, which has at least one.
func (t *tableSheet) lastRow() int { return headingRow + max(t.part.rows, 1) }

// body returns the area of the rows of some columns.
func (t *tableSheet) body(first, last int) string {
	return area(first, headingRow+1, last, t.lastRow())
}

// prepare sets up everything of the sheet but its rows.
func (t *tableSheet) prepare() error {
	f, stripes := t.book.file, true
	err := t.book.setUp(t.sheet, setup{
		frozenRows: headingRow, frozenColumns: t.Frozen, titleRow: headingRow, pagesWide: pagesFor(t.Columns), printed: t.printed(),
	})
	headings := make([]any, len(t.Columns))
	for i, column := range t.Columns {
		headings[i] = column.Heading
		if name := columnName(i); len(t.part.notes) > 0 { // the width in columns of a note depends on these
			err = errors.Join(err, f.SetColWidth(t.sheet, name, name, column.Width))
		}
		err = errors.Join(err, t.validate(i), t.alarm(i))
	}
	if t.Protect {
		err = errors.Join(err, f.ProtectSheet(t.sheet, openProtection()))
	}
	err = errors.Join(err, t.offer())
	for _, note := range t.part.notes {
		err = errors.Join(err, t.addNote(note))
	}
	if t.hasBack() {
		err = errors.Join(err, t.book.link(t.sheet, cellName(0, totalsRow), t.book.first))
	}
	return errors.Join(err,
		f.SetSheetRow(t.sheet, cellName(0, headingRow), &headings), // the table takes the names of its columns from it
		t.book.addTable(t.sheet, &excelize.Table{
			Range: area(0, headingRow, len(t.Columns)-1, t.lastRow()), Name: t.name, StyleName: "TableStyleLight1", ShowRowStripes: &stripes,
		}),
		f.AddIgnoredErrors(t.sheet, t.body(0, len(t.Columns)-1), excelize.IgnoredErrorsNumberStoredAsText),
	)
}

// printed returns the area that is printed; "" for all.
func (t *tableSheet) printed() string {
	if t.Printed == 0 {
		return ""
	}
	return fmt.Sprintf("$A$1:$%s$%d", columnName(t.Printed-1), t.lastRow())
}

func (t *tableSheet) addNote(n note) error {
	return t.book.file.AddComment(t.sheet, excelize.Comment{
		Cell: cellName(n.column, headingRow+1+n.row), Author: t.book.head.Program, Width: 320, Height: 110,
		Paragraph: []excelize.RichTextRun{{Text: clean(n.text)}},
	})
}

// hasBack reports whether there is room for a link back to the first sheet, left of the totals.
func (t *tableSheet) hasBack() bool {
	return t.book.first != t.sheet && !(len(t.Columns) > 1 && t.Columns[1].Sum) && !t.Columns[0].Sum
}

// prepareStyles creates the styles of all cells, because none can be created once rows are being written.
func (t *tableSheet) prepareStyles() error {
	var err error
	need := func(format Format, look Look, atTop bool) {
		id, problem := t.book.styleAt(format, look, atTop)
		t.styles[styleKey{format, look, atTop}], err = id, errors.Join(err, problem)
	}
	for _, look := range []Look{Title, t.book.noticeLook(), Muted, Link, Total} {
		need(Plain, look, false)
	}
	t.widths = wrapWidths(t.Columns)
	for _, width := range t.widths {
		t.tall = t.tall || width > 0
	}
	for i, column := range t.Columns {
		need(column.Format, Total, false)
		need(headingFormat(column.Format), Filtered, false)
		need(column.Format, Normal, t.tall)
		if column.Input {
			need(column.Format, Input, t.tall)
		}
		for look := Wrong; i < len(t.part.looks) && look < Total; look++ {
			if t.part.looks[i]&(1<<look) != 0 {
				need(column.Format, look, t.tall)
			}
		}
	}
	return err
}

// columns returns the XML of the widths and styles of the columns, so that a cell that is filled in later looks right. Equal
// neighbours are combined. excelize would copy all columns for each one that is set.
func (t *tableSheet) columns() string {
	out := []byte("<cols>")
	look := func(i int) int { return t.style(t.Columns[i].Format, Normal, t.tall) }
	for first := 0; first < len(t.Columns); {
		width, style, last := t.Columns[first].Width, look(first), first
		for last+1 < len(t.Columns) && t.Columns[last+1].Width == width && look(last+1) == style {
			last++
		}
		out = fmt.Appendf(out, `<col customWidth="true" max="%d" min="%d" style="%d" width="`, last+1, first+1, style)
		out = append(strconv.AppendFloat(out, width, 'g', -1, 64), `"></col>`...)
		first = last + 1
	}
	return string(append(out, "</cols>"...))
}

func (t *tableSheet) style(format Format, look Look, atTop bool) int {
	return t.styles[styleKey{format, look, atTop}]
}
