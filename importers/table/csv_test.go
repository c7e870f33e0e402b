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
		{"line breaks in quotes do not count", "\"a\r\nb\";c\n\"\n\n\";e\nf;g\n", []string{"1: A=Text:a\r\nb B=Text:c", "2: B=Text:e", "3: A=Text:f B=Text:g"}},
		{"bare quote", "5\" pijp;a \"b\" c;\n", []string{"1: A=Text:5\" pijp B=Text:a \"b\" c"}},
		{"text after a quote", "\"a\"b;\"c\" ;d\n", []string{"1: A=Text:ab B=Text:c C=Text:d"}},
		{"quote after a space", " \"a\";b\n", []string{"1: A=Text:\"a\" B=Text:b"}},
		{"closed at the end", "a;\"b\"", []string{"1: A=Text:a B=Text:b"}},
		{"sep", "sep=,\na,b;c\n", []string{"2: A=Text:a B=Text:b;c"}},
		{"sep with mark", "\xEF\xBB\xBFSEP=|\r\na|b;c\n", []string{"2: A=Text:a B=Text:b;c"}},
		{"mark", "\xEF\xBB\xBF\"a\";b\n", []string{"1: A=Text:a B=Text:b"}},
		{"Windows-1252", "caf\xE9;\x80 5\n", []string{"1: A=Text:café B=Text:€ 5"}},
		{"UTF-8", "café;€ 5\n", []string{"1: A=Text:café B=Text:€ 5"}},
		{"spaces around", " a ; b\n\u00a0c\u00a0;\t\n", []string{"1: A=Text:a B=Text:b", "2: A=Text:c"}},
		{"characters without width", "9\u200b99;\u2060\ufeff\nx\u00ad;y\n", []string{"1: A=Text:999", "2: A=Text:x B=Text:y"}},
		{"zero in front", "=\"0123\";\"=\"\"045\"\"\";= \"1\";=\"a\"&\"b\";=\"\";=\"\n", []string{"1: A=Text:0123 B=Text:045 C=Text:= \"1\" D=Text:=\"a\"&\"b\" F=Text:=\""}},
		{"beyond the heading", "a;b\n1;2;;x\n", []string{"1: A=Text:a B=Text:b", "2: A=Text:1 B=Text:2 D=Text:x"}},
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

func TestCSVQuotesThatLoseRows(t *testing.T) {
	tests := []struct {
		name, text, code string
		row              int
	}{
		{"never closed", "a;b\n\n1;\"2\n3;4\n", "csv-unclosed-quote", 3},
		{"closed rows later", "a;b\n1;\"2\n3;4\n5;\"6\"\n", "csv-stray-quote", 2},
		{"a doubled quote after the lost row", "a;b\n1;\"2\n3;\"\"4\"5;6\n", "csv-stray-quote", 2},
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
	_, err = read("a.csv", []byte(strings.Repeat(strings.Repeat("x", textBytesMax)+";", 40)+"\n"))
	wantCode(t, err, "row-too-long")
}

// The result is the same in every encoding, however long the file is before the
// first accented letter.
func TestCSVEncodings(t *testing.T) {
	for _, length := range []int{0, csvChunkBytes - 3, csvChunkBytes - 2, csvChunkBytes - 1, csvChunkBytes, 3 * csvChunkBytes} {
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
