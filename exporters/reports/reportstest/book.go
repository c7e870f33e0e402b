// Package reportstest reads the workbooks of a period back as a person does, and checks that the figures in them agree. AddUp
// (period.go) does so for a folder; book.go reads a workbook.
package reportstest

import (
	"fmt"
	"math"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// headingRow is the row with the headings of a table; its totals are above it.
const headingRow = 5

// book is one workbook, with the cells of its sheets as they are stored.
type book struct {
	testing.TB
	name string
	file *excelize.File
	rows map[string][][]string
}

func open(t testing.TB, path string) *book {
	t.Helper()
	file, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = file.Close() })
	b := &book{TB: t, name: filepath.Base(path), file: file, rows: make(map[string][][]string)}
	for _, sheet := range file.GetSheetList() {
		if b.rows[sheet], err = file.GetRows(sheet, excelize.Options{RawCellValue: true}); err != nil {
			t.Fatal(err)
		}
	}
	return b
}

// has reports whether the workbook has a sheet.
func (b *book) has(sheet string) bool { return b.rows[sheet] != nil }

// cell returns a cell of a row, "" beyond its last.
func cell(row []string, column int) string {
	if column < 0 || column >= len(row) {
		return ""
	}
	return row[column]
}

// number returns the number in a cell; nothing is 0.
func (b *book) number(where, text string) float64 {
	b.Helper()
	if text == "" {
		return 0
	}
	number, err := strconv.ParseFloat(text, 64)
	if err != nil {
		b.Errorf("%s, %s: %q is no number", b.name, where, text)
	}
	return number
}

// column returns the index of a heading in a table; -1 if it is not there.
func (b *book) column(sheet, heading string) int {
	if len(b.rows[sheet]) < headingRow {
		return -1
	}
	for i, text := range b.rows[sheet][headingRow-1] {
		if text == heading {
			return i
		}
	}
	return -1
}

// sum adds up a column of a table, over the rows for which test returns true.
func (b *book) sum(sheet, heading string, test func(row []string) bool) float64 {
	b.Helper()
	column := b.column(sheet, heading)
	if column < 0 {
		b.Errorf("%s: no column %q on %s", b.name, heading, sheet)
		return 0
	}
	sum := 0.0
	for _, row := range b.rows[sheet][headingRow:] {
		if test == nil || test(row) {
			sum += b.number(sheet, cell(row, column))
		}
	}
	return sum
}

// count returns the number of rows of a table for which test returns true.
func (b *book) count(sheet string, test func(row []string) bool) float64 {
	count := 0.0
	for _, row := range b.rows[sheet][min(headingRow, len(b.rows[sheet])):] {
		if len(row) > 0 && (test == nil || test(row)) {
			count++
		}
	}
	return count
}

// block returns the rows of the small table on a page under a title, or under no title but with that first heading: its
// headings, and its rows up to an empty one.
func (b *book) block(sheet, title string) (headings []string, rows [][]string) {
	b.Helper()
	all := b.rows[sheet]
	for i, row := range all {
		if cell(row, 0) != title || i+1 >= len(all) {
			continue
		}
		begin := i
		if len(row) == 1 {
			begin++
		}
		end := begin + 1
		for end < len(all) && len(all[end]) > 1 {
			end++
		}
		return all[begin], all[begin+1 : end]
	}
	return nil, nil
}

// at returns a number in a small table, in the row with the given first cell and under the given heading.
func (b *book) at(sheet, title, first, heading string) float64 {
	b.Helper()
	headings, rows := b.block(sheet, title)
	for i, text := range headings {
		if text != heading {
			continue
		}
		for _, row := range rows {
			if cell(row, 0) == first {
				return b.number(sheet+", "+title+", "+first, cell(row, i))
			}
		}
	}
	b.Errorf("%s: %s: no %q, %q under %q", b.name, sheet, first, heading, title)
	return 0
}

// figure is a number as one place shows it, and whether that place exists.
type figure struct {
	where string
	value float64
}

// same fails the test unless the numbers in several places are equal.
func (b *book) same(what string, figures ...figure) {
	b.Helper()
	for _, other := range figures[1:] {
		if math.Abs(other.value-figures[0].value) >= half {
			b.Errorf("%s: %s: %s says %s, %s says %s", b.name, what, figures[0].where, show(figures[0].value), other.where, show(other.value))
		}
	}
}

// half is less than half of the smallest unit that is displayed: a cent, or a hundredth of an hour.
const half = 0.004

func show(number float64) string { return strings.TrimSuffix(fmt.Sprintf("%.2f", number), ".00") }
