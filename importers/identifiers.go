package importers

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/importers/table"
)

// Why a BSN could not be read; values of F04.
const (
	bsnLength   = "lengte"   // not 9 digits
	bsnElfproef = "elfproef" // 9 digits that are no BSN
	bsnWrong    = "fout"     // no text and no number: an error of the spreadsheet program, a date
)

// readBSN reads a filled cell that should hold a citizen service number. Eight digits get the zero that a
// spreadsheet program takes away. On failure it says why, never what was found.
func readBSN(cell table.Cell) (bsn, reason string) {
	if cell.Kind != table.Text && cell.Kind != table.Number {
		return "", bsnWrong
	}
	text := cell.Text
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

// readAGB reads a filled cell that should hold the code of a provider: 8 digits, or 7 that lost their zero.
func readAGB(cell table.Cell) (string, bool) {
	if cell.Kind != table.Text && cell.Kind != table.Number || !allDigits(cell.Text) {
		return "", false
	}
	switch len(cell.Text) {
	case 8:
		return cell.Text, true
	case 7:
		return "0" + cell.Text, true
	}
	return "", false
}
