package workbook

import (
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Heights of rows in points. They are set, because not every program adapts them to wrapped text.
const (
	lineHeight    = 16.5
	titleHeight   = 30.0
	headingHeight = 34.5
	bigHeight     = 22.5
	heightMax     = 409.0

	linesMost = 24 // of text in one row, so that it stays below heightMax
)

// charactersPerWidth is how many characters of text fit in one unit of a column's width, which is the width of a digit.
const charactersPerWidth = 1.1

// indentWidth is the part of a column's width that stays free next to a text.
const indentWidth = 1.5

// linesOf returns how many lines a text takes in a column of that width. Lines break between words; a word too long for one
// line continues on the next.
func linesOf(text string, width float64) int {
	room := max(1, int((width-indentWidth)*charactersPerWidth))
	if len(text) <= room && strings.IndexByte(text, '\n') < 0 { // most texts
		return 1
	}
	lines := 0
	for line := range strings.SplitSeq(text, "\n") {
		lines++
		used := 0
		for word := range strings.FieldsSeq(line) {
			length := utf8.RuneCountInString(word)
			if used > 0 && used+1+length <= room {
				used += 1 + length
				continue
			}
			if used > 0 {
				lines++
			}
			lines += (length - 1) / room
			used = length - (length-1)/room*room
		}
	}
	return lines
}

// cutLines cuts a text between words after the given number of lines in a column of that width, and returns both parts.
func cutLines(text string, width float64, most int) (piece, rest string) {
	if linesOf(text, width) <= most {
		return text, ""
	}
	words := strings.SplitAfter(text, " ")
	tooMany := sort.Search(len(words), func(i int) bool { return linesOf(strings.Join(words[:i+1], ""), width) > most })
	piece = strings.Join(words[:max(1, tooMany)], "")
	return strings.TrimSuffix(piece, " "), text[len(piece):]
}

// heightOf returns the height of a row in points, or 0 for that of one line. widths holds the widths of the columns with
// wrapped text, and 0 for the others.
func heightOf(values []Value, widths []float64) float64 {
	lines, least := 1, 0.0
	for i := range values {
		if values[i].look == Big {
			least = bigHeight
		}
		if i < len(widths) && widths[i] > 0 && values[i].kind == textKind {
			lines = max(lines, linesOf(values[i].text, widths[i]))
		}
	}
	if lines == 1 {
		return least
	}
	return min(max(least, float64(lines)*(lineHeight-1.5)+1.5), heightMax)
}

// boldness is the ratio of the widths of bold and other digits, in the font where it is largest.
const boldness = 1.1

// neededWidth returns the width that column i needs for its contents, or 0 if its own width will do.
func (p *part) neededWidth(i int, column Column) float64 {
	switch {
	case column.Format == Plain:
		return min(widthMost, float64(p.widest[i]+2))
	case !column.Format.isNumber():
		return 0 // a date or a time fits its column; other text wraps
	}
	width := max(widthOf(p.most[i]), float64(p.widest[i])*boldness+indentWidth+euroSign)
	if column.Sum {
		width = max(width, widthOf(p.sum(i)))
	}
	return width
}

// euroSign is the width of € and the space after it, in any font.
const euroSign = 3

// widthOf returns the width that a number needs in bold: its digits and separators, and a sign and € where it has them.
func widthOf(value Value) float64 {
	marks, decimals := 0, 0
	number := abs(value.number)
	switch value.kind {
	case centsKind:
		number, decimals, marks = number/100, 3, euroSign
	case minutesKind:
		number, decimals = number/6000, 3
	case daypartsKind:
		number, decimals = number/100, 3
	}
	if value.number < 0 {
		marks++
	}
	digits := len(strconv.FormatInt(number, 10))
	return boldness*float64(digits+(digits-1)/3+decimals+marks) + indentWidth
}
