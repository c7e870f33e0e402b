package rates

import (
	"fmt"
	"strings"
)

// Problem is an error in the book. Its texts say what was found, what was expected and what to do, without the
// place, which In adds.
type Problem struct {
	File    string // empty if the problem concerns the book as a whole
	Sheet   string // empty for CSV
	Row     int    // as a spreadsheet shows it; 0 if the problem concerns no row
	Column  string // the heading; empty if the problem concerns no column
	Dutch   string
	English string
}

// Place describes the file, sheet, row and column; English for "en", else Dutch.
func (p Problem) Place(lang string) string {
	sheet, row, column := "blad", "rij", "kolom"
	if lang == "en" {
		sheet, row, column = "sheet", "row", "column"
	}
	parts := []string{p.File}
	if p.Sheet != "" {
		parts = append(parts, sheet+" "+p.Sheet)
	}
	if p.Row > 0 {
		parts = append(parts, fmt.Sprintf("%s %d", row, p.Row))
	}
	if p.Column != "" {
		parts = append(parts, column+" "+p.Column)
	}
	return strings.Join(parts, ", ")
}

// In returns the place and the text; English for "en", else Dutch.
func (p Problem) In(lang string) string {
	text := p.Dutch
	if lang == "en" {
		text = p.English
	}
	if p.File == "" {
		return text // it has no place
	}
	return p.Place(lang) + ": " + text
}

// Problems are the problems of a book, sorted by table in the order of TableNames, then by row.
type Problems []Problem

// Error lists the problems in English, one per line.
func (p Problems) Error() string { return p.In("en") }

// In lists the problems, one per line; English for "en", else Dutch.
func (p Problems) In(lang string) string {
	lines := make([]string, len(p))
	for i, problem := range p {
		lines[i] = problem.In(lang)
	}
	return strings.Join(lines, "\n")
}
