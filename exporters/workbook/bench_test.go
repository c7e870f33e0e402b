package workbook

import (
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/pxq-nl/pxq/billing"
)

const benchRows = 100_000

// benchColumns are the columns of a detail sheet: twelve, of every type.
var benchColumns = []Column{
	{Heading: "Regelnummer", Width: 16}, {Heading: "AGB-code", Width: 11}, {Heading: "BSN", Width: 12}, {Heading: "Zorgdatum", Width: 12, Format: DayOf},
	{Heading: "Productcode", Width: 13}, {Heading: "Toewijzing", Width: 16}, {Heading: "Gemeente", Width: 20}, {Heading: "Uren", Width: 11, Format: Quantity, Sum: true},
	{Heading: "Tarief", Width: 12, Format: Euro}, {Heading: "Bedrag", Width: 15, Format: Euro, Sum: true}, {Heading: "Uitkomst", Width: 13}, {Heading: "Bestand", Width: 30},
}

func benchRow(i int) []Value {
	return []Value{
		Text(fmt.Sprint("R2610-", 100_000+i)), Text(fmt.Sprintf("9904%04d", i%50)), Text(fmt.Sprintf("9999%05d", i/7)), Day(billing.NewDate(2026, 10, 1+i%31)),
		Text([]string{"45A05", "54X01", "44VB1"}[i%3]), Text(fmt.Sprint(261_000_000 + i/7)), Text([]string{"Tilburg", "Goirle", "Hilvarenbeek"}[i%3]),
		Hours(billing.Quantity(1500 * (1 + i%20))), Money(9345), Money(billing.Money(9345 * (1 + i%20) / 4)), Text("akkoord"), Text("99040003_2026-10-2.xlsx"),
	}
}

// BenchmarkTable writes a workbook of 100 000 rows of twelve columns, and BenchmarkStreamWriter the same cells with
// excelize alone. Processor seconds are those of the whole process.
func BenchmarkTable(b *testing.B) {
	dir, rows := b.TempDir(), make([][]Value, benchRows)
	for i := range rows {
		rows[i] = benchRow(i)
	}
	measure(b, dir, func(path string) error {
		spool, err := NewSpool(dir)
		if err != nil {
			return err
		}
		defer spool.Close() //nolint:errcheck // only read
		book, err := New(dir, Head{Title: "Proef"})
		if err != nil {
			return err
		}
		defer book.Close() //nolint:errcheck // it was saved
		table := &Table{Sheet: "Regels", Name: "tbl_regels", Columns: benchColumns, Rows: spool.Rows()}
		for i := range rows { // not in the order of their places
			place := i * 7919 % benchRows
			table.Rows.AddAt(int64(place), rows[place]...)
		}
		if err := book.AddTable(table); err != nil {
			return err
		}
		_, err = book.Save(path)
		return err
	})
}

func BenchmarkStreamWriter(b *testing.B) {
	dir, rows := b.TempDir(), make([][]Value, benchRows)
	for i := range rows {
		rows[i] = benchRow(i)
	}
	measure(b, dir, func(path string) error {
		file := excelize.NewFile(excelize.Options{TmpDir: dir})
		defer file.Close() //nolint:errcheck // it was saved
		styles := make([]int, len(benchColumns))
		for i, column := range benchColumns {
			var err error
			if styles[i], err = file.NewStyle(styleOf(styleKey{format: column.Format})); err != nil {
				return err
			}
		}
		stream, err := file.NewStreamWriter("Sheet1")
		if err != nil {
			return err
		}
		cells := make([]any, len(benchColumns))
		for i, row := range rows {
			for j := range row {
				cells[j] = excelize.Cell{StyleID: styles[j], Value: row[j].cell()}
			}
			if err := stream.SetRow(cellName(0, i+1), cells); err != nil {
				return err
			}
		}
		if err := stream.Flush(); err != nil {
			return err
		}
		return file.SaveAs(path)
	})
}

// measure reports the processor time that a workbook takes, and its size.
func measure(b *testing.B, dir string, write func(path string) error) {
	size, before := int64(0), processor(b)
	for i := 0; b.Loop(); i++ {
		path := filepath.Join(dir, fmt.Sprint(i, ".xlsx"))
		if err := write(path); err != nil {
			b.Fatal(err)
		}
		info, err := os.Stat(path)
		if err != nil {
			b.Fatal(err)
		}
		size = info.Size()
	}
	b.ReportMetric((processor(b)-before)/float64(b.N), "cpu-s/workbook")
	b.ReportMetric(float64(size)/(1<<20), "file-MiB")
}

// processor returns the processor seconds that this process has used.
func processor(b *testing.B) float64 {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	seconds := func(t syscall.Timeval) float64 { return float64(t.Sec) + float64(t.Usec)/1e6 }
	return seconds(used.Utime) + seconds(used.Stime)
}
