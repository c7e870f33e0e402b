package importers

import (
	"strings"
	"unicode"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/importers/table"
)

// Why a BSN could not be read; values of F04.
const (
	bsnLength   = "lengte"   // not 9 digits
	bsnElfproef = "elfproef" // 9 digits that are no BSN
	bsnWrong    = "fout"     // no text and no number: an error of the spreadsheet program, a date
)

// readBSN reads a cell that should hold a citizen service number: digits, in a text also with dots, spaces or
// dashes between them. Eight digits get the zero that a spreadsheet program takes away. On failure it returns why,
// never what was found.
func readBSN(cell table.Cell) (bsn, reason string) {
	text := cell.Text
	switch cell.Kind {
	case table.Number:
	case table.Text:
		if text = billing.WithoutPointZero(text); !allDigits(text) {
			text = withoutSeparators(text)
		}
	default:
		return "", bsnWrong
	}
	if !allDigits(text) || len(text) != 8 && len(text) != 9 {
		return "", bsnLength
	}
	if len(text) == 8 {
		text = "0" + text
	}
	if !billing.ValidBSN(text) {
		return "", bsnElfproef
	}
	return text, ""
}

// withoutSeparators leaves out the dots, spaces and dashes between digits; a text that has them elsewhere, or has
// anything else, stays as it is.
func withoutSeparators(text string) string {
	if text == "" || !isDigit(text[0]) || !isDigit(text[len(text)-1]) {
		return text
	}
	digits := make([]byte, 0, len(text))
	for _, c := range text {
		switch {
		case c >= '0' && c <= '9':
			digits = append(digits, byte(c))
		case c == '.' || unicode.IsSpace(c) || unicode.Is(unicode.Pd, c) || c == '\u2212':
		default:
			return text
		}
	}
	return string(digits)
}

// readAGB reads a cell that should hold the code of a provider: 8 digits, or 7 that lost their zero.
func readAGB(cell table.Cell) (string, bool) {
	text := cell.Text
	switch cell.Kind {
	case table.Number:
	case table.Text:
		text = billing.WithoutPointZero(text)
	default:
		return "", false
	}
	if text = billing.AGBOf(text); len(text) != 8 || !allDigits(text) {
		return "", false
	}
	return text, true
}

// isSpoiled reports whether the cell of a reference or referral number holds what a spreadsheet program made of it:
// an error, or a number in scientific notation. Then nobody can say which number it was.
func isSpoiled(cell table.Cell) bool {
	return cell.Kind == table.Error || cell.Kind == table.Text && (isErrorText(cell.Text) || isScientific(cell.Text))
}

// isErrorText reports whether the text is an error of a spreadsheet program in any language: # and then two or more
// letters and slashes, digits only behind a slash, with or without ! or ? at the end: #N/B, #VERW!, #DEEL/0!.
func isErrorText(text string) bool {
	rest, ok := strings.CutPrefix(text, "#")
	if !ok {
		return false
	}
	if strings.HasSuffix(rest, "!") || strings.HasSuffix(rest, "?") {
		rest = rest[:len(rest)-1]
	}
	count, digitsMay := 0, false
	for _, c := range rest {
		switch {
		case c == '/':
			count++
			digitsMay = true
		case unicode.IsLetter(c):
			count++
			digitsMay = false
		case c < '0' || c > '9' || !digitsMay:
			return false
		}
	}
	return count >= 2
}

// isScientific reports whether the text is a number as a spreadsheet program shows a long one: digits, with or
// without a mark and digits, E+ in any case, digits: 2,0261E+11.
func isScientific(text string) bool {
	at := strings.IndexAny(text, "eE")
	if at < 0 || !strings.HasPrefix(text[at+1:], "+") || !allDigits(text[at+2:]) {
		return false
	}
	whole, decimals, marked := text[:at], "", false
	if mark := strings.IndexAny(whole, ",."); mark >= 0 {
		whole, decimals, marked = text[:mark], text[mark+1:at], true
	}
	return allDigits(whole) && (!marked || allDigits(decimals))
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
