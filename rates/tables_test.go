package rates_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/rates"
)

func TestTablesMissingUnknownAndTwice(t *testing.T) {
	tables := tablesOf(smallBook())
	renamed := slices.Clone(tables)
	renamed[3].Name = "gebiden"
	empty := slices.Clone(tables)
	empty[3].Rows = []rates.TableRow{{Number: 1, Cells: []string{" ", "\u00a0"}}}
	workbook := []rates.Table{}
	for _, table := range tables[:6] {
		table.File, table.Sheet = "boek.xlsx", table.Name
		workbook = append(workbook, table)
	}
	for _, test := range []struct {
		name   string
		tables []rates.Table
		want   string
	}{
		{"unknown, and so missing", renamed, `
gebieden.csv: de tabel gebieden ontbreekt; het boek heeft haar nodig, ook als zij geen rijen heeft. Voeg haar toe met de kolommen code, naam, bron
gebieden.csv: "gebiden" is geen tabel van het boek; de tabellen zijn segmenten, producten, gemeenten, gebieden, aanbieders, contracten, tarieven. Hernoem of verwijder haar; bedoelt u "gebieden"?`},
		{"twice", append(slices.Clone(tables), tables[0]), `
segmenten.csv: de tabel segmenten is er twee keer, ook in "segmenten.csv"; houd er één over`},
		{"empty", empty, `
gebieden.csv: de tabel gebieden is leeg, ook zonder kolomkoppen; verwacht de koppen code, naam, bron`},
		{"missing in a workbook", workbook, `
boek.xlsx, blad tarieven: de tabel tarieven ontbreekt; het boek heeft haar nodig, ook als zij geen rijen heeft. Voeg haar toe met de kolommen productcode, eenheid, agb, tarief, van, tot, bron`},
	} {
		t.Run(test.name, func(t *testing.T) {
			book, problems := rates.Parse(test.tables)
			if book != nil {
				t.Error("a book came with problems")
			}
			checkProblems(t, problems, test.want)
		})
	}
}

func TestNothingGiven(t *testing.T) {
	_, problems := rates.Parse(nil)
	if len(problems) != len(rates.TableNames) {
		t.Errorf("each table is missing, got:\n%s", problems.In("nl"))
	}
}

// TestAllInOneGo makes an error in every table: no problem hides another.
func TestAllInOneGo(t *testing.T) {
	texts := smallBook()
	for _, edit := range [][3]string{
		{"segmenten", "2;Wonen;pxq", "2;;q"},
		{"producten", "uur, dagdeel;60", "uur, week;x"},
		{"gemeenten", "TB;1", "TB;8"},
		{"gebieden", "2;Gebied 2", "2;"},
		{"aanbieders", "1000001;", "1;"},
		{"contracten", "45VB2,45VB1;2026-01-01;;500.5", "45VB9;1-1-26;;veel"},
		{"tarieven", "66.67;2023-01-01", "66.675;2023"},
	} {
		texts[edit[0]] = strings.Replace(texts[edit[0]], edit[1], edit[2], 1)
	}
	_, problems := rates.Parse(tablesOf(texts))
	checkProblems(t, problems, `
segmenten.csv, rij 3, kolom naam: de cel is leeg; vul haar in
segmenten.csv, rij 3, kolom bekostiging: "q" kan hier niet staan; kies pxq of anders
producten.csv, rij 2, kolom eenheden: "week" kan hier niet staan; kies uur of dagdeel
producten.csv, rij 2, kolom max_duur_maanden: "x" is geen heel getal van 1 tot en met 1200; verbeter het of laat de cel leeg
gemeenten.csv, rij 2, kolom gebied: "8" staat niet in de tabel gebieden; zet het daar of verbeter het hier (daar staan "1", "2")
gebieden.csv, rij 3, kolom naam: de cel is leeg; vul haar in
aanbieders.csv, rij 2, kolom agb: "1" is geen AGB-code van 8 cijfers; kijk de code na
contracten.csv, rij 2, kolom agb: "01000001" staat niet in de tabel aanbieders; zet het daar of verbeter het hier (daar staan "20000002")
contracten.csv, rij 4, kolom producten: "45VB9" staat niet in de tabel producten; zet het daar of verbeter het hier; bedoelt u "45VB1"?
contracten.csv, rij 4, kolom van: "1-1-26" is geen datum zoals 31-01-2026 of 2026-01-31; schrijf dag, maand en jaar (vier cijfers) van een bestaande dag
contracten.csv, rij 4, kolom plafond: "veel" is geen bedrag zoals 1.234,50 of 1234.50; schrijf cijfers met een komma of punt voor de decimalen
tarieven.csv, rij 2, kolom tarief: "66.675" heeft drie decimalen: een tarief heeft geen teken voor duizendtallen. Rond af op centen, of laat het teken weg
tarieven.csv, rij 2, kolom van: "2023" is geen datum zoals 31-01-2026 of 2026-01-31; schrijf dag, maand en jaar (vier cijfers) van een bestaande dag`)
}

func TestEnglish(t *testing.T) {
	_, problems := rates.Parse(edited(t, "producten", ";45;begeleiding", ";450;begeleidng"))
	want := `producten.csv, row 3, column categorie: "450" is not a product category (JZ020) of 2 digits; check the code
producten.csv, row 3, column soort: "begeleidng" is not allowed here; choose begeleiding, behandeling, verblijf or overig; did you mean "begeleiding"?`
	if problems.Error() != want || problems.In("en") != want {
		t.Errorf("got:\n%s", problems.Error())
	}
}

func TestLongTextIsCutOff(t *testing.T) {
	_, problems := rates.Parse(edited(t, "gebieden", "code;naam", "code;naam;"+strings.Repeat("é", 5000)))
	if len(problems) != 1 || len(problems.In("nl")) > 600 {
		t.Errorf("got %d problems of %d bytes", len(problems), len(problems.In("nl")))
	}
}

func TestColumns(t *testing.T) {
	if got := strings.Join(rates.Columns("contracten"), ";"); got != "agb;segment;gebied;producten;van;tot;plafond;eerder_gedeclareerd;eerder_jaar;bron" {
		t.Error(got)
	}
	if rates.Columns("onbekend") != nil {
		t.Error("an unknown table has columns")
	}
	for _, name := range rates.TableNames {
		if columns := rates.Columns(name); columns[len(columns)-1] != "bron" {
			t.Errorf("%s does not end with bron", name)
		}
	}
}
