package importers_test

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/importers"
	"github.com/pxq-nl/pxq/importers/table"
)

// refusedAs checks the code and the place of a refusal, and words in its text.
func refusedAs(t *testing.T, what string, err error, code string, words ...string) {
	t.Helper()
	var problem *table.Problem
	if !errors.As(err, &problem) || problem.Code != code {
		t.Errorf("%s: got %v, want a refusal %s", what, err, code)
		return
	}
	refused(t, what, err, words...)
}

// twoColumns is a submission with the cells of two more columns than it needs.
func twoColumns(headings, cells string) string {
	return "Regelnummer;AGB-code;Productcode;" + headings + "\nR1;01000001;45VB1;" + cells + "\n"
}

// Of two columns with one meaning the one whose heading comes first in the list counts, wherever it is on the sheet.
func TestWhichColumnCounts(t *testing.T) {
	date := func(r *billing.Record) string { return r.First.String() }
	quantity := shownQuantity
	for _, test := range []struct {
		headings, cells string
		value           func(*billing.Record) string
		want, unused    string
	}{
		{"BSN;Eenheid;Aantal;Zorgdatum;Datum", "999910012;uur;1;;07-01-2026", date, "2026-01-07", "Zorgdatum"},
		{"BSN;Eenheid;Aantal;Leverdatum;Zorgdatum", "999910012;uur;1;x;07-01-2026", date, "2026-01-07", "Leverdatum"},
		{"BSN;Eenheid;Aantal;Zorgdatum;Datum", "999910012;uur;1;7-1-2026;2026-01-07", date, "2026-01-07", "Zorgdatum"},
		{"BSN;Datum;Eenheid;Aantal uren;Aantal", "999910012;07-01-2026;uur;1,50;1.5", quantity, "1.5000", "Aantal uren"},
		{"BSN;Datum;Eenheid;Hoeveelheid;Aantal", "999910012;07-01-2026;uur;veel;2", quantity, "2.0000", "Hoeveelheid"},
		{"BSN;Datum;Eenheid;Aantal uren;Aantal dagdelen", "999910012;07-01-2026;;1,5;", quantity, "1.5000", "Aantal dagdelen"},
		{"Burgerservicenummer;BSN;Datum;Eenheid;Aantal", "999910024;999910001;07-01-2026;uur;1", func(r *billing.Record) string { return r.BSN }, "", "Burgerservicenummer"},
		{"BSN;Datum;Eenheid;Aantal;Gemeentecode;Gemeente", "999910012;07-01-2026;uur;1;0855;Goirle", func(r *billing.Record) string { return r.Municipality }, "Goirle", "Gemeentecode"},
		{"BSN;Datum;Eenheid;Aantal;Product", "999910012;07-01-2026;uur;1;Begeleiding", func(r *billing.Record) string { return r.Product }, "45VB1", "Product"},
		{"BSN;Datum;Eenheid;Aantal;Aanbieder", "999910012;07-01-2026;uur;1;TotaalZorg", func(r *billing.Record) string { return r.Provider }, "01000001", "Aanbieder"},
		{"BSN;Datum;Eenheid;Aantal;Referentie;Regelnr", "999910012;07-01-2026;uur;1;X1;X2", func(r *billing.Record) string { return r.Reference }, "R1", "Referentie, Regelnr"},
	} {
		sink, summary := mustRead(t, "a.csv", twoColumns(test.headings, test.cells))
		if got := test.value(sink.records[0]); got != test.want {
			t.Errorf("%s with %s: got %q, want %q", test.headings, test.cells, got, test.want)
		}
		if got := strings.Join(summary.Sheets[0].UnknownColumns, ", "); got != test.unused {
			t.Errorf("%s: not used %q, want %q", test.headings, got, test.unused)
		}
	}
}

// Two columns with one meaning that are both readable and differ refuse the file, naming both cells.
func TestDifferingColumns(t *testing.T) {
	for _, test := range []struct {
		headings, cells string
		words           []string // nil if the file is read
	}{
		{"BSN;Datum;Zorgdatum;Eenheid;Aantal", "999910012;30-09-2026;28-08-2026;uur;2", []string{"E2", "30-09-2026", "Datum", "F2", "28-08-2026", "Zorgdatum"}},
		{"BSN;Datum;Leverdatum;Eenheid;Aantal", "999910012;07-01-2026;8 jan 2026;uur;2", []string{"E2", "F2", "Leverdatum"}},
		{"BSN;Datum;Zorgdatum;Leverdatum;Eenheid;Aantal", "999910012;;07-01-2026;08-01-2026;uur;2", []string{"F2", "G2", "Zorgdatum", "Leverdatum"}},
		{"BSN;Datum;Zorgdatum;Leverdatum;Eenheid;Aantal", "999910012;07-01-2026;;7-1-2026;uur;2", nil},
		{"BSN;Datum;Eenheid;Aantal;Aantal uren", "999910012;07-01-2026;uur;1;2,5", []string{"G2", "H2", "Aantal uren"}},
		{"BSN;Datum;Eenheid;Aantal;Aantal uren", "999910012;07-01-2026;min;90;1,5", []string{"G2", "90", "H2", "1,5"}},
		{"BSN;Datum;Eenheid;Aantal;Hoeveelheid", "999910012;07-01-2026;uur;1,5;1:30", nil},
		{"BSN;Datum;Eenheid;Aantal;Hoeveelheid", "999910012;07-01-2026;uur;1,5;1:31", []string{"G2", "H2"}},
		{"BSN;Datum;Eenheid;Aantal;Hoeveelheid", "999910012;07-01-2026;uur;0;1", []string{"G2", "H2"}},
		{"BSN;Datum;Eenheid;Aantal;Hoeveelheid", "999910012;07-01-2026;uur;1;-1", []string{"G2", "H2"}},
		{"BSN;Datum;Eenheid;Aantal;Hoeveelheid", "999910012;07-01-2026;uur;1;onbekend", nil},
		{"BSN;Burgerservicenummer;Datum;Eenheid;Aantal", "999910012;9999-10-024;07-01-2026;uur;1", []string{"D2", "BSN", "E2", "Burgerservicenummer"}},
		{"BSN;Burgerservicenummer;Datum;Eenheid;Aantal", "999910012;9999.10.012;07-01-2026;uur;1", nil},
		{"BSN;Burgerservicenummer;Datum;Eenheid;Aantal", "999910012;onbekend;07-01-2026;uur;1", nil},
		{"BSN;Burgerservicenummer;Datum;Eenheid;Aantal", "onbekend;999910012;07-01-2026;uur;1", nil},
		{"BSN;Datum;Zorgdatum;Eenheid;Aantal", "999910012;januari;07-01-2026;uur;2", nil},
		{"BSN;Datum;Zorgdatum;Eenheid;Aantal", "999910012;07-01-2026;januari;uur;2", nil},
		{"BSN;Datum;Eenheid;Aantal;Hoeveelheid", "999910012;07-01-2026;uur;veel;1", nil},
		{"BSN;Datum;Eenheid;Aantal;Hoeveelheid", "999910012;07-01-2026;uur;veel;1:30", nil},
		{"BSN;Datum;Eenheid;Aantal;Begintijd;Van;Eindtijd", "999910012;07-01-2026;uur;1;9:00;ochtend;10:00", nil},
		{"BSN;Datum;Eenheid;Aantal;Begintijd;Van;Eindtijd", "999910012;07-01-2026;uur;1;ochtend;9:00;10:00", nil},
		{"BSN;Datum;Eenheid;Aantal;Begintijd;Van;Eindtijd", "999910012;07-01-2026;uur;1;9:00;09:00:00;10:00", nil},
		{"BSN;Datum;Eenheid;Aantal;Pauze;Onderbreking", "999910012;07-01-2026;uur;1;15;kort", nil},
		{"BSN;Datum;Eenheid;Aantal;Pauze;Onderbreking", "999910012;07-01-2026;uur;1;kort;15", nil},
		{"BSN;Datum;Eenheid;Aantal;Begintijd;Van;Eindtijd", "999910012;07-01-2026;uur;1;9:00;9:30;10:00", []string{"H2", "9:00", "I2", "9:30"}},
		{"BSN;Datum;Eenheid;Aantal;Begintijd;Tot;Eindtijd", "999910012;07-01-2026;uur;1;9:00;24:00;10:00", []string{"J2", "10:00", "I2", "24:00"}},
		{"BSN;Datum;Eenheid;Aantal;Pauze;Onderbreking", "999910012;07-01-2026;uur;1;15;0:15", nil},
		{"BSN;Datum;Eenheid;Aantal;Pauze;Onderbreking", "999910012;07-01-2026;uur;1;15;0:16", []string{"H2", "I2"}},
		{"BSN;Datum;Eenheid;Aantal;Toewijzingsnummer;Beschikkingsnummer", "999910012;07-01-2026;uur;1;1;2", nil},
	} {
		_, _, err := read(t, "a.csv", twoColumns(test.headings, test.cells))
		if len(test.words) == 0 {
			if err != nil {
				t.Errorf("%s with %s: %v", test.headings, test.cells, err)
			}
			continue
		}
		refusedAs(t, test.headings, err, importers.RefusedDiffering, append(test.words, "a.csv", "2")...)
		if strings.Contains(err.Error(), "999910012") || strings.Contains(err.Error(), "9999-10") {
			t.Errorf("a BSN is shown: %v", err)
		}
	}
	_, _, err := read(t, "t.csv", "Toewijzingsnummer;BSN;Burgerservicenummer;Gemeente;AGB-code;Ingangsdatum\n1;999910012;10000008;Tilburg;01000001;01-01-2026\n")
	refusedAs(t, "a referral of two clients", err, importers.RefusedDiffering, "t.csv", "B2", "C2")
	if strings.Contains(err.Error(), "999910012") || strings.Contains(err.Error(), "10000008") {
		t.Errorf("a BSN is shown: %v", err)
	}
}

// Two columns with the same heading refuse the file on every kind of sheet on which the heading is known.
func TestSameHeadings(t *testing.T) {
	for _, test := range []struct {
		headings string
		words    []string
	}{
		{"Regelnummer;AGB-code;BSN;Productcode;Datum;Datum;Eenheid;Aantal", []string{"E2", "F2", "Datum"}},
		{"Regelnummer;AGB-code;BSN;Productcode;Datum;Eenheid;Aantal;Opmerking;opmerking", []string{"H2", "I2"}},
		{"Regelnummer;AGB-code;BSN;B.S.N.;Productcode;Datum;Eenheid;Aantal", []string{"C2", "D2"}},
		{"Regelnummer;AGB-code;BSN;Productcode;Datum;Eenheid;Een-heid;Aantal", []string{"F2", "G2"}},
		{"Regelnummer;AGB-code;BSN;Productcode;Datum;Zorgdatum;Eenheid;Zorg datum;Aantal", []string{"F2", "H2", "Zorgdatum"}},
		{"Toewijzingsnummer;BSN;Gemeente;AGB-code;Ingangsdatum;Volume;Volume", []string{"F2", "G2"}},
		{"Regelnummer;AGB-code;Code;Versie;Besluit;Reden;Besluit", []string{"E2", "G2"}},
		{"Regelnummer;AGB-code;BSN;Productcode;Datum;Eenheid;Aantal;Kleur;Kleur;Volume;Volume", nil},
	} {
		_, _, err := read(t, "a.csv", "Aanlevering\n"+test.headings+"\n")
		if len(test.words) == 0 {
			if err != nil {
				t.Errorf("%s: %v", test.headings, err)
			}
			continue
		}
		refusedAs(t, test.headings, err, importers.RefusedSameHeading, append(test.words, "a.csv")...)
	}
}

// A CSV row with a filled cell beyond the last heading refuses the file, naming the row; a workbook may have notes there.
func TestBeyondTheLastHeading(t *testing.T) {
	headings := "Regelnummer,AGB-code,BSN,Toewijzingsnummer,Productcode,Datum,Eenheid,Aantal"
	row := "\nR1,01000001,999910012,5001,45VB1,01-01-2026,uur,"
	for _, test := range []struct {
		content, says string
	}{
		{headings + row + "1" + row + "0,75\n", "I3"}, {headings + ",Kleur" + row + "1,rood,x", "J2"}, {headings + ",," + row + "1,,x", "J2"},
		{headings + row + "1\nTotaal,,,,,,,3,5", "I3"}, {headings + row + "1, ,\u00a0,", ""}, {headings + row + `"1,5"`, ""}, {headings + ",Kleur" + row + "1,5", ""},
		{"a,b,c,d,e,f,g,h,i,j\n" + headings + row + "1", ""},
		{"Toewijzingsnummer;BSN;Gemeente;AGB-code;Ingangsdatum\n1;999910012;Tilburg;01000001;01-01-2026;x", "F2"},
		{"Regelnummer;AGB-code;Code;Versie;Besluit\nR1;01000001;R12;1;akkoord;x", "F2"},
	} {
		_, _, err := read(t, "a.csv", test.content)
		switch {
		case test.says == "" && err != nil:
			t.Errorf("%q: %v", test.content, err)
		case test.says != "":
			refusedAs(t, test.content, err, importers.RefusedBeyond, "a.csv", test.says, test.says[1:])
		}
	}
	care := grid{{"Regelnummer", "AGB-code", "BSN", "Productcode", "Datum", "Aantal"}, {"R1", 1000001, 999910012, "45VB1", "07-01-2026", 1, "los", "los"}}
	if _, _, err := readPath(workbook(t, "", []string{"Uren"}, map[string]grid{"Uren": care})); err != nil {
		t.Errorf("a note beside the rows of a workbook: %v", err)
	}
}

// A column with a date that can only be month-day-year refuses the file, also of referrals and for birth dates.
func TestMonthDayYearColumns(t *testing.T) {
	row := func(birth, date string) string {
		return changed(cells{billing.FieldBirthDate: birth, billing.FieldDate: date})
	}
	for _, test := range []struct {
		name, content string
		words         []string
	}{
		{"care date", submissionHeadings + row("", "01/07/2026") + row("", "01/13/2026"), []string{"H3", "01/13/2026", "Datum"}},
		{"dashes", submissionHeadings + row("", "01-13-2026"), []string{"H2", "01-13-2026"}},
		{"with midnight", submissionHeadings + row("", "1/13/2026 0:00"), []string{"H2"}},
		{"birth date", submissionHeadings + row("05/13/2012", "07-01-2026"), []string{"D2", "Geboortedatum"}},
		{"a column that is not used", twoColumns("BSN;Datum;Zorgdatum;Eenheid;Aantal", "999910012;13-01-2026;01/13/2026;uur;2"), []string{"F2", "Zorgdatum"}},
		{"no such day", submissionHeadings + row("02/30/2012", "13/13/2026"), nil},
		{"two digits", submissionHeadings + row("", "01/13/26"), nil},
		{"dots", submissionHeadings + row("", "01.13.2026"), nil},
		{"could be both", submissionHeadings + row("", "01/12/2026"), nil},
		{"another column", submissionHeadings + changed(cells{billing.FieldRemark: "01/13/2026", billing.FieldStart: "01/13/2026"}), nil},
		{"start of a referral", "Toewijzingsnummer;BSN;Gemeente;AGB-code;Ingangsdatum\n1;999910012;Tilburg;01000001;01/13/2026", []string{"E2", "Ingangsdatum"}},
		{"end of a referral", "Toewijzingsnummer;BSN;Gemeente;AGB-code;Ingangsdatum;Einddatum\n1;999910012;Tilburg;01000001;01/12/2026;12-31-2026", []string{"F2", "12-31-2026"}},
		{"birth date of a referral", "Toewijzingsnummer;BSN;Gemeente;AGB-code;Ingangsdatum;Geboortedatum\n1;x;Tilburg;01000001;01/12/2026;12-31-2011", []string{"F2"}},
	} {
		_, _, err := read(t, "a.csv", test.content)
		if len(test.words) == 0 {
			if err != nil {
				t.Errorf("%s: %v", test.name, err)
			}
			continue
		}
		refusedAs(t, test.name, err, importers.RefusedMonthDayYear, append(test.words, "a.csv")...)
		if strings.Contains(err.Error(), "2012") || strings.Contains(err.Error(), "2011") {
			t.Errorf("%s: a birth date is shown: %v", test.name, err)
		}
	}
	dates := grid{{"Regelnummer", "AGB-code", "BSN", "Productcode", "Datum", "Aantal"}, {"R1", 1000001, 999910012, "45VB1", "1/13/2026", 1}}
	_, _, err := readPath(workbook(t, "", []string{"Uren"}, map[string]grid{"Uren": dates}))
	refusedAs(t, "a text in a workbook", err, importers.RefusedMonthDayYear, "Uren", "E2")
}

// A text that a database cannot find records by refuses the file, in characters as a person counts them.
func TestTooLongToFindBy(t *testing.T) {
	const most = 250
	referral := func(number, town, product string) string {
		return "Toewijzingsnummer;BSN;Gemeente;AGB-code;Productcode;Ingangsdatum\n" + number + ";999910012;" + town + ";01000001;" + product + ";01-01-2026"
	}
	for _, test := range []struct {
		name, cell string // the cell whose text is too long
		content    func(text string) string
	}{
		{"reference", "A2", func(text string) string { return submissionHeadings + changed(cells{billing.FieldReference: text}) }},
		{"referral of a record", "E2", func(text string) string { return submissionHeadings + changed(cells{billing.FieldReferral: text}) }},
		{"municipality", "F2", func(text string) string { return submissionHeadings + changed(cells{billing.FieldMunicipality: text}) }},
		{"number of a referral", "A2", func(text string) string { return referral(text, "Tilburg", "45VB1") }},
		{"municipality of a referral", "C2", func(text string) string { return referral("1", text, "45VB1") }},
		{"product of a referral", "E2", func(text string) string { return referral("1", "Tilburg", text) }},
		{"product", "", func(text string) string { return submissionHeadings + changed(cells{billing.FieldProduct: text}) }},
		{"remark", "", func(text string) string { return submissionHeadings + changed(cells{billing.FieldRemark: text}) }},
	} {
		if _, _, err := read(t, "a.csv", test.content(strings.Repeat("é", most))); err != nil {
			t.Errorf("%s of %d characters: %v", test.name, most, err)
		}
		_, _, err := read(t, "a.csv", test.content(strings.Repeat("é", most+1)))
		if test.cell == "" {
			if err != nil {
				t.Errorf("%s: %v", test.name, err)
			}
			continue
		}
		refusedAs(t, test.name, err, importers.RefusedTooLong, "a.csv", test.cell, "251", "250")
	}
	path, headings := filepath.Join(t.TempDir(), "a.ods"), ""
	for _, heading := range []string{"Regelnummer", "AGB-code", "BSN", "Productcode", "Datum"} {
		headings += `<table:table-cell office:value-type="string"><text:p>` + heading + `</text:p></table:table-cell>`
	}
	for _, length := range []int{most, most + 1} {
		document(t, path, `<table:table table:name="`+strings.Repeat("é", length)+`"><table:table-row>`+headings+`</table:table-row></table:table>`)
		if _, _, err := readPath(path); length > most {
			refusedAs(t, "name of a sheet", err, importers.RefusedTooLong, "251", "250")
		} else if err != nil {
			t.Errorf("the name of a sheet of %d characters: %v", length, err)
		}
	}
}

// In a return file the column Versie is the version that a row shows; elsewhere it is unknown.
func TestReturnedVersion(t *testing.T) {
	headings := []any{"Regelnummer", "AGB-code", "BSN", "Productcode", "Datum", "Aantal", "Versie"}
	row := func(version any) []any { return []any{"R1", 1000001, 999910012, "45VB1", "07-01-2026", 1, version} }
	sheets := map[string]grid{"Uren": {headings, row(2), row("12"), row(nil), row("twee"), row("1,5")}}
	for kind, want := range map[string][]int{"retour": {2, 12, 0, 0, 0}, "": {0, 0, 0, 0, 0}, "template-submission": {0, 0, 0, 0, 0}} {
		sink, summary, err := readPath(workbook(t, kind, []string{"Uren"}, sheets))
		if err != nil {
			t.Fatal(err)
		}
		var got []int
		for _, r := range sink.records {
			got = append(got, r.ReturnedVersion)
		}
		if !slices.Equal(got, want) || len(summary.Sheets[0].UnknownColumns) != map[bool]int{true: 0, false: 1}[kind == "retour"] {
			t.Errorf("%q: versions %v, want %v; not used %q", kind, got, want, summary.Sheets[0].UnknownColumns)
		}
	}
}
