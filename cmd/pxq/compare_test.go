package main

import (
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// firstDifference returns the first line in which two texts differ, and the number of lines of each.
func firstDifference(want, got string) string {
	wanted, given := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range max(len(wanted), len(given)) {
		if line(wanted, i) != line(given, i) {
			return fmt.Sprintf("line %d differs\nwant %s\ngot  %s\n(%d lines, want %d)", i+1, line(wanted, i), line(given, i), len(given), len(wanted))
		}
	}
	return "no difference"
}

func line(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "(end)"
}

// parseCSV returns the rows of a CSV text, the heading row first.
func parseCSV(t testing.TB, text string) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// without returns rows as lines, with the columns with the given headings empty.
func without(rows [][]string, columns ...string) string {
	var text strings.Builder
	for _, row := range rows {
		cells := make([]string, len(row))
		for i, cell := range row {
			if !slices.Contains(columns, rows[0][i]) {
				cells[i] = cell
			}
		}
		text.WriteString(strings.Join(cells, ",") + "\n")
	}
	return text.String()
}
