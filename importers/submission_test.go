package importers_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/importers"
)

// asOf is the as-of date of the imports in the tests.
var asOf = billing.NewDate(2026, 2, 5)

// read writes a file of this name and reads it.
func read(t testing.TB, name, content string) (*taken, *billing.FileSummary, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	sink := &taken{}
	reader := importers.Reader{}
	summary, err := reader.Read(context.Background(), path, asOf, sink)
	return sink, summary, err
}

// mustRead is read for a file that must be taken in.
func mustRead(t testing.TB, name, content string) (*taken, *billing.FileSummary) {
	t.Helper()
	sink, summary, err := read(t, name, content)
	if err != nil {
		t.Fatal(err)
	}
	return sink, summary
}

const submissionHeadings = "Regelnummer;AGB-code;BSN;Geboortedatum;Toewijzingsnummer;Gemeente;Productcode;Datum;Begintijd;Eindtijd;Pauze;Dagdeel;Eenheid;Aantal;Tarief;Bedrag;Opmerking\n"

// soundRow is a row without findings; tests change some of its cells.
var soundRow = []string{"R1", "01000001", "999910012", "02-05-2012", "900101", "Tilburg", "45VB1", "07-01-2026", "", "", "", "", "uur", "1,5", "", "", ""}

// changed returns the sound row as CSV with some cells replaced, by the number of the field.
func changed(cells map[billing.Field]string) string {
	row := append([]string(nil), soundRow...)
	for field, text := range cells {
		row[field-1] = text
	}
	return strings.Join(row, ";") + "\n"
}

// findings formats findings: code, field and values.
func findings(r *billing.Record) string {
	var lines []string
	for _, f := range r.Findings {
		lines = append(lines, strings.TrimSpace(f.Code.String()+" "+f.Field.String()+" "+strings.Join(f.Values, "|")))
	}
	return strings.Join(lines, "; ")
}

type cells = map[billing.Field]string

// The findings of a row, and the quantity as exported; "" for none.
func TestFindings(t *testing.T) {
	const (
		unit, quantity = billing.FieldUnit, billing.FieldQuantity
	)
	tests := []struct {
		name  string
		cells cells
		want  string
		hours string
	}{
		{"sound", nil, "", "1.5000"},
		{"no reference", cells{billing.FieldReference: " \u00a0"}, "F01 Regelnummer Regelnummer", "1.5000"},
		{"all empty but one", cells{1: "", 2: "", 3: "", 4: "", 5: "", 6: "", 7: "", 8: "", unit: "", quantity: "", billing.FieldRemark: "x"},
			"F01 Regelnummer Regelnummer; F01 AGB-code AGB-code; F01 BSN BSN; F01 Productcode Productcode; F01 Datum Datum; F01 Eenheid Eenheid; F01 Aantal Aantal", ""},
		{"dates", cells{billing.FieldDate: "31-02-2026", billing.FieldBirthDate: "31-02-2012"}, "F02 Geboortedatum •••; F02 Datum 31-02-2026", "1.5000"},
		{"two digits of a year", cells{billing.FieldDate: "07-01-26"}, "F02 Datum 07-01-26", "1.5000"},
		{"future", cells{billing.FieldDate: "06-02-2026"}, "F09 Datum 2026-02-06|2026-02-05", "1.5000"},
		{"today", cells{billing.FieldDate: "05-02-2026"}, "", "1.5000"},
		{"BSN and AGB", cells{billing.FieldBSN: "999910001", billing.FieldProvider: "123456"}, "F05 AGB-code 123456; F04 BSN elfproef", "1.5000"},
		{"a BSN where the AGB code goes", cells{billing.FieldProvider: "999910012"}, "F05 AGB-code •••", "1.5000"},
		{"a BSN with dashes where the AGB code goes", cells{billing.FieldProvider: "9999-10-012"}, "F05 AGB-code •••", "1.5000"},
		{"unit", cells{unit: "etmaal"}, "F06 Eenheid etmaal||1,5", ""},
		{"unit and quantity", cells{unit: "etmaal", quantity: "-1"}, "F06 Eenheid etmaal||-1; F03 Aantal -1", ""},
		{"unit and word", cells{unit: "etmaal", quantity: "veel"}, "F06 Eenheid etmaal||veel; F03 Aantal veel", ""},
		{"unit and nothing", cells{unit: "etmaal", quantity: "0"}, "F06 Eenheid etmaal||0; F03 Aantal 0", ""},
		{"unit and time", cells{unit: "etmaal", quantity: "1:15"}, "F06 Eenheid etmaal||1:15", ""},
		{"no unit and time", cells{unit: "", quantity: "1:15"}, "F01 Eenheid Eenheid", ""},
		{"no unit and nothing", cells{unit: "", quantity: "0"}, "F01 Eenheid Eenheid; F03 Aantal 0", ""},
		{"time in minutes", cells{unit: "min", quantity: "1:15"}, "F03 Aantal 1:15", ""},
		{"zero withdraws", cells{quantity: "0"}, "", "0.0000"},
		{"zero written long", cells{quantity: "-0,00"}, "", "0.0000"},
		{"zero as a time", cells{quantity: "0:00"}, "", "0.0000"},
		{"zero of another client", cells{quantity: "0", billing.FieldBSN: "999910001"}, "F04 BSN elfproef; F03 Aantal 0", "0.0000"},
		{"zero of nobody", cells{quantity: "0,0", billing.FieldReference: "", billing.FieldProvider: "x"}, "F01 Regelnummer Regelnummer; F05 AGB-code x; F03 Aantal 0", "0.0000"},
		{"zero in the future", cells{quantity: "0", billing.FieldDate: "06-02-2026"}, "F09 Datum 2026-02-06|2026-02-05; F03 Aantal 0", "0.0000"},
		{"zero and a claim", cells{quantity: "0", billing.FieldClaimedPrice: "x"}, "F11 Tarief x", "0.0000"},
		{"too little", cells{quantity: "0,00008"}, "F03 Aantal 0,00008", ""},
		{"too little of a day-part", cells{unit: "dagdeel", quantity: "0,0049"}, "F03 Aantal 0,0049", ""},
		{"claims", cells{billing.FieldClaimedPrice: "n.v.t.", billing.FieldClaimedAmount: "€ 5 €"}, "F11 Tarief n.v.t.; F11 Bedrag € 5 €", "1.5000"},
		{"claims below 0", cells{billing.FieldClaimedPrice: "-91,23", billing.FieldClaimedAmount: "€ -5"}, "F11 Tarief -91,23; F11 Bedrag € -5", "1.5000"},
		{"claims of 0", cells{billing.FieldClaimedPrice: "0", billing.FieldClaimedAmount: "-0"}, "", "1.5000"},
		{"a unit beside the quantity", cells{quantity: "1,5 uur"}, "F03 Aantal 1,5 uur", ""},
		{"too much", cells{quantity: "100.000"}, "", "100.0000"},
		{"far too much", cells{quantity: "100000"}, "F03 Aantal 100000", ""},
		{"spoiled reference", cells{billing.FieldReference: "2,0261E+11"}, "F12 Regelnummer 2,0261E+11", "1.5000"},
		{"spoiled referral", cells{billing.FieldReferral: "#N/B"}, "F12 Toewijzingsnummer #N/B", "1.5000"},
		{"both spoiled", cells{billing.FieldReference: "#VERW!", billing.FieldReferral: "9E+05"}, "F12 Regelnummer #VERW!; F12 Toewijzingsnummer 9E+05", "1.5000"},
	}
	for _, test := range tests {
		record := readRow(t, test.cells)
		if got := findings(record); got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.name, got, test.want)
		}
		if shown := shownQuantity(record); shown != test.hours {
			t.Errorf("%s: quantity %q, want %q", test.name, shown, test.hours)
		}
	}
}

// readRow reads a file with the sound row, with some cells replaced.
func readRow(t testing.TB, cells cells) *billing.Record {
	t.Helper()
	sink, _ := mustRead(t, "a.csv", submissionHeadings+changed(cells))
	return sink.records[0]
}

func shownQuantity(r *billing.Record) string {
	if !r.HasQuantity {
		return ""
	}
	return r.Quantity.Format(r.Unit)
}

// A row with a spoiled reference has no identity; a row with only a spoiled referral number has.
func TestSpoiledRowsHaveNoIdentity(t *testing.T) {
	for _, test := range []struct {
		cells      cells
		identified bool
	}{
		{nil, true}, {cells{billing.FieldReference: "#N/B"}, false}, {cells{billing.FieldReferral: "#N/B"}, true}, {cells{billing.FieldProvider: "x"}, false},
	} {
		record := readRow(t, test.cells)
		if record.Identified() != test.identified || record.Readable() != (test.cells == nil) {
			t.Errorf("%v: identified %v, readable %v", test.cells, record.Identified(), record.Readable())
		}
	}
	if record := readRow(t, cells{billing.FieldReference: "#N/B"}); record.Reference != "#N/B" {
		t.Errorf("the reference is kept as written, not %q", record.Reference)
	}
}

// Every cell of a sound row is stored in its field.
func TestRecordFields(t *testing.T) {
	sink, summary := mustRead(t, "Aanlevering.csv", submissionHeadings+
		"\u00a0R1 ;1000001;12345672;20120502; 900101;0855;45vb1;7/1/2026;9:00;10:30;0:15;ochtend;UUR;1:15;€ 1.052,80;5,28;"+strings.Repeat("é", 1200)+"\n")
	r := sink.records[0]
	if r.Reference != "R1" || r.Provider != "01000001" || r.BSN != "012345672" || r.BirthDate != billing.NewDate(2012, 5, 2) ||
		r.ReferralNumber != "900101" || r.Municipality != "0855" || r.Product != "45vb1" || r.First != billing.NewDate(2026, 1, 7) ||
		r.Start != billing.NewClock(9, 0, 0) || r.End != billing.NewClock(10, 30, 0) || r.Break != 1500 || r.Daypart != "ochtend" ||
		r.Unit != billing.Time || r.Quantity != 7500 || !r.HasQuantity {
		t.Errorf("got %+v", r)
	}
	if !r.ClaimedPrice.Equal(decimal.RequireFromString("1052.8")) || !r.ClaimedAmount.Equal(decimal.RequireFromString("5.28")) {
		t.Errorf("claims: %v, %v", r.ClaimedPrice, r.ClaimedAmount)
	}
	if r.Remark != strings.Repeat("é", 1000) {
		t.Errorf("the remark has %d bytes", len(r.Remark))
	}
	if r.File != "Aanlevering.csv" || r.Sheet != "" || r.Row != 2 || r.Received != asOf || len(r.Findings) > 0 {
		t.Errorf("got %+v", r)
	}
	if summary.Name != "Aanlevering.csv" || len(summary.SHA256) != 64 || summary.Sheets[0].Columns[billing.FieldRemark] != 17 || summary.Sheets[0].Columns[billing.FieldReference] != 1 {
		t.Errorf("got %+v", summary)
	}
}

// Repeated claims share a value, and different claims are kept apart.
func TestRepeatedClaims(t *testing.T) {
	content := submissionHeadings
	prices := []string{"91,23", "91,23", "", "n.v.t.", "91,23", "91.25"}
	for _, price := range prices {
		content += changed(map[billing.Field]string{billing.FieldClaimedPrice: price, billing.FieldClaimedAmount: "1"})
	}
	sink, _ := mustRead(t, "a.csv", content)
	for i, want := range []string{"91.23", "91.23", "", "", "91.23", "91.25"} {
		got := ""
		if price := sink.records[i].ClaimedPrice; price != nil {
			got = price.String()
		}
		if got != want || sink.records[i].ClaimedAmount.String() != "1" {
			t.Errorf("row %d: %q, want %q", i, got, want)
		}
	}
}

// A failing sink stops reading, which returns the sink's error.
func TestSinkStops(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.csv")
	if err := os.WriteFile(path, []byte(submissionHeadings+changed(nil)+changed(nil)), 0o600); err != nil {
		t.Fatal(err)
	}
	full := errors.New("full")
	sink := &stopping{err: full}
	if _, err := (&importers.Reader{}).Read(context.Background(), path, asOf, sink); !errors.Is(err, full) || sink.count != 1 {
		t.Errorf("got %v after %d records", err, sink.count)
	}
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := (&importers.Reader{}).Read(cancelled, path, asOf, &taken{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

type stopping struct {
	taken
	err   error
	count int
}

func (s *stopping) Record(*billing.Record) error { s.count++; return s.err }
