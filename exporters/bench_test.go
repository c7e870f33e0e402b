package exporters_test

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/pxq-nl/pxq/exporters"
)

// BenchmarkWrite writes the workbooks of 100 000 rows.
func BenchmarkWrite(b *testing.B) {
	const rows = 100_000
	d := newDemo(rows)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for b.Loop() {
		dir := filepath.Join(b.TempDir(), "out")
		if err := os.Mkdir(dir, 0o700); err != nil {
			b.Fatal(err)
		}
		if _, err := exporters.Write(b.Context(), dir, &d.report); err != nil {
			b.Fatal(err)
		}
	}
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	b.ReportMetric(float64(after.Sys-before.Sys)/(1<<20), "MB")
}
