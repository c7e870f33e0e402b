package web_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// What was sent and decided sorts by name in the order in which it came. So a command that takes in several at once, or again after
// a backup was restored, treats the later version of a row as the later one.
func TestFoldersAreInTheOrderOfSending(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	provider, region, controller := s.as(t, "demo-aanbieder"), s.as(t, "demo-regio"), s.as(t, "demo-controller")
	inFolder := func(kind, what string) (found []string) {
		t.Helper()
		paths, err := filepath.Glob(filepath.Join(s.folder, kind, "web", what))
		if err != nil {
			t.Fatal(err)
		}
		slices.Sort(paths)
		for _, path := range paths {
			found = append(found, filepath.Base(path))
		}
		return found
	}
	var names, decided []string
	for i, hold := range controller.holds(t)[:6] {
		name := fmt.Sprintf("%d.csv", 6-i)
		names = append(names, name)
		location := provider.upload(t, name, fmt.Sprintf("Regelnummer;AGB-code;BSN;Toewijzingsnummer;Productcode;Datum;Eenheid;Aantal\nrij%d;;;;;;;\n", i))
		provider.until(t, location, "data-stream")
		provider.post(t, location+"/insturen", "")
		provider.until(t, location, "data-stream")
		region.postFile(t, "/toewijzingen", name, fmt.Sprintf("Toewijzingsnummer;BSN;Geboortedatum;Gemeente;AGB-code;Productcode;Ingangsdatum\nA%d;999990019;2015-01-01;0855;99020001;45A04;2026-01-01\n", i))
		controller.decide(t, hold, "afwijzen", fmt.Sprintf("reden %d.", i))
		decided = append(decided, fmt.Sprintf("reden %d.", i))
	}
	for _, kind := range []string{"submissions", "referrals"} {
		if found := inFolder(kind, "*/*"); !slices.Equal(found, names) {
			t.Errorf("%s sent as %v are taken in as %v", kind, names, found)
		}
	}
	all := s.decisionFiles(t)
	if !slices.IsSortedFunc(decided, func(a, b string) int { return strings.Index(all, a) - strings.Index(all, b) }) {
		t.Errorf("decisions are taken in as %s", matches(all, `(reden \d\.)`))
	}
}
