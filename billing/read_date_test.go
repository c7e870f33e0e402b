package billing_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/pxq-nl/pxq/billing"
)

func TestReadDate(t *testing.T) {
	for text, want := range map[string]string{
		"2026-10-03": "2026-10-03", "03-10-2026": "2026-10-03", "3-10-2026": "2026-10-03", "03/10/2026": "2026-10-03", "3/1/2026": "2026-01-03",
		"03.10.2026": "2026-10-03", "3.10.2026": "2026-10-03", "20261003": "2026-10-03", "2026-10-03 00:00:00": "2026-10-03", "2026-10-03T00:00": "2026-10-03",
		"03-10-2026 0:00": "2026-10-03", "20261003 00:00": "2026-10-03", "3 oktober 2026": "2026-10-03", "3 okt 2026": "2026-10-03", "03 OKT. 2026": "2026-10-03",
		"1 mrt 2026": "2026-03-01", "1 maa 2026": "2026-03-01", "9 sept. 2026": "2026-09-09", "9 sep 2026": "2026-09-09", "3 mei 2026 00:00": "2026-05-03",
		"31-02-2026": "", "3-10-26": "", "3 okto 2026": "", "3 october 2026": "", "2026-10-03 09:05": "", "2026-10-0300:00": "", "": "", "3-10/2026": "",
		"2026/10/03": "", "003-10-2026": "", "46023": "", "32-1-2026": "", "1-13-2026": "", "-1-1-2026": "", "3  mrt  2026": "2026-03-03",
	} {
		got, ok := billing.ReadDate(text)
		if got.String() != want || ok != (want != "") {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}

// Every day can be read from every way of writing it.
func TestReadDateReadsWhatIsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := billing.NewDate(2000, 1, 1).AddDays(rapid.IntRange(0, 20_000).Draw(t, "days"))
		for _, layout := range []string{"2006-01-02", "02-01-2006", "2-1-2006", "2/1/2006", "02.01.2006", "20060102"} {
			text := day.Time().Format(layout) + rapid.SampledFrom([]string{"", " 00:00:00", "T00:00", " 0:00"}).Draw(t, "midnight")
			if got, ok := billing.ReadDate(text); !ok || got != day {
				t.Fatalf("%q was read as %s", text, got)
			}
		}
	})
}

func FuzzReadDate(f *testing.F) {
	f.Add("3 okt. 2026 0:00")
	f.Add("2026-10-03T00:00:00")
	f.Fuzz(func(t *testing.T, text string) {
		if day, ok := billing.ReadDate(text); ok == day.IsZero() {
			t.Fatalf("%q: %s, %t", text, day, ok)
		}
	})
}
