package table

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
)

func TestCSV(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"semicolons", "a;b\n1;2,5\n", []string{"1: A=Text:a B=Text:b", "2: A=Text:1 B=Text:2,5"}},
		{"commas", "a,b\n1,2.5\n", []string{"1: A=Text:a B=Text:b", "2: A=Text:1 B=Text:2.5"}},
		{"tabs", "a\tb\n1\t2,5\n", []string{"1: A=Text:a B=Text:b", "2: A=Text:1 B=Text:2,5"}},
		{"no line end", "a;b", []string{"1: A=Text:a B=Text:b"}},
		{"CRLF", "a;b\r\n1;2\r\n", []string{"1: A=Text:a B=Text:b", "2: A=Text:1 B=Text:2"}},
		{"CR", "a;b\r1;2\r", []string{"1: A=Text:a B=Text:b", "2: A=Text:1 B=Text:2"}},
		{"blank lines count", "\n\na;b\r\n\r\n1;2\n\n", []string{"3: A=Text:a B=Text:b", "5: A=Text:1 B=Text:2"}},
		{"empty fields", ";;\n;x;\n\"\";;y\n", []string{"2: B=Text:x", "3: C=Text:y"}},
		{"quotes", "\"a;1\";\"b\"\"c\"\n", []string{"1: A=Text:a;1 B=Text:b\"c"}},
		{"line breaks in quotes do not count", "\"a\r\nb\";c\n\"\n\n\";e\nf;g\n", []string{"1: A=Text:a\r\nb B=Text:c", "2: A=Text:\n\n B=Text:e", "3: A=Text:f B=Text:g"}},
		{"bare quote", "5\" pijp;a \"b\" c;\n", []string{"1: A=Text:5\" pijp B=Text:a \"b\" c"}},
		{"text after a quote", "\"a\"b;\"c\" ;d\n", []string{"1: A=Text:ab B=Text:c  C=Text:d"}},
		{"quote after a space", " \"a\";b\n", []string{"1: A=Text: \"a\" B=Text:b"}},
		{"closed at the end", "a;\"b\"", []string{"1: A=Text:a B=Text:b"}},
		{"sep", "sep=,\na,b;c\n", []string{"2: A=Text:a B=Text:b;c"}},
		{"sep with mark", "\xEF\xBB\xBFSEP=|\r\na|b;c\n", []string{"2: A=Text:a B=Text:b;c"}},
		{"mark", "\xEF\xBB\xBF\"a\";b\n", []string{"1: A=Text:a B=Text:b"}},
		{"Windows-1252", "caf\xE9;\x80 5\n", []string{"1: A=Text:café B=Text:€ 5"}},
		{"UTF-8", "café;€ 5\n", []string{"1: A=Text:café B=Text:€ 5"}},
		{"spaces stay", " a ; b\n", []string{"1: A=Text: a  B=Text: b"}},
		{"less-than", "<18;b\n", []string{"1: A=Text:<18 B=Text:b"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := read("a.csv", []byte(test.text))
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("read %q, want %q", got, test.want)
			}
		})
	}
}

func TestDelimiter(t *testing.T) {
	columns := "Regelnummer;BSN;Productcode;Datum;Aantal;Tarief;Bedrag"
	tests := []struct {
		name, text string
		want       byte
	}{
		{"preamble", "AGB-code;12345678\n\n" + strings.ReplaceAll(columns, ";", ",") + "\n", ','},
		{"sentence above", "Overzicht, voor Tilburg, Breda, Goirle, Dongen, Waalwijk, Heusden, Loon\n" + columns + "\n", ';'},
		{"decimal commas", columns + "\n1;2;3;4;1,5;1,5;1,5\n1,1;2,2;3,3;4,4;5,5;6,6;7,7\n", ';'},
		{"commas and spaces", strings.ReplaceAll(columns, ";", ", ") + "\n", ','},
		{"tabs", strings.ReplaceAll(columns, ";", "\t") + "\n", '\t'},
		{"quoted commas", `"a,b,c,d,e,f,g";b;c;d;e` + "\n", ';'},
		{"doubled quotes", `"a"",b,c,d,e,f,g";b;c;d;e` + "\n", ';'},
		{"beyond the heading", columns + "\n" + strings.Repeat("1;2\n", 40) + strings.Repeat(",", 100), ';'},
		{"one column", "Regelnummer\n1\n", ';'},
		{"empty", "", ';'},
	}
	for _, test := range tests {
		if got, _ := findDelimiter([]byte(test.text)); got != test.want {
			t.Errorf("%s: found %q, want %q", test.name, got, test.want)
		}
	}
}

func TestCSVQuotesThatLoseRows(t *testing.T) {
	tests := []struct {
		name, text, code string
		row              int
	}{
		{"never closed", "a;b\n\n1;\"2\n3;4\n", "csv-unclosed-quote", 3},
		{"closed rows later", "a;b\n1;\"2\n3;4\n5;\"6\"\n", "csv-stray-quote", 2},
	}
	for _, test := range tests {
		_, err := read("a.csv", []byte(test.text))
		wantCode(t, err, test.code)
		var p *Problem
		if errors.As(err, &p) && p.Row != test.row {
			t.Errorf("%s: row %d, want %d", test.name, p.Row, test.row)
		}
	}
	_, err := read("a.csv", []byte("a;"+strings.Repeat("x", textBytesMax+1)))
	wantCode(t, err, "text-too-long")
	_, err = read("a.csv", []byte(strings.Repeat(";", columnsMax)+"\n"))
	wantCode(t, err, "too-many-columns")
	_, err = read("a.csv", []byte(strings.Repeat(strings.Repeat("x", textBytesMax)+";", 20)+"\n"))
	wantCode(t, err, "row-too-long")
}

// The outcome is the same in every encoding, however long the file is before
// the first letter with an accent.
func TestCSVEncodings(t *testing.T) {
	for _, length := range []int{0, bufferBytes - 3, bufferBytes - 2, bufferBytes - 1, bufferBytes, 3 * bufferBytes} {
		text := strings.Repeat("a;b\r\n", length/5+1) + strings.Repeat("x", length%5) + "é€;\"\r\n\""
		want, err := read("a.csv", []byte(text))
		if err != nil || !strings.Contains(want[len(want)-1], "é€") {
			t.Fatalf("length %d: %v", length, err)
		}
		windows, err := charmap.Windows1252.NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		var l, b strings.Builder
		l.WriteString("\xFF\xFE")
		b.WriteString("\xFE\xFF")
		for _, u := range utf16.Encode([]rune(text)) {
			l.Write([]byte{byte(u), byte(u >> 8)})
			b.Write([]byte{byte(u >> 8), byte(u)})
		}
		for name, content := range map[string]string{"mark": "\xEF\xBB\xBF" + text, "Windows-1252": windows, "UTF-16LE": l.String(), "UTF-16BE": b.String()} {
			if got, err := read("a.csv", []byte(content)); err != nil || !slices.Equal(got, want) {
				t.Errorf("length %d, %s: differs (%v)", length, name, err)
			}
		}
	}
}
