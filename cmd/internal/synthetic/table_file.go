package synthetic

import (
	"bytes"
	"context"
	"encoding/csv"
	"io"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// xlsxFile is an xlsx file that is being written.
type xlsxFile struct {
	file   *excelize.File
	styles [spanCell + 1]int
	sheets int
	rows   map[int]func(*workbook.PlainRows) error // by the number of the sheet
}

func newXLSX(title string) (*xlsxFile, error) {
	book := &xlsxFile{file: excelize.NewFile(), rows: make(map[int]func(*workbook.PlainRows) error)}
	formats := map[cellForm]string{dayCell: "dd-mm-yyyy", clockCell: "hh:mm", spanCell: "[h]:mm", moneyCell: "#,##0.00"}
	for form := range spanCell + 1 { // in order, so that the same styles get the same numbers
		format, ok := formats[form]
		if !ok {
			continue
		}
		style, err := book.file.NewStyle(&excelize.Style{CustomNumFmt: &format})
		if err != nil {
			return nil, err
		}
		book.styles[form] = style
	}
	err := book.file.SetDocProps(&excelize.DocProperties{
		Title: title, Creator: "Administratie", LastModifiedBy: "Administratie", Created: "2000-01-01T00:00:00Z", Modified: "2000-01-01T00:00:00Z",
	})
	return book, err
}

// sheet adds a sheet. Its rows are written when the file is.
func (b *xlsxFile) sheet(name string, write func(*sheet) error) error {
	b.sheets++
	b.rows[b.sheets] = func(rows *workbook.PlainRows) error { return write(&sheet{book: b, rows: rows}) }
	if b.sheets == 1 {
		return b.file.SetSheetName("Sheet1", name)
	}
	_, err := b.file.NewSheet(name)
	return err
}

// texts adds a sheet of lines without data.
func (b *xlsxFile) texts(name string, hidden bool, lines []string) error {
	err := b.sheet(name, func(sheet *sheet) error {
		for _, line := range lines {
			if err := sheet.write([]cell{textOf(line)}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil || !hidden {
		return err
	}
	return b.file.SetSheetVisible(name, false)
}

// bytes returns the file; the same cells always give the same bytes.
func (b *xlsxFile) bytes() ([]byte, error) {
	defer b.file.Close()
	var raw bytes.Buffer
	err := workbook.WritePlain(b.file, "", b.rows, &raw)
	return raw.Bytes(), err
}

// sheet is a sheet that is being written, row by row.
type sheet struct {
	book *xlsxFile
	rows *workbook.PlainRows
	row  int
}

// write writes the next row.
func (s *sheet) write(cells []cell) error {
	s.row++
	if len(cells) == 0 {
		return nil
	}
	s.rows.Begin(s.row)
	for column := range cells {
		switch c := &cells[column]; c.form {
		case emptyCell:
		case textCell:
			s.rows.Text(column, c.text)
		default:
			s.rows.Number(column, s.book.styles[c.form], c.number, c.formula)
		}
	}
	return s.rows.End()
}

// xlsx writes a submission as a workbook.
func (s *submission) xlsx(ctx context.Context) ([]byte, error) {
	book, err := newXLSX(s.maker.name)
	if err != nil {
		return nil, err
	}
	style := s.maker.style
	if style.hidden {
		if err := book.texts("Instructie", true, instructions(s.plan.language())); err != nil {
			return nil, err
		}
	}
	if style.split {
		if err = s.sheet(ctx, book, "Uren", billing.Time); err == nil {
			err = s.sheet(ctx, book, "Dagdelen", billing.Daypart)
		}
	} else {
		err = s.sheet(ctx, book, style.sheet, billing.NoUnit)
	}
	if err == nil && style.explanation {
		err = book.texts("Toelichting", false, instructions(s.plan.language()))
	}
	if err != nil {
		return nil, err
	}
	return book.bytes()
}

// sheet adds a sheet with the rows of one kind of unit.
func (s *submission) sheet(ctx context.Context, book *xlsxFile, name string, unit billing.Unit) error {
	return book.sheet(name, func(sheet *sheet) error { return s.write(ctx, sheet, unit) })
}

// write writes the rows of one kind of unit on a sheet, with the rows above and below them.
func (s *submission) write(ctx context.Context, sheet *sheet, unit billing.Unit) error {
	for _, cells := range append(s.above(), s.headings()) {
		if err := sheet.write(cells); err != nil {
			return err
		}
	}
	count, sum := 0, 0.0
	err := s.rows(unit, func(r *row) error {
		if count++; count%1000 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if s.gapAfter(count) {
			sheet.row++
		}
		sum += float64(r.quantity) / 6000
		return sheet.write(s.cells(r, sheet.row+1))
	})
	if err == nil && s.maker.style.totals {
		err = sheet.write(s.total(sum))
	}
	return err
}

// instructions returns the instructions of a provider to its own people; language is the index of the language.
func instructions(language int) []string {
	return [2][]string{
		{"Invulinstructie", "Vul per contact een rij in.", "Vragen? Bel de afdeling financiën."},
		{"Instructions", "Fill in a row per contact.", "Questions? Call the finance department."},
	}[language]
}

// csv writes a submission as CSV.
func (s *submission) csv(ctx context.Context) ([]byte, error) {
	style := s.maker.style
	var raw bytes.Buffer
	var out io.Writer = &raw
	switch style.encoding {
	case windows1252:
		out = charmap.Windows1252.NewEncoder().Writer(&raw)
	case utf8BOM:
		raw.WriteString("\ufeff")
	}
	writer := csv.NewWriter(out)
	writer.Comma, writer.UseCRLF = style.separator, true
	for _, cells := range append(s.above(), s.headings()) {
		if err := writer.Write(texts(cells)); err != nil {
			return nil, err
		}
	}
	count, sum := 0, 0.0
	err := s.rows(billing.NoUnit, func(r *row) error {
		if count++; count%1000 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		sum += float64(r.quantity) / 6000
		return writer.Write(texts(s.cells(r, 0)))
	})
	if err == nil && style.totals {
		err = writer.Write(texts(s.total(sum)))
	}
	if err != nil {
		return nil, err
	}
	writer.Flush()
	return raw.Bytes(), writer.Error()
}

// texts returns the cells of a CSV row, which are all texts. An empty row becomes one empty cell.
func texts(cells []cell) []string {
	row := make([]string, max(1, len(cells)))
	for i := range cells {
		row[i] = cells[i].text
	}
	return row
}
