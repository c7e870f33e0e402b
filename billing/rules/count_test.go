package rules

import "testing"

func TestCount(t *testing.T) {
	for _, test := range []struct {
		number         int
		dutch, english string
	}{{0, "0", "0"}, {999, "999", "999"}, {1000, "1.000", "1,000"}, {-1234, "-1.234", "-1,234"}, {1234567, "1.234.567", "1,234,567"}, {-999, "-999", "-999"}} {
		if nl, en := Count(test.number, "nl"), Count(test.number, "en"); nl != test.dutch || en != test.english {
			t.Errorf("%d: %s and %s", test.number, nl, en)
		}
	}
}
