package reports_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"
	"testing"
	"time"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/reports"
)

const benchRows = 100_000

// BenchmarkWrite writes the workbooks of 100 000 rows.
func BenchmarkWrite(b *testing.B) {
	d := newDemo(benchRows)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for b.Loop() {
		dir := filepath.Join(b.TempDir(), "out")
		if err := os.Mkdir(dir, 0o700); err != nil {
			b.Fatal(err)
		}
		if _, err := reports.Write(b.Context(), dir, &d.report); err != nil {
			b.Fatal(err)
		}
	}
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(benchRows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	b.ReportMetric(float64(after.Sys-before.Sys)/(1<<20), "MB")
}

// BenchmarkMunicipality writes one workbook with 100 000 declaration lines.
func BenchmarkMunicipality(b *testing.B) {
	writeOnly(b, manyLines(benchRows), "gemeente-0855-Tilburg.xlsx")
}

// BenchmarkReturnFile writes one workbook with 100 000 records and the findings on them.
func BenchmarkReturnFile(b *testing.B) {
	writeOnly(b, manyRecords(benchRows), "retour-01000001-Voorbeeld Wonen Thuis.xlsx")
}

// writeOnly writes one workbook and reports the speed and the memory used: the peak of this process, including the test
// itself.
func writeOnly(b *testing.B, report *report.Report, name string) {
	debug.FreeOSMemory()
	peak := watchMemory()
	size := int64(0)
	for b.Loop() {
		dir := b.TempDir()
		if err := reports.WriteOnly(b.Context(), dir, report, name); err != nil {
			b.Fatal(err)
		}
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			b.Fatal(err)
		}
		size = info.Size()
	}
	b.ReportMetric(float64(benchRows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	b.ReportMetric(b.Elapsed().Seconds()/float64(b.N), "s/workbook")
	b.ReportMetric(float64(peak())/(1<<20), "peak-MiB")
	b.ReportMetric(float64(size)/(1<<20), "file-MiB")
}

// watchMemory polls the memory that the process has from the system until it is stopped, and returns the peak.
func watchMemory() (peak func() uint64) {
	now := func() uint64 {
		memory := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
		metrics.Read(memory)
		return memory[0].Value.Uint64() - memory[1].Value.Uint64()
	}
	most, stop := now(), make(chan struct{})
	var watching sync.WaitGroup
	watching.Go(func() {
		for {
			most = max(most, now())
			select {
			case <-stop:
				return
			case <-time.After(2 * time.Millisecond):
			}
		}
	})
	return func() uint64 {
		close(stop)
		watching.Wait()
		return most
	}
}

// manyLines returns a report of lines of one municipality. They are generated while they are read, so that only the workbook
// is measured.
func manyLines(count int) *report.Report {
	rep := newDemo(0).report
	line := func(i int) *billing.DeclaredLine {
		line := &billing.DeclaredLine{Kind: billing.Regular, Period: period, Number: fmt.Sprintf("2026-10-%06d", i+1)}
		line.Price, line.Quantity, line.Records = 9345, billing.Quantity(100+i*37%24000), 1+i%9
		line.LineKey = billing.LineKey{
			Provider: demoProviders[i%3], Municipality: "0855", BSN: fmt.Sprintf("9999%05d", i/4), Referral: fmt.Sprint(900_000 + i/2),
			Product: "45VB1", Unit: billing.Time, CareMonth: period,
		}
		switch {
		case i%10 == 1:
			line.Product, line.Unit, line.Price, line.Quantity = "44VB1", billing.Daypart, 6667, billing.Quantity(50*(1+i%60))
		case i%50 == 2:
			line.Kind, line.CareMonth, line.Original = billing.Credit, period.Add(-1), fmt.Sprintf("2026-09-%06d", i+1)
		}
		line.Amount = line.Price.Times(line.Quantity, line.Unit)
		if line.Kind == billing.Credit {
			line.Amount = -line.Amount
		}
		return line
	}
	rep.Lines = func(_ context.Context, visit func(*billing.DeclaredLine) error) error {
		for i := range count {
			if err := visit(line(i)); err != nil {
				return err
			}
		}
		return nil
	}
	rep.Payments = make([]report.Payment, len(demoProviders))
	for i := range count {
		payment, amount := &rep.Payments[i%3], line(i).Amount
		payment.Provider, payment.Municipality = demoProviders[i%3], "0855"
		payment.Debit, payment.Credit = payment.Debit+max(amount, 0), payment.Credit+min(amount, 0)
		payment.Net = payment.Debit + payment.Credit
		payment.ToPay = payment.Net
	}
	rep.Files = nil
	return &rep
}

// manyRecords returns a report of records of one provider.
func manyRecords(count int) *report.Report {
	rep := newDemo(0).report
	kept := 0
	for i := range count {
		if demoRow(3*i).Before == billing.NoOutcome {
			kept++
		}
	}
	rep.Rows = func(_ context.Context, visit func(*report.Row) error) error {
		for i := range count {
			row := demoRow(3 * i)
			if row.Record.Unit != billing.NoUnit {
				row.Amount = row.Price.Times(row.Record.Quantity, row.Record.Unit)
			}
			if err := visit(&row); err != nil {
				return err
			}
		}
		return nil
	}
	rep.Files = []report.FileIn{{Name: "oktober.xlsx", Received: billing.NewDate(2026, 11, 5), Kind: "submission", Provider: demoProviders[0], Rows: kept, Kept: kept}}
	return &rep
}
