package rules

import "github.com/pxq-nl/pxq/billing"

// prestatieTexts replace the texts of a rule if the record is a prestatie of a message (JW323), which has elements and a
// period instead of a row, cells and a care date. Where a text is empty the general one stays; placeholders are numbered
// as in the general text.
var prestatieTexts = map[billing.Code]billing.RuleTexts{
	billing.F03: {
		Title:   text("Het geleverde volume is groter dan 0 en hoogstens 99.999.", "The volume delivered is above 0 and at most 99,999."),
		Message: text("Geleverd volume {1} is niet groter dan 0 en hoogstens 99.999.", "Volume delivered {1} is not above 0 and at most 99,999."),
		Remedy:  text("Declareer wat er is geleverd. Wat eerder is goedgekeurd neemt u terug met een creditprestatie.", "Declare what was delivered. To take back what was approved before, send a credit."),
	},
	billing.F06: {
		Title:   text("De eenheid is minuut (01), uur (04) of dagdeel (16).", "The unit is minute (01), hour (04) or day-part (16)."),
		Message: text("Eenheid {1} wordt niet afgerekend.", "Unit {1} is not settled."),
		Remedy:  text("Declareer in minuten (01), uren (04) of dagdelen (16).", "Declare in minutes (01), hours (04) or day-parts (16)."),
	},
	billing.U01: {
		Title:   text("Elke prestatie van een aanbieder heeft een eigen referentienummer.", "Every prestatie of a provider has its own reference."),
		Message: text("Referentienummer {1} is al gebruikt, in dit bericht of eerder.", "Reference {1} has already been used, in this message or earlier."),
		Remedy:  text("Geef de prestatie een nieuw nummer, ook als de vorige is afgewezen.", "Give the prestatie a new reference, even if the earlier one was rejected."),
	},
	billing.R01: {Remedy: text("Neem het nummer over van de toewijzing van deze gemeente.", "Copy the number from this municipality's referral.")},
	billing.R05: {Remedy: text("Neem de productcode over van de toewijzing.", "Copy the product code from the referral.")},
	billing.R06: {
		Title:   text("De eenheid is die van de toewijzing; op uren mogen minuten.", "The unit is that of the referral; hours may also be declared in minutes."),
		Message: text("Toewijzing {1} is in {2}, de prestatie in {3}.", "Referral {1} is in {2}, the prestatie in {3}."),
		Remedy:  text("Declareer in de eenheid van de toewijzing, of bij uren in minuten.", "Declare in the referral's unit, or in minutes when it is hours."),
	},
	billing.R07: {
		Title:   text("De productperiode begint niet voor de toewijzing.", "The product period does not begin before the referral does."),
		Message: text("Toewijzing {1} begint op {2:date}; de productperiode begint op {3:date}.", "Referral {1} starts on {2:date}; the product period begins on {3:date}."),
		Remedy:  text("Laat de periode ingaan op de ingangsdatum van de toewijzing.", "Let the period begin on the day the referral starts."),
	},
	billing.R08: {
		Title:   text("De productperiode eindigt niet na de toewijzing.", "The product period does not end after the referral does."),
		Message: text("Toewijzing {1} loopt tot en met {2:date}; de productperiode eindigt op {3:date}.", "Referral {1} runs up to and including {2:date}; the product period ends on {3:date}."),
		Remedy:  text("Vraag verlenging aan, of laat de periode eindigen op de einddatum van de toewijzing.", "Ask for an extension, or let the period end on the last day of the referral."),
	},
	billing.P01: {Remedy: text("Declareer in de eenheid van het product.", "Declare in the unit of the product.")},
	billing.P02: {
		Title:   text("In de productperiode geldt een tarief.", "There is a valid price for the product period."),
		Remedy:  text("Vul het contractenboek aan; de prestatie wordt dan vanzelf beoordeeld.", "Complete the contract book; the prestatie is then judged automatically."),
		Message: text("Voor product {1} per {2:unit} geldt op {3:date} geen tarief.", "There is no valid price for product {1} per {2:unit} on {3:date}."),
	},
	billing.P03: {
		Title:   text("Het producttarief is dat van het contract.", "The price is that of the contract."),
		Message: text("Het producttarief is {1:amount}; volgens het contract is het {2:eur}.", "The price is {1:amount}; according to the contract it is {2:eur}."),
		Remedy: text("Gebruik het tarief van het contract; per minuut is dat het uurtarief gedeeld door 60, op hele centen.",
			"Use the price in the contract; per minute that is the price per hour divided by 60, in whole cents."),
	},
	billing.P04: {
		Title:   text("Het ingediende bedrag is tarief × volume.", "The amount claimed is price × volume."),
		Message: text("Het ingediende bedrag is {1:amount}; tarief × volume is {2:eur}.", "The amount claimed is {1:amount}; price × volume is {2:eur}."),
		Remedy: text("Reken in minuten met het uurtarief: uurtarief × minuten ÷ 60, één keer afgerond.",
			"For minutes, calculate with the price per hour: price × minutes ÷ 60, rounded once."),
	},
	billing.D01: {
		Message: text("Het traject begon op {1:date}; na {2} maanden was {3:date} de laatste dag. De productperiode loopt tot en met {4:date}.",
			"The care trajectory began on {1:date}; after {2} months, {3:date} was the last day. The product period runs up to and including {4:date}."),
		Provider: text("De maximale duur was bereikt op {3:date}, de laatste dag daarbinnen; de productperiode loopt tot en met {4:date}.",
			"The maximum duration was reached on {3:date}, the last day within it; the product period runs up to and including {4:date}."),
	},
	billing.S04: {Message: text("Met deze prestatie krijgt de cliënt sinds {3:date} meer dan {2} uur en dagdelen {1:kind}.",
		"With this prestatie the client has received more than {2} hours and day-parts of {1:kind} since {3:date}.")},
	billing.V01: {Remedy: text("Vraag een ruimere toewijzing aan of corrigeer het volume.", "Ask for a larger referral or correct the volume.")},
	billing.V02: {Remedy: text("Vraag een ruimere toewijzing aan of corrigeer het volume.", "Ask for a larger referral or correct the volume.")},
	billing.V03: {Remedy: text("Vraag een ruimer budget aan of corrigeer de prestatie.", "Ask for a larger budget or correct the prestatie.")},
}

// withPrestatieTexts sets the texts for prestaties on the rules, and returns them.
func withPrestatieTexts(rules []billing.Rule) []billing.Rule {
	for i := range rules {
		rules[i].Prestatie = prestatieTexts[rules[i].Code]
	}
	return rules
}
