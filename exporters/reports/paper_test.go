package reports_test

import (
	"testing"

	"github.com/xuri/excelize/v2"
)

// fits reports whether a sheet is fitted to the width of the paper, or fits at its scale: A4 landscape within its
// margins is 1 045 pixels wide, a digit 7.
func fits(t *testing.T, file *excelize.File, sheet string, made bool, layout *excelize.PageLayoutOptions) bool {
	t.Helper()
	if made {
		return layout.FitToWidth != nil
	}
	pixels := 0.0
	for column := range 20 {
		name, _ := excelize.ColumnNumberToName(column + 1)
		width, err := file.GetColWidth(sheet, name)
		if err != nil {
			t.Fatal(err)
		}
		if value, err := file.GetCellValue(sheet, name+"2"); err != nil || value == "" && width == defaultWidth {
			break // not a column of the page
		}
		pixels += 7*width + 5
	}
	return layout.AdjustTo != nil && pixels*float64(*layout.AdjustTo)/100 < 1045
}

// defaultWidth is the width of a column for which none is set.
const defaultWidth = 9.140625
