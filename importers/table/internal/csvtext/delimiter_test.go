package csvtext

import (
	"math/bits"
	"slices"
	"strings"
	"testing"
)

func TestDelimiter(t *testing.T) {
	columns := "Regelnummer;BSN;Productcode;Datum;Aantal;Tarief;Bedrag"
	commas := strings.ReplaceAll(columns, ";", ",")
	tests := []struct {
		name, text string
		want       byte
	}{
		{"preamble", "AGB-code;12345678\n\n" + commas + "\n", ','},
		{"sentence above", "Overzicht, voor Tilburg, Breda, Goirle, Dongen, Waalwijk, Heusden, Loon\n" + columns + "\n", ';'},
		{"decimal commas", columns + "\n1;2;3;4;1,5;1,5;1,5\n1,1;2,2;3,3;4,4;5,5;6,6;7,7\n", ';'},
		{"commas and spaces", strings.ReplaceAll(columns, ";", ", ") + "\n", ','},
		{"tabs", strings.ReplaceAll(columns, ";", "\t") + "\n", '\t'},
		{"quoted commas", `"a,b,c,d,e,f,g";b;c;d;e` + "\n", ';'},
		{"doubled quotes", `"a"",b,c,d,e,f,g";b;c;d;e` + "\n", ';'},
		{"beyond the heading", columns + "\n" + strings.Repeat("1;2\n", 40) + strings.Repeat(",", 100) + "\n", ';'},
		{"heading in row 30", strings.Repeat("1\r\n", 29) + commas, ','},
		{"heading in row 31", strings.Repeat("1\r\n", 30) + commas + "\n", ';'},
		{"rows that end in a return", strings.Repeat("1;2\r", 20) + commas + "\r", ','},
		{"a quote inside a field", "5\",b,c,d,e\n", ','},
		{"a quote after a line", "a\n\"b;c;d;e;f;g;h\",i,j,k,l\n", ','},
		{"the file says so itself", "sep=,\n" + columns + "\n", ','},
		{"a letter parts nothing", "sep=a\n" + columns + "\n", ';'},
		{"one column", "Regelnummer\n1\n", ';'},
		{"empty", "", ';'},
	}
	for _, test := range tests {
		if got, _ := FindDelimiter([]byte(test.text)); got != test.want {
			t.Errorf("%s: found %q, want %q", test.name, got, test.want)
		}
	}
}

// TestDelimiters finds every delimiter, also next to characters that differ from it by one, and in texts shorter than eight bytes.
func TestDelimiters(t *testing.T) {
	for text, want := range map[string][]int{"": nil, ";": {0}, "a;:<;;b;": {1, 4, 5, 7}, "12345678;": nil, ":::;<<<;": {3, 7}, ";\x00\x7f:": {0}} {
		var got []int
		for marks := Delimiters(';', []byte(text)); marks != 0; marks &= marks - 1 {
			got = append(got, bits.TrailingZeros64(marks)/8)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %d", text, got)
		}
	}
}
