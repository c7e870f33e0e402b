package reports_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/exporters/reports/reportstest"
)

// TestEverythingAddsUp adds up what a reader would, for a made-up month and for one without rows.
func TestEverythingAddsUp(t *testing.T) {
	for _, rows := range []int{300, 0} {
		dir, _ := written(t, newDemo(rows))
		reportstest.AddUp(t, dir)
	}
}

// heard records failures instead of failing.
type heard struct {
	testing.TB
	said int
}

func (h *heard) Errorf(string, ...any) { h.said++ }

// TestWhatDoesNotAddUpIsNoticed changes one number of one workbook at a time.
func TestWhatDoesNotAddUpIsNoticed(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and no two goroutines of it meet")
	}
	dir, _ := written(t, newDemo(120))
	for where, value := range map[string]float64{
		"regio!Samenvatting!B9": 1, "regio!Samenvatting!C11": 9999, "regio!Samenvatting!B16": 7, "regio!Producten!I6": 0.01, "regio!Betaling!I6": 1, "regio!Aansluiting!B6": 3,
		"gemeente-0855-Tilburg!Samenvatting!B12": 1, "gemeente-0855-Tilburg!Uitval!K6": 0, "gemeente-0855-Tilburg!Taakvelden!H6": 5,
		"uitval!Overzicht!D10": 1000, "uitval!Afgewezen!H6": 1, "retour-01000001-Voorbeeld Wonen Thuis!Overzicht!D7": 1, "retour-01000001-Voorbeeld Wonen Thuis!Uren!T6": 5,
	} {
		parts := strings.Split(where, "!")
		path := filepath.Join(dir, parts[0]+".xlsx")
		unchanged, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		file := open(t, path)
		if before, err := file.GetCellValue(parts[1], parts[2]); err != nil || before == "" {
			t.Fatalf("%s holds nothing: %v", where, err)
		}
		if err := file.SetCellFloat(parts[1], parts[2], value, -1, 64); err != nil {
			t.Fatal(err)
		}
		if err := file.Save(); err != nil {
			t.Fatal(err)
		}
		h := &heard{TB: t}
		if reportstest.AddUp(h, dir); h.said == 0 {
			t.Errorf("%s is changed and nothing notices it", where)
		}
		if err := os.WriteFile(path, unchanged, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
