package reports_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/pxq-nl/pxq/billing"
)

// rowsOf returns the cells of a sheet, as they are stored.
func rowsOf(t *testing.T, file *excelize.File, sheet string) [][]string {
	t.Helper()
	rows, err := file.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// under returns the first row with the given first cell below a row that starts with the title.
func under(t *testing.T, rows [][]string, title, first string) []string {
	t.Helper()
	found := false
	for _, row := range rows {
		switch {
		case len(row) == 0:
		case row[0] == title:
			found = true
		case found && row[0] == first:
			return row
		}
	}
	t.Fatalf("no %q under %q", first, title)
	return nil
}

// TestHowLongHeld expects, for every reason, the day since which the oldest record is held and the number of days from
// then to the day of the run; and the same for each hold, with the use of its referral.
func TestHowLongHeld(t *testing.T) {
	dir, _ := written(t, newDemo(300))
	file := open(t, filepath.Join(dir, "uitval.xlsx"))
	oldest := map[string]string{"L01": "46296 39", "U02": "46335 0", "S01": ""} // 1 October and 9 November 2026; not known
	rows := rowsOf(t, file, "Overzicht")
	for code, want := range oldest {
		for _, title := range []string{"Uitval per reden", "Uitval per reden en aanbieder"} {
			row := under(t, rows, title, code)
			if got := strings.Join(row[min(len(row), 7):], " "); got != want && title == "Uitval per reden" {
				t.Errorf("%s, %s: held since %q, want %q", title, code, got, want)
			}
		}
	}
	text := allText(t, file, "Overzicht")
	for _, want := range []string{"De oudste wacht sinds 01-10-2026. Dagen tot 09-11-2026: 39.", "Besluiten ingevuld, van de 45 die gevraagd worden:"} {
		if !strings.Contains(text, want) {
			t.Errorf("the first sheet does not say %q", want)
		}
	}
	const sheet = "Uitval"
	cell := func(heading, row string) string {
		value, err := file.GetCellValue(sheet, columnOf(t, file, sheet, heading)+row)
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
	if code, since, days, room := cell("Code", "7"), cell("In uitval sinds", "7"), cell("Dagen in uitval", "7"), cell("Gebruikte ruimte", "7"); code != "L01" ||
		since != "04-10-2026" || days != "36" || room != "oktober 2026: 1,00 van 18,00 uur\nhele toewijzing: 15,00 van 400,00 uur" {
		t.Errorf("%s since %s, %s days, %q", code, since, days, room)
	}
}

// TestDecisionsAreCountedAndNeedReasons expects the number of decisions as a formula, and a missing reason to be marked.
func TestDecisionsAreCountedAndNeedReasons(t *testing.T) {
	dir, _ := written(t, newDemo(300))
	file := open(t, filepath.Join(dir, "uitval.xlsx"))
	counted := false
	for row := 1; row < 12; row++ {
		cell, _ := excelize.CoordinatesToCellName(3, row)
		if formula, err := file.GetCellFormula("Overzicht", cell); err == nil && formula == "COUNTA('Uitval'!E6:E50)" {
			counted = true
		}
	}
	if decision := columnOf(t, file, "Uitval", "Besluit"); !counted || decision != "E" {
		t.Errorf("decisions, in column %s, are not counted", decision)
	}
	marks, err := file.GetConditionalFormats("Uitval")
	if err != nil || len(marks) != 1 {
		t.Fatalf("marks %v %v", marks, err)
	}
	for area, rules := range marks {
		if area != "F6:F50" || columnOf(t, file, "Uitval", "Reden") != "F" || rules[0].Criteria != `AND(OR($E6="akkoord",$E6="afwijzen"),TRIM($F6)="")` {
			t.Errorf("%s: %s", area, rules[0].Criteria)
		}
	}
}

// TestCrossesAddUp expects the tables of the region by municipality to add up to the declaration, by row and by column.
func TestCrossesAddUp(t *testing.T) {
	d := newDemo(300)
	dir, _ := written(t, d)
	file := open(t, filepath.Join(dir, "regio.xlsx"))
	want := billing.Money(0)
	for i := range d.lines {
		want += d.lines[i].Amount
	}
	for _, sheet := range []string{"Aanbieders per gemeente", "Producten per gemeente"} {
		rows := rowsOf(t, file, sheet)
		headings := rows[headingRow-1]
		if strings.Join(headings[2:], ",") != "Goirle,Tilburg,Waalwijk,Totaal" {
			t.Errorf("%s: headings %q", sheet, headings)
		}
		all := billing.Money(0)
		for i := range rows[headingRow:] {
			sum := billing.Money(0)
			for column := 3; column <= len(headings); column++ {
				cell, _ := excelize.CoordinatesToCellName(column, headingRow+1+i)
				switch amount := cents(t, file, sheet, cell); {
				case column < len(headings):
					sum += amount
				case amount != sum:
					t.Errorf("%s row %d: %s, its cells %s", sheet, headingRow+1+i, amount, sum)
				}
			}
			all += sum
		}
		if all != want {
			t.Errorf("%s: %s, the ledger %s", sheet, all, want)
		}
	}
}

// TestCeilings expects every ceiling on its sheet, and those that need attention on the first one.
func TestCeilings(t *testing.T) {
	dir, _ := written(t, newDemo(60))
	file := open(t, filepath.Join(dir, "regio.xlsx"))
	verdict := columnOf(t, file, "Budgetplafonds", "Oordeel")
	for row, want := range map[string]string{"6": "nadert het plafond", "7": "binnen het plafond", "8": "komt er bij gelijk tempo boven", "9": "boven het plafond"} {
		if got, err := file.GetCellValue("Budgetplafonds", verdict+row); err != nil || got != want {
			t.Errorf("row %s: %q, want %q (%v)", row, got, want, err)
		}
	}
	_, near, found := strings.Cut(allText(t, file, "Samenvatting"), "Budgetplafonds die aandacht vragen")
	near, _, _ = strings.Cut(near, "Kwaliteit van de aanleveringen")
	if !found || strings.Contains(near, "binnen het plafond") || strings.Count(near, "2026") != 3 {
		t.Errorf("near: %q", near)
	}
}

// TestChangesAfterwards expects the costs of changes by cause: of the region all, of a municipality its own.
func TestChangesAfterwards(t *testing.T) {
	dir, _ := written(t, newDemo(60))
	const title = "Wat wijzigingen achteraf kosten"
	region := rowsOf(t, open(t, filepath.Join(dir, "regio.xlsx")), "Samenvatting")
	if row := under(t, region, title, "gewijzigde toewijzingen"); strings.Join(row[1:], " ") != "-89 10 -79" {
		t.Errorf("region: %q", row)
	}
	town := open(t, filepath.Join(dir, "gemeente-0855-Tilburg.xlsx"))
	if row := under(t, rowsOf(t, town, "Samenvatting"), title, "gewijzigde toewijzingen"); strings.Join(row[1:], " ") != "-12 10 -2" {
		t.Errorf("municipality: %q", row)
	}
	if rows := rowsOf(t, town, "Wijzigingen achteraf"); len(rows) != headingRow+2 {
		t.Errorf("%d changes", len(rows)-headingRow)
	}
	if sheets := open(t, filepath.Join(dir, "gemeente-0867-Waalwijk.xlsx")).GetSheetList(); strings.Contains(strings.Join(sheets, ","), "achteraf") {
		t.Error("a municipality without changes has a sheet of them")
	}
}
