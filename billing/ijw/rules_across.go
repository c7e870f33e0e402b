package ijw

import "github.com/pxq-nl/pxq/billing"

// acrossRules are the rules of level 3, which check a message against referrals and earlier messages.
var acrossRules = []Rule{
	{
		Code: "TR056", Level: 3, Return: "9056", Element: "Header/BerichtIdentificatie/Identificatie",
		Title:   text("Elk bericht van een aanbieder heeft een eigen identificatie.", "Every message of a provider has its own identification."),
		Message: text("Identificatie ‘{1}’ is al gebruikt in een verwerkt declaratiebericht van deze aanbieder.", "Identification “{1}” has already been used in a processed declaration of this provider."),
		Remedy:  text("Verstuur het bericht met een nieuwe identificatie.", "Send the message with a new identification."),
	},
	{
		Code: "TR304", Level: 3, Return: "8187", Element: "Client/" + elementBSN,
		Title:   text("De cliënt heeft een toewijzing van deze gemeente.", "The client has a referral from this municipality."),
		Message: text("Gemeente {1} heeft voor deze cliënt geen toewijzing.", "Municipality {1} has no referral for this client."),
		Remedy:  text("Controleer het BSN en de gemeente, of vraag de toewijzing op.", "Check the BSN and the municipality, or ask for the referral."),
	},
	{
		Code: "TR307", Level: 3, Return: "9307", Element: "Prestatie/" + elementProduct, Same: billing.R07,
		Title:   text("De productperiode begint niet voor de toewijzing.", "The product period does not begin before the referral does."),
		Message: text("De productperiode begint op {1:date}; de toewijzing gaat in op {2:date}.", "The product period begins on {1:date}; the referral starts on {2:date}."),
		Remedy:  text("Laat de periode ingaan op de ingangsdatum van de toewijzing.", "Let the period begin on the day the referral starts."),
	},
	{
		Code: "TR308", Level: 3, Return: "9308", Element: "Prestatie/" + elementProduct, Same: billing.R08,
		Title:   text("De productperiode eindigt niet na de toewijzing.", "The product period does not end after the referral does."),
		Message: text("De productperiode eindigt op {1:date}; de toewijzing loopt tot en met {2:date}.", "The product period ends on {1:date}; the referral runs up to and including {2:date}."),
		Remedy:  text("Vraag verlenging aan, of laat de periode eindigen op de einddatum van de toewijzing.", "Ask for an extension, or let the period end on the last day of the referral."),
	},
	{
		Code: "TR314", Level: 3, Return: "8021", Element: "Prestatie/" + elementReference, Same: billing.U01,
		Title:   text("Elke prestatie van een aanbieder heeft een eigen referentienummer.", "Every prestatie of a provider has its own reference."),
		Message: text("Referentienummer ‘{1}’ is al gebruikt, in dit bericht of eerder.", "Reference “{1}” has already been used, in this message or earlier."),
		Remedy:  text("Geef de prestatie een nieuw nummer, ook als de vorige is afgewezen.", "Give the prestatie a new reference, even if the earlier one was rejected."),
	},
	{
		Code: "TR318", Level: 3, Return: "8214", Element: elementPeriod,
		Title:   text("De declaratieperiode ligt niet voor de laatst ingediende.", "The declaration period is not before the last one submitted."),
		Message: text("De declaratieperiode is {1:month}; {2:month} is al gedeclareerd.", "The declaration period is {1:month}; {2:month} has already been declared."),
		Remedy:  text("Declareer nagekomen zorg in de laatste of een volgende periode; de productperiode mag in het verleden liggen.", "Declare late care in the last period or a later one; the product period may be in the past."),
	},
	{
		Code: "TR319", Level: 3, Return: "9319", Element: "Prestatie/" + elementProduct,
		Title:   text("De productperiode ligt in of voor de declaratieperiode.", "The product period is in or before the declaration period."),
		Message: text("De productperiode eindigt op {1:date}, na de declaratieperiode ({2:date}).", "The product period ends on {1:date}, after the declaration period ({2:date})."),
		Remedy:  text("Declareer deze prestatie in de periode van haar eigen maand of later.", "Declare this prestatie in the period of its own month or a later one."),
	},
	{
		Code: "TR321", Level: 3, Return: "9321", Element: "Prestatie/GeleverdVolume", Same: billing.V01,
		Title:   text("Het volume past in de toewijzing van de periode.", "The volume fits the referral for the period."),
		Message: text("Het volume past niet in wat toewijzing {1} voor deze periode toestaat.", "The volume exceeds what referral {1} allows for this period."),
		Remedy:  text("Vraag een ruimere toewijzing aan of corrigeer het volume.", "Ask for a larger referral or correct the volume."),
	},
	{
		Code: "TR322", Level: 3, Return: "9322", Element: "Prestatie/GeleverdVolume", Same: billing.V02,
		Title:   text("Alle volumes samen passen in de hele toewijzing.", "All volumes together fit the whole referral."),
		Message: text("Het volume past niet meer in wat toewijzing {1} in totaal toestaat.", "The volume no longer fits within what referral {1} allows in total."),
		Remedy:  text("Vraag een ruimere toewijzing aan of corrigeer het volume.", "Ask for a larger referral or correct the volume."),
	},
	{
		Code: "TR323", Level: 3, Return: "8017", Element: "Prestatie/" + elementPrevious,
		Title:   text("Een credit is gelijk aan een goedgekeurde debetprestatie van deze aanbieder.", "A credit equals an approved debit of this provider."),
		Message: text("Er is geen goedgekeurde debetprestatie ‘{1}’ van deze aanbieder waaraan deze credit verder in alles gelijk is.", "This provider has no approved debit “{1}” that this credit otherwise matches in full."),
		Remedy:  text("Neem alle gegevens van de goedgekeurde debetprestatie over; wat is afgewezen wordt niet gecrediteerd.", "Copy all data of the approved debit; what was rejected is not credited."),
	},
	{
		Code: "TR333", Level: 3, Return: "9333", Element: "Declaratie/DeclaratieNummer",
		Title:   text("Elke declaratie van een aanbieder heeft een eigen nummer.", "Every declaration of a provider has its own number."),
		Message: text("Declaratienummer {1} is al gebruikt in een verwerkt declaratiebericht van deze aanbieder.", "Declaration number {1} has already been used in a processed declaration of this provider."),
		Remedy:  text("Verstuur de declaratie met een nieuw nummer.", "Send the declaration with a new number."),
	},
	{
		Code: "TR338", Level: 3, Return: "9338", Element: "Prestatie/ToewijzingNummer", Same: billing.R01,
		Title:   text("De toewijzing is van deze gemeente bekend.", "The referral is known for this municipality."),
		Message: text("Gemeente {2} heeft geen toewijzing {1}.", "Municipality {2} has no referral {1}."),
		Remedy:  text("Neem het nummer over van de toewijzing van deze gemeente.", "Copy the number from this municipality's referral."),
	},
	{
		Code: "TR339", Level: 3, Return: "9339", Element: "Prestatie/ProductCategorie",
		Title:   text("De categorie is die van de toewijzing.", "The category is that of the referral."),
		Message: text("De categorie is {1}; toewijzing {3} noemt {2}.", "The category is {1}; referral {3} says {2}."),
		Remedy:  text("Neem de categorie over van de toewijzing.", "Copy the category from the referral."),
	},
	{
		Code: "TR340", Level: 3, Return: "9340", Element: "Prestatie/ProductCode", Same: billing.R05,
		Title:   text("De productcode is die van de toewijzing.", "The product code is that of the referral."),
		Message: text("De productcode is {1}; toewijzing {3} noemt {2}.", "The product code is {1}; referral {3} says {2}."),
		Remedy:  text("Neem de productcode over van de toewijzing.", "Copy the product code from the referral."),
	},
	{
		Code: "TR341", Level: 3, Return: "9341", Element: "Prestatie/Eenheid", Same: billing.R06,
		Title:   text("De eenheid is die van de toewijzing; op uren mogen minuten.", "The unit is that of the referral; hours may also be declared in minutes."),
		Message: text("De eenheid is {1}; toewijzing {3} heeft {2}.", "The unit is {1}; referral {3} has {2}."),
		Remedy:  text("Declareer in de eenheid van de toewijzing, of bij uren in minuten.", "Declare in the referral's unit, or in minutes when it is hours."),
	},
	{
		Code: "TR369", Level: 3, Return: "9369", Element: "Prestatie/" + elementAmount, Same: billing.V03,
		Title:   text("Alles samen past in het budget van de toewijzing.", "Everything together fits within the budget of the referral."),
		Message: text("Het bedrag past niet meer in het budget van toewijzing {1}.", "The amount no longer fits within the budget of referral {1}."),
		Remedy:  text("Vraag een ruimer budget aan of corrigeer de prestatie.", "Ask for a larger budget or correct the prestatie."),
	},
	{
		Code: "TR384", Level: 3, Return: "9384", Element: "Prestatie/ToewijzingNummer", Same: billing.R09,
		Title:   text("De toewijzing is niet verwijderd.", "The referral has not been deleted."),
		Message: text("Toewijzing {1} is door de gemeente verwijderd.", "Referral {1} has been deleted by the municipality."),
		Remedy:  text("Vraag de gemeente om een nieuwe toewijzing.", "Ask the municipality for a new referral."),
	},
	{
		Code: "TR387", Level: 3, Return: "9387", Element: "Prestatie/" + elementProduct,
		Title:   text("De productperiode begint op de eerste van de maand, of op de ingangsdatum als die later is.", "The product period begins on the first of the month, or on the day the referral starts if that is later."),
		Message: text("De productperiode begint op {1:date} en niet op {2:date}.", "The product period begins on {1:date} and not on {2:date}."),
		Remedy:  text("Vul {2:date} in, ook als de zorg later begon.", "Fill in {2:date}, even if the care began later."),
	},
	{
		Code: "TR388", Level: 3, Return: "9388", Element: "Prestatie/" + elementProduct,
		Title:   text("De productperiode eindigt op de laatste van de maand, of op de einddatum als die eerder is.", "The product period ends on the last day of the month, or on the referral's last day if that is earlier."),
		Message: text("De productperiode eindigt op {1:date} en niet op {2:date}.", "The product period ends on {1:date} and not on {2:date}."),
		Remedy:  text("Vul {2:date} in, ook als de zorg eerder ophield.", "Fill in {2:date}, even if the care ended earlier."),
	},
	{
		Code: "TR389", Level: 3, Return: "9389", Element: "Prestatie",
		Title:   text("Er staat geen eerdere debetprestatie voor hetzelfde.", "There is no earlier debit for the same care."),
		Message: text("Debetprestatie ‘{1}’ staat al voor dezelfde toewijzing, periode, categorie en code, en is niet gecrediteerd.", "There is already debit “{1}” for the same referral, period, category and code, and it has not been credited."),
		Remedy:  text("Crediteer eerst de eerdere prestatie, of laat deze weg.", "Credit the earlier prestatie first, or leave this one out."),
	},
	{
		Code: "TR390", Level: 3, Return: "9390", Element: "Prestatie/" + elementPrevious,
		Title:   text("Een debetprestatie wordt één keer gecrediteerd.", "A debit is credited once."),
		Message: text("Debetprestatie ‘{1}’ is al eerder gecrediteerd.", "Debit “{1}” has already been credited."),
		Remedy:  text("Laat deze credit weg.", "Leave this credit out."),
	},
	{
		Code: "TR418", Level: 3, Return: "0611", Element: "Prestatie/" + elementTariff, Same: billing.P03,
		Title:   text("Het tarief is dat van het contract.", "The price is that of the contract."),
		Message: text("Het tarief is {1:eur}; volgens het contract is het {2:eur}.", "The price is {1:eur}; according to the contract it is {2:eur}."),
		Remedy:  text("Gebruik het tarief van het contract; per minuut is dat het uurtarief gedeeld door 60, op hele centen.", "Use the price in the contract; per minute that is the price per hour divided by 60, in whole cents."),
	},
}
