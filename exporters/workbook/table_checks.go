package workbook

import (
	"errors"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// openProtection guards against accidents only: there is no password, and filters, widths and heights work.
func openProtection() *excelize.SheetProtectionOptions {
	return &excelize.SheetProtectionOptions{
		AutoFilter: true, Sort: true, FormatColumns: true, FormatRows: true, SelectLockedCells: true, SelectUnlockedCells: true,
		EditObjects: true, EditScenarios: true,
	}
}

// validate adds the drop-down of an input column.
func (t *tableSheet) validate(column int) error {
	choices := t.Columns[column].Choices
	if len(choices) == 0 {
		return nil
	}
	rule := excelize.NewDataValidation(true)
	rule.SetSqref(t.body(column, column))
	rule.SetError(excelize.DataValidationErrorStyleStop, t.Columns[column].Heading, fmt.Sprintf(t.book.head.Words.Choose, strings.Join(choices, ", ")))
	return errors.Join(rule.SetDropList(choices), t.book.file.AddDataValidation(t.sheet, rule))
}

// offer adds the drop-downs of the table's offers to the cells on this sheet.
func (t *tableSheet) offer() error {
	var err error
	for _, o := range t.Offers {
		first, last := max(o.First-t.before, 0), min(o.Last-t.before, t.part.rows-1)
		if first > last {
			continue
		}
		rule := excelize.NewDataValidation(true)
		rule.SetSqref(area(o.Column, headingRow+1+first, o.Column, headingRow+1+last))
		rule.ShowErrorMessage = false
		err = errors.Join(err, rule.SetDropList([]string{o.Text}), t.book.file.AddDataValidation(t.sheet, rule))
	}
	return err
}

// alarm marks the cells of a column for which its formula is true.
func (t *tableSheet) alarm(column int) error {
	formula := t.Columns[column].Alarm
	if formula == "" {
		return nil
	}
	style, err := t.book.alarmStyle()
	return errors.Join(err, t.book.file.SetConditionalFormat(t.sheet, t.body(column, column), []excelize.ConditionalFormatOptions{
		{Type: "formula", Criteria: fmt.Sprintf(formula, headingRow+1), Format: &style},
	}))
}
