package importers_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/importers"
	"github.com/pxq-nl/pxq/importers/table"
)

const benchRows = 100_000

// counter is a sink that keeps nothing.
type counter struct{ records, readable int }

func (c *counter) Record(r *billing.Record) error {
	c.records++
	if r.Readable() {
		c.readable++
	}
	return nil
}
func (c *counter) Referral(*billing.ReferralRow) error { return nil }
func (c *counter) Decision(*billing.DecisionRow) error { return nil }

var benchHeadings = []string{
	"Regelnummer", "AGB-code", "BSN", "Geboortedatum", "Toewijzingsnummer", "Gemeente", "Productcode", "Datum",
	"Begintijd", "Eindtijd", "Eenheid", "Aantal", "Tarief", "Bedrag",
}

// benchRow is a row as a provider sends it.
func benchRow(i int) []any {
	day := i%28 + 1
	return []any{
		fmt.Sprintf("R-%07d", i), "01000001", "999910012", "02-05-2012", 900000 + i%5000, "Tilburg",
		[]string{"45VB1", "45VB2", "54VB1"}[i%3], fmt.Sprintf("2026-01-%02d", day), "9:00", "10:15", "uur", 1.25, 91.23, 114.04,
	}
}

func writeBenchCSV(tb testing.TB, rows int) string {
	path := filepath.Join(tb.TempDir(), "bench.csv")
	file, err := os.Create(path)
	if err != nil {
		tb.Fatal(err)
	}
	defer file.Close()
	w := bufio.NewWriter(file)
	line := func(cells []any) {
		for i, cell := range cells {
			if i > 0 {
				w.WriteByte(';')
			}
			fmt.Fprint(w, cell)
		}
		w.WriteByte('\n')
	}
	headings := make([]any, len(benchHeadings))
	for i, heading := range benchHeadings {
		headings[i] = heading
	}
	line(headings)
	for i := range rows {
		line(benchRow(i))
	}
	if err := w.Flush(); err != nil {
		tb.Fatal(err)
	}
	return path
}

func writeBenchWorkbook(tb testing.TB, rows int) string {
	book := excelize.NewFile()
	defer book.Close()
	sheet, err := book.NewStreamWriter("Sheet1")
	if err != nil {
		tb.Fatal(err)
	}
	headings := make([]any, len(benchHeadings))
	for i, heading := range benchHeadings {
		headings[i] = heading
	}
	if err := sheet.SetRow("A1", headings); err != nil {
		tb.Fatal(err)
	}
	for i := range rows {
		if err := sheet.SetRow(fmt.Sprintf("A%d", i+2), benchRow(i)); err != nil {
			tb.Fatal(err)
		}
	}
	if err := sheet.Flush(); err != nil {
		tb.Fatal(err)
	}
	path := filepath.Join(tb.TempDir(), "bench.xlsx")
	if err := book.SaveAs(path); err != nil {
		tb.Fatal(err)
	}
	return path
}

func benchmarkRead(b *testing.B, path string) {
	reader := importers.Reader{Limits: table.DefaultLimits()}
	b.ReportAllocs()
	for b.Loop() {
		sink := &counter{}
		if _, err := reader.Read(context.Background(), path, billing.NewDate(2026, 2, 5), sink); err != nil {
			b.Fatal(err)
		}
		if sink.readable != benchRows {
			b.Fatalf("%d of %d rows are readable", sink.readable, sink.records)
		}
	}
	b.ReportMetric(float64(benchRows*b.N)/b.Elapsed().Seconds(), "rows/s")
}

func BenchmarkReadCSV(b *testing.B)      { benchmarkRead(b, writeBenchCSV(b, benchRows)) }
func BenchmarkReadWorkbook(b *testing.B) { benchmarkRead(b, writeBenchWorkbook(b, benchRows)) }

// BenchmarkTableOnly only reads the cells.
func BenchmarkTableOnly(b *testing.B) {
	path := writeBenchCSV(b, benchRows)
	b.ReportAllocs()
	for b.Loop() {
		file, err := table.Open(path, table.DefaultLimits())
		if err != nil {
			b.Fatal(err)
		}
		for _, err := range file.Rows(file.Sheets()[0]) {
			if err != nil {
				b.Fatal(err)
			}
		}
		file.Close()
	}
	b.ReportMetric(float64(benchRows*b.N)/b.Elapsed().Seconds(), "rows/s")
}
