package web_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// TestSoakDrop measures the time from dropping a file until its findings are on the page: at most 4 seconds for 12 000 rows and 30
// for 100 000, in less than 300 MiB.
func TestSoakDrop(t *testing.T) {
	soaking(t)
	s := soakSite(t, 300_000)
	c := s.as(t, "demo-aanbieder")
	code := matches(c.page(t, "/aanleveren"), `AGB-code (\d{8})`)[0]
	for _, test := range []struct {
		rows int
		most time.Duration
	}{{12_000, 4 * time.Second}, {100_000, 30 * time.Second}} {
		content := s.rowsOf(t, code, test.rows)
		var before runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		peak, over := make(chan uint64), make(chan bool)
		go func() {
			highest := uint64(0)
			for {
				select {
				case <-over:
					peak <- highest
					return
				case <-time.After(50 * time.Millisecond):
					var now runtime.MemStats
					runtime.ReadMemStats(&now)
					highest = max(highest, now.HeapInuse+now.StackInuse)
				}
			}
		}()
		began := time.Now()
		location := c.upload(t, "drop.csv", content)
		page := ""
		for page == "" || strings.Contains(page, "Wordt gecontroleerd") {
			page = c.page(t, location)
			time.Sleep(20 * time.Millisecond)
		}
		took := time.Since(began)
		over <- true
		most := <-peak
		t.Logf("%d rows of %d bytes: %v, %d MiB (%d before)", test.rows, len(content), took.Round(time.Millisecond), most>>20, before.HeapInuse>>20)
		if !strings.Contains(page, `class="tiles"`) {
			t.Fatalf("no findings: %s", page)
		}
		if took > test.most || most > 300<<20 {
			t.Errorf("%d rows are slow or large", test.rows)
		}
	}
}

// rowsOf returns a file of count rows of a provider's care, with new references.
func (s *site) rowsOf(t *testing.T, code string, count int) string {
	t.Helper()
	_, opened := s.open(t)
	var exported bytes.Buffer
	if err := opened.Export(t.Context(), workspace.Export{What: "records", Format: "csv", Period: billing.PeriodOf(2026, 10)}, &exported); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&exported).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	own := [][]string{}
	for _, row := range rows[1:] {
		if row[0] == code && row[4] != "" && row[3] != "" && row[8] != "" {
			own = append(own, row)
		}
	}
	if len(own) == 0 {
		t.Fatal("the provider has no rows")
	}
	var out strings.Builder
	out.WriteString("Regelnummer;AGB-code;BSN;Toewijzingsnummer;Productcode;Datum;Eenheid;Aantal\n")
	for i := range count {
		row := own[i%len(own)]
		unit := map[string]string{"hour": "uur", "daypart": "dagdeel"}[row[7]]
		fmt.Fprintf(&out, "D%d-%06d;%s;%s;%s;%s;%s;%s;%s\n", count, i, code, row[4], row[5], row[6], row[3], unit, strings.ReplaceAll(row[8], ".", ","))
	}
	return out.String()
}
