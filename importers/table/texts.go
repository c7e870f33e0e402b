package table

// problemText is one problem in both languages.
type problemText struct{ dutch, english string }

// problemTexts are all problems by their code. A code keeps its meaning for
// ever; texts may be improved.
var problemTexts = map[string]problemText{
	// The file as a whole.
	"unreadable": {
		"het bestand kan niet worden gelezen (%v). Controleer of het bestaat, niet in een ander programma open staat en of u het mag lezen.",
		"the file cannot be read (%v). Check that it exists, is not open in another program and that you may read it.",
	},
	"empty-file": {
		"het bestand is leeg. Verwacht werd een xlsx-werkmap of een CSV-bestand; vraag de afzender het opnieuw te sturen.",
		"the file is empty. Expected an xlsx workbook or a CSV file; ask the sender to send it again.",
	},
	"internal": {
		"het bestand brengt het leesprogramma in de war en is daarom geweigerd. Open het in Excel, sla het op als nieuwe xlsx-werkmap en meld dit aan de beheerder.",
		"the file confuses the reader and was therefore refused. Open it in Excel, save it as a new xlsx workbook and report this to the administrator.",
	},

	// Not what the name says, or not a kind that can be read.
	"text-not-workbook": {
		"dit is een tekstbestand, terwijl de naam op %s eindigt. Open het in Excel en sla het op als xlsx-werkmap, of geef een CSV-bestand de naam .csv.",
		"this is a text file, although its name ends in %s. Open it in Excel and save it as an xlsx workbook, or name a CSV file .csv.",
	},
	"workbook-not-csv": {
		"dit is een xlsx-werkmap, terwijl de naam op %s eindigt. Geef het bestand de naam .xlsx, of sla het in Excel op als CSV.",
		"this is an xlsx workbook, although its name ends in %s. Name the file .xlsx, or save it as CSV in Excel.",
	},
	"encrypted": {
		"de werkmap is versleuteld met een wachtwoord. Haal het wachtwoord eraf (Excel: Bestand, Info, Werkmap beveiligen) en lever opnieuw aan.",
		"the workbook is encrypted with a password. Remove the password (Excel: File, Info, Protect Workbook) and deliver it again.",
	},
	"old-xls": {
		"dit is een oude Excel-werkmap (.xls). Open hem in Excel en sla hem op als xlsx-werkmap.",
		"this is an old Excel workbook (.xls). Open it in Excel and save it as an xlsx workbook.",
	},
	"old-office": {
		"dit is een oud Office-bestand, geen werkmap. Verwacht werd een xlsx-werkmap of een CSV-bestand.",
		"this is an old Office file, not a workbook. Expected an xlsx workbook or a CSV file.",
	},
	"xlsb": {
		"dit is een binaire Excel-werkmap (.xlsb). Open hem in Excel en sla hem op als xlsx-werkmap.",
		"this is a binary Excel workbook (.xlsb). Open it in Excel and save it as an xlsx workbook.",
	},
	"ods": {
		"dit is een OpenDocument-bestand (zoals .ods van LibreOffice). Sla het op als xlsx-werkmap.",
		"this is an OpenDocument file (such as .ods of LibreOffice). Save it as an xlsx workbook.",
	},
	"word": {
		"dit is een Word-document. Zet de tabel in Excel en sla die op als xlsx-werkmap.",
		"this is a Word document. Put the table into Excel and save that as an xlsx workbook.",
	},
	"presentation": {
		"dit is een PowerPoint-presentatie. Verwacht werd een xlsx-werkmap of een CSV-bestand.",
		"this is a PowerPoint presentation. Expected an xlsx workbook or a CSV file.",
	},
	"other-zip": {
		"dit is een zip-bestand, geen xlsx-werkmap. Pak het uit en lever de bestanden die erin zitten los aan.",
		"this is a zip file, not an xlsx workbook. Unpack it and deliver the files inside it one by one.",
	},
	"pdf": {
		"dit is een PDF. Vraag de afzender om de xlsx-werkmap of het CSV-bestand waarvan de PDF gemaakt is.",
		"this is a PDF. Ask the sender for the xlsx workbook or CSV file that the PDF was made from.",
	},
	"html": {
		"dit is een webpagina (HTML), ook al lijkt de naam op die van een werkmap. Open het in Excel en sla het op als xlsx-werkmap.",
		"this is a web page (HTML), even if its name looks like a workbook's. Open it in Excel and save it as an xlsx workbook.",
	},
	"xml-spreadsheet": {
		"dit is een XML-werkblad van Excel 2003. Open het in Excel en sla het op als xlsx-werkmap.",
		"this is an XML Spreadsheet of Excel 2003. Open it in Excel and save it as an xlsx workbook.",
	},
	"xml": {
		"dit is een XML-bestand; XML wordt hier nog niet gelezen. Lever een xlsx-werkmap of een CSV-bestand aan.",
		"this is an XML file; XML is not supported yet. Deliver an xlsx workbook or a CSV file.",
	},
	"unknown-kind": {
		"dit is geen xlsx-werkmap en geen CSV-bestand. Open het in het programma waarmee het gemaakt is en sla het op als xlsx-werkmap.",
		"this is neither an xlsx workbook nor a CSV file. Open it in the program that made it and save it as an xlsx workbook.",
	},

	// The workbook as a container.
	"damaged-zip": {
		"de werkmap is beschadigd (%v). Waarschijnlijk is zij bij het versturen afgebroken; vraag de afzender haar opnieuw te sturen.",
		"the workbook is damaged (%v). It was probably cut off on its way; ask the sender to send it again.",
	},
	"damaged-part": {
		"de werkmap is beschadigd: onderdeel %s %v. Open haar in Excel en sla haar opnieuw op, of vraag de afzender haar opnieuw te sturen.",
		"the workbook is damaged: part %s %v. Open it in Excel and save it again, or ask the sender to send it again.",
	},
	"too-many-parts": {
		"de werkmap bestaat uit %d onderdelen; meer dan %d wordt niet gelezen. Kopieer de bladen met gegevens naar een nieuwe werkmap.",
		"the workbook consists of %d parts; no more than %d are read. Copy the sheets with data into a new workbook.",
	},
	"too-big": {
		"de inhoud is uitgepakt groter dan %v, de veiligheidsgrens. Deel het bestand in kleinere bestanden op.",
		"the content is larger than %v when unpacked, the safety limit. Split the file into smaller ones.",
	},
	"too-many-rows": {
		"het bestand heeft meer dan %v rijen, de veiligheidsgrens. Deel het in kleinere bestanden op.",
		"the file has more than %v rows, the safety limit. Split it into smaller ones.",
	},
	"too-many-texts": {
		"de werkmap heeft meer dan %d verschillende teksten, de veiligheidsgrens. Deel haar in kleinere bestanden op.",
		"the workbook has more than %d different texts, the safety limit. Split it into smaller ones.",
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
		"een cel heeft meer dan %d bytes tekst. Kort de tekst in; in een CSV-bestand kan een aanhalingsteken te veel of te weinig de oorzaak zijn.",
		"a cell has more than %d bytes of text. Shorten the text; in a CSV file a missing or extra quote can be the cause.",
	},
	"row-too-long": {
		"een rij heeft meer dan %d bytes tekst. Verdeel de gegevens over meer rijen.",
		"a row has more than %d bytes of text. Spread the data over more rows.",
	},
	"too-many-columns": {
		"een rij heeft meer dan %d cellen. Controleer het scheidingsteken en de aanhalingstekens.",
		"a row has more than %d cells. Check the delimiter and the quotes.",
	},

	// CSV.
	"csv-nul": {
		"het bestand bevat een nulbyte (byte %d) en is dus geen gewone tekst. Sla het in Excel op als \"CSV UTF-8\".",
		"the file contains a NUL byte (byte %d) and so is no plain text. Save it as \"CSV UTF-8\" in Excel.",
	},
	"csv-encoding": {
		"het bestand zegt %s te zijn, maar is dat bij byte %d niet. Sla het in Excel op als \"CSV UTF-8\".",
		"the file says it is %s but at byte %d it is not. Save it as \"CSV UTF-8\" in Excel.",
	},
	"csv-unclosed-quote": {
		"het aanhalingsteken dat in deze rij begint, wordt nergens gesloten. Sluit het, of verdubbel aanhalingstekens die bij de tekst horen.",
		"the quote that begins in this row is never closed. Close it, or double the quotes that belong to the text.",
	},
	"csv-stray-quote": {
		"het aanhalingsteken dat in deze rij begint, loopt door over meer regels en wordt midden in een tekst gesloten; er dreigen rijen verloren te gaan. Sluit het in de rij zelf, of verdubbel aanhalingstekens die bij de tekst horen.",
		"the quote that begins in this row runs on over more lines and is closed in the middle of a text; rows would be lost. Close it in the row itself, or double the quotes that belong to the text.",
	},
}
