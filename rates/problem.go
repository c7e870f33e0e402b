package rates

import (
	"fmt"
	"strings"
)

// Problem is one thing wrong with the book. Its texts say what was found, what was expected and what to do;
// In puts the place before them.
type Problem struct {
	File    string // empty for what is said of the book as a whole
	Sheet   string // empty for CSV
	Row     int    // as a spreadsheet shows it; 0 when no row is meant
	Column  string // the heading; empty when no column is meant
	Dutch   string
	English string
}

// Place returns file, sheet, row and column in words, in Dutch ("nl") or English ("en").
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

// In returns the place and the text in Dutch ("nl") or English ("en").
func (p Problem) In(lang string) string {
	text := p.Dutch
	if lang == "en" {
		text = p.English
	}
	if p.File == "" {
		return text // about no place
	}
	return p.Place(lang) + ": " + text
}

// Problems are all problems of a book, by table in the order of TableNames, then by row.
type Problems []Problem

// Error lists all in English, one a line.
func (p Problems) Error() string { return p.In("en") }

// In lists all in Dutch ("nl") or English ("en"), one a line.
func (p Problems) In(lang string) string {
	lines := make([]string, len(p))
	for i, problem := range p {
		lines[i] = problem.In(lang)
	}
	return strings.Join(lines, "\n")
}
