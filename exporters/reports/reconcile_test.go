package reports_test

import (
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/exporters/reports"
)

var errBroken = errors.New("broken")

func makeDir(t *testing.T, dir string) {
	t.Helper()
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
}

func namesIn(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}

// TestDifferenceStopsEverything breaks each count in turn: nothing may then be written.
func TestDifferenceStopsEverything(t *testing.T) {
	for name, c := range map[string]struct {
		breakIt func(*demo)
		dutch   string
	}{
		"a row of a file is lost":      {func(d *demo) { d.rows = d.rows[1:] }, "bewaarde regels van de bestanden"},
		"a file counts wrong":          {func(d *demo) { d.report.Files[1].Rows++ }, "al ontvangen regels van 2026-11-05-20000002.xlsx"},
		"a row has no outcome":         {func(d *demo) { d.rows[0].Outcome = billing.NoOutcome }, "verantwoorde regels van de regio: 75 tegenover 74."},
		"a payment is too high":        {func(d *demo) { d.report.Payments[0].Debit++; d.report.Payments[0].Net++ }, "betaling en declaratie van 01000001 voor 0855: debet "},
		"a payment does not add up":    {func(d *demo) { d.report.Payments[0].Net++ }, "netto en debet plus credit van 01000001"},
		"a payment is missing":         {func(d *demo) { d.report.Payments = d.report.Payments[1:] }, "betaling en declaratie van 01000001 voor 0855"},
		"a payment without lines":      {func(d *demo) { d.report.Payments[0].Municipality = "9999" }, "betaling en declaratie van 01000001"},
		"a line that nobody pays":      {func(d *demo) { d.lines = append(d.lines, d.lines[0]) }, "betaling en declaratie"},
		"a line with a changed amount": {func(d *demo) { d.lines[3].Amount++ }, "betaling en declaratie"},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDemo(60)
			c.breakIt(d)
			dir := t.TempDir()
			_, err := reports.Write(t.Context(), dir, &d.report)
			difference, ok := errors.AsType[*reports.Difference](err)
			if !ok {
				t.Fatalf("got %v", err)
			}
			if !strings.Contains(difference.Text.Dutch, c.dutch) || difference.Text.English == "" {
				t.Errorf("it says %q", difference.Text.Dutch)
			}
			if got := difference.In("nl"); !strings.HasPrefix(got, difference.Text.Dutch+" Er zijn geen werkboeken geschreven.") || difference.Error() != difference.Text.English {
				t.Errorf("users read %q, programmers %q", got, difference.Error())
			}
			if names := namesIn(t, dir); len(names) > 0 {
				t.Errorf("written all the same: %v", names)
			}
		})
	}
}
