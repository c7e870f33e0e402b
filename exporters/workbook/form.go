package workbook

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// FormRows is the number of empty rows of a form in which input is checked.
const FormRows = 5000

// Form is a sheet for people to fill in: headings with notes, checks on what is typed, and totals above the headings, where
// a program that reads the sheet ignores them. Unlike a Table it has empty rows.
type Form struct {
	Sheet   string
	Name    string // of the native table, tbl_…
	Title   string // "" for a sheet that starts with its headings
	Explain string
	Columns []FormColumn
	Label   Cell      // the cell under the title, left of Fill
	Fill    Value     // to be filled in once for the whole sheet; shown only if Label has a text
	Check   *Check    // of Fill
	Filled  [][]Value // rows that are filled in already
}

// FormColumn is a column of a form.
type FormColumn struct {
	Heading string
	Width   float64
	Format  Format
	Must    bool   // mandatory
	Plain   string // shown above a heading that is a key: what it means in a few words
	Note    string
	Check   *Check
	Alarm   string // a formula that marks a cell where it is true; % stands for the cell in the first row
	Twice   bool   // duplicate texts are marked
	Total   string // a formula above the heading
	Shown   Format // of the total
}

// FirstRow is the first row under the headings.
func (f *Form) FirstRow() int { return f.headingRow() + 1 }

// LastRow is the last row that is checked.
func (f *Form) LastRow() int { return f.headingRow() + FormRows + len(f.Filled) }

func (f *Form) headingRow() int {
	if f.Title == "" {
		return 1
	}
	return headingRow
}

// Cell returns a reference to the first cell of a column for use in formulas: the column is absolute, the row is not.
func (f *Form) Cell(column int) string {
	return fmt.Sprintf("$%s%d", columnName(column), f.FirstRow())
}

// Range returns a reference to all checked cells of a column for use in formulas.
func (f *Form) Range(column int) string {
	return fmt.Sprintf("%[1]s$%[2]d:%[1]s$%[3]d", columnName(column), f.FirstRow(), f.LastRow())
}

// ListArea returns the area of a list, as a defined name refers to it.
func ListArea(sheet string, column, first, last int) string {
	return fmt.Sprintf("%s!$%[2]s$%[3]d:$%[2]s$%[4]d", quoted(sheet), columnName(column), first, max(first, last))
}

// GrowingArea returns the area of the filled cells of a list. If it included the empty cells below them, spreadsheet
// programs would offer those too and accept whatever is typed.
func GrowingArea(sheet string, column, first, last int) string {
	all := ListArea(sheet, column, first, last)
	start, _, _ := strings.Cut(all, ":")
	return fmt.Sprintf("%s:INDEX(%s,MAX(1,COUNTA(%[2]s)))", start, all)
}

// AddName defines a name for an area, by which checks can refer to it.
func (b *Book) AddName(name, area string) error {
	return b.file.SetDefinedName(&excelize.DefinedName{Name: name, RefersTo: area})
}

// AddForm adds a form.
func (b *Book) AddForm(form *Form) error {
	if err := b.addSheet(form.Sheet); err != nil {
		return err
	}
	s := &formSheet{Form: form, book: b}
	if err := errors.Join(s.prepare(), s.prepareStyles()); err != nil {
		return fmt.Errorf("%s: %w", form.Sheet, err)
	}
	b.rows[b.partName()] = sheetRows{write: s.writeRows}
	return nil
}

// formSheet is a form that is being added to a workbook.
type formSheet struct {
	*Form
	book   *Book
	styles map[styleKey]int
}

// prepare sets up everything of the sheet but its rows.
func (s *formSheet) prepare() error {
	f, yes := s.book.file, true
	heading := s.headingRow()
	err := s.book.setUp(s.Sheet, setup{frozenRows: heading, frozenColumns: 1, titleRow: heading, pagesWide: s.pagesWide()})
	err = errors.Join(err, f.SetSheetView(s.Sheet, 0, &excelize.ViewOptions{ShowGridLines: &yes}))
	if s.hasBack() {
		err = errors.Join(err, s.book.link(s.Sheet, cellName(s.backColumn(), explainRow), s.book.first))
	}
	if s.Check != nil {
		err = errors.Join(err, s.validate(s.Check, s.Label.text, cellName(1, explainRow), cellName(1, explainRow)))
	}
	headings := make([]any, len(s.Columns))
	for i, column := range s.Columns {
		headings[i] = column.Heading
		err = errors.Join(err, f.SetColWidth(s.Sheet, columnName(i), columnName(i), column.Width), s.note(i), s.check(i), s.mark(i))
	}
	return errors.Join(err,
		f.SetSheetRow(s.Sheet, cellName(0, heading), &headings),
		s.book.addTable(s.Sheet, &excelize.Table{
			Range: area(0, heading, len(s.Columns)-1, heading+max(len(s.Filled), 1)), Name: s.Name, StyleName: "TableStyleLight1", ShowRowStripes: &yes,
		}),
		f.AddIgnoredErrors(s.Sheet, area(0, 1, len(s.Columns)-1, s.LastRow()), excelize.IgnoredErrorsNumberStoredAsText),
	)
}

func (s *formSheet) area(column int) string {
	return area(column, s.FirstRow(), column, s.LastRow())
}

func (s *formSheet) note(column int) error {
	text := s.Columns[column].Note
	if text == "" {
		return nil
	}
	return s.book.file.AddComment(s.Sheet, excelize.Comment{
		Cell: cellName(column, s.headingRow()), Author: s.book.head.Program, Width: 300, Height: uint(40 + 18*linesOf(text, 38)),
		Paragraph: []excelize.RichTextRun{{Text: clean(text)}},
	})
}

func (s *formSheet) prepareStyles() error {
	s.styles = make(map[styleKey]int)
	var err error
	need := func(format Format, look Look) {
		id, problem := s.book.style(format, look)
		s.styles[styleKey{format: format, look: look}], err = id, errors.Join(err, problem)
	}
	for _, look := range []Look{Title, Muted, Label, Input, Heading, Voluntary, Link} {
		need(Plain, look)
	}
	for i, column := range s.Columns {
		need(column.Format, Normal)
		need(column.Shown, Total)
		need(headingFormat(column.Format), Heading)
		need(headingFormat(column.Format), Voluntary)
		err = errors.Join(err, s.book.file.SetColStyle(s.Sheet, columnName(i), s.styles[styleKey{format: column.Format}]))
	}
	return err
}

// writeRows writes all rows of the sheet.
func (s *formSheet) writeRows(out *packing) error {
	x, err := newRowXML(out, len(s.Columns))
	if err != nil {
		return err
	}
	if s.Title != "" {
		if err := s.writeTop(x); err != nil {
			return err
		}
	}
	x.begin(s.headingRow(), headingHeight)
	for i, column := range s.Columns {
		look := Voluntary
		if column.Must {
			look = Heading
		}
		x.cell(i, s.styles[styleKey{format: headingFormat(column.Format), look: look}], Text(column.Heading), "")
	}
	if err := x.end(); err != nil {
		return err
	}
	widths := wrapWidths(s.shape())
	for number, row := range s.Filled {
		x.begin(s.FirstRow()+number, heightOf(row, widths))
		for i := range row {
			if !row[i].IsEmpty() {
				x.cell(i, s.styles[styleKey{format: s.Columns[i].Format}], row[i], "")
			}
		}
		if err := x.end(); err != nil {
			return err
		}
	}
	return nil
}

// writeTop writes the rows above the headings: title, explanation, the field to fill in once, and totals.
func (s *formSheet) writeTop(x *rowXML) error {
	line := func(row int, height float64, fill func()) error {
		x.begin(row, height)
		fill()
		return x.end()
	}
	one := func(text string, look Look) func() {
		return func() { x.cell(0, s.styles[styleKey{look: look}], Text(text), "") }
	}
	return errors.Join(
		line(titleRow, titleHeight, one(s.Title, Title)),
		line(noticeRow, 0, one(s.Explain, Muted)),
		line(explainRow, bigHeight, func() {
			if !s.Label.IsEmpty() {
				x.cell(0, s.styles[styleKey{look: Label}], s.Label.Value, "")
				x.cell(1, s.styles[styleKey{look: Input}], s.Fill, "")
			}
			if s.hasBack() {
				words := s.book.head.Words
				x.cell(s.backColumn(), s.styles[styleKey{look: Link}], Text(fmt.Sprintf(words.Back, s.book.first)), "")
			}
		}),
		line(totalsRow, 0, func() {
			for i, column := range s.Columns {
				if column.Total != "" {
					x.cell(i, s.styles[styleKey{format: column.Shown, look: Total}], Count(0), column.Total)
				} else if column.Plain != "" {
					x.cell(i, s.styles[styleKey{look: Label}], Text(column.Plain), "")
				} else if i == 0 && s.hasTotals() {
					x.cell(i, s.styles[styleKey{look: Label}], Text(s.book.head.Words.Total), "")
				}
			}
		}),
	)
}

// hasBack reports whether the form has a link back to the first sheet.
func (s *formSheet) hasBack() bool { return s.Title != "" && s.book.first != s.Sheet }

// backColumn returns the column of the link back to the first sheet, well to the right of the field to fill in.
func (s *formSheet) backColumn() int {
	if s.Label.IsEmpty() {
		return 0
	}
	return 3
}

// pagesWide returns how many pages wide the form is printed.
func (s *formSheet) pagesWide() int { return pagesFor(s.shape()) }

// shape returns the widths and formats of the columns as those of a table.
func (s *formSheet) shape() []Column {
	columns := make([]Column, len(s.Columns))
	for i := range columns {
		columns[i].Width, columns[i].Format = s.Columns[i].Width, s.Columns[i].Format
	}
	return columns
}

func (s *formSheet) hasTotals() bool {
	return slices.ContainsFunc(s.Columns, func(c FormColumn) bool { return c.Total != "" })
}
