package table

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/xuri/excelize/v2"
)

const benchRows = 100_000

// providerWorkbook is a workbook as a large provider would send it.
func providerWorkbook(tb testing.TB, rows int) []byte {
	tb.Helper()
	f := excelize.NewFile()
	defer f.Close()
	dated, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		tb.Fatal(err)
	}
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		tb.Fatal(err)
	}
	for i := 1; i <= rows; i++ {
		err := w.SetRow(fmt.Sprintf("A%d", i), []any{
			fmt.Sprintf("R%07d", i), "12345678", 900000000 + i, excelize.Cell{StyleID: dated, Value: 40000 + i%9000}, 300000 + i, "Tilburg",
			"45A48", excelize.Cell{StyleID: dated, Value: 46023 + i%31}, "uur", float64(i%100) / 7, 97.2, "geen opmerking",
		})
		if err != nil {
			tb.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		tb.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

func BenchmarkXLSX(b *testing.B) {
	content := providerWorkbook(b, benchRows)
	b.ReportAllocs()
	for b.Loop() {
		benchRead(b, "a.xlsx", content)
	}
}

func BenchmarkCSV(b *testing.B) {
	var text bytes.Buffer
	for i := range benchRows {
		fmt.Fprintf(&text, "R%07d;12345678;%d;01-02-2010;%d;Tilburg;45A48;%02d-01-2026;uur;%d,25;97,20;\"geen opmerking\"\r\n", i, 900000000+i, 300000+i, 1+i%31, i%100)
	}
	b.SetBytes(int64(text.Len()))
	b.ReportAllocs()
	for b.Loop() {
		benchRead(b, "a.csv", text.Bytes())
	}
}

func benchRead(b *testing.B, name string, content []byte) {
	b.Helper()
	f, err := openBytes(name, content)
	if err != nil {
		b.Fatal(err)
	}
	rows := 0
	for _, sheet := range f.Sheets() {
		for row, err := range f.Rows(sheet) {
			if err != nil {
				b.Fatal(err)
			}
			if len(row.Cells) == 12 {
				rows++
			}
		}
	}
	if rows != benchRows {
		b.Fatalf("read %d rows", rows)
	}
}
