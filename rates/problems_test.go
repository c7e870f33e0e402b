package rates_test

import (
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/rates"
)

// TestProblems makes one error at a time in the small book by replacing from with to in a table.
func TestProblems(t *testing.T) {
	for _, test := range cellCases() {
		t.Run(test.name, func(t *testing.T) {
			_, problems := rates.Parse(edited(t, test.table, test.from, test.to))
			checkProblems(t, problems, test.want)
		})
	}
}

// checkProblems compares the Dutch list with the wanted lines, and checks that the English one differs from it.
func checkProblems(t *testing.T, problems rates.Problems, want string) {
	t.Helper()
	if got := problems.In("nl"); got != strings.TrimSpace(want) {
		t.Errorf("got:\n%s\nwant:\n%s", got, strings.TrimSpace(want))
	}
	for _, p := range problems {
		if p.English == "" || p.English == p.Dutch || strings.Contains(p.Dutch+p.English, "%!") {
			t.Errorf("broken texts: %q, %q", p.Dutch, p.English)
		}
	}
}

type cellCase struct{ name, table, from, to, want string }

func cellCases() []cellCase {
	return []cellCase{
		// headings and rows
		{"column missing", "gebieden", "code;naam", "code;", `
gebieden.csv, rij 1, kolom naam: de kolom naam ontbreekt; voeg haar toe
gebieden.csv, rij 2: "Gebied 1" staat in een kolom zonder kop (kolom 2); geef de kolom haar naam of maak haar leeg`},
		{"column unknown", "segmenten", "bron", "bronn", `
segmenten.csv, rij 1, kolom bronn: segmenten kent geen kolom "bronn"; de kolommen zijn code, naam, bekostiging, max_duur_maanden, verwijzers, per_gebied, neemt_over, bron. Hernoem of verwijder haar; bedoelt u "bron"?`},
		{"commas between the columns", "aanbieders", "agb;naam", "agb,naam", `
aanbieders.csv, rij 1: tussen de kolommen staat een komma; de tabellen van het boek hebben een puntkomma (;). Sla het bestand op met puntkomma's, of zet de tabel in een werkmap`},
		{"tabs between the columns", "gebieden", "code;naam", "code\tnaam", `
gebieden.csv, rij 1: tussen de kolommen staat een tab; de tabellen van het boek hebben een puntkomma (;). Sla het bestand op met puntkomma's, of zet de tabel in een werkmap`},
		{"column twice", "gebieden", "code;naam", "code;code;naam", `
gebieden.csv, rij 1, kolom code: de kolom code staat er twee keer; houd er één over
gebieden.csv, rij 2, kolom naam: de cel is leeg; vul haar in
gebieden.csv, rij 3, kolom naam: de cel is leeg; vul haar in`},
		{"column without a name", "aanbieders", "agb;naam\n1000001;Voorbeeld Wonen", "agb;naam;;bron\n1000001;Voorbeeld Wonen;los;zelf", `
aanbieders.csv, rij 2: "los" staat in een kolom zonder kop (kolom 3); geef de kolom haar naam of maak haar leeg`},
		{"cell beside the headings", "gebieden", "1;Gebied 1", "1;Gebied 1;;los", `
gebieden.csv, rij 2: "los" staat rechts van de laatste kolomkop; verwijder het of zet het in een kolom (in CSV: tekst met ; tussen aanhalingstekens)`},
		{"mandatory cell empty", "gebieden", "1;Gebied 1", "1; ", `
gebieden.csv, rij 2, kolom naam: de cel is leeg; vul haar in`},
		// codes
		{"segment twice", "segmenten", "2;Wonen", "1;Wonen", `
segmenten.csv, rij 3, kolom code: "1" staat ook in rij 2; elke code staat er één keer. Verwijder of verander een van beide
producten.csv, rij 2, kolom segment: "2" staat niet in de tabel segmenten; zet het daar of verbeter het hier (daar staan "1", "4")
contracten.csv, rij 2, kolom segment: "2" staat niet in de tabel segmenten; zet het daar of verbeter het hier (daar staan "1", "4")`},
		{"product twice in another case", "producten", "45VB2;", "45vb1;", `
producten.csv, rij 4, kolom productcode: "45vb1" staat ook in rij 3; elke code staat er één keer. Verwijder of verander een van beide
contracten.csv, rij 3, kolom producten: "45VB2" staat niet in de tabel producten; zet het daar of verbeter het hier; bedoelt u "44VB2"?
contracten.csv, rij 4, kolom producten: "45VB2" staat niet in de tabel producten; zet het daar of verbeter het hier; bedoelt u "44VB2"?`},
		{"product code too long", "producten", "45VB2;JOH", "123456789012345678901;JOH", `
producten.csv, rij 4, kolom productcode: "123456789012345678901" is geen productcode: verwacht hoogstens 20 tekens, zonder komma. Verkort of verbeter haar
contracten.csv, rij 3, kolom producten: "45VB2" staat niet in de tabel producten; zet het daar of verbeter het hier; bedoelt u "44VB2"?
contracten.csv, rij 4, kolom producten: "45VB2" staat niet in de tabel producten; zet het daar of verbeter het hier; bedoelt u "44VB2"?`},
		{"product code with comma", "producten", "44VB2;Gez", "44,VB2;Gez", `
producten.csv, rij 2, kolom productcode: "44,VB2" is geen productcode: verwacht hoogstens 20 tekens, zonder komma. Verkort of verbeter haar
tarieven.csv, rij 2, kolom productcode: "44VB2" staat niet in de tabel producten; zet het daar of verbeter het hier; bedoelt u "44,VB2"?`},
		{"municipality twice", "gemeenten", "0784;", "0855;", `
gemeenten.csv, rij 3, kolom code: "0855" staat ook in rij 2; elke code staat er één keer. Verwijder of verander een van beide`},
		{"municipality code", "gemeenten", "855;", "85;", `
gemeenten.csv, rij 2, kolom code: "85" is geen CBS-gemeentecode van 4 cijfers; kijk de code na`},
		{"municipality name ambiguous", "gemeenten", "Gilze-Rijen", "Gilze-Rijen, tilburg", `
gemeenten.csv, rij 3, kolom ook_bekend_als: "tilburg" wijst ook naar de gemeente in rij 2 (hoofdletters, spaties, punten en streepjes tellen niet); laat de naam bij één gemeente staan`},
		{"alias is another's code", "gemeenten", "Gilze-Rijen", "855", `
gemeenten.csv, rij 3, kolom ook_bekend_als: "855" wijst ook naar de gemeente in rij 2 (hoofdletters, spaties, punten en streepjes tellen niet); laat de naam bij één gemeente staan`},
		{"alias without letters", "gemeenten", "TB", "-", `
gemeenten.csv, rij 2, kolom ook_bekend_als: "-" heeft geen letter of cijfer; schrijf een naam`},
		{"area twice", "gebieden", "2;Gebied 2", "1;Gebied 2", `
gemeenten.csv, rij 3, kolom gebied: "2" staat niet in de tabel gebieden; zet het daar of verbeter het hier (daar staan "1")
gebieden.csv, rij 3, kolom code: "1" staat ook in rij 2; elke code staat er één keer. Verwijder of verander een van beide`},
		{"provider twice, one without its zero", "aanbieders", "20000002;", "01000001;", `
aanbieders.csv, rij 3, kolom agb: "01000001" staat ook in rij 2; elke code staat er één keer. Verwijder of verander een van beide
contracten.csv, rij 3, kolom agb: "20000002" staat niet in de tabel aanbieders; zet het daar of verbeter het hier (daar staan "01000001")
contracten.csv, rij 4, kolom agb: "20000002" staat niet in de tabel aanbieders; zet het daar of verbeter het hier (daar staan "01000001")
tarieven.csv, rij 5, kolom agb: "20000002" staat niet in de tabel aanbieders; zet het daar of verbeter het hier (daar staan "01000001")`},
		{"AGB code", "aanbieders", "20000002;Voorbeeld B", "2000000x;Voorbeeld B", `
aanbieders.csv, rij 3, kolom agb: "2000000x" is geen AGB-code van 8 cijfers; kijk de code na
contracten.csv, rij 3, kolom agb: "20000002" staat niet in de tabel aanbieders; zet het daar of verbeter het hier (daar staan "01000001")
contracten.csv, rij 4, kolom agb: "20000002" staat niet in de tabel aanbieders; zet het daar of verbeter het hier (daar staan "01000001")
tarieven.csv, rij 5, kolom agb: "20000002" staat niet in de tabel aanbieders; zet het daar of verbeter het hier (daar staan "01000001")`},
		// words and numbers
		{"settled", "segmenten", "2;Wonen;pxq", "2;Wonen;p*q", `
segmenten.csv, rij 3, kolom bekostiging: "p*q" kan hier niet staan; kies pxq of anders`},
		{"yes or no", "segmenten", ";ja;nee;", ";misschien;nee;", `
segmenten.csv, rij 4, kolom per_gebied: "misschien" kan hier niet staan; kies ja of nee`},
		{"months of nothing", "producten", ";60;", ";0;", `
producten.csv, rij 2, kolom max_duur_maanden: "0" is geen heel getal van 1 tot en met 1200; verbeter het of laat de cel leeg`},
		{"months broken", "producten", ";60;", ";1.5;", `
producten.csv, rij 2, kolom max_duur_maanden: "1.5" is geen heel getal van 1 tot en met 1200; verbeter het of laat de cel leeg`},
		{"months huge", "producten", ";60;", ";99999999999999999999;", `
producten.csv, rij 2, kolom max_duur_maanden: "99999999999999999999" is geen heel getal van 1 tot en met 1200; verbeter het of laat de cel leeg`},
		{"months signed", "producten", ";60;", ";+60;", `
producten.csv, rij 2, kolom max_duur_maanden: "+60" is geen heel getal van 1 tot en met 1200; verbeter het of laat de cel leeg`},
		{"age limit", "producten", ";21;", ";24;", `
producten.csv, rij 2, kolom leeftijdsgrens: "24" is geen heel getal van 1 tot en met 23; verbeter het of laat de cel leeg`},
		{"referrer", "segmenten", "01,04,8", "01,07,x", `
segmenten.csv, rij 3, kolom verwijzers: "07" is geen code van een verwijzer (COD327); de codes zijn 01, 02, 03, 04, 05, 06, 08, met een komma ertussen. Leeg is alle
segmenten.csv, rij 3, kolom verwijzers: "x" is geen code van een verwijzer (COD327); de codes zijn 01, 02, 03, 04, 05, 06, 08, met een komma ertussen. Leeg is alle`},
		{"category", "producten", ";45;begeleiding", ";450;begeleiding", `
producten.csv, rij 3, kolom categorie: "450" is geen productcategorie (JZ020) van 2 cijfers; kijk de code na`},
		{"kind", "producten", ";45;begeleiding", ";45;begeleidng", `
producten.csv, rij 3, kolom soort: "begeleidng" kan hier niet staan; kies begeleiding, behandeling, verblijf of overig; bedoelt u "begeleiding"?`},
		{"units", "producten", "uur, dagdeel", "uur, etmaal", `
producten.csv, rij 2, kolom eenheden: "etmaal" kan hier niet staan; kies uur of dagdeel`},
		{"rounding", "producten", "heel_uur", "heel uur", `
producten.csv, rij 3, kolom afronding: "heel uur" kan hier niet staan; kies exact of heel_uur; bedoelt u "heel_uur"?`},
		{"whole hours without hours", "producten", "uur, dagdeel;60;21;ja;ja;", "dagdeel;60;21;ja;ja;heel_uur", `
producten.csv, rij 2, kolom afronding: heel_uur kan alleen bij een product dat per uur gaat; kies exact of zet uur bij de eenheden`},
		// dates and amounts
		{"date of two digits", "tarieven", ";2023-01-01;\n", ";01-01-23;\n", `
tarieven.csv, rij 2, kolom van: "01-01-23" is geen datum zoals 31-01-2026 of 2026-01-31; schrijf dag, maand en jaar (vier cijfers) van een bestaande dag`},
		{"date with a time", "tarieven", "2026-01-14", "2026-01-14 09:00:00", `
tarieven.csv, rij 3, kolom tot: "2026-01-14 09:00:00" is geen datum zoals 31-01-2026 of 2026-01-31; schrijf dag, maand en jaar (vier cijfers) van een bestaande dag`},
		{"date that does not exist", "tarieven", "2026-01-14", "2026-02-30", `
tarieven.csv, rij 3, kolom tot: "2026-02-30" is geen datum zoals 31-01-2026 of 2026-01-31; schrijf dag, maand en jaar (vier cijfers) van een bestaande dag`},
		{"date of another age", "tarieven", "2026-01-10", "0206-01-10", `
tarieven.csv, rij 5, kolom van: "0206-01-10" ligt vóór het jaar 1900; kijk het jaar na`},
		{"ends before it begins", "contracten", "2025-12-31", "2022-12-31", `
contracten.csv, rij 3, kolom tot: de periode eindigt op 2022-12-31, voordat zij op 2023-01-01 begint; verbeter een van beide of laat tot leeg (open)`},
		{"price with thousands", "tarieven", "66.67", "1.066,67", `
tarieven.csv, rij 2, kolom tarief: "1.066,67" is geen tarief zoals 93,45 of 93.45; schrijf cijfers met een komma of punt voor de decimalen, zonder tekens voor duizendtallen`},
		{"price in words", "tarieven", "66.67", "66,67 euro", `
tarieven.csv, rij 2, kolom tarief: "66,67 euro" is geen tarief zoals 93,45 of 93.45; schrijf cijfers met een komma of punt voor de decimalen, zonder tekens voor duizendtallen`},
		{"price that begins with its mark", "tarieven", "66.67", ".67", `
tarieven.csv, rij 2, kolom tarief: ".67" is geen tarief zoals 93,45 of 93.45; schrijf cijfers met een komma of punt voor de decimalen, zonder tekens voor duizendtallen`},
		{"date that lost its format, in CSV", "tarieven", "2026-01-14", "46036", `
tarieven.csv, rij 3, kolom tot: "46036" is geen datum zoals 31-01-2026 of 2026-01-31; schrijf dag, maand en jaar (vier cijfers) van een bestaande dag`},
		{"price with three decimals", "tarieven", "66.67", "66.675", `
tarieven.csv, rij 2, kolom tarief: "66.675" heeft drie decimalen: een tarief heeft geen teken voor duizendtallen. Rond af op centen, of laat het teken weg`},
		{"price of nothing", "tarieven", "66.67", "0.00", `
tarieven.csv, rij 2, kolom tarief: "0.00" is geen tarief: verwacht meer dan 0 en hoogstens 99999.99. Verbeter het`},
		{"price below nothing", "tarieven", "66.67", "-66.67", `
tarieven.csv, rij 2, kolom tarief: "-66.67" is geen tarief: verwacht meer dan 0 en hoogstens 99999.99. Verbeter het`},
		{"price too high", "tarieven", "66.67", "100000.00", `
tarieven.csv, rij 2, kolom tarief: "100000.00" is geen tarief: verwacht meer dan 0 en hoogstens 99999.99. Verbeter het`},
		{"price without end", "tarieven", "66.67", "99999999999999999999999.00", `
tarieven.csv, rij 2, kolom tarief: "99999999999999999999999.00" is te groot; het hoogste bedrag is 9999999999.99`},
		{"ceiling below nothing", "contracten", "500.5", "-1", `
contracten.csv, rij 4, kolom plafond: "-1" is minder dan 0; schrijf een bedrag van 0 of meer`},
		{"ceiling with three decimals", "contracten", "500.5", "500.5050", `
contracten.csv, rij 4, kolom plafond: "500.5050" heeft meer dan twee decimalen; rond af op centen`},
		{"declared before without year", "contracten", ";100;2026", ";100;", `
contracten.csv, rij 4, kolom eerder_jaar: eerder_gedeclareerd is ingevuld en dit jaar niet; vul het kalenderjaar in waarover dat bedrag gaat`},
		{"year without declared before", "contracten", ";100;2026", ";;2026", `
contracten.csv, rij 4, kolom eerder_gedeclareerd: eerder_jaar is ingevuld en dit bedrag niet; vul het bedrag in of maak het jaar leeg`},
		{"year", "contracten", ";100;2026", ";100;26", `
contracten.csv, rij 4, kolom eerder_jaar: "26" is geen heel getal van 2000 tot en met 9999; verbeter het of laat de cel leeg`},
		// references
		{"product of no segment", "producten", "Gezinshuis;2;", "Gezinshuis;3;", `
producten.csv, rij 2, kolom segment: "3" staat niet in de tabel segmenten; zet het daar of verbeter het hier (daar staan "1", "2", "4")`},
		{"municipality in no area", "gemeenten", "TB;1", "TB;9", `
gemeenten.csv, rij 2, kolom gebied: "9" staat niet in de tabel gebieden; zet het daar of verbeter het hier (daar staan "1", "2")`},
		{"municipality without area", "gemeenten", "TB;1", "TB;", `
gemeenten.csv, rij 2, kolom gebied: de gemeente heeft geen gebied, terwijl een segment per gebied is gecontracteerd; vul een code uit de tabel gebieden in`},
		{"contract of no provider", "contracten", "01000001;2", "01000010;2", `
contracten.csv, rij 2, kolom agb: "01000010" staat niet in de tabel aanbieders; zet het daar of verbeter het hier; bedoelt u "01000001"?`},
		{"contract of no segment", "contracten", "01000001;2;", "01000001;5;", `
contracten.csv, rij 2, kolom segment: "5" staat niet in de tabel segmenten; zet het daar of verbeter het hier (daar staan "1", "2", "4")`},
		{"contract in no area", "contracten", "01000001;2;;", "01000001;2;7;", `
contracten.csv, rij 2, kolom gebied: "7" staat niet in de tabel gebieden; zet het daar of verbeter het hier (daar staan "1", "2")`},
		{"contract with no product", "contracten", "45vb1,45VB2", "45vb1,45VB3", `
contracten.csv, rij 3, kolom producten: "45VB3" staat niet in de tabel producten; zet het daar of verbeter het hier; bedoelt u "45VB1"?`},
		{"contract with a product of another segment", "contracten", "45vb1,45VB2", "45vb1,44VB2", `
contracten.csv, rij 3, kolom producten: "44VB2" is een product van segment "2", het contract is voor segment "4"; verbeter een van beide`},
		{"ceiling with broken thousands", "contracten", "500.5", "5.00.500", `
contracten.csv, rij 4, kolom plafond: "5.00.500" is geen bedrag zoals 1.234,50 of 1234.50; schrijf cijfers met een komma of punt voor de decimalen`},
		{"contract overlaps its equal", "contracten", "2025-12-31", "", `
contracten.csv, rij 4, kolom van: het contract overlapt in tijd met het gelijke contract in rij 3 (zelfde aanbieder, segment, gebied en producten); laat het ene eindigen voordat het andere begint`},
		{"price of no product", "tarieven", "44VB2", "44VB9", `
tarieven.csv, rij 2, kolom productcode: "44VB9" staat niet in de tabel producten; zet het daar of verbeter het hier; bedoelt u "44VB2"?`},
		{"price of no provider", "tarieven", "20000002", "30000003", `
tarieven.csv, rij 5, kolom agb: "30000003" staat niet in de tabel aanbieders; zet het daar of verbeter het hier (daar staan "01000001", "20000002")`},
		{"price in a unit not allowed", "tarieven", "uur;20000002", "dagdeel;20000002", `
tarieven.csv, rij 5, kolom eenheid: product "45VB1" gaat niet per dagdeel; verbeter de eenheid hier of de eenheden van het product`},
		{"prices of equal rank overlap", "tarieven", "2026-01-14", "2026-01-15", `
tarieven.csv, rij 4, kolom van: het tarief overlapt in tijd met dat in rij 3 (zelfde product, eenheid en aanbieder); laat het ene eindigen voordat het andere begint`},
	}
}

// A column that is wrong in every row of a long table (here in two ways, except the first) does not fill the memory: the first
// problems are listed, with the number of the others.
func TestManyProblems(t *testing.T) {
	texts := smallBook()
	texts["tarieven"] = "productcode;eenheid;agb;tarief;van;tot" + strings.Repeat("\n45VB1;uur;;x;2023-01-01;", 5000)
	book, problems := rates.Parse(tablesOf(texts))
	if book != nil || len(problems) != 2001 {
		t.Fatalf("%d problems", len(problems))
	}
	if last := problems[2000]; !strings.HasPrefix(last.In("nl"), "en nog 7999 fouten.") || !strings.HasPrefix(last.In("en"), "and 7999 more.") {
		t.Error(last.In("nl"), last.In("en"))
	}
}
