package bsn

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestMask(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"", ""}, {"uur", "uur"}, {"BSN 999910012, zie bijlage", "BSN •••, zie bijlage"}, {"x999910012x", "x•••x"},
		// However it is written.
		{"999910012", "•••"}, {"12345672", "•••"}, {"9999.10.012", "•••"}, {"999 910 012", "•••"}, {"9999\u00a010012", "•••"}, {"999-910-012", "•••"},
		{"999–910–012", "•••"}, {"9999/10/012", "•••"}, {"9999_10_012", "•••"}, {"9999 - 10 - 012", "•••"}, {"9 9 9 9 1 0 0 1 2", "•••"},
		{"9999\u200b10\u200b012", "•••"}, {"9\u20609\u00ad9\ufeff910012", "•••"}, {"９９９９１００１２", "•••"}, {"٩٩٩٩١٠٠١٢", "•••"}, {"𝟗𝟗𝟗𝟗𝟏𝟎𝟎𝟏𝟐", "•••"},
		{"⁹⁹⁹⁹¹⁰⁰¹²", "•••"}, {"⑨⑨⑨⑨①⓪⓪①②", "•••"}, {"9̶9̶9̶9̶1̶0̶0̶1̶2̶", "•••̶"}, {"999,910,012", "•••"}, {"999'910'012", "•••"}, {"9999:10:012", "•••"}, {"9999|10*012", "•••"},
		{"0999910012", "•••"}, {"000999910012", "•••"}, {"999910012.0", "•••.0"}, {"999910012,50", "•••,50"}, {"\"999910012\"", "\"•••\""},
		// Nine digits that fail the elfproef, and eight.
		{"999910001", "•••"}, {"999.910.001", "•••"}, {"9999-10-001", "•••"}, {"20000002", "•••"}, {"12-34-5678", "•••"},
		// Several in one text.
		{"12 999910012", "12 •••"}, {"999910012 999910024", "••• •••"}, {"999910012/999910024", "•••/•••"}, {"zaak 3, 999 910 012", "zaak 3, •••"},
		{"12 999 910 012", "12 •••"},
		// Not a number of eight or nine digits.
		{"1234567", "1234567"}, {"9999100129", "9999100129"}, {"300201, 300202", "300201, 300202"}, {"1234, 5678", "1234, 5678"}, {"1.234.567,89", "1.234.567,89"},
		// Days stay readable.
		{"31-02-2026", "31-02-2026"}, {"2026-10-02", "2026-10-02"}, {"2/10/2026", "2/10/2026"}, {"2026.10.02 12:30", "2026.10.02 12:30"}, {"05-10-2026 3", "05-10-2026 3"},
		{"20260931", "20260931"}, {"31092026", "31092026"}, {"op 20261003 gebeld", "op 20261003 gebeld"},
		{"20261332", "•••"}, {"19991231", "•••"}, {"20240107", "•••"}, // the last is a number with its zero: 020240107 passes the elfproef
		{"11-11-2001-2", "•••"}, {"99-99-2001", "•••"}, {"12-34-5672", "•••"},
		// One line of limited length, valid UTF-8 and without control characters.
		{"regel\nom", "regel om"}, {"a\tb\r\nc", "a b  c"}, {strings.Repeat("é", 40), strings.Repeat("é", 40)},
		{strings.Repeat("é", 41), strings.Repeat("é", 40) + "…"}, {strings.Repeat("x", 38) + "999910012", strings.Repeat("x", 38) + "••…"},
		{strings.Repeat("x", 31) + "1234567890123", strings.Repeat("x", 31) + "•••…"}, {"\x1b[2J", "␛[2J"}, {"\u202e.xslx", "<U+202E>.xslx"}, {"caf\xe9", "caf\ufffd"},
	} {
		if got := Mask(test.text); got != test.want {
			t.Errorf("%q: got %q, want %q", test.text, got, test.want)
		}
	}
}

// A long text is not cut, and Holds is not true merely because a text is long or has several lines.
func TestMaskText(t *testing.T) {
	long := strings.Repeat("niet geleverd, zie bijlage; ", 10) + "\nop 02-10-2026"
	for text, want := range map[string]string{"": "", long: long, long + " 999910012": long + " •••", "12345672": "•••"} {
		if got := MaskText(text); got != want || Holds(text) != (want != text) {
			t.Errorf("%q: got %q, holds %v", text, got, Holds(text))
		}
	}
}

func TestMaskLine(t *testing.T) {
	for line, want := range map[string]string{
		"uren 999910012.xlsx": "uren •••.xlsx", "999-910-012.csv": "•••.csv", "2026-02-05-01000001.csv": "2026-02-05-01000001.csv",
		"20000002 1.xlsx": "20000002 1.xlsx", "999910001.csv": "999910001.csv", "12345672.csv": "12345672.csv", "2026-10-05 1.csv": "2026-10-05 1.csv",
		strings.Repeat("a", 100): strings.Repeat("a", 100), "naam\x07.csv": "naam␇.csv",
	} {
		if got := MaskLine(line); got != want {
			t.Errorf("%q: got %q, want %q", line, got, want)
		}
	}
}

func TestMaskKnown(t *testing.T) {
	known := func(bsn string) bool { return bsn == "999910012" || bsn == "012345672" }
	for text, want := range map[string]string{
		"Toewijzing 123456782 is niet bekend": "Toewijzing 123456782 is niet bekend", "Toewijzing 999910012 is niet bekend": "Toewijzing ••• is niet bekend",
		"999-910-012": "•••", "TW/12345672": "TW/•••", "99991001-2": "•••", "300201": "300201", "": "", "999910024": "999910024",
	} {
		if got := MaskKnown(text, known); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	if got := MaskOf("999.910.012 en 999910024", "999910012"); got != "••• en 999910024" {
		t.Error(got)
	}
	if got := MaskOf("999910012, 12345672 en 12000412", ""); got != "•••, ••• en 12000412" {
		t.Error(got)
	}
}

// A number is masked however it is written and whatever the text around it.
func TestMaskHidesHoweverWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := numbers.Draw(t, "number")
		before := rapid.StringOf(rapid.RuneFrom([]rune("abc :,;(é‘\n"))).Draw(t, "before")
		text := before + written(t, number) + rapid.SampledFrom([]string{"", " ", ",", ")", "x", " zie brief", "\u202e"}).Draw(t, "after")
		for name, masked := range map[string]string{"Mask": Mask(text), "MaskKnown": MaskKnown(text, func(bsn string) bool { return bsn == number })} {
			if strings.Contains(digitsIn(masked), number) {
				t.Fatalf("%s leaves %s in %q: %q", name, number, text, masked)
			}
		}
	})
}

// numbers draws citizen service numbers.
var numbers = rapid.Custom(func(t *rapid.T) string {
	for first := rapid.IntRange(10_000_000, 99_999_999).Draw(t, "first"); ; first++ {
		for last := byte('0'); last <= '9'; last++ {
			text := []byte("         ")
			for i, rest := 7, first; i >= 0; i, rest = i-1, rest/10 {
				text[i] = '0' + byte(rest%10)
			}
			text[8] = last
			if Valid(string(text)) {
				return string(text)
			}
		}
	}
})

// written draws a number in a random way of writing.
func written(t *rapid.T, number string) string {
	separator := rapid.SampledFrom([]string{"", "-", "–", "/", "_", ".", " ", "\u00a0", "\u2009", "\u200b", "\u00ad", " - ", "\u200d.", ":", "|"}).Draw(t, "separator")
	zero := rapid.SampledFrom([]rune{'0', '０', '٠', '𝟎', '०'}).Draw(t, "zero")
	var text strings.Builder
	for i, digit := range number {
		if i > 0 && rapid.Bool().Draw(t, "apart") {
			text.WriteString(separator)
		}
		text.WriteRune(zero + digit - '0')
	}
	return text.String()
}

// digitsIn returns all digits of a text, in any script.
func digitsIn(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, norm.NFKD.String(text))
}

// Whatever the input, the result is valid UTF-8, has no control characters and no number of eight or nine digits, and
// does not change when it is masked again.
func FuzzMask(f *testing.F) {
	for _, text := range []string{"", "999910012", "9-9-9/9.1 0_0\u200b1２", strings.Repeat("1 ", 60), "\xff\xfe9999\xe910012", "<U+202E>1234567", "\u202e12345\u2066678", "…", "•••",
		strings.Repeat("é", 39) + "123456789012", "\x1b]0;x\x07", "\u0085\u2028\r\n"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		once := Mask(text)
		line := MaskLine(text)
		switch {
		case Mask(once) != once:
			t.Errorf("%q: %q and then %q", text, once, Mask(once))
		case MaskLine(line) != line:
			t.Errorf("line %q: %q and then %q", text, line, MaskLine(line))
		case !utf8.ValidString(once), !utf8.ValidString(line), utf8.ValidString(text) && !utf8.ValidString(MaskKnown(text, func(string) bool { return true })):
			t.Errorf("%q: no UTF-8: %q", text, once)
		case strings.ContainsFunc(once, steers), utf8.RuneCountInString(once) > MaskedMax+1:
			t.Errorf("%q: %q", text, once)
		}
		for _, group := range groupsOf(once) {
			digits := string(group.digits)
			if len(digits) == digitsOf || len(digits) == digitsShort && (!isCompactDay(digits) || Valid("0"+digits)) {
				t.Errorf("%q: %q", text, once)
			}
		}
	})
}

func TestVisible(t *testing.T) {
	for text, want := range map[string]string{
		"Uren één\n\t": "Uren één\n\t", "\x1b[31mrood\x1b[0m\x07": "␛[31mrood␛[0m␇", "\x7f\x00": "␡␀", "\u009b2J": "<U+009B>2J",
		"a\u202ecod\u2066\u200f": "a<U+202E>cod<U+2066><U+200F>", "\xff": "\ufffd", "👩\u200d👧": "👩\u200d👧",
	} {
		if got := Visible(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestFileName(t *testing.T) {
	for name, want := range map[string]string{
		"uren één.csv": "uren één.csv", "caf\xe9.csv": `caf\xE9.csv`, "a\nb\x1b.csv": "a b␛.csv", "\u202ecsv.exe": "<U+202E>csv.exe", "\ufffd.csv": "\ufffd.csv", "uren 9999 10012.csv": "uren •••.csv", "uren 01000001 2026-10.csv": "uren 01000001 2026-10.csv",
	} {
		if got := FileName(name); got != want || !utf8.ValidString(got) {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}
