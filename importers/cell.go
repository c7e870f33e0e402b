package importers

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/importers/table"
)

// noValue is the text of a formula cell for which the file stores no value.
const noValue = "#?"

// remarkMax is how many characters of a remark are kept.
const remarkMax = 1000

// tidy cleans the cells of a row in place: it removes zero-width characters and surrounding spaces, and in CSV reads
// ="0123" as 0123 (programs write it so to stop a spreadsheet program from turning the text into a number). A cell of
// which nothing is left becomes empty.
func tidy(cells []table.Cell, isCSV bool) {
	for i := range cells {
		cell := &cells[i]
		switch cell.Kind {
		case table.Empty:
			cell.Text = ""
			continue
		case table.NoValue:
			cell.Text = noValue
			continue
		}
		text := tidyText(cell.Text)
		if isCSV && strings.HasPrefix(text, `="`) {
			text = tidyText(withoutFormula(text))
		}
		if text == "" {
			cell.Kind = table.Empty
		}
		if len(text) != len(cell.Text) { // otherwise nothing was removed; this saves a write for most cells
			cell.Text = text
		}
	}
}

// tidyText removes zero-width characters and trims white space, no-break spaces included.
func tidyText(text string) string {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return strings.TrimSpace(strings.Map(withWidth, text))
		}
	}
	if text == "" || text[0] > ' ' && text[len(text)-1] > ' ' {
		return text
	}
	return strings.TrimSpace(text)
}

// withWidth drops the format characters of Unicode (Cf): zero-width spaces and joiners, byte order marks, soft
// hyphens, marks of writing direction.
func withWidth(r rune) rune {
	if unicode.Is(unicode.Cf, r) {
		return -1
	}
	return r
}

// withoutFormula returns the text in a formula that consists of one string literal, ="0123"; any other text unchanged.
func withoutFormula(text string) string {
	inner, ok := strings.CutPrefix(text, `="`)
	if ok {
		inner, ok = strings.CutSuffix(inner, `"`)
	}
	if !ok || strings.Contains(strings.ReplaceAll(inner, `""`, ""), `"`) {
		return text
	}
	return strings.ReplaceAll(inner, `""`, `"`)
}

// cellAt returns a cell of a row; an empty one if the column is -1 or beyond the end of the row.
func cellAt(cells []table.Cell, column int) table.Cell {
	if uint(column) >= uint(len(cells)) {
		return table.Cell{}
	}
	return cells[column]
}

// filled reports whether the cell holds anything, readable or not.
func filled(cell table.Cell) bool { return cell.Kind != table.Empty }

// usable reports whether the cell holds a text, number, date or time, as opposed to an error or a logical value.
func usable(cell table.Cell) bool {
	switch cell.Kind {
	case table.Text, table.Number, table.Date, table.Time:
		return true
	}
	return false
}

// usableText returns the text of a usable cell; "" for any other.
func usableText(cell table.Cell) string {
	if !usable(cell) {
		return ""
	}
	return cell.Text
}

// firstFilled returns the first filled cell of a row; an empty one if there is none.
func firstFilled(cells []table.Cell) table.Cell {
	for i := range cells {
		if filled(cells[i]) {
			return cells[i]
		}
	}
	return table.Cell{}
}

// truncate returns the first most characters of a text.
func truncate(text string, most int) string {
	if len(text) <= most {
		return text
	}
	count := 0
	for i := range text {
		if count == most {
			return text[:i]
		}
		count++
	}
	return text
}

// maskedText returns the text of a cell, masked so that a message may show it.
func maskedText(cell table.Cell) string { return billing.Mask(cell.Text) }
