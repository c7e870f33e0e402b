package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
)

// followingMonths is a workspace with one provider and client, in which October is closed.
func followingMonths(t *testing.T) (folder string, pxq func(args ...string) string) {
	folder = t.TempDir()
	pxq = func(args ...string) string {
		t.Helper()
		return succeed(t, append(args, "--workspace", folder, "--quiet")...)
	}
	write(t, filepath.Join(folder, "pxq.toml"), "trial = true\n")
	write(t, filepath.Join(folder, "referrals", "1.csv"), "Toewijzingsnummer;BSN;Gemeente;AGB-code;Productcode;Ingangsdatum;Status\nT1;999900006;Tilburg;99020001;44X01;2026-01-01;actief\n")
	write(t, filepath.Join(folder, "submissions", "1.csv"), "Regelnummer;AGB-code;BSN;Toewijzingsnummer;Productcode;Datum;Eenheid;Aantal\n"+
		"R1;99020001;999900006;T1;44X01;2026-10-01;dagdeel;2\nR-999900006;99020001;999900006;T1;44X01;2026-10-02;dagdeel;1\n")
	return folder, pxq
}

func TestRetroactive(t *testing.T) {
	folder, pxq := followingMonths(t)
	out := pxq("run", "--period", "2026-10", "--as-of", "2026-11-05")
	if strings.Contains(out, "Wat wijzigingen achteraf kosten") {
		t.Error("costs of changes in a first month")
	}
	if out := pxq("diff", "--period", "2026-10"); !strings.Contains(out, "heeft pas één run") {
		t.Error(out)
	}
	pxq("close", "--period", "2026-10", "--as-of", "2026-11-05")
	pxq("run", "--period", "2026-11", "--as-of", "2026-12-05")
	write(t, filepath.Join(folder, "referrals", "2.csv"), "Toewijzingsnummer;BSN;Gemeente;AGB-code;Ingangsdatum;Status\nT1;999900006;Tilburg;99020001;2026-01-01;verwijderd\n")
	out = pxq("run", "--period", "2026-11", "--as-of", "2026-12-05")
	for _, want := range []string{"Wat wijzigingen achteraf kosten", "gewijzigde toewijzingen", "Tilburg, 99020001"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	out = pxq("diff", "--period", "2026-11")
	for _, want := range []string{"+ Tilburg, 99020001, toewijzing T1", "credit", "99020001 R1: akkoord → afgewezen R09", "99020001 R-•••: akkoord → afgewezen R09 (1.csv, rij 3)"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	if out := pxq("diff", "--period", "2026-11", "--lang", "en"); !strings.Contains(out, "changed referrals") {
		t.Error(out)
	}
	var told struct {
		Compared bool
		Lines    []struct {
			Cause, Net, Kind string
			Before, After    map[string]any
		}
		Records []map[string]any
	}
	text := pxq("diff", "--period", "2026-11", "--json")
	if err := json.Unmarshal([]byte(text), &told); err != nil || !told.Compared || len(told.Lines) != 1 || len(told.Records) != 2 ||
		told.Lines[0].Cause != "referral" || told.Lines[0].Before != nil || told.Lines[0].After == nil {
		t.Errorf("%v %s", err, text)
	}
	var run struct {
		Retroactive []struct{ Cause, Municipality, Provider, Net string }
	}
	text = pxq("run", "--period", "2026-11", "--as-of", "2026-12-05", "--json")
	if err := json.Unmarshal([]byte(text), &run); err != nil || len(run.Retroactive) != 1 || run.Retroactive[0].Cause != "referral" ||
		run.Retroactive[0].Net != told.Lines[0].Net {
		t.Errorf("%v %s", err, text)
	}
	findings := filepath.Join(folder, "findings.csv") // a reference may hold a BSN
	pxq("export", "findings", "--period", "2026-11", "--out", findings)
	if want := `R15,signal,,99020001,,,,,,T1,"Toewijzing T1 is ingetrokken; dit crediteert € 98,19 over 2026-10.`; !strings.Contains(read(t, findings), want) {
		t.Error(read(t, findings))
	}
}
