package importers

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/importers/table"
)

// referrerCode returns the code of the national list (COD327) for a referrer. It returns an unknown word unchanged, so
// that rule R11 can report it.
func referrerCode(text string) string {
	if len(text) == 1 && text[0] >= '1' && text[0] <= '8' {
		return "0" + text
	}
	switch billing.Fold(text) {
	case "gemeente", "lokaletoegang", "toegang":
		return "01"
	case "huisarts":
		return "02"
	case "jeugdarts":
		return "03"
	case "gi", "gecertificeerdeinstelling":
		return "04"
	case "medischspecialist":
		return "05"
	case "zelfverwijzer", "geen":
		return "06"
	case "rechter":
		return "08"
	}
	return text
}

// parseFrequency reads the code or the word for the period to which a volume applies.
func parseFrequency(cell table.Cell) (billing.Frequency, bool) {
	if !usable(cell) {
		return billing.NoFrequency, false
	}
	switch billing.Fold(cell.Text) {
	case "1", "perdag", "dag":
		return billing.PerDay, true
	case "2", "perweek", "week":
		return billing.PerWeek, true
	case "4", "permaand", "maand":
		return billing.PerMonth, true
	case "6", "totaal", "totaalbinnengeldigheidsduur":
		return billing.InTotal, true
	}
	return billing.NoFrequency, false
}

// referralStatus reads the status of a referral.
func referralStatus(cell table.Cell) (string, bool) {
	if !usable(cell) {
		return "", false
	}
	switch status := billing.Fold(cell.Text); status {
	case "actief", "gewijzigd", billing.StatusWithdrawn:
		return status, true
	}
	return "", false
}

// parseYesNo reads ja or nee, or a logical value.
func parseYesNo(cell table.Cell) (value, ok bool) {
	if cell.Kind != table.Bool && !usable(cell) {
		return false, false
	}
	switch billing.Fold(cell.Text) {
	case "ja", "j", "true":
		return true, true
	case "nee", "n", "false":
		return false, true
	}
	return false, false
}
