package reports

// inEnglishReturn has the English of the texts that only return files have, in the order of the Dutch.
var inEnglishReturn = map[string]string{
	"Bewaar dit bestand en lever het opnieuw aan. Alleen de bladen Uren en Dagdelen worden gelezen, en alleen wat u wijzigde telt als nieuw.": "Save this file and send it in again. Only the sheets Uren and Dagdelen are read, and only what you changed counts as new.",
	"Dag": "Day",
	"Een regel met meer redenen telt hieronder bij elke reden mee. Zonder bedrag is de prijs niet bekend.": "A record with more than one reason counts under each of them below. Where no amount stands the price is not known.",
	"Er is niets afgewezen.":         "Nothing was rejected.",
	"Er wacht niets op een besluit.": "Nothing waits for a decision.",
	"Gedeclareerd in deze periode, credits verrekend. Aantal declaratieregels: %d.":                                                              "Declared in this period, net of credits. Number of declaration lines: %d.",
	"Gelijk aan wat er al was; dit telt niet dubbel.":                                                                                            "The same as what was there; it is not counted twice.",
	"Herstel deze regels en lever ze opnieuw aan; zie hieronder. Het bedrag is dat van de regels met een bekende prijs.":                         "Mend these records and send them in again; see below. The amount is that of the records with a known price.",
	"Hiervoor kwam een nieuwere regel in de plaats, of u trok iets in.":                                                                          "A newer row took their place, or you withdrew something.",
	"Kies op de bladen Uren en Dagdelen onder ‘Uitkomst pxq’ de regels met ‘afgewezen’. De cel die niet klopt is gekleurd en heeft een notitie.": "On the sheets Uren and Dagdelen choose the rows with ‘rejected’ under ‘Outcome pxq’. The cell that is wrong is coloured and has a note.",
	"Ontvangen of nog open": "Received or still open",
	"Ontvangen":             "Received",
	"Prijs":                 "Unit price",
	"Retour AGB-code %s":    "Return AGB code %s",
	"U ontvangt":            "You receive",
	"Verbeter die cellen, maar laat het regelnummer staan: daaraan herkent de regio de regel. Iets intrekken doet u met aantal 0.": "Mend those cells, but leave the number of the row (Regelnummer): by it the region knows the row. To withdraw a row, give it the quantity 0.",
	"Vervangen of ingetrokken": "Replaced or withdrawn",
	"Wat wordt betaald voor deze periode, na verrekening van eerdere perioden.":                                                                            "What is paid for this period, after earlier periods were settled.",
	"Zorg in dagdelen, met de uitkomst ernaast. Herstel de gekleurde cellen en lever dit bestand opnieuw aan; wat gelijk blijft, telt niet dubbel.":        "Care in day-parts, with the outcome beside it. Mend the marked cells and send this file in again; what stays the same is not counted twice.",
	"Zorg in uren en minuten, met de uitkomst ernaast. Herstel de gekleurde cellen en lever dit bestand opnieuw aan; wat gelijk blijft, telt niet dubbel.": "Care in hours and minutes, with the outcome beside it. Mend the marked cells and send this file in again; what stays the same is not counted twice.",
	"Zorg van na deze periode; die telt in haar eigen maand mee.":                                                                                          "Care after this period; it counts in its own month.",
	"niet uit een bestand van u": "not from a file of yours",
}
