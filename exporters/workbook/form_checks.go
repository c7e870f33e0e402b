package workbook

import (
	"errors"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Check restricts what may be typed into cells.
type Check struct {
	Type     string // list, date, decimal, time, textLength or custom, as in the file format
	From, To string // formulas: least and most; From alone is the least, the list or the condition; % in From is the checked cell
	Error    string
	Hint     bool // it only warns: other values can be kept
}

// errorMax is the most characters that the file format allows in an error text.
const errorMax = 225

func (s *formSheet) check(column int) error {
	check := s.Columns[column].Check
	if check == nil {
		return nil
	}
	return s.validate(check, s.Columns[column].Heading, s.area(column), s.Cell(column))
}

// validate adds a check to cells, the first of which is first.
func (s *formSheet) validate(check *Check, title, cells, first string) error {
	rule := excelize.NewDataValidation(true)
	rule.SetSqref(cells)
	style := excelize.DataValidationErrorStyleStop
	if check.Hint {
		style = excelize.DataValidationErrorStyleWarning
	}
	rule.SetError(style, title, truncated(check.Error, errorMax))
	rule.Type, rule.Formula1, rule.Formula2 = check.Type, escapedFormula(forCell(check.From, first)), escapedFormula(check.To)
	switch {
	case check.Type == "list", check.Type == "custom":
	case check.To == "":
		rule.Operator = "greaterThanOrEqual"
	default:
		rule.Operator = "between"
	}
	return s.book.file.AddDataValidation(s.Sheet, rule)
}

// forCell returns a formula with % replaced by a cell.
func forCell(formula, cell string) string { return strings.ReplaceAll(formula, "%", cell) }

// mark highlights faulty cells, by bold type and a border as well as by colour.
func (s *formSheet) mark(column int) error {
	alarm := s.Columns[column].Alarm
	if alarm == "" && !s.Columns[column].Twice {
		return nil
	}
	id, err := s.book.alarmStyle()
	rules := []excelize.ConditionalFormatOptions{}
	if alarm != "" {
		rules = append(rules, excelize.ConditionalFormatOptions{Type: "formula", Criteria: forCell(alarm, s.Cell(column)), Format: &id})
	}
	if s.Columns[column].Twice {
		rules = append(rules, excelize.ConditionalFormatOptions{Type: "duplicate", Criteria: "=", Format: &id})
	}
	return errors.Join(err, s.book.file.SetConditionalFormat(s.Sheet, s.area(column), rules))
}

// escapedFormula escapes a formula, which excelize copies into the sheet as it is.
func escapedFormula(formula string) string { return string(appendEscaped(nil, formula)) }

// truncated returns a text of at most the given number of characters; if it was cut it ends in an ellipsis.
func truncated(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return text
}
