package importers

import (
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/written"
	"github.com/pxq-nl/pxq/importers/table"
)

const unread = "–" // the wanted value of unreadable text

func TestNumbers(t *testing.T) {
	tests := []struct{ text, quantity, amount string }{
		{"0", "0", "0"}, {"-0", "0", "0"}, {"007", "7", "7"}, {"1,5", "1.5", "1.5"}, {"1.5", "1.5", "1.5"},
		{"1,50", "1.5", "1.5"}, {"0,125", "0.125", "125"}, {"1.234", "1.234", "1234"}, {"1,234", "1.234", "1234"},
		{"123,456", "123.456", "123456"}, {"1234,567", "1234.567", "1234.567"}, {"1.2345", "1.2345", "1.2345"},
		{"1.234,50", "1234.5", "1234.5"}, {"1,234.50", "1234.5", "1234.5"}, {"1.234.567", "1234567", "1234567"},
		{"1,234,567", "1234567", "1234567"}, {"1.234.567,89", "1234567.89", "1234567.89"},
		{"-1.234,50", "-1234.5", "-1234.5"}, {"-12", "-12", "-12"},
		{"1.23.456", unread, unread}, {"1234.567,8", unread, unread}, {"1.234,567,8", unread, unread},
		{"1,234.567.890", unread, unread}, {"1.2,3", unread, unread}, {"1..5", unread, unread}, {"1.,5", unread, unread},
		{".5", unread, unread}, {"5.", unread, unread}, {",5", unread, unread}, {"5,", unread, unread},
		{"+5", unread, unread}, {"1e3", unread, unread}, {"--5", unread, unread}, {"5-", unread, unread}, {"- 5", unread, unread},
		{"", unread, unread}, {"-", unread, unread}, {",", unread, unread}, {"1 234", unread, unread}, {"1'234", unread, unread},
		{"NaN", unread, unread}, {"Inf", unread, unread}, {"0x10", unread, unread}, {"1_000", unread, unread}, {"٣", unread, unread},
		{"5 uur", unread, unread}, {"n.v.t.", unread, unread},
		{"€ 5", unread, "5"}, {"€5,00", unread, "5"}, {"5 €", unread, "5"}, {"5,25€", unread, "5.25"}, {"€\u00a01.052,80", unread, "1052.8"},
		{"€ -5", unread, "-5"}, {"-€ 5", unread, "-5"}, {"-€ -5", unread, unread}, {"€ 5 €", unread, unread}, {"€", unread, unread},
		{"€€5", unread, unread}, {"EUR 5", unread, unread}, {"5,-", unread, unread}, {"€ 1.234", unread, "1234"},
		{"1,33333333333333333333", "1.33333333333333333333", "1.33333333333333333333"},
		{"12345678901234567890,5", "12345678901234567890.5", "12345678901234567890.5"},
		{"9.999.999,95", "9999999.95", "9999999.95"}, {"-12345678901234567890,5", "-12345678901234567890.5", "-12345678901234567890.5"},
		{"123456789012345678", "123456789012345678", "123456789012345678"}, {"1,23456789012345678", "1.23456789012345678", "1.23456789012345678"},
		{"1.234,33333333333333333333", "1234.33333333333333333333", "1234.33333333333333333333"},
		{strings.Repeat("9", 61), unread, unread},
	}
	for _, test := range tests {
		for style, want := range map[written.Style]string{written.Quantity: test.quantity, written.Amount: test.amount} {
			got := unread
			if value, ok := parseNumber(test.text, style); ok {
				got = value.decimal().String()
			}
			if got != want {
				t.Errorf("%q in style %d: got %s, want %s", test.text, style, got, want)
			}
		}
	}
}

// A numeric cell is its value: its point is never a thousands mark.
func TestNumericCells(t *testing.T) {
	for text, want := range map[string]string{
		"1.234": "1.234", "-1.5": "-1.5", "7.3": "7.3", "1000000": "1000000", "0.0000001": "0.0000001", "1.33333333333333": "1.33333333333333",
		"1" + strings.Repeat("0", 300): "1" + strings.Repeat("0", 300), "1,5": unread, "": unread, "-": unread, "1.": unread, ".5": unread, "1E5": unread,
	} {
		for _, style := range []written.Style{written.Quantity, written.Amount} {
			got := unread
			if value, ok := readNumber(table.Cell{Kind: table.Number, Text: text}, style); ok {
				got = value.decimal().String()
			}
			if got != want {
				t.Errorf("%s in style %d: got %s, want %s", text, style, got, want)
			}
		}
	}
}

func TestClocks(t *testing.T) {
	tests := []struct {
		kind             table.Kind
		text, start, end string
	}{
		{table.Text, "9:05", "09:05", "09:05"}, {table.Text, "09:05", "09:05", "09:05"}, {table.Text, "09:05:30", "09:05:30", "09:05:30"},
		{table.Text, "0:00", "00:00", "00:00"}, {table.Text, "23:59:59", "23:59:59", "23:59:59"}, {table.Text, "24:00", "", "24:00"},
		{table.Text, "24:00:00", "", "24:00"}, {table.Time, "24:00:00", "", "24:00"}, {table.Time, "09:05:00", "09:05", "09:05"},
		{table.Date, "2026-10-03 09:05:00", "09:05", "09:05"}, {table.Date, "2026-10-03", "", ""},
		{table.Text, "24:01", "", ""}, {table.Text, "25:00", "", ""}, {table.Time, "26:30:00", "", ""}, {table.Text, "9:60", "", ""},
		{table.Text, "9:5", "", ""}, {table.Text, "9", "", ""}, {table.Text, "9.05", "", ""}, {table.Text, "9:05:60", "", ""}, {table.Text, "-9:05", "", ""},
		{table.Text, "009:05", "", ""}, {table.Text, ":05", "", ""}, {table.Text, "9:05 uur", "", ""}, {table.Text, "9:05:", "", ""},
		{table.Text, "9:60:00", "", ""}, {table.Text, "9:05.30", "", ""}, {table.Text, "9:ab", "", ""}, {table.Text, "9:05:ab", "", ""},
		{table.Number, "0.375", "", ""}, {table.Number, "9", "", ""}, {table.Error, "#N/A", "", ""}, {table.Bool, "TRUE", "", ""},
	}
	for _, test := range tests {
		for isEnd, want := range map[bool]string{false: test.start, true: test.end} {
			got, ok := readClock(table.Cell{Kind: test.kind, Text: test.text}, isEnd)
			if got.String() != want || ok != (want != "") {
				t.Errorf("%d %q as end %v: got %s, %v, want %q", test.kind, test.text, isEnd, got, ok, want)
			}
		}
	}
}

func TestBreaks(t *testing.T) {
	const unreadable = -1
	tests := []struct {
		kind table.Kind
		text string
		want billing.Quantity
	}{
		{table.Text, "30", 3000}, {table.Number, "30", 3000}, {table.Text, "7,5", 750}, {table.Number, "12.345", 1235}, {table.Text, "0", 0}, {table.Text, "-0", 0},
		{table.Text, "0:30", 3000}, {table.Text, "1:15", 7500}, {table.Text, "0:30:00", 3000}, {table.Text, "0:30:20", 3033}, {table.Text, "0:00", 0},
		{table.Time, "00:30:00", 3000}, {table.Time, "00:00:00", 0}, {table.Date, "1900-01-00 00:30:00", 3000}, {table.Text, "999999", 99999900},
		{table.Text, "-30", unreadable}, {table.Number, "-1", unreadable}, {table.Text, "-0:30", unreadable}, {table.Text, "half uur", unreadable}, {table.Text, "30 min", unreadable},
		{table.Text, "0:60", unreadable}, {table.Text, "0:75:00", unreadable}, {table.Text, "0:5", unreadable}, {table.Text, "€ 5", unreadable}, {table.Text, "1000000", unreadable}, {table.Date, "2026-01-01", unreadable},
		{table.Error, "#N/A", unreadable}, {table.Bool, "TRUE", unreadable}, {table.NoValue, noValue, unreadable}, {table.Text, "+5", unreadable}, {table.Text, ".5", unreadable},
	}
	for _, test := range tests {
		got, ok := readBreak(table.Cell{Kind: test.kind, Text: test.text})
		if !ok {
			got = unreadable
		}
		if got != test.want {
			t.Errorf("%d %q: got %d, want %d", test.kind, test.text, got, test.want)
		}
	}
}

func TestBSNs(t *testing.T) {
	tests := []struct {
		kind              table.Kind
		text, bsn, reason string
	}{
		{table.Text, "999910012", "999910012", ""}, {table.Number, "999910012", "999910012", ""}, {table.Text, "10000008", "010000008", ""}, {table.Text, "10000009", "", bsnElfproef},
		{table.Number, "12345672", "012345672", ""}, {table.Text, "012345672", "012345672", ""},
		{table.Text, "9999.10.012", "999910012", ""}, {table.Text, "999 910 012", "999910012", ""}, {table.Text, "9999-10-012", "999910012", ""},
		{table.Text, "9999\u00a010\u202f012", "999910012", ""}, {table.Text, "9999 – 10 – 012", "999910012", ""}, {table.Text, "1234.56.72", "012345672", ""}, {table.Text, "9999\u221210\u2212012", "999910012", ""},
		{table.Text, "999910012.0", "999910012", ""}, {table.Text, "12345672.0", "012345672", ""}, {table.Text, "99991001.2", "999910012", ""},
		{table.Text, "999910012.00", "", bsnLength}, {table.Text, "999910012,0", "", bsnLength}, {table.Text, "-999910012", "", bsnLength}, {table.Text, "999910012.", "", bsnLength},
		{table.Text, "9999/10/012", "", bsnLength}, {table.Text, "BSN 999910012", "", bsnLength}, {table.Text, "99991001.0", "", bsnElfproef},
		{table.Text, "999910001", "", bsnElfproef}, {table.Text, "000000000", "", bsnElfproef}, {table.Text, "00000000", "", bsnElfproef},
		{table.Text, "1234567", "", bsnLength}, {table.Text, "0999910012", "", bsnLength}, {table.Number, "99991001.2", "", bsnLength},
		{table.Number, "999910012.5", "", bsnLength}, {table.Text, "onbekend", "", bsnLength}, {table.Text, "", "", bsnLength},
		{table.Error, "#N/A", "", bsnWrong}, {table.NoValue, noValue, "", bsnWrong}, {table.Bool, "TRUE", "", bsnWrong}, {table.Date, "2026-01-01", "", bsnWrong},
	}
	for _, test := range tests {
		if bsn, reason := readBSN(table.Cell{Kind: test.kind, Text: test.text}); bsn != test.bsn || reason != test.reason {
			t.Errorf("%q: got %q, %q, want %q, %q", test.text, bsn, reason, test.bsn, test.reason)
		}
	}
}

func TestAGBCodes(t *testing.T) {
	for text, want := range map[string]string{
		"01000001": "01000001", "1000001": "01000001", "1000001.0": "01000001", "01000001.0": "01000001", "123456": "", "123456789": "", "0100000A": "", "01 000001": "",
		"0100-0001": "", "1000001.00": "", "123456.0": "",
	} {
		if got, ok := readAGB(table.Cell{Kind: table.Text, Text: text}); got != want || ok != (want != "") {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	if got, ok := readAGB(table.Cell{Kind: table.Error, Text: "#N/A"}); ok {
		t.Errorf("an error is no code, got %q", got)
	}
}

// Only digits lose the .0 that programs append to them: R1.0 and R1 are different references.
func TestWholeDigits(t *testing.T) {
	for text, want := range map[string]string{"900101.0": "900101", "R1.0": "R1.0", "2026-1.0": "2026-1.0", "1.0.0": "1.0.0", "900101": "900101", ".0": ".0", "1.00": "1.00"} {
		if got := billing.WithoutPointZero(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// Forms of numbers that a spreadsheet program has spoiled.
func TestSpoiledNumbers(t *testing.T) {
	for text, want := range map[string]bool{
		"#N/B": true, "#N/A": true, "#VERW!": true, "#DEEL/0!": true, "#DIV/0!": true, "#WAARDE!": true, "#NAAM?": true, "#GETAL!": true, "#ref!": true, "#N/": true, "#ÜBERLAUF!": true, "#AB": true,
		"2,0261E+11": true, "2.0261e+11": true, "2E+11": true, "202610E+05": true,
		"#": false, "#A": false, "#1": false, "#12": false, "#A1": false, "#R2/5": false, "#12/AB": false, "#R/A5": false, "#AB/-1": false, "#1AB": false, "#?": false, "#!": false, "########": false, "# N/B": false, "N/B": false, "#N/B!!": false, "R#N/B": false,
		"2,0261E11": false, "2,0261E-11": false, "2,E+11": false, ",5E+11": false, "2,0261E+": false, "-2E+11": false, "2,02,61E+11": false, "E+11": false, "1e3": false, "AE+1": false, "": false,
	} {
		if got := isSpoiled(table.Cell{Kind: table.Text, Text: text}); got != want {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	}
	if !isSpoiled(table.Cell{Kind: table.Error, Text: "########"}) || isSpoiled(table.Cell{Kind: table.NoValue, Text: noValue}) {
		t.Error("an error of the spreadsheet program is one, a formula without outcome is none")
	}
}

// Texts lose invisible characters.
func TestTidyTexts(t *testing.T) {
	tests := []struct{ text, csv, sheet string }{
		{"  a b ", "a b", "a b"}, {"\u00a0\u202fx\u2007", "x", "x"}, {"\ufeffR1\u200b", "R1", "R1"}, {"\u200bR\u00ad1 \u200e", "R1", "R1"}, {"\u200b \u2060", "", ""}, {"é", "é", "é"},
		{`="0123"`, "0123", `="0123"`}, {` ="0123" `, "0123", `="0123"`}, {`=" 01 "`, "01", `=" 01 "`}, {`="a""b"`, `a"b`, `="a""b"`}, {`=""`, "", `=""`}, {`="`, `="`, `="`},
		{`="01"&"23"`, `="01"&"23"`, `="01"&"23"`}, {"=1+1", "=1+1", "=1+1"}, {`="01`, `="01`, `="01`}, {"", "", ""},
	}
	for _, test := range tests {
		for isCSV, want := range map[bool]string{true: test.csv, false: test.sheet} {
			cells := []table.Cell{{Kind: table.Text, Text: test.text}}
			tidy(cells, isCSV)
			if cells[0].Text != want || filled(cells[0]) != (want != "") {
				t.Errorf("%q in CSV %v: got %q, want %q", test.text, isCSV, cells[0].Text, want)
			}
		}
	}
}

func TestUnits(t *testing.T) {
	for unit, texts := range map[writtenUnit][]string{
		hours:       {"uur", "Uren", "U", "u.", "04", "4", " uur "},
		minutes:     {"minuut", "MINUTEN", "min", "min.", "01", "1"},
		dayparts:    {"dagdeel", "Dagdelen", "dag-deel", "16"},
		unknownUnit: {"", "etmaal", "14", "stuks", "uurtje", "uur/week"},
	} {
		for _, text := range texts {
			if got := parseUnit(text); got != unit {
				t.Errorf("%q: got %d, want %d", text, got, unit)
			}
		}
	}
}

func TestQuantities(t *testing.T) {
	const refused = -1
	tests := []struct {
		kind                           table.Kind
		text                           string
		hours, minutes, dayparts, none billing.Quantity
	}{
		{table.Text, "1", 6000, 100, 100, 0}, {table.Text, "1,25", 7500, 125, 125, 0}, {table.Text, "0", 0, 0, 0, 0}, {table.Text, "0,00", 0, 0, 0, 0},
		{table.Number, "1.33333333333333", 8000, 133, 133, 0}, {table.Number, "1.58333333333333", 9500, 158, 158, 0},
		{table.Text, "1.234", 7404, 123, 123, 0}, {table.Number, "0.005", 30, 1, 1, 0}, {table.Number, "0.0049", 29, refused, refused, 0},
		{table.Number, "0.00008", refused, refused, refused, 0}, {table.Number, "0.0000833333333333333", refused, refused, refused, 0},
		{table.Number, "0.0000833333333333334", 1, refused, refused, 0}, {table.Text, "99999", 599994000, 9999900, 9999900, 0},
		{table.Text, "99999,01", refused, refused, refused, refused}, {table.Text, "100000", refused, refused, refused, refused},
		{table.Number, "99999.0000000001", refused, refused, refused, refused},
		{table.Number, "1" + strings.Repeat("0", 300), refused, refused, refused, refused},
		{table.Number, "0." + strings.Repeat("0", 300) + "1", refused, refused, refused, 0},
		{table.Text, "1,00000000000000000001", 6000, 100, 100, 0}, {table.Text, "-1,00000000000000000001", refused, refused, refused, refused},
		{table.Text, "-1", refused, refused, refused, refused}, {table.Number, "-0.001", refused, refused, refused, refused}, {table.Text, "-0", 0, 0, 0, 0},
		{table.Text, "veel", refused, refused, refused, refused}, {table.Text, "€ 5", refused, refused, refused, refused},
		{table.Text, "1:15", 7500, refused, refused, 0}, {table.Text, "0:00", 0, refused, refused, 0}, {table.Text, "26:30", 159000, refused, refused, 0},
		{table.Text, "1:60", refused, refused, refused, refused}, {table.Text, "1:5", refused, refused, refused, refused}, {table.Text, "-1:15", refused, refused, refused, refused},
		{table.Text, "1:15:00", refused, refused, refused, refused}, {table.Text, "99999:00", 599994000, refused, refused, 0}, {table.Text, "99999:01", refused, refused, refused, 0},
		{table.Time, "01:15:00", 7500, refused, refused, 0}, {table.Time, "26:30:00", 159000, refused, refused, 0}, {table.Time, "00:00:20", 33, refused, refused, 0},
		{table.Time, "00:00:40", 67, refused, refused, 0},
		{table.Date, "2026-01-01", refused, refused, refused, refused}, {table.Bool, "TRUE", refused, refused, refused, refused},
		{table.Error, "#DIV/0!", refused, refused, refused, refused}, {table.NoValue, noValue, refused, refused, refused, refused},
	}
	for _, test := range tests {
		for unit, want := range map[writtenUnit]billing.Quantity{hours: test.hours, minutes: test.minutes, dayparts: test.dayparts, unknownUnit: test.none} {
			got, ok := quantityIn(table.Cell{Kind: test.kind, Text: test.text}, unit)
			if !ok {
				got = refused
			}
			if got != want {
				t.Errorf("%q in unit %d: got %d, want %d", test.text, unit, got, want)
			}
		}
	}
}

// A record is withdrawn by the number 0 or, in hours, by a clock time of 0.
func TestZeroes(t *testing.T) {
	for text, want := range map[string]struct{ hours, minutes bool }{
		"0": {true, true}, "-0,00": {true, true}, "0:00": {true, false}, "0:01": {}, "1:00": {}, "0,01": {}, "0,00000000000000000001": {}, "1,00000000000000000001": {}, "nul": {},
	} {
		cell := table.Cell{Kind: table.Text, Text: text}
		if isZero(cell, hours) != want.hours || isZero(cell, minutes) != want.minutes {
			t.Errorf("%q is 0 in hours %t, in minutes %t", text, !want.hours, !want.minutes)
		}
	}
}

func TestCut(t *testing.T) {
	for _, test := range []struct{ text, want string }{{"abc", "abc"}, {"abcd", "abc"}, {"ééé", "ééé"}, {"éééé", "ééé"}, {"", ""}} {
		if got := truncate(test.text, 3); got != test.want {
			t.Errorf("%q: got %q, want %q", test.text, got, test.want)
		}
	}
}
