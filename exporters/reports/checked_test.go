package reports_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/reports"
)

// TestChecked: the workbook of the findings on files that are not sent in counts its rows by what a run would make of them, tells
// what to correct, and has the sheets for which there are rows, each with its own.
func TestChecked(t *testing.T) {
	const (
		choose = "Kies op de bladen Uren en Dagdelen onder ‘Uitkomst pxq’ de regels met ‘afgewezen’. De cel die niet klopt is rood omkaderd en heeft een notitie."
		mend   = "Verbeter die cellen, bewaar dit bestand en lever het aan in plaats van het gecontroleerde. Alleen de bladen Uren en Dagdelen worden gelezen."
		first  = "Deze regels worden zo afgewezen: herstel ze eerst; zie hieronder. Het bedrag is dat van de regels met een bekende prijs."
	)
	for name, c := range map[string]struct {
		again           int
		outcomes        []billing.Outcome // of the rows; none for all
		byMessage       int               // rows that came by message
		overview, below []string          // of the first sheet, and what it says first of what to do
		sheets          string            // with their numbers of rows
	}{
		"everything": {again: 2, byMessage: 1, overview: []string{
			"AGB-code|01000001", "Stand per|46335", "", "Uitkomst|Wat het betekent|Zorgregels|Bedrag",
			"Zonder bezwaar|In deze regels is niets gevonden dat hen tegenhoudt.|55|17379.75", "Uitval|Deze regels beoordeelt de regio als u ze instuurt.|10|1168.1",
			"Afgewezen|" + first + "|25|1752.15", "Vervangen of ingetrokken|Hiervoor kwam een nieuwere regel in de plaats, of u trok iets in.|10",
			"Al eerder ontvangen|Gelijk aan wat er al was; dit telt niet dubbel.|2", "Samen||102", "",
		}, below: []string{choose, mend}, sheets: "Uren 74, Dagdelen 15, Prestaties 1, Vervangen 10"},
		"nothing to correct": {outcomes: []billing.Outcome{billing.Accepted, billing.Pending}, overview: []string{
			"AGB-code|01000001", "Stand per|46335", "", "Uitkomst|Wat het betekent|Zorgregels|Bedrag",
			"Zonder bezwaar|In deze regels is niets gevonden dat hen tegenhoudt.|55|17379.75", "Uitval|Er wacht niets op een besluit.|0|0", "Afgewezen|Er is niets afgewezen.|0|0",
			"Samen||55", "",
		}, below: []string{"Niets: er is niets afgewezen en er wacht niets op een besluit."}, sheets: "Uren 40, Dagdelen 15"},
	} {
		d := newDemo(300)
		for i := range c.byMessage {
			d.rows[30*i].Record.Prestatie = &billing.Prestatie{Unit: "04", Volume: 2, Claimed: 186_90}
		}
		dir := t.TempDir()
		file, err := reports.WriteChecked(t.Context(), dir, "01000001", &d.report, c.again, func(row *report.Row) bool {
			return row.Record.Provider == "01000001" && (c.outcomes == nil || slices.Contains(c.outcomes, row.Outcome))
		})
		if err != nil {
			t.Fatal(err)
		}
		book := open(t, filepath.Join(dir, file.Name))
		var overview, sheets, linked []string
		for _, row := range rowsOf(t, book, "Overzicht") {
			overview = append(overview, strings.Join(row, "|"))
		}
		for _, sheet := range book.GetSheetList()[1:] {
			sheets = append(sheets, fmt.Sprintf("%s %d", sheet, len(rowsOf(t, book, sheet))-headingRow))
		}
		from, to, links := slices.Index(overview, "AGB-code|01000001"), slices.Index(overview, "Wat te doen"), slices.Index(overview, "Bladen")
		if from < 0 || to < 0 || links < 0 {
			t.Fatalf("%s: the first sheet is %q", name, overview)
		}
		for _, line := range overview[links+1:] {
			sheet, _, _ := strings.Cut(line, "|")
			linked = append(linked, sheet)
		}
		if got := overview[from:to]; !slices.Equal(got, c.overview) {
			t.Errorf("%s: the first sheet begins with %q", name, got)
		}
		if got := overview[to+1 : to+1+len(c.below)]; !slices.Equal(got, c.below) {
			t.Errorf("%s: to do %q", name, got)
		}
		if got := strings.Join(sheets, ", "); got != c.sheets || !slices.Equal(linked, book.GetSheetList()[1:]) {
			t.Errorf("%s: sheets %s, links to %q", name, got, linked)
		}
	}
}

// TestCheckedOfUnknown: of a provider that is not in the book, whose name is not known, the title has the AGB code.
func TestCheckedOfUnknown(t *testing.T) {
	for agb, want := range map[string]string{"01000001": "Bevindingen Voorbeeld Wonen", "12345678": "Bevindingen AGB-code 12345678"} {
		d := newDemo(60)
		dir := t.TempDir()
		file, err := reports.WriteChecked(t.Context(), dir, agb, &d.report, 0, func(row *report.Row) bool { return row.Record.Provider == agb })
		if err != nil {
			t.Fatal(err)
		}
		if rows := rowsOf(t, open(t, filepath.Join(dir, file.Name)), "Overzicht"); !strings.Contains(rows[0][0], want) {
			t.Errorf("%s: the title is %q, want %q", agb, rows[0], want)
		}
	}
}
