package reports_test

import (
	"context"
	"runtime"
	"slices"
	"testing"

	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/reports"
)

// TestSameBytes writes the same report several times, with one processor and with several: the order of maps
// and of goroutines must not show.
func TestSameBytes(t *testing.T) {
	d := newDemo(120)
	_, first := written(t, d)
	for range 3 {
		if _, again := written(t, d); !slices.Equal(first, again) {
			t.Fatalf("written again:\n%v\n%v", first, again)
		}
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	if _, again := written(t, newDemo(120)); !slices.Equal(first, again) {
		t.Fatal("one processor gives other bytes")
	}
}

// TestNothingFromTheClock writes other data and expects other bytes, so that TestSameBytes means something.
func TestNothingFromTheClock(t *testing.T) {
	_, first := written(t, newDemo(120))
	d := newDemo(120)
	d.report.AsOf++
	_, other := written(t, d)
	for i := range first {
		if first[i].SHA256 == other[i].SHA256 || len(first[i].SHA256) != 64 {
			t.Errorf("%s has the same bytes on another day", first[i].Name)
		}
	}
}

// TestNothingLeftBehind checks that a failed write leaves neither workbooks nor private files.
func TestNothingLeftBehind(t *testing.T) {
	d := newDemo(60)
	parent := t.TempDir()
	dir := parent + "/reports"
	makeDir(t, dir)
	d.report.Signals = func(context.Context, func(*report.Signal) error) error { return errBroken }
	if _, err := reports.Write(t.Context(), dir, &d.report); err == nil {
		t.Error("no error")
	}
	d = newDemo(60)
	makeDir(t, dir+"/uitval.xlsx") // in the way
	if _, err := reports.Write(t.Context(), dir, &d.report); err == nil {
		t.Error("no error")
	}
	if names := namesIn(t, parent); !slices.Equal(names, []string{"reports"}) {
		t.Errorf("left behind: %v", names)
	}
	if names := namesIn(t, dir); !slices.Equal(names, []string{"uitval.xlsx"}) {
		t.Errorf("left behind: %v", names)
	}
}
