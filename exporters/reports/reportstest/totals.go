package reportstest

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// The formulas of the totals of a table, and of a small table on a page.
var (
	totalOfTable = regexp.MustCompile(`^SUBTOTAL\(109,([A-Z]+)\d+:[A-Z]+\d+\)$`)
	totalOfBlock = regexp.MustCompile(`^SUM\(([A-Z]+)(\d+):[A-Z]+(\d+)\)$`)
)

// totals compares every total with the sum of its cells, as both are stored in the sheet: programs that do not calculate
// show exactly those.
func (b *book) totals() {
	b.Helper()
	found := 0
	for sheet, rows := range b.rows {
		tables, err := b.file.GetTables(sheet)
		if err != nil {
			b.Fatal(err)
		}
		for i, row := range rows {
			if len(tables) > 0 && i >= headingRow {
				break // there are no totals below the headings of a table
			}
			for j := range row {
				name, _ := excelize.CoordinatesToCellName(j+1, i+1)
				formula, err := b.file.GetCellFormula(sheet, name)
				if err != nil {
					b.Fatal(err)
				}
				switch where := sheet + "!" + name; {
				case totalOfTable.MatchString(formula):
					found++
					b.same("total", figure{where, b.number(where, row[j])}, figure{"its column", b.columnSum(sheet, j, headingRow, len(rows))})
				case totalOfBlock.MatchString(formula):
					found++
					ends := totalOfBlock.FindStringSubmatch(formula)
					b.same("total", figure{where, b.number(where, row[j])}, figure{formula, b.columnSum(sheet, j, atoi(ends[2])-1, atoi(ends[3]))})
				case strings.HasPrefix(formula, "ROUND("):
					found++
					b.same("difference", figure{where, b.number(where, row[j])}, figure{"nothing", 0})
				}
			}
		}
	}
	if found == 0 {
		b.Errorf("%s has no totals", b.name)
	}
}

// columnSum adds up the cells of a column between two rows, which count from 0.
func (b *book) columnSum(sheet string, column, from, to int) float64 {
	sum := 0.0
	for _, row := range b.rows[sheet][from:min(to, len(b.rows[sheet]))] {
		sum += b.number(sheet, cell(row, column))
	}
	return sum
}

// atoi converts the digits that a formula matched.
func atoi(digits string) int {
	number, _ := strconv.Atoi(digits)
	return number
}
