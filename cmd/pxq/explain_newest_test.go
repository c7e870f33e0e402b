package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/cmd/internal/workspace"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/views"
)

// TestExplainNewest explains a declared record with a newer version that is held: the story is that of the newest, whatever
// its file and sheet are called.
func TestExplainNewest(t *testing.T) {
	folder, pxq := followingMonths(t)
	pxq("run", "--period", "2026-10", "--as-of", "2026-11-05")
	pxq("close", "--period", "2026-10", "--as-of", "2026-11-05")
	write(t, filepath.Join(folder, "submissions", "0 later.csv"), "Regelnummer;AGB-code;BSN;Toewijzingsnummer;Productcode;Datum;Eenheid;Aantal\n"+
		"R1;99020001;999900006;T1;44X01;2026-11-01;dagdeel;2\n")
	pxq("run", "--period", "2026-11", "--as-of", "2026-12-05")
	told := pxq("explain", "R1")
	for _, want := range []string{"UITVAL", "U04 (uitval)", "Versie 1 is akkoord en blijft meetellen"} {
		if !strings.Contains(told, want) {
			t.Errorf("no %q in\n%s", want, told)
		}
	}
}

// TestStoryOfTheRowAsked: when a declared version and the newer one both ask for a decision, the pages tell of each its own story.
func TestStoryOfTheRowAsked(t *testing.T) {
	folder, pxq := followingMonths(t)
	row := func(day, quantity string) string {
		return "Regelnummer;AGB-code;BSN;Gemeente;Toewijzingsnummer;Productcode;Datum;Eenheid;Aantal\nR1;99020001;999900006;Tilburg;T1;44X01;" + day + ";dagdeel;" + quantity + "\n"
	}
	write(t, filepath.Join(folder, "submissions", "1.csv"), row("2026-10-01", "2"))
	pxq("run", "--period", "2026-10", "--as-of", "2026-11-05")
	pxq("close", "--period", "2026-10", "--as-of", "2026-11-05")
	write(t, filepath.Join(folder, "referrals", "2.csv"), "Toewijzingsnummer;BSN;Gemeente;AGB-code;Productcode;Ingangsdatum;Status\nT1;999900006;Goirle;99020001;44X01;2026-01-01;gewijzigd\n")
	write(t, filepath.Join(folder, "submissions", "2.csv"), row("2026-11-01", "1"))
	pxq("run", "--period", "2026-11", "--as-of", "2026-12-05")
	read, err := workspace.Read(folder, "")
	if err != nil {
		t.Fatal(err)
	}
	pages, err := views.Open(t.Context(), read, "")
	if err != nil {
		t.Fatal(err)
	}
	defer pages.Close()
	controller := views.Scope{Role: views.Controller}
	holds, err := pages.Holds(t.Context(), controller, views.HoldFilter{}, 0, 50)
	if err != nil {
		t.Fatal(err)
	}
	told := make(map[string]bool)
	for _, hold := range holds.List {
		story, err := pages.Hold(t.Context(), controller, hold.Nr)
		if err != nil {
			t.Fatal(err)
		}
		if story.Current == nil || story.Current.Record.ID != hold.Nr || story.Case == nil || story.Case.Record.First != hold.Date {
			t.Errorf("the story of the row of %v tells of %+v", hold.Date, story.Current)
		}
		told[hold.Date.String()] = true
	}
	if !told["2026-10-01"] || !told["2026-11-01"] {
		t.Errorf("not both ask for a decision: %v", told)
	}
}
