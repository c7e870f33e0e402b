package rates_test

import (
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/rates"
)

func TestFingerprintIgnoresOrderAndSource(t *testing.T) {
	want := rates.Fingerprint(parsed(t, tablesOf(smallBook())))
	if len(want) != 64 {
		t.Errorf("not a SHA-256 in hexadecimal: %q", want)
	}
	for _, same := range [][3]string{
		{"segmenten", "de pagina", "een andere pagina"},
		{"segmenten", "01,04,8", "08, 01, 04"},
		{"gemeenten", "Gemeente Tilburg, TB", "TB,Gemeente Tilburg"},
		{"contracten", "45VB2,45VB1", "45vb1,45VB2"},
		{"tarieven", ";93;", ";93.00;"},
		{"gebieden", "1;Gebied 1\n2;Gebied 2", "2;Gebied 2\n1;Gebied 1"},
		{"producten", "uur, dagdeel", "dagdeel,uur"},
	} {
		if rates.Fingerprint(parsed(t, edited(t, same[0], same[1], same[2]))) != want {
			t.Errorf("%q instead of %q in %s changes the fingerprint", same[2], same[1], same[0])
		}
	}
}

// TestFingerprintSeesEveryFact changes one fact of every column.
func TestFingerprintSeesEveryFact(t *testing.T) {
	seen := map[string]string{rates.Fingerprint(parsed(t, tablesOf(smallBook()))): "the small book"}
	for _, change := range [][3]string{
		{"segmenten", "1;Hoog specialistisch;anders;;;nee", "1;Hoog;anders;;;nee"},
		{"segmenten", "1;Hoog specialistisch;anders", "1;Hoog specialistisch;pxq"},
		{"segmenten", "pxq;24", "pxq;25"},
		{"segmenten", "01,04,8", "01,04"},
		{"segmenten", "anders;;;nee", "anders;;;ja"},
		{"segmenten", ";ja;nee;", ";ja;ja;"},
		{"producten", "Gezinshuis", "Huis"},
		{"producten", ";44;", ";43;"},
		{"producten", ";begeleiding", ";overig"},
		{"producten", "6.73b", "6.73a"},
		{"producten", "uur, dagdeel", "dagdeel"},
		{"producten", "45VB1;JOH begeleiding;4;45;begeleiding;6.72a;uur", "45VB1;JOH begeleiding;4;45;begeleiding;6.72a;uur,dagdeel"},
		{"producten", ";60;", ";61;"},
		{"producten", ";21;", ";20;"},
		{"producten", ";ja;ja;", ";nee;ja;"},
		{"producten", ";ja;ja;", ";ja;nee;"},
		{"producten", "heel_uur", "exact"},
		{"gemeenten", "0784", "0785"},
		{"gemeenten", "Gilze en Rijen", "Rijen"},
		{"gemeenten", "Gemeente Tilburg, TB", "Gemeente Tilburg"},
		{"gemeenten", "TB;1", "TB;2"},
		{"gebieden", "Gebied 1", "Een"},
		{"aanbieders", "Voorbeeld Wonen", "Wonen"},
		{"contracten", "20000002;4;1;45vb1,45VB2", "20000002;4;;45vb1,45VB2"},
		{"contracten", "45vb1,45VB2", "45VB1"},
		{"contracten", "45vb1,45VB2;2023-01-01", "45vb1,45VB2;2023-01-02"},
		{"contracten", "2025-12-31", "2025-12-30"},
		{"contracten", "500.5;", "500.51;"},
		{"contracten", "500.5;", ";"},
		{"contracten", "01000001;2;;;2023-01-01;;;", "01000001;2;;;2023-01-01;;0;"},
		{"contracten", ";100;2026", ";101;2026"},
		{"contracten", ";100;2026", ";100;2025"},
		{"tarieven", "dagdeel", "uur"},
		{"tarieven", "66.67", "66.68"},
		{"tarieven", "2026-01-14", "2026-01-13"},
		{"tarieven", "2026-01-10", "2026-01-11"},
		{"tarieven", "uur;20000002", "uur;01000001"},
	} {
		fingerprint := rates.Fingerprint(parsed(t, edited(t, change[0], change[1], change[2])))
		name := strings.Join(change[:], " ")
		if other := seen[fingerprint]; other != "" {
			t.Errorf("%s has the fingerprint of %s", name, other)
		}
		seen[fingerprint] = name
	}
}
