package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// boundsFolder makes a workspace with an unlimited referral and a submission of a number of records, of which the last have an
// unknown product. No two have the same quantity.
func boundsFolder(t *testing.T, records, unknown int) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "regio")
	small := filepath.Join(months, "small")
	if err := copyInto(filepath.Join(small, "contract"), filepath.Join(folder, "contract")); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(folder, "pxq.toml"), "trial = true\n[policy]\nmax_hours_per_day = 100000\n")
	write(t, filepath.Join(folder, "referrals", "toewijzingen.csv"), "Toewijzingsnummer;BSN;Gemeente;AGB-code;Productcode;Ingangsdatum\nT01;999900006;Tilburg;20000002;45VB1;01-01-2026\n")
	boundsMonth(t, folder, "2026-10", records, unknown, 1)
	return folder
}

func boundsMonth(t *testing.T, folder, month string, records, unknown, hours int) {
	t.Helper()
	var rows strings.Builder
	rows.WriteString("Regelnummer;AGB-code;BSN;Toewijzingsnummer;Productcode;Datum;Eenheid;Aantal\n")
	for i := range records {
		product := "45VB1"
		if i >= records-unknown {
			product = "99X99"
		}
		fmt.Fprintf(&rows, "%s-%d;20000002;999900006;T01;%s;%s-%02d;uur;%d,%02d\n", month, i, product, month, 1+i%28, hours*1000+i/100, i%100)
	}
	write(t, filepath.Join(folder, "submissions", fmt.Sprintf("%s-%d.csv", month, hours)), rows.String())
}

func runAndClose(t *testing.T, folder, month, asOf string, more ...string) (said, refusal string, status int) {
	t.Helper()
	said = succeed(t, "run", "--workspace", folder, "--period", month, "--as-of", asOf, "--no-reports")
	status, _, refusal = call(t, append([]string{"close", "--workspace", folder, "--period", month, "--as-of", asOf}, more...)...)
	return said, refusal, status
}

// TestRejectedBound checks how many records of a provider may be rejected.
func TestRejectedBound(t *testing.T) {
	for _, test := range []struct {
		records, rejected int
		broken            bool
	}{
		{199, 100, false}, {200, 40, false}, {200, 41, true}, {400, 80, false}, {400, 81, true},
	} {
		said, refusal, status := runAndClose(t, boundsFolder(t, test.records, test.rejected), "2026-10", "2026-11-05")
		if broken := status == failed; broken != test.broken || strings.Contains(said, "LET OP") != broken || strings.Contains(refusal, "veiligheidsgrens") != broken {
			t.Errorf("%d of %d: status %d, %s", test.rejected, test.records, status, refusal)
		}
	}
}

// TestBoundsOfAMonth closes a month, corrects all of it in the next, and closes that with a reason, which the trail records.
func TestBoundsOfAMonth(t *testing.T) {
	folder := boundsFolder(t, 1000, 0)
	if _, refusal, status := runAndClose(t, folder, "2026-10", "2026-11-05"); status != done {
		t.Fatal(refusal)
	}
	boundsMonth(t, folder, "2026-10", 1000, 0, 2)
	said, refusal, status := runAndClose(t, folder, "2026-11", "2026-12-05")
	const credited = "gecrediteerd: 100,0% van wat eerder is gedeclareerd"
	if status != failed || !strings.Contains(refusal, credited) || !strings.Contains(said, credited) {
		t.Errorf("status %d, %s", status, refusal)
	}
	if _, refusal, status := runAndClose(t, folder, "2026-11", "2026-12-05", "--confirm", "uren waren half"); status != done {
		t.Fatal(refusal)
	}
	if told := succeed(t, "audit", "--workspace", folder); !strings.Contains(told, "bevestigd: uren waren half") {
		t.Errorf("the trail tells %s", told)
	}
	boundsMonth(t, folder, "2026-12", 1301, 0, 1)
	if said, _, status := runAndClose(t, folder, "2026-12", "2027-01-05"); status != failed || !strings.Contains(said, "verschilt 33,6% van de maand ervoor") {
		t.Errorf("status %d, %s", status, said)
	}
	write(t, filepath.Join(folder, "pxq.toml"), "trial = true\n[policy]\nmax_hours_per_day = 100000\nmax_change = 0\n")
	if said, refusal, status := runAndClose(t, folder, "2026-12", "2027-01-05"); status != done || strings.Contains(said, "LET OP") {
		t.Errorf("switched off: status %d, %s%s", status, said, refusal)
	}
	succeed(t, "verify", "--workspace", folder)
}

// TestBoundOfAMonthTooEarly closes a month with few records after one with many.
func TestBoundOfAMonthTooEarly(t *testing.T) {
	folder := boundsFolder(t, 1000, 0)
	if _, refusal, status := runAndClose(t, folder, "2026-10", "2026-11-05"); status != done {
		t.Fatal(refusal)
	}
	boundsMonth(t, folder, "2026-11", 10, 0, 1)
	said, refusal, status := runAndClose(t, folder, "2026-11", "2026-12-05")
	if status != failed || !strings.Contains(refusal, "van de maand ervoor") || !strings.Contains(said, "LET OP") {
		t.Errorf("status %d, %s", status, refusal)
	}
}
