package billing

import (
	"strings"
	"testing"
)

func TestValidBSN(t *testing.T) {
	for text, want := range map[string]bool{
		"999910012": true, "012345672": true, "010000008": true, "123456782": true,
		"999910001": false, "000000000": false, "12345672": false, "": false, "9999100129": false, "99991001a": false, "٣٣٣٣": false,
	} {
		if got := ValidBSN(text); got != want {
			t.Errorf("%q: got %v", text, got)
		}
	}
}

// Exactly one last digit, or none, makes eight digits a number; a typing error in one digit never does.
func TestElfproefFindsWrongDigits(t *testing.T) {
	const sound = "999910012"
	for i := range sound {
		for digit := byte('0'); digit <= '9'; digit++ {
			if digit == sound[i] {
				continue
			}
			if wrong := sound[:i] + string(digit) + sound[i+1:]; ValidBSN(wrong) {
				t.Errorf("%s passes", wrong)
			}
		}
	}
}

func TestMask(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"", ""}, {"uur", "uur"}, {"999910012", "•••"}, {"12345672", "•••"}, {"BSN 999910012, zie bijlage", "BSN •••, zie bijlage"},
		{"9999.10.012", "•••"}, {"999 910 012", "•••"}, {"9999\u00a010012", "•••"}, {"12 999910012", "12 •••"}, {"999910012 999910024", "••• •••"},
		{"999910001", "999910001"}, {"1234567", "1234567"}, {"9999100129", "9999100129"}, {"999910012,50", "•••,50"}, {"x999910012x", "x•••x"},
		{"9999-10-012", "•••"}, {"999910-012", "•••"}, {"9999\u201310\u2013012", "•••"}, {"BSN 9999-10-012.", "BSN •••."},
		// Sixteen February 2026 and the seventh row of October 2026 would pass the eleven test.
		{"31-02-2026", "31-02-2026"}, {"16-02-2026", "16-02-2026"}, {"16.02.2026", "16.02.2026"}, {"2026-10-007", "2026-10-007"}, {"202610007", "•••"}, {"16-022026", "•••"}, {"regel\nom", "regel om"}, {strings.Repeat("é", 40), strings.Repeat("é", 40)},
		{strings.Repeat("é", 41), strings.Repeat("é", 40) + "…"}, {strings.Repeat("x", 38) + "999910012", strings.Repeat("x", 38) + "••…"},
	} {
		if got := Mask(test.text); got != test.want {
			t.Errorf("%q: got %q, want %q", test.text, got, test.want)
		}
	}
}
