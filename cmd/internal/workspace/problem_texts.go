package workspace

import "github.com/pxq-nl/pxq/billing"

// problemTexts are the texts of the problems, as formats of their facts.
var problemTexts = map[Kind]billing.Text{
	NoWorkspace: {
		Dutch:   "%s is geen werkmap van pxq: er staat geen pxq.toml in. Geef de werkmap met --workspace, of maak er een met ‘pxq init MAP’.",
		English: "%s is not a pxq workspace: it has no pxq.toml. Name the workspace with --workspace, or create one with “pxq init FOLDER”.",
	},
	NoBook: {
		Dutch:   "De werkmap %s heeft geen contractenboek: %s ontbreekt of bevat geen CSV-bestand of werkmap (xlsx). Zet het contractenboek terug. Voor een proef met het ingebouwde boek: zet trial = true in pxq.toml.",
		English: "The workspace %s has no contract book: %s is missing or contains no CSV file or workbook (xlsx). Put the contract book back. For a trial with the built-in book, put trial = true into pxq.toml.",
	},
	FilesNotSeen: {
		Dutch:   "In de mappen staan bestanden die nog niet zijn ingelezen: %[2]s. Draai eerst ‘pxq run --period %[1]s’ en bekijk de uitkomst, of haal ze weg.",
		English: "The folders contain files that have not been imported yet: %[2]s. First do “pxq run --period %[1]s” and check the result, or remove them.",
	},
	AmbiguousHash: {
		Dutch:   "Er zijn meer ingelezen bestanden waarvan de hash met %s begint. Geef meer tekens ervan; ‘pxq status --json’ toont ze helemaal.",
		English: "The hash of several imported files begins with %s. Give more characters of it; “pxq status --json” shows it in full.",
	},
	NoBSN: {
		Dutch:   "Dat is geen BSN: het heeft negen cijfers en voldoet aan de elfproef. Er is niets opgezocht.",
		English: "That is not a BSN: a BSN has nine digits and passes the eleven test. Nothing was looked up.",
	},
	UnknownClient: {
		Dutch:   "Van deze cliënt is bij de laatste run geen zorgregel bekend.",
		English: "The last run knows no record of this client.",
	},
	NoFolder: {
		Dutch:   "De werkmap %s is er niet. Maak haar met ‘pxq init %[1]s’ of geef de juiste map met --workspace.",
		English: "The workspace %s does not exist. Create it with “pxq init %[1]s”, or name the right folder with --workspace.",
	},
	FileForWorkspace: {
		Dutch:   "%s is een bestand, en een werkmap is een map. Geef met --workspace de map waarin pxq.toml staat.",
		English: "%s is a file, but a workspace is a folder. With --workspace, name the folder that contains pxq.toml.",
	},
	NoSettings: {
		Dutch:   "%s kan niet gelezen worden. Controleer of het een bestand is en of u het mag lezen.",
		English: "%s cannot be read. Check that it is a file and that you may read it.",
	},
	BadSettings: {
		Dutch:   "%s: regel %s is geen leesbare instelling. %s",
		English: "%s: line %s is not a readable setting. %s",
	},
	BadSetting: {
		Dutch:   "%s: bij %s staat ‘%v’, maar daar hoort %s.",
		English: "%s: %s is “%v”, but should be %s.",
	},
	UnknownSetting: {
		Dutch:   "%s: de instelling %s bestaat niet. Herstel haar naam of verwijder haar; hier kan staan: %s.",
		English: "%s: there is no setting %s. Correct its name or remove it; allowed here: %s.",
	},
	FolderUnreadable: {
		Dutch:   "De map %s kan niet gelezen worden. Controleer de rechten.",
		English: "The folder %s cannot be read. Check its permissions.",
	},
	FileForFolder: {
		Dutch:   "%s is een bestand, maar er hoort een map te staan. Verplaats het en maak de map.",
		English: "%s is a file, but should be a folder. Move it and create the folder.",
	},
	NotEmpty: {
		Dutch:   "De map %s is niet leeg. Kies een nieuwe map.",
		English: "The folder %s is not empty. Choose a new folder.",
	},
	NoFolderToRead: {
		Dutch:   "%s is geen map die gelezen kan worden. Kies een andere.",
		English: "%s is not a folder that can be read. Choose another.",
	},
	FolderNotMade: {
		Dutch:   "De map %s kan niet gemaakt worden. Controleer de rechten en de vrije ruimte.",
		English: "The folder %s cannot be created. Check the permissions and the free space.",
	},
	FolderNotWritable: {
		Dutch:   "In %s kan niet geschreven worden. Controleer de rechten en de vrije ruimte.",
		English: "pxq cannot write in %s. Check the permissions and the free space.",
	},
	NotComputed: {
		Dutch:   "Periode %s is nog niet berekend. Doe eerst ‘pxq run --period %[1]s’.",
		English: "Period %s has not been run yet. First do “pxq run --period %[1]s”.",
	},
	UnknownReference: {
		Dutch:   "Regelnummer %s is niet bekend. Schrijf het zoals in de aanlevering.",
		English: "Reference %s is unknown. Write it as in the submission.",
	},
	AmbiguousReference: {
		Dutch:   "Regelnummer %s wordt door %s aanbieders gebruikt: %s. Kies er een met --provider.",
		English: "Reference %s is used by %s providers: %s. Choose one with --provider.",
	},
	UnknownProvider: {
		Dutch:   "Aanbieder %s staat niet in het contractenboek. Kijk de AGB-code na, of voeg de aanbieder toe.",
		English: "Provider %s is not in the contract book. Check the AGB code, or add the provider.",
	},
	FileExists: {
		Dutch:   "%s is er al en blijft staan: misschien is het ingevuld. Kies een andere naam.",
		English: "%s already exists and is not overwritten: it may have been filled in. Choose another name.",
	},
	FileNotWritable: {
		Dutch:   "%s kan niet geschreven worden. Controleer of de map er is en of u er mag schrijven.",
		English: "%s cannot be written. Check that the folder exists and that you may write in it.",
	},
	GeneratedBefore: {
		Dutch:   "In %s staat deze verzonnen maand al. Kies een andere map of een andere --period.",
		English: "This synthetic month is already in %s. Choose another folder or another --period.",
	},
	DiskFull: {
		Dutch:   "%s past niet op de schijf: die is vol. Maak ruimte vrij en probeer het opnieuw.",
		English: "%s does not fit on the disk, which is full. Free some space and try again.",
	},
	MessageUnknown: {
		Dutch:   "%s is niet als bericht ingelezen, of het is geweigerd. Lees het in met ‘pxq import’ en doe dan ‘pxq run’.",
		English: "%s was not imported as a message, or it was refused. Import it with “pxq import” and then do “pxq run”.",
	},
	MessageNotRun: {
		Dutch:   "Op %s is nog geen antwoord: sinds het is ingelezen was er geen run. Doe eerst ‘pxq run’.",
		English: "There is no answer to %s yet: there has been no run since it was imported. First do “pxq run”.",
	},
	MessageWaits: {
		Dutch:   "Op %s is nog geen antwoord: een prestatie wacht op een besluit of op haar maand. ‘pxq status’ zegt hoeveel werkdagen er nog zijn.",
		English: "There is no answer to %s yet: a prestatie is waiting for a decision or for its month. “pxq status” says how many working days are left.",
	},
	MessageNotWritten: {
		Dutch:   "Op %[1]s is nog geen antwoord: alles is beoordeeld, maar de laatste run schreef geen rapporten. Doe ‘pxq run --period %[2]s’ zonder --no-reports.",
		English: "There is no answer to %[1]s yet: everything has been judged, but the last run wrote no reports. Do “pxq run --period %[2]s” without --no-reports.",
	},
	MessageTooLarge: {
		Dutch:   "Op %[1]s komt geen antwoord: het zou groter zijn dan 25 MB, meer dan de standaard toestaat. Doe ‘pxq withdraw %[1]s’ en laat de aanbieder dezelfde prestaties in meer berichten versturen.",
		English: "There will be no answer to %[1]s: it would be larger than 25 MB, more than the standard allows. Do “pxq withdraw %[1]s” and have the provider send the same prestaties in several messages.",
	},
	ClosedUnwritten: {
		Dutch:   "Periode %[1]s IS afgesloten, maar haar werkboeken konden niet worden geschreven: %[2]s\nMaak ruimte of herstel de rechten en doe ‘pxq run --period %[1]s’; elke volgende opdracht die iets wijzigt schrijft ze ook alsnog. Hoofd van de keten (bewaar dit buiten de database):\n  %[3]s",
		English: "Period %[1]s IS closed, but its workbooks could not be written: %[2]s\nFree some space or correct the permissions and do “pxq run --period %[1]s”; the next command that changes something also writes them. Head of the chain (keep this outside the database):\n  %[3]s",
	},
	HeadsUnreadable: {
		Dutch:   "%s kan niet gelezen worden. Controleer of het een bestand is en of u het mag lezen.",
		English: "%s cannot be read. Check that it is a file and that you may read it.",
	},
	CloseUndone: {
		Dutch:   "Volgens %[1]s is periode %[2]s afgesloten, maar in de database (%[3]s) is zij dat niet: de afsluiting is ongedaan gemaakt, of dit is een andere of een oudere database. Er is niets gewijzigd. Geef de juiste database met --database of zet de laatste reservekopie terug. Is het met opzet, haal dan de regel van %[2]s en die erna uit %[1]s.",
		English: "According to %[1]s period %[2]s is closed, but in the database (%[3]s) it is not: the close was undone, or this is another or an older database. Nothing was changed. Name the right database with --database or restore the last backup. If this is on purpose, remove the line of %[2]s and those after it from %[1]s.",
	},
	OtherLedger: {
		Dutch:   "De afsluiting van %[2]s in de database (%[3]s) is niet die van %[1]s: het grootboek is opnieuw opgebouwd, of het is dat van een andere werkmap. Er is niets gewijzigd. Geef de juiste database met --database of zet de laatste reservekopie terug; ‘pxq verify’ zoekt uit wat afwijkt.",
		English: "The close of %[2]s in the database (%[3]s) is not the one in %[1]s: the ledger was rebuilt, or it belongs to another workspace. Nothing was changed. Name the right database with --database or restore the last backup; “pxq verify” finds out what differs.",
	},
	OtherRegion: {
		Dutch:   "De werkmap %[1]s is van de regio %[2]s, maar in de database %[3]s staat de zorg van de regio %[4]s (werkmap %[5]s). Noem in pxq.toml, met --database of met PXQ_DATABASE de database van deze regio.",
		English: "The workspace %[1]s belongs to the region %[2]s, but the database %[3]s contains the care of the region %[4]s (workspace %[5]s). Name the database of this region in pxq.toml, with --database or with PXQ_DATABASE.",
	},
	TrialOnReal: {
		Dutch:   "De werkmap %[1]s is een proef, maar in de database %[2]s staat de echte zorg van de werkmap %[3]s: wat verzonnen is, zou daar in de declaratie komen. Haal PXQ_DATABASE weg, of noem met --database een andere database.",
		English: "The workspace %[1]s is a trial, but the database %[2]s contains the real care of the workspace %[3]s: synthetic care would end up in its declaration. Unset PXQ_DATABASE, or name another database with --database.",
	},
	BoundsBroken: {
		Dutch:   "Periode %[1]s is niet afgesloten, want zij gaat over een veiligheidsgrens:%[2]s\nZoek uit hoe dat komt. Klopt het, sluit dan af met --confirm \"WAAROM\" (of PXQ_CONFIRM); dat komt in het logboek (‘pxq audit’). De grenzen staan in pxq.toml onder [policy].",
		English: "Period %[1]s was not closed, because it is beyond a safety bound:%[2]s\nFind out why. If it is correct, close it with --confirm \"WHY\" (or PXQ_CONFIRM); the reason is kept in the audit trail (“pxq audit”). The bounds are in pxq.toml under [policy].",
	},
}
