package reports

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/exporters/shown"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// view is a report with the words to show it in.
type view struct {
	*report.ReportHead
	texts
}

// column is one column of a table of T: heading and width, how it is shown, and how to get the value.
type column[T any] struct {
	heading string // in Dutch; it is translated unless it is kept
	width   float64
	format  workbook.Format
	cell    func(*view, T) workbook.Value
	options columnOptions
}

type columnOptions struct {
	sum     bool
	input   bool
	kept    bool // the heading is Dutch in every language: it is read back
	choices []string
	alarm   string // a formula that is true for a cell to be marked, see workbook.Column
}

var (
	plain  = columnOptions{}
	summed = columnOptions{sum: true}
	asIs   = columnOptions{kept: true}
)

// columnsOf gives the columns as a sheet has them.
func columnsOf[T any](v *view, columns []column[T]) []workbook.Column {
	shown := make([]workbook.Column, len(columns))
	for i, c := range columns {
		heading := c.heading
		if !c.options.kept {
			heading = v.say(heading)
		}
		shown[i] = workbook.Column{
			Heading: heading, Width: c.width, Format: c.format, Sum: c.options.sum, Input: c.options.input, Choices: c.options.choices,
			Alarm: c.options.alarm,
		}
	}
	return shown
}

// cellsOf gives the cells of one row.
func cellsOf[T any](v *view, columns []column[T], value T) []workbook.Value {
	cells := make([]workbook.Value, len(columns))
	for i := range columns {
		cells[i] = columns[i].cell(v, value)
	}
	return cells
}

// blockOf gives the rows of a small table.
func blockOf[T any](v *view, columns []column[T], values []T) [][]workbook.Value {
	rows := make([][]workbook.Value, len(values))
	for i, value := range values {
		rows[i] = cellsOf(v, columns, value)
	}
	return rows
}

// nameWidth is how wide the first column of a page is for the longest name in the book, within reason.
func (v *view) nameWidth() float64 {
	const least, most = 34, 52
	longest := least
	note := func(name string) { longest = max(longest, utf8.RuneCountInString(name)+2) }
	for i := range v.Book.Providers {
		note(v.Book.Providers[i].Name)
	}
	for i := range v.Book.Products {
		note(v.Book.Products[i].Code + " " + v.Book.Products[i].Name)
	}
	for i := range v.Book.Areas {
		note(v.Book.Areas[i].Name)
	}
	return float64(min(longest, most))
}

// unknown stands for a name that the book does not have.
func (v *view) unknown() string { return v.say("onbekend") }

func (v *view) providerName(agb string) string {
	if provider := v.Book.Provider(agb); provider != nil {
		return provider.Name
	}
	return v.unknown()
}

func (v *view) municipalityName(code string) string {
	if municipality := v.Book.Municipality(code); municipality != nil && code != "" {
		return municipality.Name
	}
	return v.unknown()
}

func (v *view) areaOf(municipality string) string {
	if found := v.Book.Municipality(municipality); found != nil && municipality != "" {
		return found.Area
	}
	return ""
}

func (v *view) areaName(code string) string {
	if area := v.Book.Area(code); area != nil {
		return area.Name
	}
	if code == "" {
		return v.say("geen gebied")
	}
	return v.unknown()
}

func (v *view) segmentName(code string) string {
	if segment := v.Book.Segment(code); segment != nil {
		return segment.Name
	}
	return v.unknown()
}

// product gives the product; one with only its code when the book does not know it.
func (v *view) product(code string) *billing.Product {
	if product := v.Book.Product(code); product != nil {
		return product
	}
	return &billing.Product{Code: code, Name: v.unknown()}
}

// message writes what was found.
func (v *view) message(finding *billing.Finding) string {
	return rules.Message(shown.Rule(v.Catalogue, finding.Code), finding.Values, v.language)
}

// explain writes findings with what would make them right, one on a line.
func (v *view) explain(findings []billing.Finding) string {
	lines := make([]string, len(findings))
	for i := range findings {
		rule := shown.Rule(v.Catalogue, findings[i].Code)
		lines[i] = findings[i].Code.String() + ": " + shown.MessageAndRemedy(rule, findings[i].Values, v.language)
	}
	return strings.Join(lines, "\n")
}

// remedy writes what would make a finding right.
func (v *view) remedy(code billing.Code, values []string) string {
	return rules.Remedy(shown.Rule(v.Catalogue, code), values, v.language)
}

// remedies writes what would make findings right, each text once.
func (v *view) remedies(findings []billing.Finding) string {
	var lines []string
	for i := range findings {
		if line := v.remedy(findings[i].Code, findings[i].Values); !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}
