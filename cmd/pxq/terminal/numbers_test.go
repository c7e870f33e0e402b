package terminal

import (
	"testing"

	"github.com/pxq-nl/pxq/billing"
)

func TestNumbers(t *testing.T) {
	dutch, english := &Printer{Language: "nl"}, &Printer{Language: "en"}
	for _, test := range []struct{ got, want string }{
		{dutch.euros(-123456789), "€ -1.234.567,89"}, {english.euros(123456789), "€1,234,567.89"},
		{dutch.count(12345), "12.345"}, {english.count(12345), "12,345"},
		{dutch.rows(1), "1 regel"}, {dutch.rows(0), "0 regels"}, {dutch.lines(2500), "2.500 declaratieregels"}, {english.lines(1), "1 line"},
		{dutch.files(1), "1 bestand"}, {english.records(2), "2 care records"},
		{dutch.qty(9000, billing.Time), "1,50 uur"}, {dutch.qty(100, billing.Daypart), "1,00 dagdeel"}, {dutch.qty(50, billing.Daypart), "0,50 dagdelen"},
		{english.qty(100, billing.Daypart), "1.00 day-part"}, {dutch.qty(0, billing.NoUnit), "aantal onleesbaar"},
		{dutch.date(billing.NewDate(2026, 10, 2)), "02-10-2026"},
	} {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
}
