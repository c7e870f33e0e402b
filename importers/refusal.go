package importers

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/importers/table"
)

// Refusal explains why a file is not taken in, addressed to the person who has to correct it: what was found,
// what was expected and what to do. It is a *table.Problem, an *ijw.Refusal for a message, or rates.Problems for a book.
type Refusal interface {
	error
	In(lang string) string // the text with the place in the file: Dutch for "nl", else English
}

var _ Refusal = (*table.Problem)(nil)

// The codes of the refusals of this package.
const (
	RefusedOwnReport    = "own-report"       // a workbook that pxq wrote for others to read
	RefusedBook         = "book-as-import"   // a table of the contract book
	RefusedHeading      = "no-heading-row"   // no sheet has a heading row
	RefusedOneColumn    = "one-column"       // one cell holds all headings
	RefusedHidden       = "hidden-sheet"     // a sheet with a heading row is hidden
	RefusedSameHeading  = "same-heading"     // two columns have the same heading
	RefusedDiffering    = "columns-differ"   // two columns of one meaning differ in a row
	RefusedBeyond       = "beyond-headings"  // a row of a CSV file has a filled cell beyond the last heading
	RefusedMonthDayYear = "month-day-year"   // a column has dates that can only be month-day-year
	RefusedTooLong      = "text-too-long"    // a cell or the name of a sheet is too long to be found by
	RefusedNoTables     = "book-no-tables"   // a workbook in contract/ without a table of the book
	RefusedFormula      = "book-formula"     // a formula in the book without a stored value
	RefusedFolder       = "book-unreachable" // contract/ cannot be read
)

// refuse returns a refusal of a file; its texts are formatted by billing.Texts.
func refuse(code, path, dutch, english string, args ...any) *table.Problem {
	text := billing.Texts(dutch, english, args...)
	return &table.Problem{Code: code, File: path, Dutch: text.Dutch, English: text.English}
}

// refuseRow returns a refusal because of a row; the caller adds the file and the sheet (see at).
func refuseRow(code string, row int, dutch, english string, args ...any) *table.Problem {
	refused := refuse(code, "", dutch, english, args...)
	refused.Row = row
	return refused
}

// at adds the file and the sheet to the refusal of a row.
func (r *reading) at(refused *table.Problem, sheet string) error {
	refused.File, refused.Sheet = r.path, sheet
	return refused
}

// cellName returns the name of a cell as a spreadsheet shows it: G217.
func cellName(column, row int) string { return table.ColumnName(column) + strconv.Itoa(row) }

// refuseOwnReport refuses the reports of pxq itself, recognised by the kind that they are marked with.
func refuseOwnReport(path, kind string) error {
	switch kind {
	case kindMunicipality, kindRegion, kindYear:
		return refuse(RefusedOwnReport, path,
			"dit is het rapport %s.xlsx dat pxq zelf schreef; het bevat uitkomsten, geen aanlevering. Lever het oorspronkelijke bestand van de aanbieder aan, of een retourbestand (retour-….xlsx) met verbeteringen.",
			"this is the report %s.xlsx that pxq itself wrote; it contains results, not a submission. Submit the provider's original file, or a return file (retour-….xlsx) with corrections.",
			kind)
	}
	return nil
}

// refuseHidden refuses a hidden sheet that would be read.
func refuseHidden(row int) *table.Problem {
	return refuseRow(RefusedHidden, row,
		"dit blad is verborgen en heeft een rij met kolomkoppen. Wat erop staat zou worden ingelezen zonder dat iemand het ziet. Maak het blad zichtbaar of verwijder het, en lever het bestand opnieuw aan.",
		"this sheet is hidden and has a heading row. Its contents would be imported without anyone seeing them. Make the sheet visible or delete it, and submit the file again.")
}

// refuseSameHeading refuses two columns with the same heading.
func refuseSameHeading(row int, first, other heading) *table.Problem {
	return refuseRow(RefusedSameHeading, row,
		"cel %s en cel %s hebben dezelfde kop ‘%s’; welke van de twee kolommen telt, is niet te zeggen. Verwijder de ene kolom of geef haar een andere kop, en lever het bestand opnieuw aan.",
		"cell %s and cell %s have the same heading “%s”; it is unclear which of the two columns counts. Delete one of them or give it a different heading, and submit the file again.",
		cellName(first.place, row), cellName(other.place, row), billing.Mask(first.text))
}

// refuseDiffering refuses two columns of one meaning that differ in a row.
func refuseDiffering(row int, t duplicate, cells [2]table.Cell, isPersonal bool) *table.Problem {
	args := make([]any, 0, 6)
	for i, heading := range t.headings {
		says := " ‘" + maskedText(cells[i]) + "’"
		if isPersonal {
			says = ""
		}
		args = append(args, cellName(heading.place, row), says, billing.Mask(heading.text))
	}
	return refuseRow(RefusedDiffering, row,
		"cel %s%s (kolom %s) en cel %s%s (kolom %s) horen hetzelfde te zeggen en verschillen; welke van de twee telt, is niet te zeggen. Verwijder de kolom die niet bedoeld is of geef haar een andere kop, en lever het bestand opnieuw aan.",
		"cell %s%s (column %s) and cell %s%s (column %s) should say the same but differ; it is unclear which of the two counts. Delete the column that is not meant or give it a different heading, and submit the file again.",
		args...)
}

// refuseBeyond refuses a row of a CSV file with a filled cell beyond the last heading. The text of the cell is not
// shown, because in a row whose cells have shifted it may be anything, a BSN too.
func refuseBeyond(row, column, headings int) *table.Problem {
	return refuseRow(RefusedBeyond, row,
		"deze rij heeft meer cellen dan er koppen zijn: cel %s is gevuld, achter de laatste van de %d koppen. Meestal komt dat door een decimale komma in een bestand dat met komma's is gescheiden; de cellen erachter zijn dan verschoven. Zet zulke getallen tussen aanhalingstekens, scheid met puntkomma's of lever een xlsx-werkmap aan.",
		"this row has more cells than there are headings: cell %s is filled, after the last of the %d headings. This is usually caused by a decimal comma in a comma-separated file; the cells after it have then shifted. Put such numbers in quotes, separate with semicolons or submit an xlsx workbook.",
		cellName(column, row), headings)
}

// refuseMonthDayYear refuses a column with a date that can only be month-day-year. A birth date is not shown.
func refuseMonthDayYear(row, column int, heading string, cell table.Cell, isBirthDate bool) *table.Problem {
	says := " ‘" + maskedText(cell) + "’"
	if isBirthDate {
		says = ""
	}
	return refuseRow(RefusedMonthDayYear, row,
		"cel %s (kolom %s) is een datum%s die alleen als maand-dag-jaar bestaat. Van de andere datums in die kolom is dan niet te zeggen of zij dag-maand-jaar of maand-dag-jaar zijn. Schrijf de hele kolom als dag-maand-jaar (31-10-2026) of jaar-maand-dag (2026-10-31), en lever het bestand opnieuw aan.",
		"cell %s (column %s) is a date%s that is only valid as month-day-year. It is then unclear whether the other dates in that column are day-month-year or month-day-year. Write the whole column as day-month-year (31-10-2026) or year-month-day (2026-10-31), and submit the file again.",
		cellName(column, row), heading, says)
}

// refuseTooLong refuses a cell whose text is too long to find a record or referral by. Its text may hold whole rows, and is not shown.
func refuseTooLong(row, column int, heading string, cell table.Cell) *table.Problem {
	return refuseRow(RefusedTooLong, row,
		"cel %s (kolom %s) heeft %d tekens, en er passen er %d. Meestal staat er een aanhalingsteken te veel in een CSV-bestand, waardoor regels samen in één cel staan. Herstel de cel en lever het bestand opnieuw aan.",
		"cell %s (column %s) has %d characters, and %d fit. Usually a CSV file has one quotation mark too many, so that rows end up in one cell. Correct the cell and submit the file again.",
		cellName(column, row), billing.Mask(heading), utf8.RuneCountInString(cell.Text), identifierMost)
}

// refuseLongName refuses a sheet whose name is too long to find its rows by.
func (r *reading) refuseLongName(name string) error {
	return refuse(RefusedTooLong, r.path,
		"een blad heeft een naam van %d tekens, en er passen er %d. Geef het blad een kortere naam en lever het bestand opnieuw aan.",
		"a sheet has a name of %d characters, and %d fit. Give the sheet a shorter name and submit the file again.",
		utf8.RuneCountInString(name), identifierMost)
}

// refuseNoHeading refuses a file without a sheet that has a heading row.
func (r *reading) refuseNoHeading() error {
	if r.joined != nil {
		return r.refuseOneColumn()
	}
	if r.book != "" {
		return refuse(RefusedBook, r.path,
			"dit lijkt de tabel %[1]s van het contractenboek, geen aanlevering, toewijzingen of besluiten. Zet het boek in de map contract/ van de werkmap; pxq leest het daar bij elke run.",
			"this looks like the table %[1]s of the contract book, not a submission, referrals or decisions. Put the book in the folder contract/ of the workspace; pxq reads it there at every run.",
			r.book)
	}
	nearestDutch, nearestEnglish := r.best.texts()
	headings := strings.Join(billing.FieldHeadings[1:], ", ")
	return &table.Problem{
		Code: RefusedHeading, File: r.path,
		Dutch: fmt.Sprintf("geen blad heeft een rij met kolomkoppen: in de eerste %d rijen zijn minstens %d van deze koppen nodig: %s "+
			"(of die van toewijzingen of besluiten). %s Zet de koppen boven de gegevens; `pxq template submission` maakt een leeg voorbeeld.",
			headingRowsMax, headingsNeeded, headings, nearestDutch),
		English: fmt.Sprintf("no sheet has a heading row: one of its first %d rows must contain at least %d of these headings: %s "+
			"(or those of referrals or decisions). %s Put the headings above the data; `pxq template submission` makes an empty example.",
			headingRowsMax, headingsNeeded, headings, nearestEnglish),
	}
}

// refuseOneColumn refuses a file in which one cell holds all headings.
func (r *reading) refuseOneColumn() error {
	if r.isCSV && r.joined.mark == "|" {
		return refuse(RefusedOneColumn, r.path,
			"de koppen zijn gescheiden door ‘|’; verwacht worden puntkomma's, komma's of tabs. Sla het bestand opnieuw op met puntkomma's, of als xlsx-werkmap.",
			"the headings are separated by “|”; expected semicolons, commas or tabs. Save the file again with semicolons, or as an xlsx workbook.")
	}
	column := strings.TrimRight(r.joined.cell, "0123456789")
	dutch, english := "‘"+r.joined.mark+"’", "“"+r.joined.mark+"”"
	if r.joined.mark == "\t" {
		dutch, english = "een tab", "a tab"
	}
	refused := &table.Problem{
		Code: RefusedOneColumn, Sheet: r.joined.sheet,
		Dutch: fmt.Sprintf("alles staat in kolom %s: cel %s bevat alle koppen, met %s ertussen. Zet elke kop in een eigen kolom (Excel: kolom %[1]s kiezen, Gegevens, Tekst naar kolommen, gescheiden door %[3]s) en sla het bestand op als xlsx-werkmap; of lever het CSV-bestand aan waaruit het gemaakt is.",
			column, r.joined.cell, dutch),
		English: fmt.Sprintf("everything is in column %s: cell %s contains all headings, with %s between them. Put each heading in its own column (Excel: select column %[1]s, Data, Text to Columns, delimited by %[3]s) and save the file as an xlsx workbook; or submit the CSV file it was made from.",
			column, r.joined.cell, english),
	}
	return r.at(refused, refused.Sheet)
}

// texts describes, in Dutch and English, the row that came closest to being a heading row.
func (m nearMiss) texts() (dutch, english string) {
	if len(m.found) == 0 {
		return "Geen enkele kop werd gevonden.", "None of the headings was found."
	}
	shown := make([]string, len(m.found))
	for i, text := range m.found {
		shown[i] = billing.Mask(text)
	}
	sheetDutch, sheetEnglish := "", ""
	if m.sheet != "" {
		sheetDutch, sheetEnglish = "blad "+m.sheet+", ", "sheet "+m.sheet+", "
	}
	list := strings.Join(shown, ", ")
	if len(shown) >= headingsNeeded { // enough, but not the one that identifies decisions or referrals
		return fmt.Sprintf("In %srij %d staan er %d, maar niet genoeg van een aanlevering, en niet die zegt dat het besluiten (Besluit) of toewijzingen (Ingangsdatum) zijn: %s.", sheetDutch, m.row, len(shown), list),
			fmt.Sprintf("In %srow %d there are %d, but not enough for a submission, and not the one that shows that these are decisions (Besluit) or referrals (Ingangsdatum): %s.", sheetEnglish, m.row, len(shown), list)
	}
	return fmt.Sprintf("Het dichtst erbij komt %srij %d, met %d: %s.", sheetDutch, m.row, len(shown), list),
		fmt.Sprintf("The closest is %srow %d, with %d: %s.", sheetEnglish, m.row, len(shown), list)
}
