package importers

import "github.com/pxq-nl/pxq/billing"

// SkippedText returns why a sheet was skipped, given the key in its summary; Dutch for "nl", else English.
func SkippedText(key, lang string) string {
	texts := map[string][2]string{
		SkippedNoHeading: {"overgeslagen: er is geen rij met kolomkoppen", "skipped: there is no heading row"},
		SkippedBook:      {"overgeslagen: dit is een tabel van het contractenboek; die hoort in de map contract/", "skipped: this is a table of the contract book, which belongs in the folder contract/"},
		SkippedReturn:    {"overgeslagen: van een retourbestand worden alleen de bladen Uren en Dagdelen gelezen", "skipped: of a return file only the sheets Uren and Dagdelen are read"},
		SkippedUitval:    {"overgeslagen: van een uitvalbestand worden alleen bladen met besluiten gelezen", "skipped: of a workbook with held records only sheets with decisions are read"},
	}[key]
	if lang == "nl" {
		return texts[0]
	}
	return texts[1]
}

// wantReferralNumber adds to the keys of package billing: a number that a spreadsheet program has not spoiled.
const wantReferralNumber = "referral-number"

// WantText returns what was expected in an unreadable cell of a referral, given billing.ReferralCell.Want; Dutch for
// "nl", else English.
func WantText(key, lang string) string {
	texts := map[string][2]string{
		billing.WantFilled:    {"deze cel is verplicht; vul haar in", "this cell is mandatory; fill it in"},
		billing.WantScope:     {"vul een productcode, een productcategorie of een budget in", "fill in a product code, a product category or a budget"},
		billing.WantText:      {"een fout van het rekenblad; vul de waarde in", "an error from the spreadsheet program; fill in the value"},
		wantReferralNumber:    {"een fout of een afgekort getal (2,03E+11) van het rekenblad; maak de kolom tekst en vul het nummer opnieuw in", "an error or a shortened number (2.03E+11) from the spreadsheet program; format the column as text and fill in the number again"},
		billing.WantBSN:       {"verwacht een BSN van 9 cijfers dat aan de elfproef voldoet", "expected a BSN of 9 digits that passes the elfproef"},
		billing.WantAGB:       {"verwacht een AGB-code van 8 cijfers", "expected an AGB code of 8 digits"},
		billing.WantDate:      {"verwacht een bestaande datum, zoals 31-10-2026", "expected a date that exists, such as 31-10-2026"},
		billing.WantNumber:    {"verwacht een getal van 0 of meer", "expected a number of 0 or more"},
		billing.WantAmount:    {"verwacht een bedrag van 0 of meer, in hele centen", "expected an amount of 0 or more, in whole cents"},
		billing.WantUnit:      {"verwacht uur, minuut of dagdeel; bij een volume is dit verplicht", "expected uur, minuut or dagdeel; mandatory with a volume"},
		billing.WantFrequency: {"verwacht 1 (per dag), 2 (per week), 4 (per maand) of 6 (totaal); bij een volume is dit verplicht", "expected 1 (per day), 2 (per week), 4 (per month) or 6 (total); mandatory with a volume"},
		billing.WantStatus:    {"verwacht actief, gewijzigd of verwijderd", "expected actief, gewijzigd or verwijderd"},
		billing.WantYesNo:     {"verwacht ja of nee", "expected ja or nee"},
	}[key]
	if lang == "nl" {
		return texts[0]
	}
	return texts[1]
}
