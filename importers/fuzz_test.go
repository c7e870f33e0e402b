package importers

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/written"
	"github.com/pxq-nl/pxq/importers/table"
)

// The grammar of numbers, independently written as patterns.
var (
	plainNumber    = regexp.MustCompile(`^-?[0-9]+([.,][0-9]+)?$`)
	thousandsOnly  = regexp.MustCompile(`^-?[0-9]{1,3}((\.[0-9]{3}){2,}|(,[0-9]{3}){2,})$`)
	thousandsOnce  = regexp.MustCompile(`^-?[0-9]{1,3}[.,][0-9]{3}$`)
	pointThenComma = regexp.MustCompile(`^-?[0-9]{1,3}(\.[0-9]{3})+,[0-9]+$`)
	commaThenPoint = regexp.MustCompile(`^-?[0-9]{1,3}(,[0-9]{3})+\.[0-9]+$`)
	noMarks        = strings.NewReplacer(".", "", ",", "")
)

// patternNumber reads a number without € with those patterns.
func patternNumber(text string, style written.Style) (string, bool) {
	if len(strings.TrimPrefix(text, "-")) > textNumberMax {
		return "", false
	}
	switch {
	case thousandsOnly.MatchString(text), style == written.Amount && thousandsOnce.MatchString(text):
		text = noMarks.Replace(text)
	case plainNumber.MatchString(text):
		text = strings.Replace(text, ",", ".", 1)
	case pointThenComma.MatchString(text):
		text = strings.Replace(strings.ReplaceAll(text, ".", ""), ",", ".", 1)
	case commaThenPoint.MatchString(text):
		text = strings.ReplaceAll(text, ",", "")
	default:
		return "", false
	}
	value, err := decimal.NewFromString(text)
	return value.String(), err == nil
}

func FuzzNumber(f *testing.F) {
	for _, seed := range []string{"1.234,50", "1,234.50", "1.234", "-1.234.567", "0,125", ".5", "5.", "1e3", "1.333333333333333333333", "€ 5", "000.123,4"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, style := range []written.Style{written.Quantity, written.Amount} {
			value, ok := parseNumber(text, style)
			if strings.Contains(text, "€") {
				continue
			}
			want, wanted := patternNumber(text, style)
			if ok != wanted || ok && value.decimal().String() != want {
				t.Errorf("%q in style %d: got %v, %v, want %s, %v", text, style, value.decimal(), ok, want, wanted)
			}
			if !ok || value.negative() || value.above(billing.QuantityMax) {
				continue
			}
			for _, perUnit := range []int64{1, 60} {
				if got, want := value.quantity(perUnit), billing.QuantityOf(value.decimal(), perUnit); got != want {
					t.Errorf("%q per %d: got %d, want %d", text, perUnit, got, want)
				}
			}
		}
		if value, ok := parsePlain(text); ok {
			if want, err := decimal.NewFromString(text); err != nil || !want.Equal(value.decimal()) {
				t.Errorf("%q: got %v, want %v", text, value.decimal(), want)
			}
		}
	})
}

// patternDate reads a date independently, with layouts of the standard library.
func patternDate(text string) string {
	for _, midnight := range []string{"", " 0:00", " 00:00", " 00:00:00", "T0:00", "T00:00", "T00:00:00"} {
		for _, layout := range []string{"2006-01-02", "2-1-2006", "2/1/2006", "2.1.2006", "20060102"} {
			rest, ok := strings.CutSuffix(text, midnight)
			if day, err := time.Parse(layout, rest); ok && err == nil && billing.IsMeant(day.Year()) {
				return day.Format(time.DateOnly)
			}
		}
	}
	if m := namedMonth.FindStringSubmatch(strings.ToLower(text)); m != nil {
		english := [...]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}
		for i := range english {
			if m[2] != "" && strings.Contains(monthPatterns[i], "|"+m[2]+"|") {
				if day, err := time.Parse("2 Jan 2006", m[1]+" "+english[i]+" "+m[3]); err == nil && billing.IsMeant(day.Year()) {
					return day.Format(time.DateOnly)
				}
			}
		}
	}
	return ""
}

var (
	namedMonth    = regexp.MustCompile(`^[\s\v\x{85}\p{Z}]*([0-9]{1,2})[\s\v\x{85}\p{Z}]+([a-z]+)\.?[\s\v\x{85}\p{Z}]+([0-9]{4})[\s\v\x{85}\p{Z}]*$`)
	monthPatterns = [...]string{
		"|januari|jan|", "|februari|feb|", "|maart|maa|mrt|", "|april|apr|", "|mei|", "|juni|jun|", "|juli|jul|", "|augustus|aug|", "|september|sep|sept|",
		"|oktober|okt|", "|november|nov|", "|december|dec|",
	}
)

func FuzzDate(f *testing.F) {
	for _, seed := range []string{"2026-10-03", "03-10-2026", "3/1/2026", "20261003", "29-02-2024", "31-02-2026", "1-1-26", "3.10.2026 0:00", "3 okt. 2026", "1 sept 2026", "2026-10-03T00:00:00", "3 okt.\v2026"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, ok := parseDate(text)
		if want := patternDate(text); got.String() != want || ok != (want != "") {
			t.Errorf("%q: got %s, want %q", text, got, want)
		}
		if ok && isMonthDayYear(text) {
			t.Errorf("%q is both %s and only month-day-year", text, got)
		}
	})
}

func FuzzClock(f *testing.F) {
	for _, seed := range []string{"9:05", "09:05:30", "24:00", "24:01", "9:60", "99:99", "9:5"} {
		f.Add(seed)
	}
	pattern := regexp.MustCompile(`^([0-9]{1,2}):([0-5][0-9])(:([0-5][0-9]))?$`)
	f.Fuzz(func(t *testing.T, text string) {
		got, ok := parseClock(text)
		want := billing.Clock(0)
		if m := pattern.FindStringSubmatch(text); m != nil {
			hour, _ := strconv.Atoi(m[1])
			minute, _ := strconv.Atoi(m[2])
			second, _ := strconv.Atoi(m[4])
			want = billing.NewClock(hour, minute, second)
		}
		if got != want || ok != (want != 0) {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	})
}

func FuzzBSN(f *testing.F) {
	for _, seed := range []string{"999910012", "12345672", "BSN 9999.10.012 van", "000000000", "1 2345 6789", "999910012999910012"} {
		f.Add(seed)
	}
	digits := regexp.MustCompile(`[0-9]+`)
	f.Fuzz(func(t *testing.T, text string) {
		bsn, reason := readBSN(table.Cell{Kind: table.Text, Text: text})
		if (bsn == "") == (reason == "") || bsn != "" && !billing.ValidBSN(bsn) {
			t.Errorf("%q: got %q, %q", text, bsn, reason)
		}
		shown, whole := strings.CutSuffix(billing.Mask(text), "…")
		for _, at := range digits.FindAllStringIndex(shown, -1) {
			if whole && at[1] == len(shown) {
				continue // truncation may have left part of a longer number
			}
			if group := shown[at[0]:at[1]]; billing.ValidBSN(group) || billing.ValidBSN("0"+group) {
				t.Errorf("%q is shown as %q", text, shown)
			}
		}
	})
}

// tally is a sink that counts what it receives.
type tally struct{ records, others int }

func (c *tally) Record(*billing.Record) error        { c.records++; return nil }
func (c *tally) Referral(*billing.ReferralRow) error { c.others++; return nil }
func (c *tally) Decision(*billing.DecisionRow) error { c.others++; return nil }

// FuzzSubmissionCSV checks that no file makes the reader panic, and that every row below the heading row is
// exactly one of: passed to the sink, totals, empty.
func FuzzSubmissionCSV(f *testing.F) {
	headings := "Regelnummer;AGB-code;BSN;Geboortedatum;Productcode;Datum;Begintijd;Eindtijd;Eenheid;Aantal;Tarief\n"
	f.Add([]byte(headings + "R1;1000001;999910012;02-05-2012;45VB1;07-01-2026;9:00;10:00;uur;1:00;€ 91,23\n"))
	f.Add([]byte(headings + "\n \u00a0;\n;;;;\nTotaal;1\n;;totalen\nR1;;;;;;;;;0\n"))
	f.Add([]byte("AGB;1000001\n" + strings.ReplaceAll(headings, ";", ",") + "R1,\"a\nb\",\n"))
	f.Add([]byte("Toewijzingsnummer;BSN;Gemeente;AGB;Ingangsdatum;Volume\n1;2;3;4;5;6\n"))
	f.Add([]byte("Regelnummer\tAGB\tCode\tVersie\tBesluit\nR1\t1\tR12\t1\takkoord\n"))
	f.Add([]byte("AGB;2000002\nRegelnummer;AGB;BSN;Product;Zorgdatum;Datum;Van;Tot;Pauze;Aantal uren;Aantal\n=\"01\";1000001.0;9999-10-012;45VB1;3 okt. 2025;;22:00;6:00;0:30;7,5;\n#N/B;;;;;;;;x;0;0\n"))
	f.Fuzz(readCounted)
}

// FuzzDecisions checks the same of the rows of a file with decisions.
func FuzzDecisions(f *testing.F) {
	for _, rows := range []string{
		"R1;1000001;R12;1;akkoord;klopt;A. Vries\n", ";;;;afwijzen;;\nR2;01000001;P02;;AKKOORD;x;\n", "\"R\n1\";1000001.0;R12, U02;2;\u200bAkkoord;\"a;b\";\n",
		"0001;1;R12;-1;?;;\nTotaal;1\n", "R1;1000001;P02;1;toekennen 12,5;;\n",
	} {
		f.Add([]byte(rows))
	}
	headings := []byte(strings.Join(decisionHeadings[:], ";") + "\n")
	f.Fuzz(func(t *testing.T, rows []byte) { readCounted(t, slices.Concat(headings, rows)) })
}

// readCounted reads a CSV file from memory and checks that it is refused with a Refusal, or that every row below the
// heading row is counted once.
func readCounted(t *testing.T, content []byte) {
	open := func() (*table.File, error) { return table.OpenBytes("a.csv", content, table.DefaultLimits()) }
	file, err := open()
	if err != nil {
		isRefusal(t, err)
		return
	}
	defer file.Close()
	sink := &tally{}
	summary, err := read(context.Background(), "a.csv", file, billing.NewDate(2026, 2, 5), sink)
	if err != nil {
		isRefusal(t, err)
		return
	}
	again, err := open()
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	sheet := summary.Sheets[0]
	if sheet.Rows != sink.records+sink.others {
		t.Errorf("%d rows, %d handed over", sheet.Rows, sink.records+sink.others)
	}
	if counted, last := sheet.Rows+sheet.Totals+sheet.Empty, lastRow(t, again); counted != last-sheet.HeadingRow {
		t.Errorf("%d rows are counted between row %d and %d", counted, sheet.HeadingRow, last)
	}
}

func isRefusal(t *testing.T, err error) {
	t.Helper()
	if _, ok := err.(Refusal); !ok {
		t.Errorf("no refusal: %v", err)
	}
}

// TestRandomFiles reads files with known headings in any order, some of them twice, and cells in every notation.
func TestRandomFiles(t *testing.T) {
	known := slices.Concat([]string{"Kleur", ""}, billing.FieldHeadings[1:], billing.ReferralHeadings[:], decisionHeadings[:])
	for _, others := range headingAliases {
		known = append(known, others...)
	}
	heading := rapid.SampledFrom(known)
	cell := rapid.SampledFrom([]string{
		"", "", "", " ", "\u200b", "Totaal", "TotaalZorg", "R1", "#N/B", "2,0261E+11", `="01"`, "01000001", "1000001.0", "999910012", "9999-10-012", "Tilburg", "855", "45VB1",
		"07-01-2026", "01/13/2026", "2026-01-07 00:00:00", "3 okt 2025", "31-02-2026", "9:00", "24:00", "22:00", "6:00", "0:30", "-5", "uur", "min", "dagdeel", "etmaal", "0", "1,5", "1.234,50",
		"100000", "0,00001", "€ 5", "ja", "akkoord", "R12", "2", "x;y",
	})
	rapid.Check(t, func(r *rapid.T) {
		width := rapid.IntRange(4, 22).Draw(r, "width")
		line := func(of *rapid.Generator[string], label string) string {
			cells := rapid.SliceOfN(of, width, width).Draw(r, label)
			if rapid.IntRange(0, 9).Draw(r, "more") == 0 {
				cells = append(cells, of.Draw(r, "beyond"))
			}
			return strings.Join(cells, "\t") + "\n"
		}
		content := line(cell, "above") + line(heading, "headings")
		for range rapid.IntRange(0, 6).Draw(r, "rows") {
			content += line(cell, "row")
		}
		readCounted(t, []byte(content))
	})
}

// lastRow returns the number of the last row with a filled cell.
func lastRow(t *testing.T, file *table.File) int {
	last := 0
	for row, err := range file.Rows(file.Sheets()[0]) {
		if err != nil {
			t.Fatal(err)
		}
		last = row.Number
	}
	return last
}
