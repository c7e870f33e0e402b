package importers

import (
	"testing"

	"github.com/pxq-nl/pxq/importers/table"
)

func TestDates(t *testing.T) {
	tests := []struct {
		kind       table.Kind
		text, want string
	}{
		{table.Text, "2026-10-03", "2026-10-03"}, {table.Text, "03-10-2026", "2026-10-03"}, {table.Text, "3-10-2026", "2026-10-03"},
		{table.Text, "3-1-2026", "2026-01-03"}, {table.Text, "03/10/2026", "2026-10-03"}, {table.Text, "3/9/2026", "2026-09-03"},
		{table.Text, "03.10.2026", "2026-10-03"}, {table.Text, "3.9.2026", "2026-09-03"}, {table.Text, "13.01.2026", "2026-01-13"},
		{table.Text, "20261003", "2026-10-03"}, {table.Number, "20261003", "2026-10-03"}, {table.Text, "29-02-2024", "2024-02-29"},
		{table.Text, "1900-01-01", "1900-01-01"}, {table.Text, "31-12-2199", "2199-12-31"},
		{table.Date, "2026-10-03", "2026-10-03"}, {table.Date, "2026-10-03 15:04:05", "2026-10-03"},
		// Midnight after a space or T.
		{table.Text, "2026-10-03 00:00:00", "2026-10-03"}, {table.Text, "2026-10-03T00:00:00", "2026-10-03"}, {table.Text, "2026-10-03T00:00", "2026-10-03"},
		{table.Text, "3-10-2026 0:00", "2026-10-03"}, {table.Text, "03/10/2026 00:00", "2026-10-03"}, {table.Text, "3.10.2026 0:00", "2026-10-03"},
		{table.Text, "20261003 0:00", "2026-10-03"},
		{table.Text, "2026-10-03 15:04:05", ""}, {table.Text, "2026-10-03 10:00", ""}, {table.Text, "2026-10-03 00:00:01", ""}, {table.Text, "2026-10-0300:00", ""},
		{table.Text, "2026-10-03 24:00", ""}, {table.Text, "2026-10-03 00:00:00Z", ""}, {table.Text, "00:00", ""}, {table.Text, " 00:00", ""},
		{table.Text, "2026-10-03x00:00", ""}, {table.Text, "2026-10-03-0:00", ""},
		// Names of months.
		{table.Text, "3 oktober 2026", "2026-10-03"}, {table.Text, "3 okt 2026", "2026-10-03"}, {table.Text, "03 okt. 2026", "2026-10-03"}, {table.Text, "3 OKT 2026", "2026-10-03"},
		{table.Text, "1 jan 2026", "2026-01-01"}, {table.Text, "1 februari 2026", "2026-02-01"}, {table.Text, "1 maart 2026", "2026-03-01"}, {table.Text, "1 maa 2026", "2026-03-01"},
		{table.Text, "1 mrt. 2026", "2026-03-01"}, {table.Text, "1 mrt 2026", "2026-03-01"}, {table.Text, "1 apr 2026", "2026-04-01"}, {table.Text, "1 mei 2026", "2026-05-01"},
		{table.Text, "1 juni 2026", "2026-06-01"}, {table.Text, "1 jul. 2026", "2026-07-01"}, {table.Text, "1 augustus 2026", "2026-08-01"}, {table.Text, "1 sep 2026", "2026-09-01"},
		{table.Text, "1 sept. 2026", "2026-09-01"}, {table.Text, "1 november 2026", "2026-11-01"}, {table.Text, "31 dec 2026", "2026-12-31"},
		{table.Text, "3 okto 2026", ""}, {table.Text, "3 oct 2026", ""}, {table.Text, "31 februari 2026", ""}, {table.Text, "3 okt 26", ""}, {table.Text, "okt 2026", ""},
		{table.Text, "3 oktober 1899", ""}, {table.Text, "003 okt 2026", ""}, {table.Text, "3 okt.. 2026", ""}, {table.Text, "3-okt-2026", ""},
		// Excel dates that lost their format.
		{table.Number, "36526", "2000-01-01"}, {table.Number, "46023", "2026-01-01"}, {table.Number, "73050", "2099-12-31"},
		{table.Number, "36525", ""}, {table.Number, "73051", ""}, {table.Number, "46023.5", ""}, {table.Number, "-46023", ""}, {table.Text, "46023", ""}, {table.Number, "9999", ""}, {table.Number, "46.02", ""},
		// Days that do not exist, years out of range, other notations.
		{table.Text, "29-02-2026", ""}, {table.Text, "31-02-2026", ""}, {table.Text, "32-01-2026", ""}, {table.Text, "00-01-2026", ""},
		{table.Text, "03-13-2026", ""}, {table.Text, "03-10-26", ""}, {table.Text, "03/10/26", ""}, {table.Text, "03.10.26", ""}, {table.Text, "3-10-026", ""}, {table.Text, "2026-1-3", ""},
		{table.Text, "2026/10/03", ""}, {table.Text, "03-10/2026", ""}, {table.Text, "03.10-2026", ""}, {table.Text, "2026.10.03", ""}, {table.Text, "2026-10/03", ""}, {table.Text, "2026/10-03", ""},
		{table.Text, "202a-10-03", ""}, {table.Text, "2026-1.-03", ""}, {table.Text, "3-10-202a", ""}, {table.Text, "3-1.-2026", ""}, {table.Text, "3 okt 202a", ""}, {table.Text, "1. okt 2026", ""},
		{table.Text, "003-10-2026", ""}, {table.Text, "03-010-2026", ""}, {table.Text, "-10-2026", ""}, {table.Text, "--2026", ""}, {table.Text, "3-10-", ""},
		{table.Text, "20261301", ""}, {table.Text, "2026100", ""}, {table.Text, "1899-12-31", ""}, {table.Text, "01-01-2200", ""},
		{table.Text, "+3-10-2026", ""}, {table.Text, "", ""},
		{table.Number, "20261003.5", ""}, {table.Date, "1900-02-29", ""}, {table.Date, "1900-01-00", ""},
		{table.Time, "15:04:05", ""}, {table.Bool, "TRUE", ""}, {table.Error, "#N/A", ""}, {table.NoValue, noValue, ""},
	}
	for _, test := range tests {
		got, ok := readDate(table.Cell{Kind: test.kind, Text: test.text})
		if got.String() != test.want || ok != (test.want != "") {
			t.Errorf("%d %q: got %s, %v, want %q", test.kind, test.text, got, ok, test.want)
		}
	}
}

// In the 1904 date system numbers of days from 2000 on are dates; other numbers are left unchanged.
func TestRecounted(t *testing.T) {
	for text, want := range map[string]string{
		"35064": "2000-01-01", "44561": "2026-01-01", "73050": "2104-01-02", "35063": "", "73051": "", "44.56": "", "4456": "", "445610": "", "": "",
	} {
		if got := dateWithOffset(text, 1462); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestMonthDayYear(t *testing.T) {
	for text, want := range map[string]bool{
		"10/31/2026": true, "1/13/2026": true, "02-29-2024": true, "12-31-2026 0:00": true, "10/31/2026 00:00:00": true,
		"10/12/2026": false, "31/10/2026": false, "02/30/2026": false, "02-29-2026": false, "13/31/2026": false, "10/31/26": false,
		"10.31.2026": false, "10/31-2026": false, "2026-31-10": false, "10/31/": false, "okt/31/2026": false, "00/31/2026": false, "": false, "10/31/2026 9:00": false,
	} {
		if got := isMonthDayYear(text); got != want {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	}
}
