package ijw

// The element that most rules of a JW301 are about.
const assignedProduct = "Client/ToegewezenProducten/ToegewezenProduct"

// assignmentRules are the rules by which pxq judges a JW301. It does not judge other data of persons.
var assignmentRules = []Rule{
	{
		Code: "CD041", Level: 2, Element: assignedProduct + "/Omvang",
		Title:      text("Een toewijzing met een productcode heeft een omvang.", "A referral with a product code has a volume."),
		Message:    text("Er is een productcode maar geen Omvang.", "There is a product code but no Omvang (volume)."),
		Remedy:     text("Vraag de gemeente om een toewijzing met omvang.", "Ask the municipality for a referral with a volume."),
		assignment: volumeWithCode,
	},
	{
		Code: "CD075", Level: 2, Element: assignedProduct + "/Einddatum",
		Title:      text("Een toewijzing met een budget heeft een einddatum.", "A referral with a budget has an end date."),
		Message:    text("Er is een Budget maar geen Einddatum.", "There is a Budget but no Einddatum (end date)."),
		Remedy:     text("Vraag de gemeente om een toewijzing met einddatum.", "Ask the municipality for a referral with an end date."),
		assignment: endWithBudget,
	},
	{
		Code: "CD076", Level: 2, Element: assignedProduct + "/Einddatum",
		Title:      text("Een toewijzing per week heeft een einddatum.", "A referral per week has an end date."),
		Message:    text("De frequentie is per week (2) en er is geen Einddatum.", "The frequency is per week (2) and there is no Einddatum (end date)."),
		Remedy:     text("Vraag de gemeente om een toewijzing met einddatum.", "Ask the municipality for a referral with an end date."),
		assignment: endWithWeeks,
	},
	{
		Code: "CD077", Level: 2, Element: assignedProduct + "/Omvang",
		Title:      text("Een toewijzing met een budget heeft geen omvang.", "A referral with a budget has no volume."),
		Message:    text("Er is een Budget, en dan mag er geen Omvang zijn.", "There is a Budget, so there must be no Omvang (volume)."),
		Remedy:     text("Vraag de gemeente welke van de twee geldt.", "Ask the municipality which of the two applies."),
		assignment: volumeOrBudget,
	},
	{
		Code: "CD078", Level: 2, Element: assignedProduct + "/Budget",
		Title:      text("Een toewijzing met een omvang heeft geen budget.", "A referral with a volume has no budget."),
		Message:    text("Er is een Omvang, en dan mag er geen Budget zijn.", "There is an Omvang (volume), so there must be no Budget."),
		Remedy:     text("Vraag de gemeente welke van de twee geldt.", "Ask the municipality which of the two applies."),
		assignment: volumeOrBudget,
	},
	{
		Code: "CD079", Level: 2, Element: assignedProduct + "/Product",
		Title:      text("Een toewijzing noemt een product of heeft een budget.", "A referral names a product or has a budget."),
		Message:    text("Er is geen Product en geen Budget.", "There is no Product and no Budget."),
		Remedy:     text("Vraag de gemeente om een toewijzing met product of budget.", "Ask the municipality for a referral with a product or a budget."),
		assignment: productUnlessBudget,
	},
	{
		Code: "CD080", Level: 2, Element: assignedProduct + "/Omvang",
		Title:      text("Een toewijzing zonder productcode heeft geen omvang, als zij na 2020 doorloopt.", "A referral without a product code has no volume, if it continues after 2020."),
		Message:    text("Er is een Omvang zonder productcode.", "There is an Omvang (volume) without a product code."),
		Remedy:     text("Vraag de gemeente om een toewijzing met productcode, of met een budget.", "Ask the municipality for a referral with a product code, or with a budget."),
		assignment: noVolumeWithoutCode,
	},
	{
		Code: "CS002", Level: 2, Element: "Client/" + elementBSN,
		Title:    text("Het BSN voldoet aan de elfproef.", "The BSN passes the elfproef."),
		Message:  text("Dit BSN voldoet niet aan de elfproef.", "This BSN fails the elfproef."),
		Remedy:   text("Vraag de gemeente om een toewijzing met het juiste BSN.", "Ask the municipality for a referral with the right BSN."),
		assigned: elevenTestAssigned,
	},
	{
		Code: "CS003", Level: 2, Element: assignedProduct + "/Einddatum",
		Title:      text("Een toewijzing eindigt niet voor zij ingaat.", "A referral does not end before it starts."),
		Message:    text("De einddatum {1:date} ligt voor de ingangsdatum {2:date}.", "The end date {1:date} is before the start date {2:date}."),
		Remedy:     text("Vraag de gemeente om de juiste data.", "Ask the municipality for the right dates."),
		assignment: endNotBeforeStart,
	},
	{
		Code: "CS335", Level: 2, Element: assignedProduct + "/RedenWijziging",
		Title:      text("Een verwijderde toewijzing eindigt op haar ingangsdatum.", "A deleted referral ends on its start date."),
		Message:    text("De toewijzing is verwijderd (13), maar de einddatum is niet de ingangsdatum {1:date}.", "The referral was deleted (13), but its end date is not its start date, {1:date}."),
		Remedy:     text("Vraag de gemeente of de toewijzing is verwijderd of beëindigd.", "Ask the municipality whether the referral was deleted or ended."),
		assignment: deletedOnOneDay,
	},
	{
		Code: "CS336", Level: 2, Element: assignedProduct + "/RedenWijziging",
		Title:      text("De vervallen reden 01 wordt niet gebruikt.", "The obsolete reason 01 is not used."),
		Message:    text("RedenWijziging is 01, die is vervallen.", "RedenWijziging is 01, which is obsolete."),
		Remedy:     text("Vraag de gemeente om een toewijzing met de juiste reden.", "Ask the municipality for a referral with the right reason."),
		assignment: noLapsedReason,
	},
	{
		Code: "CS338", Level: 2, Element: assignedProduct + "/Omvang",
		Title:      text("Etmalen, dagdelen, euro's en stuks inspanning zijn per week, per maand of in totaal.", "Full days, day-parts, euros and units of effort are per week, per month or in total."),
		Message:    text("Eenheid {1} heeft frequentie {2}; alleen 2, 4 en 6 mogen.", "Unit {1} has frequency {2}; only 2, 4 and 6 are allowed."),
		Remedy:     text("Vraag de gemeente om een toewijzing per week, per maand of in totaal.", "Ask the municipality for a referral per week, per month or in total."),
		assignment: unitAllowsFrequency,
	},
	{
		Code: "TR302", Level: 2, Element: assignedProduct, Reported: true,
		Title:       text("Een product is voor een dag één keer toegewezen.", "A product is referred only once for the same day."),
		Message:     text("Hetzelfde product staat nog een keer in dit bericht, met nummer {1}, en de perioden overlappen.", "The same product appears again in this message, with number {1}, and the periods overlap."),
		Remedy:      text("Vraag de gemeente welke toewijzing geldt.", "Ask the municipality which referral applies."),
		assignments: noProductTwice,
	},
}
