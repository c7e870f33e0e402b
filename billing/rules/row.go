package rules

import "github.com/pxq-nl/pxq/billing"

// reader is the package that finds what is wrong with a row when it reads it.
const reader = "importers"

// rowRules are about the row itself. All but F07 and F08 are found when the row is read.
var rowRules = []billing.Rule{
	{
		Code: billing.F01, Severity: billing.Reject, NotOf: billing.OfMessages, Source: "own", FoundBy: reader,
		Title:   text("Elke verplichte cel is gevuld.", "Every mandatory cell is filled."),
		Message: text("{1} is leeg.", "{1} is empty."),
		Remedy:  text("Vul de cel in, of voeg de kolom toe als die ontbreekt.", "Fill in the cell, or add the column where it is missing."),
	},
	{
		Code: billing.F02, Severity: billing.Reject, NotOf: billing.OfMessages, Source: "own", FoundBy: reader,
		Title:   text("Elke datum, elk tijdstip en elke pauze bestaat en is leesbaar.", "Every date, time and break exists and can be read."),
		Message: text("{1:found} is geen bestaande datum of tijd.", "{1:found} is not a valid date or time."),
		Remedy:  text("Schrijf de datum als 31-01-2026, de tijd als 09:05 en de pauze in minuten.", "Write the date as 31-01-2026, the time as 09:05 and the break in minutes."),
	},
	{
		Code: billing.F03, Severity: billing.Reject, Source: "own", FoundBy: reader,
		Title:   text("Het aantal is een getal groter dan 0 en hoogstens 99.999.", "The quantity is a number above 0 and at most 99,999."),
		Message: text("Aantal {1:found} is geen getal groter dan 0 en hoogstens 99.999.", "Quantity {1:found} is not a number above 0 and at most 99,999."),
		Remedy: text("Vul het geleverde aantal in; de vorm 1:15 kan alleen bij uren. Een 0 trekt alleen een eerder aangeleverde regel in.",
			"Fill in the quantity delivered; the form 1:15 is for hours only. A 0 only withdraws a record that was submitted before."),
	},
	{
		Code: billing.F04, Severity: billing.Reject, Source: "own", FoundBy: reader,
		Title:   text("Het BSN heeft 9 cijfers en voldoet aan de elfproef.", "The BSN has 9 digits and passes the elfproef."),
		Message: text("Dit is geen geldig BSN ({1:bsn}).", "This is not a valid BSN ({1:bsn})."),
		Remedy:  text("Neem het BSN over van de toewijzing.", "Copy the BSN from the referral."),
	},
	{
		Code: billing.F05, Severity: billing.Reject, NotOf: billing.OfMessages, Source: "own", FoundBy: reader,
		Title:   text("De AGB-code heeft 8 cijfers.", "The AGB code has 8 digits."),
		Message: text("AGB-code {1:found} heeft geen 8 cijfers.", "AGB code {1:found} does not have 8 digits."),
		Remedy:  text("Vul de AGB-code van 8 cijfers in, met voorloopnul.", "Fill in the AGB code of 8 digits, with its leading zero."),
	},
	{
		Code: billing.F06, Severity: billing.Reject, Source: "own", FoundBy: reader,
		Title:   text("De eenheid is uur, minuut of dagdeel; blad, kop en cel zeggen hetzelfde.", "The unit is hour, minute or day-part; sheet, heading and cell agree."),
		Message: text("Eenheid {1:found} {2:unitclash}.", "Unit {1:found} {2:unitclash}."),
		Remedy: text("Kies uur, minuut of dagdeel (of 04, 01, 16); op een blad Uren of Dagdelen, en onder een kop die een eenheid noemt, alleen wat daarbij past.",
			"Choose uur, minuut or dagdeel (or 04, 01, 16); on a sheet Uren or Dagdelen, and under a heading that names a unit, only a unit that fits."),
	},
	{
		Code: billing.F07, Severity: billing.Reject, IJW: "S329", Source: "iJw", After: billing.Codes(billing.U03),
		Title:   text("De productcode staat in het contractenboek.", "The product code is in the contract book."),
		Message: text("Productcode ‘{1}’ staat niet in het contractenboek{2:named}.", "Product code “{1}” is not in the contract book{2:named}."),
		Remedy:  text("Gebruik de productcode van de toewijzing.", "Use the product code of the referral."),
		Record:  knownProduct,
	},
	{
		Code: billing.F08, Severity: billing.Reject, NotOf: billing.OfMessages, IJW: "S300", Source: "iJw", After: billing.Codes(billing.U03),
		Title:   text("De gemeente hoort bij de regio.", "The municipality belongs to the region."),
		Message: text("Gemeente ‘{1}’ hoort niet bij de regio.", "Municipality “{1}” does not belong to the region."),
		Remedy:  text("Vul de CBS-code of de naam van de gemeente in, of laat de cel leeg.", "Fill in the CBS code or the name of the municipality, or leave the cell empty."),
		Record:  knownMunicipality,
	},
	{
		Code: billing.F09, Severity: billing.Reject, NotOf: billing.OfMessages, IJW: "8848", Source: "iJw", FoundBy: reader,
		Title:   text("De zorgdatum ligt niet na de dag van aanlevering.", "The care date is not after the day of submission."),
		Message: text("Zorgdatum {1:date} ligt na {2:date}, de dag van aanlevering.", "Care date {1:date} is after {2:date}, the day of submission."),
		Remedy:  text("Lever zorg pas aan nadat die geleverd is.", "Submit care only after it has been delivered."),
		Compare: compare(careDate, value("ingelezen", "imported", "date", func(c *billing.Case) string { return c.Record.Received.String() })),
	},
	{
		Code: billing.F10, Severity: billing.Reject, NotOf: billing.OfMessages, Source: "own", FoundBy: reader,
		Title:   text("De eindtijd ligt na de begintijd en de tijden kloppen, zonder de pauze, met het aantal.", "The end time is after the start time and the times, less the break, agree with the quantity."),
		Message: text("Begintijd {2} en eindtijd {3} {1:times}", "Start time {2} and end time {3} {1:times}"),
		Remedy: text("Herstel de tijden, de pauze of het aantal; vul een van beide in als u niet zeker bent. Loopt de zorg tot na middernacht, vul dan ook het aantal in of splits de dienst.",
			"Correct the times, the break or the quantity; if in doubt, fill in only one of the two. If the care continues past midnight, fill in the quantity too or split the shift."),
	},
	{
		Code: billing.F11, Severity: billing.Signal, NotOf: billing.OfMessages, Source: "own", FoundBy: reader,
		Title:   text("Een ingevuld tarief of bedrag is leesbaar.", "A price or amount that is filled in is readable."),
		Message: text("{1:found} is geen bedrag; de cel is niet gebruikt.", "{1:found} is not an amount; the cell was not used."),
		Remedy:  text("Schrijf een bedrag als 1.234,50 of laat de cel leeg.", "Write an amount as 1.234,50 or leave the cell empty."),
	},
	{
		Code: billing.F12, Severity: billing.Reject, NotOf: billing.OfMessages, Source: "own", FoundBy: reader,
		Title:   text("Regelnummer en toewijzingsnummer zijn zoals zij geschreven zijn.", "The reference and the referral number are as they were written."),
		Message: text("{1:found} is geen nummer, maar wat een rekenprogramma ervan maakte.", "{1:found} is not the number, but what a spreadsheet program turned it into."),
		Remedy:  text("Zet de kolom op Tekst en vul het nummer opnieuw in, of herstel de formule.", "Format the column as Text and fill in the number again, or correct the formula."),
	},
	{
		Code: billing.F13, Severity: billing.Reject, NotOf: billing.OfMessages, Source: "own", FoundBy: reader,
		Title:    text("De aanbieder van de regel is die boven de koppen.", "The row's provider is the one above the headings."),
		Message:  text("Boven de koppen staat aanbieder {1}, op de regel {2}.", "The provider above the headings is {1}, the one in the row is {2}."),
		Remedy:   text("Lever zorg van elke aanbieder in een eigen bestand aan, of haal de AGB-code boven de koppen weg.", "Submit the care of each provider in a separate file, or remove the AGB code above the headings."),
		Provider: billing.ProviderText{Message: text("De AGB-code op de regel is een andere dan die boven de koppen.", "The AGB code in the row differs from the one above the headings.")},
	},
}

func knownProduct(c *billing.Case) {
	if c.Product == nil && c.Record.Product != "" {
		values := []string{billing.Mask(c.Record.Product)}
		if product := c.Judge.Book.ProductNamed(c.Record.Product); product != nil {
			values = append(values, product.Code)
		}
		c.Find(billing.FieldProduct, values...)
	}
}

func knownMunicipality(c *billing.Case) {
	if c.Named == nil && c.Record.Municipality != "" {
		c.Find(billing.FieldMunicipality, billing.Mask(c.Record.Municipality))
	}
}
