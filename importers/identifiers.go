package importers

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/importers/table"
)

// The value of F04: why a BSN is unreadable.
const (
	bsnLength   = "lengte"   // not 9 digits
	bsnElfproef = "elfproef" // 9 digits that fail the elfproef
	bsnWrong    = "fout"     // neither text nor number: an error value of the spreadsheet program, a date
)

// readBSN reads a cell that should hold a citizen service number (BSN): digits, in a text also with dots, spaces or
// dashes between them. Eight digits get back the leading zero that spreadsheet programs drop. On failure it returns the
// reason, never the text of the cell.
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

// withoutSeparators removes the dots, spaces and dashes between digits; a text that begins or ends with them, or contains
// anything else, is returned unchanged.
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

// readAGB reads a cell that should hold the AGB code of a provider: 8 digits, or 7 that lost their leading zero.
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

// isSpoiled reports whether a spreadsheet program has spoiled a reference or referral number: the cell holds an error or
// a number in scientific notation, from which the original number cannot be recovered.
func isSpoiled(cell table.Cell) bool {
	return cell.Kind == table.Error || cell.Kind == table.Text && (isErrorText(cell.Text) || isScientific(cell.Text))
}

// isErrorText reports whether the text is an error value of a spreadsheet program in any language: # followed by two or
// more letters and slashes, digits only after a slash, with or without a final ! or ?: #N/B, #VERW!, #DEEL/0!.
func isErrorText(text string) bool {
	rest, ok := strings.CutPrefix(text, "#")
	if !ok {
		return false
	}
	if strings.HasSuffix(rest, "!") || strings.HasSuffix(rest, "?") {
		rest = rest[:len(rest)-1]
	}
	count, digitsAllowed := 0, false
	for _, c := range rest {
		switch {
		case c == '/':
			count++
			digitsAllowed = true
		case unicode.IsLetter(c):
			count++
			digitsAllowed = false
		case c < '0' || c > '9' || !digitsAllowed:
			return false
		}
	}
	return count >= 2
}

// isScientific reports whether the text is a number in scientific notation, as spreadsheet programs show long numbers:
// digits, optionally a mark and digits, E+ in any case, digits: 2,0261E+11.
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

// identifierMost is how many characters a text may have by which records and referrals are found. An index of PostgreSQL
// takes 2704 bytes, two such texts side by side take 2000 at most, and nothing that identifies is as long as that.
const identifierMost = 250

// tooLong returns a refusal if a text of the row by which records or referrals are found is too long; else nil.
func (l *layout) tooLong(row table.Row) *table.Problem {
	for _, column := range identifying(l.kind) {
		cell := cellAt(row.Cells, l.place[column])
		if len(cell.Text) > identifierMost && utf8.RuneCountInString(cell.Text) > identifierMost {
			return refuseTooLong(row.Number, l.place[column], l.headings[column], cell)
		}
	}
	return nil
}

var (
	identifyingRecords   = []int{int(billing.FieldReference), int(billing.FieldReferral), int(billing.FieldMunicipality)}
	identifyingReferrals = []int{int(billing.ReferralNumber), int(billing.ReferralMunicipality), int(billing.ReferralProduct)}
)

// identifying returns the columns of a kind of sheet by whose texts the database finds records and referrals.
func identifying(kind billing.SheetKind) []int {
	switch kind {
	case billing.SubmissionSheet:
		return identifyingRecords
	case billing.ReferralSheet:
		return identifyingReferrals
	}
	return nil
}
