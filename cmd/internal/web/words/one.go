package words

import "github.com/pxq-nl/pxq/billing"

// ofOne holds the singular forms of texts that count, by their Dutch text. They are used if the first number is 1.
var ofOne = map[string]billing.Text{
	"%d aanbieders leverden vorige maand aan en nu nog niet.":      {Dutch: "%d aanbieder leverde vorige maand aan en nu nog niet.", English: "%d provider that sent something last month has sent nothing yet."},
	"%d aanbieders stuurden alleen regels die al waren ontvangen.": {Dutch: "%d aanbieder stuurde alleen regels die al waren ontvangen.", English: "%d provider sent only records that had already been received."},
	"%d berichten gelden als niet verstuurd: niets ervan is gedeclareerd.": {
		Dutch: "%d bericht geldt als niet verstuurd: niets ervan is gedeclareerd.", English: "%d message counts as never sent: nothing in it is declared.",
	},
	"%d besluiten":                                     {Dutch: "%d besluit", English: "%d decision"},
	"%d besluiten genomen.":                            {Dutch: "%d besluit genomen.", English: "%d decision taken."},
	"%d besluiten gevraagd, samen %s.":                 {Dutch: "%d besluit gevraagd, van %s.", English: "%d decision needed, for %s."},
	"%d besluiten genomen na de berekening, samen %s.": {Dutch: "%d besluit genomen na de berekening, over %s.", English: "%d decision taken after the run, on %s."},
	"%d besluiten ingelezen.":                          {Dutch: "%d besluit ingelezen.", English: "%d decision imported."},
	"%d besluiten tegelijk":                            {Dutch: "%d besluit", English: "%d decision"},
	"%d besluiten worden ingelezen.":                   {Dutch: "%d besluit wordt ingelezen.", English: "%d decision is being imported."},
	"%d besluiten, samen %s. De lijst is vastgelegd zoals u hem koos.": {
		Dutch: "%d besluit, van %s. De lijst is vastgelegd zoals u hem koos.", English: "%d decision, for %s. The list is fixed as you chose it.",
	},
	"%d declaratieregels erbij, %d eraf, %d gewijzigd; samen %s.": {
		Dutch: "%d declaratieregel erbij, %d eraf, %d gewijzigd; samen %s.", English: "Lines: %d added, %d removed, %d changed; %s in total.",
	},
	"%d prestaties met een bevinding, in de volgorde van het bericht.": {
		Dutch: "%d prestatie met een bevinding.", English: "%d prestatie with a finding.",
	},
	"%d redenen om eerst te herstellen": {Dutch: "%d reden om eerst te herstellen", English: "%d reason to correct first"},
	"%d regels":                         {Dutch: "%d regel", English: "%d record"},
	"%d regels hebben een bevinding die akkoord niet opheft; die blijven dan staan.": {
		Dutch: "%d regel heeft een bevinding die akkoord niet opheft; die blijft dan staan.", English: "%d record has a finding that accepting does not lift; it stays held.",
	},
	"%d regels met een bevinding, in de volgorde van het bestand.": {Dutch: "%d regel met een bevinding.", English: "%d record with a finding."},
	"%d regels van uw inwoners in uitval, samen %s.":               {Dutch: "%d regel van uw inwoners in uitval, van %s.", English: "%d record of your residents held, for %s."},
	"%d regels vragen intussen geen besluit meer":                  {Dutch: "%d regel vraagt intussen geen besluit meer", English: "%d record no longer needs a decision"},
	"%d rijen van een bestand":                                     {Dutch: "%d rij van een bestand", English: "%d row of a file"},
	"%d rijen van het bestand: de uitkomst staat onder Taken":      {Dutch: "%d rij van het bestand: de uitkomst staat onder Taken", English: "%d row of the file: see Jobs for the result"},
	"%d wachten op een tweede controller.":                         {Dutch: "%d wacht op een tweede controller.", English: "%d is waiting for a second controller."},
	"%d zorgregels kregen een andere uitkomst.":                    {Dutch: "%d zorgregel kreeg een andere uitkomst.", English: "%d record has a different outcome."},
	"%d zorgregels wachten op een besluit van een controller.":     {Dutch: "%d zorgregel wacht op een besluit van een controller.", English: "%d record is waiting for a controller's decision."},
	"%s betalingen":       {Dutch: "%s betaling", English: "%s payment"},
	"%s declaratieregels": {Dutch: "%s declaratieregel", English: "%s line"},
	"%s prestaties":       {Dutch: "%s prestatie", English: "%s prestatie"},
	"%s regels":           {Dutch: "%s regel", English: "%s record"},
	"%s: %d zorgregels, waarvan %d afgewezen en %d in uitval.": {Dutch: "%s: %d zorgregel, waarvan %d afgewezen en %d in uitval.", English: "%s: %d care record, of which %d rejected and %d held."},
	"Berekend: %s in %d declaratieregels.":                     {Dutch: "Berekend: %s in %d declaratieregel.", English: "Calculated: %s in %d line."},
	"Besluit over alle %d van dit filter":                      {Dutch: "Besluit over %d regel van dit filter", English: "Decide on %d record in this filter"},
	"Dit wachtwoord heeft %d tekens; er zijn er 12 of meer nodig. Kies een langer wachtwoord.": {
		Dutch: "Dit wachtwoord heeft %d teken; er zijn er 12 of meer nodig. Kies een langer wachtwoord.", English: "This password has %d character; 12 or more are needed. Choose a longer one.",
	},
	"Bevestig %d besluiten":      {Dutch: "Bevestig %d besluit", English: "Confirm %d decision"},
	"De keten klopt: %d regels.": {Dutch: "De keten klopt: %d regel.", English: "The chain is intact: %d entry."},
	"De oudste wacht %d dagen.":  {Dutch: "De oudste wacht %d dag.", English: "The oldest has been waiting for %d day."},
	"Er is iets nieuws sinds de laatste berekening: bereken opnieuw (%d cliënten).": {
		Dutch: "Er is iets nieuws sinds de laatste berekening: bereken opnieuw (%d cliënt).", English: "There is something new since the last run: run again (%d client).",
	},
	"Er is te vaak mislukt geprobeerd. Probeer het over %d seconden opnieuw.": {
		Dutch: "Er is te vaak mislukt geprobeerd. Probeer het over %d seconde opnieuw.", English: "Too many failed attempts. Try again in %d second.",
	},
	"Nog %d rijen zijn niet overgenomen.":       {Dutch: "Nog %d rij is niet overgenomen.", English: "%d more row was not accepted."},
	"Stuur %d regels in":                        {Dutch: "Stuur %d regel in", English: "Submit %d record"},
	"Verantwoording %s gemaakt: %d werkboeken.": {Dutch: "Verantwoording %s gemaakt: %d werkboek.", English: "Statement for %s made: %d workbook."},
}

// isOne reports whether the first whole number among the values is 1.
func isOne(values []any) bool {
	for _, value := range values {
		switch number := value.(type) {
		case int:
			return number == 1
		case int64:
			return number == 1
		case marked:
			return number.number == 1
		}
	}
	return false
}
