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

// asOf is the day on which the tests import.
var asOf = billing.NewDate(2026, 2, 5)

// read writes a file of that name and reads it.
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

const submissionHeadings = "Regelnummer;AGB-code;BSN;Geboortedatum;Toewijzingsnummer;Gemeente;Productcode;Datum;Begintijd;Eindtijd;Dagdeel;Eenheid;Aantal;Tarief;Bedrag;Opmerking\n"

// soundRow is a row without findings; tests change some of its cells.
var soundRow = []string{"R1", "01000001", "999910012", "02-05-2012", "900101", "Tilburg", "45VB1", "07-01-2026", "", "", "", "uur", "1,5", "", "", ""}

// changed returns the sound row as CSV with other cells, by the number of the field.
func changed(cells map[billing.Field]string) string {
	row := append([]string(nil), soundRow...)
	for field, text := range cells {
		row[field-1] = text
	}
	return strings.Join(row, ";") + "\n"
}

// findings writes down what was found: code, field and values.
func findings(r *billing.Record) string {
	var lines []string
	for _, f := range r.Findings {
		lines = append(lines, strings.TrimSpace(f.Code.String()+" "+f.Field.String()+" "+strings.Join(f.Values, "|")))
	}
	return strings.Join(lines, "; ")
}

func TestFindings(t *testing.T) {
	type cells = map[billing.Field]string
	const (
		start, end, unit, quantity = billing.FieldStart, billing.FieldEnd, billing.FieldUnit, billing.FieldQuantity
	)
	tests := []struct {
		name  string
		cells cells
		want  string
		hours string // the quantity as exported; "" for none
	}{
		{"sound", nil, "", "1.5000"},
		{"no reference", cells{billing.FieldReference: " \u00a0"}, "F01 Regelnummer Regelnummer", "1.5000"},
		{"all empty but one", cells{1: "", 2: "", 3: "", 4: "", 5: "", 6: "", 7: "", 8: "", unit: "", quantity: "", 16: "x"},
			"F01 Regelnummer Regelnummer; F01 AGB-code AGB-code; F01 BSN BSN; F01 Productcode Productcode; F01 Datum Datum; F01 Eenheid Eenheid; F01 Aantal Aantal", ""},
		{"dates", cells{billing.FieldDate: "31-02-2026", billing.FieldBirthDate: "31-02-2012"}, "F02 Geboortedatum •••; F02 Datum 31-02-2026", "1.5000"},
		{"future", cells{billing.FieldDate: "06-02-2026"}, "F09 Datum 2026-02-06|2026-02-05", "1.5000"},
		{"today", cells{billing.FieldDate: "05-02-2026"}, "", "1.5000"},
		{"BSN and AGB", cells{billing.FieldBSN: "999910001", billing.FieldProvider: "123456"}, "F05 AGB-code 123456; F04 BSN elfproef", "1.5000"},
		{"a BSN where the AGB code goes", cells{billing.FieldProvider: "999910012"}, "F05 AGB-code •••", "1.5000"},
		{"unit", cells{unit: "etmaal"}, "F06 Eenheid etmaal", ""},
		{"unit and quantity", cells{unit: "etmaal", quantity: "-1"}, "F06 Eenheid etmaal; F03 Aantal -1", ""},
		{"unit and nothing", cells{unit: "etmaal", quantity: "0"}, "F06 Eenheid etmaal", ""},
		{"unit and time", cells{unit: "etmaal", quantity: "1:15"}, "F06 Eenheid etmaal", ""},
		{"unit, no quantity, times", cells{unit: "etmaal", quantity: "", start: "9:00", end: "10:00"}, "F06 Eenheid etmaal", ""},
		{"no unit and time", cells{unit: "", quantity: "1:15"}, "F01 Eenheid Eenheid", ""},
		{"time in minutes", cells{unit: "min", quantity: "1:15"}, "F03 Aantal 1:15", ""},
		{"zero withdraws", cells{quantity: "0"}, "", "0.0000"},
		{"zero beside times", cells{quantity: "0", start: "9:00", end: "10:00"}, "", "0.0000"},
		{"zero beside wrong times", cells{quantity: "0", start: "9:00", end: "8:00"}, "F10 Eindtijd volgorde|09:00|08:00", "0.0000"},
		{"times for quantity", cells{quantity: "", start: "9:00", end: "10:15:30"}, "", "1.2583"},
		{"times to midnight", cells{quantity: "", start: "22:00", end: "24:00"}, "", "2.0000"},
		{"start at 24:00", cells{start: "24:00", end: "24:00"}, "F02 Begintijd 24:00", "1.5000"},
		{"one time, no quantity", cells{quantity: "", start: "9:00"}, "F01 Aantal Aantal", ""},
		{"unreadable time, no quantity", cells{quantity: "", start: "9:00", end: "tien"}, "F02 Eindtijd tien", ""},
		{"unreadable lone time", cells{end: "tien"}, "F02 Eindtijd tien", "1.5000"},
		{"lone time", cells{end: "10:00"}, "", "1.5000"},
		{"wrong order", cells{start: "10:00", end: "9:00"}, "F10 Eindtijd volgorde|10:00|09:00", "1.5000"},
		{"no time at all", cells{start: "10:00", end: "10:00", quantity: ""}, "F10 Eindtijd volgorde|10:00|10:00", ""},
		{"wrong order, no number", cells{start: "10:00", end: "9:00", quantity: "veel"}, "F03 Aantal veel", ""},
		{"less than a minute apart", cells{start: "9:00", end: "10:30:59"}, "", "1.5000"},
		{"a minute apart", cells{start: "9:00", end: "10:31"}, "F10 Aantal verschil|09:00|10:31|9100|9000", "1.5000"},
		{"a minute apart, less", cells{start: "9:00", end: "10:29"}, "F10 Aantal verschil|09:00|10:29|8900|9000", "1.5000"},
		{"day-part beside times", cells{unit: "dagdeel", quantity: "1", start: "9:00", end: "13:00"}, "", "1.00"},
		{"day-part, only times", cells{unit: "dagdeel", quantity: "", start: "9:00", end: "13:00"}, "F01 Aantal Aantal", ""},
		{"day-part, wrong order", cells{unit: "dagdeel", quantity: "1", start: "13:00", end: "9:00"}, "F10 Eindtijd volgorde|13:00|09:00", "1.00"},
		{"claims", cells{billing.FieldClaimedPrice: "n.v.t.", billing.FieldClaimedAmount: "€ 5 €"}, "F11 Tarief n.v.t.; F11 Bedrag € 5 €", "1.5000"},
		{"too much", cells{quantity: "100.000"}, "", "100.0000"},
		{"far too much", cells{quantity: "100000"}, "F03 Aantal 100000", ""},
	}
	for _, test := range tests {
		sink, _ := mustRead(t, "a.csv", submissionHeadings+changed(test.cells))
		record := sink.records[0]
		if got := findings(record); got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.name, got, test.want)
		}
		shown := ""
		if record.HasQuantity {
			shown = record.Quantity.Format(record.Unit)
		}
		if shown != test.hours {
			t.Errorf("%s: quantity %q, want %q", test.name, shown, test.hours)
		}
	}
}

// Every cell of a sound row ends up where it belongs.
func TestRecordFields(t *testing.T) {
	sink, summary := mustRead(t, "Aanlevering.csv", submissionHeadings+
		"\u00a0R1 ;1000001;12345672;20120502; 900101;0855;45vb1;7/1/2026;9:00;10:30;ochtend;UUR;1:30;€ 1.052,80;-5,28;"+strings.Repeat("é", 1200)+"\n")
	r := sink.records[0]
	if r.Reference != "R1" || r.Provider != "01000001" || r.BSN != "012345672" || r.BirthDate != billing.NewDate(2012, 5, 2) ||
		r.ReferralNumber != "900101" || r.Municipality != "0855" || r.Product != "45vb1" || r.First != billing.NewDate(2026, 1, 7) ||
		r.Start != billing.NewClock(9, 0, 0) || r.End != billing.NewClock(10, 30, 0) || r.Daypart != "ochtend" ||
		r.Unit != billing.Time || r.Quantity != 9000 || !r.HasQuantity {
		t.Errorf("got %+v", r)
	}
	if !r.ClaimedPrice.Equal(decimal.RequireFromString("1052.8")) || !r.ClaimedAmount.Equal(decimal.RequireFromString("-5.28")) {
		t.Errorf("claims: %v, %v", r.ClaimedPrice, r.ClaimedAmount)
	}
	if r.Remark != strings.Repeat("é", 1000) {
		t.Errorf("the remark has %d bytes", len(r.Remark))
	}
	if r.File != "Aanlevering.csv" || r.Sheet != "" || r.Row != 2 || r.Received != asOf || len(r.Findings) > 0 {
		t.Errorf("got %+v", r)
	}
	if summary.Name != "Aanlevering.csv" || len(summary.SHA256) != 64 || summary.Sheets[0].Columns[billing.FieldRemark] != 16 || summary.Sheets[0].Columns[billing.FieldReference] != 1 {
		t.Errorf("got %+v", summary)
	}
}

// Claims that repeat are the same number; others are not mixed up with them.
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

// A failing sink stops the reading with its own error.
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
