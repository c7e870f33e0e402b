package table

// problemTexts are the texts of all problems by code. A code never changes its
// meaning; texts may be improved.
var problemTexts = map[string]phrase{
	// The file as a whole.
	"unreadable": {
		"het bestand kan niet worden gelezen (%v). Controleer of het bestaat, niet in een ander programma open staat en of u het mag lezen.",
		"the file cannot be read (%v). Check that it exists, that it is not open in another program and that you have permission to read it.",
	},
	"file-changed": {
		"het bestand veranderde tijdens het lezen; het blijft liggen voor de volgende run. Wacht tot het helemaal is opgeslagen of gekopieerd, en draai dan opnieuw.",
		"the file changed while it was being read; it is left for the next run. Wait until it has been saved or copied completely, and run again.",
	},
	"empty-file": {
		"het bestand is leeg. Verwacht werd een werkmap (xlsx of ods) of een CSV-bestand; vraag de afzender het opnieuw te sturen.",
		"the file is empty. Expected a workbook (xlsx or ods) or a CSV file; ask the sender to send it again.",
	},
	"internal": {
		"het bestand brengt het leesprogramma in de war en is daarom geweigerd. Open het in Excel, sla het op als nieuwe xlsx-werkmap en meld dit aan de beheerder.",
		"the file confuses the reader and was therefore refused. Open it in Excel, save it as a new xlsx workbook and report this to the administrator.",
	},

	// Not what the name says, or of a kind that is not supported.
	"text-not-workbook": {
		"dit is een tekstbestand, terwijl de naam op %s eindigt. Open het in Excel en sla het op als xlsx-werkmap, of geef een CSV-bestand de naam .csv.",
		"this is a text file, although its name ends in %s. Open it in Excel and save it as an xlsx workbook, or name a CSV file .csv.",
	},
	"workbook-not-csv": {
		"dit is een xlsx-werkmap, terwijl de naam op %s eindigt. Geef het bestand de naam .xlsx, of sla het in Excel op als CSV.",
		"this is an xlsx workbook, although its name ends in %s. Name the file .xlsx, or save it as CSV in Excel.",
	},
	"ods-other-name": {
		"dit is een OpenDocument-werkmap, terwijl de naam op %s eindigt. Geef het bestand de naam .ods, of sla het op als xlsx-werkmap.",
		"this is an OpenDocument workbook, although its name ends in %s. Name the file .ods, or save it as an xlsx workbook.",
	},
	"encrypted": {
		"de werkmap is versleuteld met een wachtwoord. Haal het wachtwoord eraf (Excel: Bestand, Info, Werkmap beveiligen, Versleutelen met wachtwoord) en lever opnieuw aan.",
		"the workbook is encrypted with a password. Remove the password (Excel: File, Info, Protect Workbook, Encrypt with Password) and submit it again.",
	},
	"default-password": {
		"Excel heeft de werkmap versleuteld omdat de structuur van de werkmap of een deel ervan beveiligd is; daarom kan zij hier niet worden gelezen. Hef die beveiliging op (Excel: Controleren, Werkmap beveiligen) of kopieer de gegevens naar een nieuwe werkmap, en lever die aan.",
		"Excel encrypted the workbook because the structure of the workbook or a part of it is protected, so it cannot be read here. Remove that protection (Excel: Review, Protect Workbook) or copy the data into a new workbook, and submit that.",
	},
	"rights": {
		"de werkmap is versleuteld door een vertrouwelijkheidslabel of rechtenbeheer (IRM) van Microsoft 365; alleen wie daar toegang toe heeft, kan haar openen. Kies in Excel bij Bestand, Info een label zonder versleuteling of hef de beperking op, en lever opnieuw aan.",
		"the workbook is encrypted by a sensitivity label or rights management (IRM) of Microsoft 365; only people who were given access can open it. In Excel, choose a label without encryption under File, Info or remove the restriction, and submit it again.",
	},
	"encrypted-ods": {
		"de OpenDocument-werkmap is versleuteld met een wachtwoord of een sleutel. Sla haar op zonder \"Met wachtwoord opslaan\" en lever opnieuw aan.",
		"the OpenDocument workbook is encrypted with a password or a key. Save it without \"Save with password\" and submit it again.",
	},
	"encrypted-zip": {
		"de onderdelen van dit bestand zijn versleuteld, zoals bij een zip-bestand met een wachtwoord. Lever de werkmap zelf aan, zonder versleuteling.",
		"the parts of this file are encrypted, as in a zip file with a password. Submit the workbook itself, without encryption.",
	},
	"old-xls": {
		"dit is een oude Excel-werkmap (.xls). Open hem in Excel en sla hem op als xlsx-werkmap.",
		"this is an old Excel workbook (.xls). Open it in Excel and save it as an xlsx workbook.",
	},
	"old-office": {
		"dit is een oud Office-bestand, geen werkmap. Verwacht werd een werkmap (xlsx of ods) of een CSV-bestand.",
		"this is an old Office file, not a workbook. Expected a workbook (xlsx or ods) or a CSV file.",
	},
	"message": {
		"dit is een e-mailbericht (zoals .msg van Outlook), geen werkmap. Open het bericht, sla de bijlage op en lever die aan.",
		"this is an e-mail message (such as an Outlook .msg file), not a workbook. Open the message, save the attachment and submit that.",
	},
	"xlsb": {
		"dit is een binaire Excel-werkmap (.xlsb). Open hem in Excel en sla hem op als xlsx-werkmap.",
		"this is a binary Excel workbook (.xlsb). Open it in Excel and save it as an xlsx workbook.",
	},
	"numbers": {
		"dit is een bestand van Numbers (Apple). Kies in Numbers Archief, Exporteer naar, Excel en lever de xlsx-werkmap aan.",
		"this is a Numbers (Apple) file. In Numbers choose File, Export To, Excel and submit the xlsx workbook.",
	},
	"other-document": {
		"dit is een document of presentatie van OpenOffice of LibreOffice, of een werkmap van OpenOffice 1, geen ods-werkmap. Open het in LibreOffice en sla de tabel op als ods- of xlsx-werkmap.",
		"this is a document or presentation of OpenOffice or LibreOffice, or a workbook of OpenOffice 1, not an ods workbook. Open it in LibreOffice and save the table as an ods or xlsx workbook.",
	},
	"flat-ods": {
		"dit is een plat OpenDocument-bestand (.fods). Open het in LibreOffice en sla het op als ods- of xlsx-werkmap.",
		"this is a flat OpenDocument file (.fods). Open it in LibreOffice and save it as an ods or xlsx workbook.",
	},
	"word": {
		"dit is een Word-document. Zet de tabel in Excel en sla die op als xlsx-werkmap.",
		"this is a Word document. Put the table into Excel and save that as an xlsx workbook.",
	},
	"presentation": {
		"dit is een PowerPoint-presentatie. Verwacht werd een werkmap (xlsx of ods) of een CSV-bestand.",
		"this is a PowerPoint presentation. Expected a workbook (xlsx or ods) or a CSV file.",
	},
	"other-zip": {
		"dit is een zip-bestand, geen werkmap. Pak het uit en lever de bestanden die erin zitten los aan.",
		"this is a zip file, not a workbook. Unzip it and submit the files in it one by one.",
	},
	"pdf": {
		"dit is een PDF. Vraag de afzender om de xlsx-werkmap of het CSV-bestand waarvan de PDF gemaakt is.",
		"this is a PDF. Ask the sender for the xlsx workbook or CSV file the PDF was made from.",
	},
	"html": {
		"dit is een webpagina (HTML), ook al lijkt de naam op die van een werkmap. Open het in Excel en sla het op als xlsx-werkmap.",
		"this is a web page (HTML), even if its name looks like a workbook's. Open it in Excel and save it as an xlsx workbook.",
	},
	"xml-spreadsheet": {
		"dit is een XML-werkblad van Excel 2003. Open het in Excel en sla het op als xlsx-werkmap.",
		"this is an Excel 2003 XML Spreadsheet. Open it in Excel and save it as an xlsx workbook.",
	},
	"xml": {
		"dit is een XML-bestand, geen werkmap en geen CSV-bestand. Is het een bericht van iJw, geef het dan een naam die op .xml eindigt; lever anders een werkmap (xlsx of ods) of een CSV-bestand aan.",
		"this is an XML file, not a workbook or a CSV file. If it is an iJw message, give it a name that ends in .xml; if not, submit a workbook (xlsx or ods) or a CSV file.",
	},
	"unknown-kind": {
		"dit is geen werkmap (xlsx of ods) en geen CSV-bestand. Open het in het programma waarmee het gemaakt is en sla het op als xlsx-werkmap.",
		"this is neither a workbook (xlsx or ods) nor a CSV file. Open it in the program that made it and save it as an xlsx workbook.",
	},

	// The workbook as a container.
	"damaged-zip": {
		"de werkmap is beschadigd: %v. Waarschijnlijk is zij bij het versturen afgebroken; vraag de afzender haar opnieuw te sturen.",
		"the workbook is damaged: %v. It was probably cut off during transfer; ask the sender to send it again.",
	},
	"damaged-part": {
		"de werkmap is beschadigd: %v. Open haar in Excel of LibreOffice en sla haar opnieuw op, of vraag de afzender haar opnieuw te sturen.",
		"the workbook is damaged: %v. Open it in Excel or LibreOffice and save it again, or ask the sender to send it again.",
	},
	"two-parts": {
		"de werkmap noemt twee onderdelen waar er maar een kan zijn: %s en %s. Open haar in Excel en sla haar opnieuw op.",
		"the workbook refers to two parts where there can be only one: %s and %s. Open it in Excel and save it again.",
	},
	"too-many-parts": {
		"de werkmap bestaat uit meer dan %v onderdelen, de veiligheidsgrens. Kopieer de bladen met gegevens naar een nieuwe werkmap.",
		"the workbook consists of more than %v parts, the safety limit. Copy the sheets with data into a new workbook.",
	},
	"too-many-sheets": {
		"de werkmap heeft meer dan %v bladen, de veiligheidsgrens. Kopieer de bladen met gegevens naar een nieuwe werkmap.",
		"the workbook has more than %v sheets, the safety limit. Copy the sheets with data into a new workbook.",
	},
	"too-many-styles": {
		"de werkmap heeft meer dan %v lettertypen, getalnotaties of celopmaken, de veiligheidsgrens. Kopieer de gegevens als waarden naar een nieuwe werkmap.",
		"the workbook has more than %v fonts, number formats or cell styles, the safety limit. Copy the data as values into a new workbook.",
	},
	"too-many-names": {
		"de namen in de werkmap zijn samen langer dan %v, de veiligheidsgrens. Kopieer de bladen met gegevens naar een nieuwe werkmap.",
		"the names in the workbook are longer than %v in total, the safety limit. Copy the sheets with data into a new workbook.",
	},
	"too-big": {
		"de inhoud is uitgepakt groter dan %v, de veiligheidsgrens. Deel het bestand in kleinere bestanden op.",
		"the content is larger than %v when unpacked, the safety limit. Split the file into smaller ones.",
	},
	"too-many-rows": {
		"het bestand heeft meer dan %v rijen, de veiligheidsgrens. Deel het in kleinere bestanden op.",
		"the file has more than %v rows, the safety limit. Split it into smaller ones.",
	},
	"too-many-cells": {
		"het bestand heeft meer dan %v cellen, de lege tussen gevulde meegeteld; dat is de veiligheidsgrens. Verwijder cellen ver rechts van de gegevens, of deel het bestand op.",
		"the file has more than %v cells, counting the empty ones between filled ones; that is the safety limit. Remove cells far to the right of the data, or split the file.",
	},
	"too-many-repeats": {
		"de werkmap herhaalt rijen of cellen met gegevens meer dan %v keer, de veiligheidsgrens. Verwijder de rijen en kolommen waarin dezelfde waarde tot het einde van het blad is doorgevoerd.",
		"the workbook repeats rows or cells with data more than %v times, the safety limit. Remove the rows and columns in which the same value was filled in down to the end of the sheet.",
	},
	"too-many-texts": {
		"de werkmap heeft meer dan %v verschillende teksten, of teksten die samen groter zijn dan %v, de veiligheidsgrens. Deel haar in kleinere bestanden op.",
		"the workbook has more than %v different texts, or texts larger than %v in total, the safety limit. Split it into smaller ones.",
	},

	// A sheet.
	"damaged-sheet": {
		"het blad is beschadigd bij byte %d van onderdeel %s: %v. Daarom is het hele bestand geweigerd. Open het in Excel en sla het opnieuw op, of vraag de afzender het opnieuw te sturen.",
		"the sheet is damaged at byte %d of part %s: %v. The whole file was therefore refused. Open it in Excel and save it again, or ask the sender to send it again.",
	},
	"damaged-texts": {
		"de teksten van de werkmap zijn beschadigd bij byte %d van onderdeel %s: %v. Open haar in Excel en sla haar opnieuw op, of vraag de afzender haar opnieuw te sturen.",
		"the texts of the workbook are damaged at byte %d of part %s: %v. Open it in Excel and save it again, or ask the sender to send it again.",
	},
	"text-too-long": {
		"een cel heeft meer dan %v bytes tekst. Kort de tekst in; in een CSV-bestand kan een aanhalingsteken te veel of te weinig de oorzaak zijn.",
		"a cell has more than %v bytes of text. Shorten the text; in a CSV file a missing or extra quote can be the cause.",
	},
	"row-too-long": {
		"een rij heeft meer dan %v bytes tekst. Verdeel de gegevens over meer rijen.",
		"a row has more than %v bytes of text. Spread the data over more rows.",
	},
	"too-many-columns": {
		"een rij heeft meer dan %v cellen. Controleer het scheidingsteken en de aanhalingstekens.",
		"a row has more than %v cells. Check the delimiter and the quotes.",
	},

	// CSV.
	"csv-nul": {
		"het bestand bevat een nulbyte (byte %d) en is dus geen gewone tekst. Sla het in Excel op als \"CSV UTF-8\".",
		"the file contains a NUL byte (byte %d), so it is not plain text. Save it as \"CSV UTF-8\" in Excel.",
	},
	"csv-encoding": {
		"het bestand zegt %s te zijn, maar is dat bij byte %d niet. Sla het in Excel op als \"CSV UTF-8\".",
		"the file says that it is %s, but at byte %d it is not. Save it as \"CSV UTF-8\" in Excel.",
	},
	"csv-unclosed-quote": {
		"het aanhalingsteken dat in deze rij begint, wordt nergens gesloten. Sluit het, of verdubbel aanhalingstekens die bij de tekst horen.",
		"the quote that begins in this row is never closed. Close it, or double the quotes that belong to the text.",
	},
	"csv-stray-quote": {
		"het aanhalingsteken dat in deze rij begint, loopt door over meer regels en wordt midden in een tekst gesloten; er dreigen rijen verloren te gaan. Sluit het in de rij zelf, of verdubbel aanhalingstekens die bij de tekst horen.",
		"the quote that begins in this row continues over several lines and is closed in the middle of a text; rows would be lost. Close it in the row itself, or double the quotes that belong to the text.",
	},
}
