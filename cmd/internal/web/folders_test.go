package web_test

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The page of a run says which referral rows and decisions in the folders of the workspace it did not take, and why.
func TestARunSaysWhatItDidNotTake(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	for name, content := range map[string]string{
		"referrals/laat.csv": "Toewijzingsnummer;BSN;Gemeente;AGB-code;Productcode;Ingangsdatum;Einddatum\n261000039;999967186;0855;nee;45X01;2026-01-01;\n" +
			";999967186;0855;12345678;45X01;2026-01-01;\n",
		"decisions/laat.csv": "Regelnummer;AGB-code;Code;Besluit;Reden;Beoordelaar\nNERGENS-1;12345678;T02;akkoord;gebeld;M. Bakker\n",
	} {
		path := filepath.Join(s.folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	region := s.as(t, "demo-regio")
	job := region.posted(t, "/berekenen", url.Values{"periode": {"2026-10"}})
	page := region.until(t, job, "data-stream")
	for _, want := range []string{
		"Toewijzing 261000039 niet overgenomen (laat.csv, rij 2): AGB-code", "Toewijzing zonder nummer niet overgenomen (laat.csv, rij 3): ",
		"Besluit ‘akkoord’ over NERGENS-1 T02 niet overgenomen (laat.csv, rij 2): ",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q: %s", want, page)
		}
	}
}
