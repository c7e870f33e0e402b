package importers_test

import (
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/importers"
)

// The code above the heading row applies to rows without one; the first line with a code counts, and an unreadable
// code is reported on each row. A row that names another provider is F13.
func TestProviderAbove(t *testing.T) {
	headings := "Regelnummer;BSN;Productcode;Datum;Eenheid;Aantal;AGB\n"
	row := func(agb string) string { return "R1;999910012;45VB1;07-01-2026;uur;1;" + agb + "\n" }
	for _, test := range []struct{ above, row, provider, want string }{
		{"x;Aanbieder;01000001\n", "", "01000001", ""},
		{"AGB-code;1000001\n", "", "01000001", ""},
		{"AGB-code;1000001.0\n", "1000001", "01000001", ""},
		{"AGB-code: ;01000001\n", "", "01000001", ""},
		{"AGB;01000001\nAGB-code;20000002\n", "", "01000001", ""},
		{"AGB;\nAGB-code;20000002\n", "", "20000002", ""},
		{"Aanbieder;TotaalZorg\nAGB-code;01000001\n", "", "01000001", ""},
		{"AGB;01000001\n", "20000002", "20000002", "F13 AGB-code 01000001|20000002"},
		{"AGB;01000001\n", "x", "", "F05 AGB-code x"},
		{"AGB;onbekend\n", "", "", "F05 AGB-code onbekend"},
		{"AGB;onbekend\n", "20000002", "20000002", ""},
		{"AGB;;01000001\n", "", "", "F01 AGB-code AGB"},
		{"Zorgaanbieder;01000001\n", "", "", "F01 AGB-code AGB"},
		{"", "", "", "F01 AGB-code AGB"},
	} {
		sink, _ := mustRead(t, "a.csv", test.above+headings+row(test.row))
		if r := sink.records[0]; r.Provider != test.provider || findings(r) != test.want {
			t.Errorf("%q over %q: got %q, %s", test.above, test.row, r.Provider, findings(r))
		}
	}
}

// Five known names make a heading row, but four of a submission next to others of referrals or decisions do not.
func TestFiveNames(t *testing.T) {
	const row = "\nR1;999910012;45VB1;07-01-2026;1,5\n"
	sink, _ := mustRead(t, "a.csv", "AGB-code;01000001\nRegelnummer;BSN;Productcode;Datum;Aantal uren"+row)
	if got := findings(sink.records[0]); got != "" || sink.records[0].Quantity != 9000 {
		t.Errorf("got %s", got)
	}
	_, _, err := read(t, "a.csv", "AGB-code;01000001\nRegelnummer;BSN;Productcode;Datum;Volume"+row)
	refusedAs(t, "four and one of a referral", err, importers.RefusedHeading, "a.csv")
	_, _, err = read(t, "a.csv", "Regelnummer;AGB-code;Code;Versie;Reden;Beoordelaar\n1;01000001;L01;1;x;y\n")
	refusedAs(t, "decisions without the decision", err, importers.RefusedHeading, "(Besluit)", " 6, ")
}

// The refusal of a file with everything in one column says so.
func TestEverythingInOneColumn(t *testing.T) {
	for _, test := range []struct {
		name  string
		cells grid
		words []string
	}{
		{"semicolons", grid{{"Regelnummer;AGB-code;BSN;Productcode;Datum;Eenheid;Aantal"}, {"R1;01000001;999910012;45VB1;07-01-2026;uur;1"}}, []string{"A1", ";"}},
		{"commas under a title", grid{{"Januari"}, {`"Regelnummer","AGB-code","BSN","Productcode","Datum","Eenheid","Aantal"`}}, []string{"A2", ","}},
		{"tabs in column B", grid{{nil, "Regelnummer\tAGB-code\tBSN\tProductcode\tDatum"}}, []string{"B1"}},
	} {
		_, _, err := readPath(workbook(t, "", []string{"Blad1"}, map[string]grid{"Blad1": test.cells}))
		refusedAs(t, test.name, err, importers.RefusedOneColumn, append(test.words, "Blad1")...)
	}
	_, _, err := read(t, "a.csv", "\"Regelnummer;AGB-code;BSN;Productcode;Datum;Eenheid;Aantal\"\n\"R1;01000001;999910012;45VB1;07-01-2026;uur;1\"\n")
	refusedAs(t, "CSV in quotes", err, importers.RefusedOneColumn, "a.csv", "A1")
	_, _, err = read(t, "a.csv", "Regelnummer|AGB-code|BSN|Productcode|Datum|Eenheid|Aantal\nR1|01000001|999910012|45VB1|07-01-2026|uur|1\n")
	refusedAs(t, "CSV with bars", err, importers.RefusedOneColumn, "a.csv", "|")
	_, _, err = readPath(workbook(t, "", []string{"Blad1"}, map[string]grid{"Blad1": {{"Regelnummer; BSN; Datum"}}}))
	refusedAs(t, "too few", err, importers.RefusedHeading)
}

// The delimiter of a CSV file is that of its heading row, even if a title or a remark has more of another mark.
func TestDelimiterOfHeading(t *testing.T) {
	const file = "Regelnummer;AGB-code;BSN;Productcode;Datum;Eenheid;Aantal;Opmerking\nR1;01000001;999910012;45VB1;07-01-2026;uur;1;MARKS\n"
	for _, test := range []struct{ name, delimiter, above, marks string }{
		{"a title of semicolons over commas", ",", "Zorg; van; a; tot; z; in; januari; van; 2026; door; ons\n", "x"},
		{"a title of semicolons over tabs", "\t", "Zorg; van; a; tot; z; in; januari; van; 2026; door; ons\n", "x"},
		{"a remark of semicolons among commas", ",", "", "\"bel; mail; school; moeder; vader; oma; opa; buur; huisarts; klaar\""},
		{"a remark of tabs among semicolons", ";", "", "a\tb\tc\td\te\tf\tg\th\ti\tj\tk"},
	} {
		text := test.above + strings.ReplaceAll(strings.ReplaceAll(file, ";", test.delimiter), "MARKS", test.marks)
		sink, summary, err := read(t, "a.csv", text)
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		sheet := summary.Sheets[0]
		if len(sink.records) != 1 || findings(sink.records[0]) != "" || sheet.Rows != 1 || len(summary.Sheets) != 1 || sink.records[0].Remark == "" {
			t.Errorf("%s: %d records, %+v", test.name, len(sink.records), summary.Sheets)
		}
	}
}
