package importers

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/importers/table"
)

// noValue stands for a formula of which the file holds no outcome, where a text must be kept to be shown.
const noValue = "#?"

// remarkMax is how many characters of a remark are kept.
const remarkMax = 1000

// tidy brings the cells of a row to what was meant: texts without the characters that have no width and without
// the spaces around them, and in CSV ="0123" is 0123, which is how other programs keep a spreadsheet program from
// making a number of it. A cell of which nothing is left is empty.
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
		if len(text) != len(cell.Text) { // else nothing was left out; most cells are spared a write
			cell.Text = text
		}
	}
}

// tidyText leaves out the characters without width and trims the rest, of no-break spaces too.
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

// withoutFormula returns the text in a formula that is one text and nothing else, ="0123"; any other as it is.
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

// cellAt returns a cell of a tidy row; an empty one when the row does not have it (column -1, or beyond its end).
func cellAt(cells []table.Cell, column int) table.Cell {
	if uint(column) >= uint(len(cells)) {
		return table.Cell{}
	}
	return cells[column]
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

// firstFilled returns the first cell of a row that is filled; an empty one if there is none.
func firstFilled(cells []table.Cell) table.Cell {
	for i := range cells {
		if filled(cells[i]) {
			return cells[i]
		}
	}
	return table.Cell{}
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

// found returns what a message may show of a cell.
func found(cell table.Cell) string { return billing.Mask(cell.Text) }
