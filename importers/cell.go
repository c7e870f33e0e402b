package importers

import (
	"strings"
	"unicode/utf8"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/importers/table"
)

// noValue stands for a formula of which the file holds no outcome, where a text must be kept to be shown.
const noValue = "#?"

// remarkMax is how many characters of a remark are kept.
const remarkMax = 1000

// cellAt returns a cell of a row with its text trimmed; a cell with only spaces is empty, and so is one that
// is not there (column -1, or beyond the end of the row).
func cellAt(cells []table.Cell, column int) table.Cell {
	if uint(column) >= uint(len(cells)) {
		return table.Cell{}
	}
	cell := cells[column]
	if cell.Kind == table.NoValue {
		cell.Text = noValue
		return cell
	}
	if cell.Text = trim(cell.Text); cell.Text == "" {
		cell.Kind = table.Empty
	}
	return cell
}

// filled reports whether the cell holds anything, readable or not.
func filled(cell table.Cell) bool { return cell.Kind != table.Empty }

// usable reports whether the cell's text is what somebody wrote: no error and no logical value.
func usable(cell table.Cell) bool {
	switch cell.Kind {
	case table.Text, table.Number, table.Date, table.Time:
		return true
	}
	return false
}

// usableText returns the text of a cell, nothing if it holds an error.
func usableText(cell table.Cell) string {
	if !usable(cell) {
		return ""
	}
	return cell.Text
}

// trim takes away the spaces around a text, no-break spaces too.
func trim(text string) string {
	if text == "" || isInk(text[0]) && isInk(text[len(text)-1]) {
		return text
	}
	return strings.TrimSpace(text)
}

// isInk reports whether the byte is ASCII and no space, which most texts begin and end with.
func isInk(c byte) bool { return c > ' ' && c < utf8.RuneSelf }

// firstFilled returns the first cell of a row that holds more than spaces; an empty one if there is none.
func firstFilled(cells []table.Cell) table.Cell {
	for i := range cells {
		if cell := cellAt(cells, i); filled(cell) {
			return cell
		}
	}
	return table.Cell{}
}

// beginsTotals reports whether a row with this first filled cell holds totals.
func beginsTotals(first table.Cell) bool {
	const word = "totaal"
	return len(first.Text) >= len(word) && strings.EqualFold(first.Text[:len(word)], word)
}

// cut keeps the first characters of a text.
func cut(text string, most int) string {
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

// found gives what a message may show of a cell.
func found(cell table.Cell) string { return billing.Mask(cell.Text) }
