package importers

import (
	"fmt"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/importers/table"
)

// Refusal is why a file is not taken in, in the words of the person who has to put it right: what was found,
// what was expected and what to do. It is a *table.Problem, or rates.Problems for a book.
type Refusal interface {
	error
	In(lang string) string // Dutch for "nl", else English, with the place in the file
}

var _ Refusal = (*table.Problem)(nil)

// The codes of the refusals of this package.
const (
	RefusedOwnReport = "own-report"       // a workbook that pxq wrote for others to read
	RefusedBook      = "book-as-import"   // a table of the contract book
	RefusedHeading   = "no-heading-row"   // no sheet has a heading row
	RefusedNoTables  = "book-no-tables"   // a workbook in contract/ without a table of the book
	RefusedFolder    = "book-unreachable" // contract/ cannot be read
)

// refuse makes a refusal of a file; the texts are formats of the same arguments.
func refuse(code, path, dutch, english string, args ...any) *table.Problem {
	return &table.Problem{Code: code, File: path, Dutch: fmt.Sprintf(dutch, args...), English: fmt.Sprintf(english, args...)}
}

// refuseOwn refuses the workbooks of pxq that hold results, by the kind that they are marked with.
func refuseOwn(path, kind string) error {
	switch kind {
	case kindMunicipality, kindRegion, kindYear:
		return refuse(RefusedOwnReport, path,
			"dit is het rapport %s.xlsx dat pxq zelf schreef; het bevat uitkomsten, geen aanlevering. Lever het oorspronkelijke bestand van de aanbieder aan, of een retourbestand (retour-….xlsx) met verbeteringen.",
			"this is the report %s.xlsx that pxq itself wrote; it holds results, no submission. Deliver the provider's own file, or a return file (retour-….xlsx) with corrections.",
			kind)
	}
	return nil
}

// refuseNoHeading refuses a file of which no sheet has a heading row.
func (r *reading) refuseNoHeading() error {
	if r.book != "" {
		return refuse(RefusedBook, r.path,
			"dit lijkt de tabel %[1]s van het contractenboek, geen aanlevering, toewijzingen of besluiten. Zet het boek in de map contract/ van de werkmap; pxq leest het daar bij elke run.",
			"this looks like the table %[1]s of the contract book, no submission, referrals or decisions. Put the book in the folder contract/ of the workspace; pxq reads it there at every run.",
			r.book)
	}
	nearestDutch, nearestEnglish := r.best.texts()
	headings := strings.Join(billing.FieldHeadings[1:], ", ")
	return &table.Problem{
		Code: RefusedHeading, File: r.path,
		Dutch: fmt.Sprintf("geen blad heeft een rij met kolomkoppen: in de eerste %d rijen zijn minstens %d van deze koppen nodig: %s "+
			"(of die van toewijzingen of besluiten). %s Zet de koppen boven de gegevens; `pxq template submission` maakt een leeg voorbeeld.",
			headingRowsMax, headingsNeeded, headings, nearestDutch),
		English: fmt.Sprintf("no sheet has a heading row: one of its first %d rows must hold at least %d of these headings: %s "+
			"(or those of referrals or decisions). %s Put the headings above the data; `pxq template submission` makes an empty example.",
			headingRowsMax, headingsNeeded, headings, nearestEnglish),
	}
}

// texts returns in Dutch and English which row came nearest to a heading row.
func (m nearMiss) texts() (dutch, english string) {
	if len(m.found) == 0 {
		return "Geen enkele kop werd gevonden.", "None was found."
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
	return fmt.Sprintf("Het dichtst erbij komt %srij %d, met %d: %s.", sheetDutch, m.row, len(shown), list),
		fmt.Sprintf("Nearest is %srow %d, with %d: %s.", sheetEnglish, m.row, len(shown), list)
}
