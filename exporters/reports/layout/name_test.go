package layout_test

import (
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/exporters/reports/layout"
)

func TestFileNames(t *testing.T) {
	for name, want := range map[string]string{
		"Voorbeeld Wonen en Thuis": "Voorbeeld Wonen en Thuis", "'s-Hertogenbosch": "s-Hertogenbosch", "../../etc/passwd": "etc passwd",
		"Zorg & Co. B.V.": "Zorg Co. B.V", "Café–Ünïque": "Cafe-Unique", "a\\b:c*?\"<>|": "a bc", "...": "", "日本": "", "Łódź Straße Ørsted": "Lodz Strasse Orsted",
		strings.Repeat("lang ", 40): strings.TrimSpace(strings.Repeat("lang ", 16)),
	} {
		if got := layout.CleanName(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}
