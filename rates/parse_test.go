package rates_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/rates"
)

func parsed(t *testing.T, tables []rates.Table) *billing.Book {
	t.Helper()
	book, problems := rates.Parse(tables)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return book
}

func TestParseReadsEveryFact(t *testing.T) {
	book := parsed(t, tablesOf(smallBook()))
	for _, test := range []struct{ got, want any }{
		{*book.Segment("2"), billing.Segment{Code: "2", Name: "Wonen", SettledPQ: true,
			Referrers: []string{"01", "04", "08"}, SourceOfRow: "de pagina"}},
		{*book.Segment("1"), billing.Segment{Code: "1", Name: "Hoog specialistisch", TakesOver: true}},
		{*book.Segment("4"), billing.Segment{Code: "4", Name: "Veelvoorkomend", SettledPQ: true, MaxMonths: 24, PerArea: true}},
		{*book.Product("44vb2"), billing.Product{Code: "44VB2", Name: "Gezinshuis", Segment: "2", Category: "44",
			Kind: billing.Verblijf, TaskField: "6.73b", AllowsTime: true, AllowsDaypart: true, MaxMonths: 60, AgeLimit: 21,
			Residential: true, CoordinationPoint: true}},
		{*book.Product("45VB1"), billing.Product{Code: "45VB1", Name: "JOH begeleiding", Segment: "4", Category: "45",
			Kind: billing.Begeleiding, TaskField: "6.72a", AllowsTime: true, WholeHours: true}},
		{*book.Municipality("tb"), billing.Municipality{Code: "0855", Name: "Tilburg",
			Aliases: []string{"Gemeente Tilburg", "TB"}, Area: "1"}},
		{*book.Area("2"), billing.Area{Code: "2", Name: "Gebied 2"}},
		{*book.Provider("01000001"), billing.Provider{AGB: "01000001", Name: "Voorbeeld Wonen"}},
		{*book.ContractsOf("20000002", "4", billing.NewDate(2026, 1, 1))[0], billing.Contract{Provider: "20000002",
			Segment: "4", Area: "1", Products: []string{"45VB2", "45VB1"}, From: billing.NewDate(2026, 1, 1),
			Ceiling: 50050, HasCeiling: true, DeclaredBefore: 10000, DeclaredBeforeIn: 2026}},
		{*book.PriceOn(book.Product("45VB1"), billing.Time, "", billing.NewDate(2026, 1, 14)), billing.PriceRow{
			Product: "45VB1", Unit: billing.Time, Price: 9120, From: billing.NewDate(2023, 1, 1), To: billing.NewDate(2026, 1, 14)}},
		{*book.PriceOn(book.Product("45VB1"), billing.Time, "20000002", billing.NewDate(2026, 1, 10)), billing.PriceRow{
			Product: "45VB1", Unit: billing.Time, Provider: "20000002", Price: 9550, From: billing.NewDate(2026, 1, 10)}},
	} {
		if !reflect.DeepEqual(test.got, test.want) {
			t.Errorf("got  %+v\nwant %+v", test.got, test.want)
		}
	}
}

// TestSpreadsheetHabits reads a table as spreadsheets may change it: other case, no-break spaces, empty rows, short rows.
func TestSpreadsheetHabits(t *testing.T) {
	tables := tablesOf(smallBook())
	tables[3].Name = " Gebieden"
	tables[3].Rows = []rates.TableRow{
		{Number: 1, Cells: []string{"", "\u00a0"}},
		{Number: 2, Cells: []string{"NAAM", " Code\u00a0", ""}},
		{Number: 4, Cells: []string{"\u00a0Gebied 1 ", "1", "", ""}},
		{Number: 5},
		{Number: 9, Cells: []string{"Gebied 2", "\t2"}},
	}
	book := parsed(t, tables)
	if rates.Fingerprint(book) != rates.Fingerprint(parsed(t, tablesOf(smallBook()))) {
		t.Errorf("another book: %+v", book.Areas)
	}
}

func TestOptionalColumnsAndEmptyTables(t *testing.T) {
	texts := smallBook()
	texts["segmenten"] = "code;naam;bekostiging;max_duur_maanden;verwijzers;per_gebied;neemt_over\n3;Dag;pxq;;;nee;nee"
	texts["producten"] = "productcode;naam;segment;categorie;soort;taakveld;eenheden;max_duur_maanden;leeftijdsgrens;verblijf;coordinatiepunt;afronding"
	texts["gemeenten"] = "code;naam;ook_bekend_als;gebied\n0855;Tilburg;;"
	texts["gebieden"] = "code;naam"
	texts["contracten"] = "agb;segment;gebied;producten;van;tot\n01000001;3;;;2023-01-01;"
	texts["tarieven"] = "productcode;eenheid;agb;tarief;van;tot"
	book := parsed(t, tablesOf(texts))
	if contract := book.Contracts[0]; contract.HasCeiling || contract.DeclaredBeforeIn != 0 {
		t.Errorf("got %+v", contract)
	}
}

// TestAmounts: if both marks occur the last is the decimal one, and thousands marks must separate groups of three.
func TestAmounts(t *testing.T) {
	const row = "01000001;2;;;2023-01-01;;;;"
	for text, want := range map[string]billing.Money{
		"1234": 123400, "1.234": 123400, "1,234": 123400, "1.234,50": 123450, "1,234.50": 123450, "1234,5": 123450, "1.234.567": 123456700,
		"123.456": 12345600, "€ 1.234.567,89": 123456789, "12,34 €": 1234, "9.999.999.999,99": 999999999999,
		"1234.567": 0, "1234.567,00": 0, "1..234,00": 0, ".234,50": 0, "1.234,567.00": 0, "1,234.567,00": 0, "1,234.567,890": 0, "12.34.567": 0, "1.2345,00": 0, "12,": 0, "1,234567": 0,
		"10.000.000.000,00": 0,
	} {
		book, problems := rates.Parse(edited(t, "contracten", row, "01000001;2;;;2023-01-01;;"+text+";;"))
		switch {
		case want == 0 && len(problems) != 1:
			t.Errorf("%q: %v, want one problem", text, problems)
		case want == 0:
		case len(problems) > 0:
			t.Errorf("%q: %v", text, problems)
		case book.Contracts[0].Ceiling != want:
			t.Errorf("%q was read as %s", text, book.Contracts[0].Ceiling)
		}
	}
}

// TestOverlapsInARow: each row is compared with the one that ends last, which need not be the first or the previous one.
func TestOverlapsInARow(t *testing.T) {
	const row = "01000001;2;;;2023-01-01;;;;"
	days := func(from, to string) string { return "01000001;2;;;" + from + ";" + to + ";;;" }
	for name, test := range map[string]struct {
		rows string
		want int
	}{
		"one after the other": {days("2023-01-01", "2023-12-31") + "\n" + days("2024-01-01", "2024-12-31") + "\n" + days("2025-01-01", ""), 0},
		"each with the next":  {days("2023-01-01", "2024-01-01") + "\n" + days("2024-01-01", "2025-01-01") + "\n" + days("2025-01-01", ""), 2},
		"two within one":      {days("2023-01-01", "2025-12-31") + "\n" + days("2023-02-01", "2023-03-01") + "\n" + days("2025-01-01", "2025-02-01"), 2},
	} {
		if _, problems := rates.Parse(edited(t, "contracten", row, test.rows)); len(problems) != test.want {
			t.Errorf("%s: %v, want %d", name, problems, test.want)
		}
	}
}

// TestAreaMeansNothing: if a segment is not contracted per area, contracts that differ only in area are equal.
func TestAreaMeansNothing(t *testing.T) {
	row := "01000001;2;;;2023-01-01;;;;"
	_, problems := rates.Parse(edited(t, "contracten", row, row+"\n01000001;2;1;;2024-01-01;;;;"))
	checkProblems(t, problems, `contracten.csv, rij 3, kolom van: het contract overlapt in tijd met het gelijke contract in rij 2 (zelfde aanbieder, segment, gebied en producten); laat het ene eindigen voordat het andere begint`)
	if _, problems := rates.Parse(edited(t, "contracten", row, row+"\n01000001;4;1;;2024-01-01;;;;\n01000001;4;2;;2024-01-01;;;;")); len(problems) > 0 {
		t.Error(problems)
	}
}

// TestMissingColumnIsNoEcho: references to a table without its column of codes are not reported as unknown.
func TestMissingColumnIsNoEcho(t *testing.T) {
	_, problems := rates.Parse(edited(t, "aanbieders", "agb;naam", "agbcode;naam"))
	checkProblems(t, problems, `
aanbieders.csv, rij 1, kolom agb: de kolom agb ontbreekt; voeg haar toe
aanbieders.csv, rij 1, kolom agbcode: aanbieders kent geen kolom "agbcode"; de kolommen zijn agb, naam, van, bron. Hernoem of verwijder haar`)
}

// TestUnknownIsNotEqual: contracts with an unreadable area, product or segment are not reported as equal: whoever follows such
// a report would end a valid contract.
func TestUnknownIsNotEqual(t *testing.T) {
	row := "01000001;2;;;2023-01-01;;;;"
	for name, test := range map[string]struct{ table, from, to string }{
		"two unknown areas":                   {"contracten", row, row + "\n01000001;4;8;;2024-01-01;;;;\n01000001;4;9;;2024-01-01;;;;"},
		"an unknown area, the whole region":   {"contracten", row, row + "\n01000001;4;;;2024-01-01;;;;\n01000001;4;9;;2024-01-01;;;;"},
		"an unknown product, all of them":     {"contracten", row, row + "\n01000001;4;1;;2024-01-01;;;;\n01000001;4;1;45VB9;2024-01-01;;;;"},
		"no areas":                            {"gebieden", "code;naam\n1;Gebied 1\n2;Gebied 2", "code,naam"},
		"nobody knows whether the area tells": {"segmenten", "24;;ja;nee", "24;;jaa;nee"},
	} {
		texts := smallBook()
		texts["contracten"] = strings.Replace(texts["contracten"], row, row+"\n20000002;4;2;45vb1,45VB2;2023-01-01;2025-12-31;;;", 1)
		texts[test.table] = strings.Replace(texts[test.table], test.from, test.to, 1)
		if _, problems := rates.Parse(tablesOf(texts)); len(problems) == 0 || strings.Contains(problems.In("nl"), "overlapt") {
			t.Errorf("%s: %v", name, problems)
		}
	}
}
