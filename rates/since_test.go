package rates_test

import (
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/rates"
)

// since returns the small book with rows that apply from a day on, not in the order of their days.
func since() map[string]string {
	texts := smallBook()
	texts["producten"] = `productcode;naam;segment;categorie;soort;taakveld;eenheden;max_duur_maanden;leeftijdsgrens;verblijf;coordinatiepunt;afronding;van;bron
45Vb1;JOH begeleiding per minuut;4;45;begeleiding;6.72b;uur;;;nee;nee;exact;01-02-2026;besluit
44VB2;Gezinshuis;2;44;verblijf;6.73b;uur, dagdeel;60;21;ja;ja;;;
45VB1;JOH begeleiding;4;45;begeleiding;6.72a;uur;;;nee;nee;heel_uur;;
45VB2;JOH behandeling;4;45;behandeling;;uur;;18;nee;nee;exact;;`
	texts["gemeenten"] = `code;naam;ook_bekend_als;gebied;van
855;Tilburg;Gemeente Tilburg, TB;1;
0784;Gilze en Rijen;Gilze-Rijen;2;2020-01-01
0784;Gilze-Rijen en Dongen;GRD;1;1 juli 2026`
	texts["aanbieders"] = "agb;naam;van\n1000001;Voorbeeld Wonen;\n20000002;Voorbeeld Behandeling;\n20000002;Voorbeeld Behandeling en Zorg;2026-03-01"
	return texts
}

func date(text string) billing.Date {
	day, _ := billing.ReadDate(text)
	return day
}

// A row applies from its day until that of the next one; the first also before its day. Names of all rows count on every day.
func TestSince(t *testing.T) {
	book := parsed(t, tablesOf(since()))
	for _, test := range []struct{ what, got, want string }{
		{"a product before its change", book.ProductOn("45VB1", date("31-01-2026")).Name, "JOH begeleiding"},
		{"a product on the day of its change", book.ProductOn("45vb1", date("01-02-2026")).Name, "JOH begeleiding per minuut"},
		{"the code is spelled as in the newest row", book.ProductOn("45VB1", date("31-01-2026")).Code, "45Vb1"},
		{"a municipality before its first row", book.MunicipalityOn("784", date("1999-12-31")).Area, "2"},
		{"a municipality by a later name on an earlier day", book.MunicipalityOn("GRD", date("2026-06-30")).Name, "Gilze en Rijen"},
		{"a municipality by an earlier name on a later day", book.MunicipalityOn("gilze rijen", date("2026-07-01")).Area, "1"},
		{"a provider before", book.ProviderOn("20000002", date("2026-02-28")).Name, "Voorbeeld Behandeling"},
		{"a provider since", book.ProviderOn("20000002", date("2026-03-01")).Name, "Voorbeeld Behandeling en Zorg"},
		{"the newest", book.Provider("20000002").Name, "Voorbeeld Behandeling en Zorg"},
		{"a contract of products in the spelling of the book", strings.Join(book.Contracts[1].Products, " "), "45Vb1 45VB2"},
	} {
		if test.got != test.want {
			t.Errorf("%s: got %q, want %q", test.what, test.got, test.want)
		}
	}
}

// Errors in rows that apply from a day on.
func TestSinceProblems(t *testing.T) {
	for _, test := range []struct{ name, table, from, to, want string }{
		{"the same day twice", "aanbieders", "20000002;Voorbeeld Behandeling;\n", "20000002;Voorbeeld Behandeling;01-03-2026\n",
			`aanbieders.csv, rij 4, kolom agb: "20000002" staat ook in rij 3, met dezelfde dag onder van (2026-03-01). Verwijder of verander een van beide`},
		{"no day twice", "gemeenten", ";2;2020-01-01", ";2;\n784;Gilze;;2;",
			`gemeenten.csv, rij 4, kolom code: "0784" staat ook in rij 3; elke code staat er één keer. Verwijder of verander een van beide`},
		{"a day that is none", "producten", "01-02-2026", "31-02-2026",
			`producten.csv, rij 2, kolom van: "31-02-2026" is geen datum zoals 31-01-2026 of 2026-01-31; schrijf dag, maand en jaar (vier cijfers) van een bestaande dag
producten.csv, rij 4, kolom productcode: "45VB1" staat ook in rij 2; elke code staat er één keer. Verwijder of verander een van beide`},
		{"a later row without area", "gemeenten", "GRD;1;", "GRD;;",
			`gemeenten.csv, rij 4, kolom gebied: de gemeente heeft geen gebied, terwijl een segment per gebied is gecontracteerd; vul een code uit de tabel gebieden in`},
		{"a later name that is another's", "gemeenten", "GRD", "tilburg",
			`gemeenten.csv, rij 4, kolom ook_bekend_als: "tilburg" wijst ook naar de gemeente in rij 2 (hoofdletters, spaties, punten en streepjes tellen niet); laat de naam bij één gemeente staan`},
		{"whole hours without hours since", "producten", "6.72b;uur;;;nee;nee;exact", "6.72b;dagdeel;;;nee;nee;heel_uur",
			`producten.csv, rij 2, kolom afronding: heel_uur kan alleen bij een product dat per uur gaat; kies exact of zet uur bij de eenheden`},
	} {
		t.Run(test.name, func(t *testing.T) {
			texts := since()
			if strings.Count(texts[test.table], test.from) != 1 {
				t.Fatalf("%q stands %d times", test.from, strings.Count(texts[test.table], test.from))
			}
			texts[test.table] = strings.Replace(texts[test.table], test.from, test.to, 1)
			_, problems := rates.Parse(tablesOf(texts))
			checkProblems(t, problems, test.want)
		})
	}
}

// A price may be in a unit that the product has on any day of the price.
func TestPriceInUnitOfAnyDay(t *testing.T) {
	for price, fits := range map[string]bool{
		"45VB1;uur;;91.20;2023-01-01;2026-01-31": true, "45VB1;uur;;91.20;2023-01-01;": true, "45VB1;uur;;91.20;2026-02-01;": false,
		"45VB1;dagdeel;;91.20;2026-01-31;": true, "45VB1;dagdeel;;91.20;2026-02-01;": true, "45VB1;dagdeel;;91.20;2023-01-01;2026-01-31": false,
	} {
		texts := since()
		texts["producten"] = strings.Replace(texts["producten"], "6.72b;uur;", "6.72b;dagdeel;", 1)
		texts["tarieven"] = "productcode;eenheid;agb;tarief;van;tot\n" + price
		if _, problems := rates.Parse(tablesOf(texts)); (len(problems) == 0) != fits {
			t.Errorf("%s: %v", price, problems)
		}
	}
}

func TestFingerprintSeesSince(t *testing.T) {
	seen := map[string]string{rates.Fingerprint(parsed(t, tablesOf(since()))): "the book"}
	for _, change := range [][3]string{
		{"producten", "01-02-2026", "02-02-2026"}, {"gemeenten", "2020-01-01", ""}, {"aanbieders", "2026-03-01", "2026-03-02"}, {"gemeenten", "1 juli 2026", "2 jul. 2026"},
	} {
		texts := since()
		texts[change[0]] = strings.Replace(texts[change[0]], change[1], change[2], 1)
		fingerprint := rates.Fingerprint(parsed(t, tablesOf(texts)))
		if other := seen[fingerprint]; other != "" {
			t.Errorf("%v has the fingerprint of %s", change, other)
		}
		seen[fingerprint] = change[1]
	}
}

// Dates and numbers may be written in any way that a submission may; the fingerprint is the same.
func TestNotations(t *testing.T) {
	want := rates.Fingerprint(parsed(t, tablesOf(smallBook())))
	for _, same := range [][3]string{
		{"tarieven", "66.67", "66,67"}, {"tarieven", "66.67", "€ 66,67"}, {"tarieven", "66.67", "66.67 €"}, {"tarieven", "91.2;", "91,20;"}, {"tarieven", ";93;", ";93,0;"},
		{"tarieven", "2026-01-14", "14-01-2026"}, {"tarieven", "2026-01-14", "14 januari 2026"}, {"tarieven", "2026-01-14", "14/1/2026 00:00"}, {"tarieven", "2026-01-14", "20260114"},
		{"tarieven", "2026-01-14", "14.1.2026"}, {"producten", ";60;", ";60,0;"}, {"contracten", "500.5;", "€ 500,50;"}, {"contracten", ";100;2026", ";100,00;2026"},
	} {
		if rates.Fingerprint(parsed(t, edited(t, same[0], same[1], same[2]))) != want {
			t.Errorf("%q instead of %q in %s makes another book", same[2], same[1], same[0])
		}
	}
	for text, want := range map[string]billing.Money{
		"250.000": 25_000_000, "250,000": 25_000_000, "1.234.567": 123_456_700, "1.234,50": 123_450, "1,234.50": 123_450, "1234,5": 123_450,
	} {
		if got := parsed(t, edited(t, "contracten", "500.5", text)).Contracts[2].Ceiling; got != want {
			t.Errorf("%s was read as %s", text, got)
		}
	}
}

// In a workbook a date that lost its format is read as a day number.
func TestSerialDates(t *testing.T) {
	tables := edited(t, "tarieven", "2026-01-14", "46036")
	for i := range tables {
		tables[i].File, tables[i].Sheet = "boek.xlsx", tables[i].Name
	}
	if got := rates.Fingerprint(parsed(t, tables)); got != rates.Fingerprint(parsed(t, tablesOf(smallBook()))) {
		t.Error("46036 is not 14 January 2026")
	}
}
