package ijw

import "github.com/pxq-nl/pxq/billing"

// outsideRules are the rules of level 4, which check a message against the current day, the contract book and code lists.
var outsideRules = []Rule{
	{
		Code: "TR135", Level: 4, Return: "8848", Element: "Header/BerichtIdentificatie/Dagtekening",
		Title:   text("De dagtekening ligt niet in de toekomst.", "The date of the message is not in the future."),
		Message: text("De dagtekening is {1:date}, na {2:date}, de dag van aanlevering.", "The date of the message is {1:date}, after {2:date}, the day it was submitted."),
		Remedy:  text("Lever het bericht op of na zijn dagtekening opnieuw aan.", "Submit the message again on or after its date."),
	},
	{
		Code: "TR346", Level: 4, Return: "9346", Element: "Prestatie/" + elementAmount, Same: billing.P04,
		Title:   text("Het bedrag is tarief × volume.", "The amount is price × volume."),
		Message: text("Het bedrag is {1:eur}; tarief × volume is {2:eur}.", "The amount is {1:eur}; price × volume is {2:eur}."),
		Remedy:  text("Reken in minuten met het uurtarief: uurtarief × minuten ÷ 60, één keer afgerond.", "For minutes, calculate with the price per hour: price × minutes ÷ 60, rounded once."),
	},
	{
		Code: "TR378", Level: 4, Return: "S300", Element: "Header/Ontvanger", Same: billing.F08,
		Title:   text("De gemeente hoort bij de regio.", "The municipality belongs to the region."),
		Message: text("Gemeente {1} staat niet in het contractenboek.", "Municipality {1} is not in the contract book."),
		Remedy:  text("Vul de CBS-code van een gemeente van de regio in; oude codes mogen zolang zij in het boek staan.", "Fill in the CBS code of a municipality in the region; old codes are allowed as long as they are in the book."),
	},
	{
		Code: "TR381", Level: 4, Return: "S329", Element: "Prestatie/ProductCode", Same: billing.F07,
		Title:   text("De productcode staat in het contractenboek en hoort bij de categorie.", "The product code is in the contract book and belongs to the category."),
		Message: text("Productcode {1} hoort niet bij categorie {2}.", "Product code {1} does not belong to category {2}."),
		Remedy:  text("Gebruik de categorie die bij de productcode hoort.", "Use the category that the product code belongs to."),
	},
}
