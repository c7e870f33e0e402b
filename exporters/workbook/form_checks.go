package workbook

import (
	"errors"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Check says what may be typed into a column.
type Check struct {
	Type     string // list, date, decimal, time, textLength or custom, as the file format calls them
	From, To string // formulas; From alone is the least, or the list, or the condition; % in it is the checked cell
	Error    string
	Hint     bool // other values can be kept all the same
}

// errorMax is how long the text of a refusal may be.
const errorMax = 225

func (s *formSheet) check(column int) error {
	check := s.Columns[column].Check
	if check == nil {
		return nil
	}
	return s.validate(check, s.Columns[column].Heading, s.area(column), s.Cell(column))
}

// validate puts a check on cells, of which first is the first.
func (s *formSheet) validate(check *Check, title, cells, first string) error {
	rule := excelize.NewDataValidation(true)
	rule.SetSqref(cells)
	style := excelize.DataValidationErrorStyleStop
	if check.Hint {
		style = excelize.DataValidationErrorStyleWarning
	}
	rule.SetError(style, title, onlyFirst(check.Error, errorMax))
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

// forCell returns a formula in which % stands for a cell, for that cell.
func forCell(formula, cell string) string { return strings.ReplaceAll(formula, "%", cell) }

// mark marks what is not right, by letters and border as well as by colour.
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

// escapedFormula writes a formula so that the part it goes into, which takes it as it is, can be read.
func escapedFormula(formula string) string { return string(appendEscaped(nil, formula)) }

// onlyFirst cuts a text that has more letters than most, and marks that it was cut.
func onlyFirst(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return text
}
