package batch_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/intake"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// brokenReader fails after some rows of the file with a name.
type brokenReader struct {
	intake.Reader
	name string // of the file that fails
	rows int
	err  error
}

func (r *brokenReader) Read(ctx context.Context, path string, asOf billing.Date, sink billing.Sink) (*billing.FileSummary, error) {
	breaking := &breakingSink{Sink: sink, left: r.rows, err: r.err}
	if path[len(path)-len(r.name):] != r.name {
		breaking.left = 1 << 30
	}
	return r.Reader.Read(ctx, path, asOf, breaking)
}

type breakingSink struct {
	billing.Sink
	left int
	err  error
}

func (s *breakingSink) Record(r *billing.Record) error {
	if s.left--; s.left < 0 {
		return s.err
	}
	return s.Sink.Record(r)
}

// damaged is a refusal.
type damaged struct{}

func (damaged) Error() string      { return "damaged" }
func (damaged) In(_ string) string { return "beschadigd" }

// manyRows returns the rows of a large submission, each with a different reference.
func manyRows(rows int, quantity string) []string {
	lines := []string{storyHeadings}
	for n := range rows {
		lines = append(lines, fmt.Sprintf("N%d;%s;%s;T1;45A01;2026-10-%02d;minuut;%s;;", n, providerA, clientNumber(1), n%28+1, quantity))
	}
	return lines
}

// TestFileThatBreaksOff refuses a file after thousands of its rows were read, between two sound files, with new
// references and with known ones.
func TestFileThatBreaksOff(t *testing.T) {
	ledgertestEach(t, []story{{name: "one"}}, func(t *testing.T, open func() *ledger.Store, _ story) {
		k := newKit(t, open())
		k.permit(3)
		k.take("2026-11-05", k.write("known.csv", manyRows(2500, "1")...))
		before := k.rows(k.run("2026-10", "2026-11-05").Run)
		k.intake.Reader = &brokenReader{k.intake.Reader, "broken.csv", 3000, damaged{}}
		imported := k.take("2026-11-05", k.write("a.csv", parseStory(t, "a: R1=1 R2=2")[0].files[0]...), k.write("broken.csv", manyRows(3500, "2")...),
			k.write("c.csv", parseStory(t, "c: R1=1 R2=3 R3=1")[0].files[0]...))
		if imported.Refused() != 1 || imported.Files[1].Refused == nil || imported.Files[1].Records != 0 {
			t.Fatalf("%+v", imported.Files)
		}
		want := append(before, "a1 accepted", "a2 rejected U01", "c2 rejected U01", "c3 accepted")
		slices.Sort(want)
		if after := k.rows(k.run("2026-10", "2026-11-05").Run); !slices.Equal(after, want) {
			t.Errorf("%d rows, not %d", len(after), len(want))
		}
		// The complete file comes in as if nothing had happened.
		k.intake.Reader = fileReader{}
		if file := k.take("2026-11-05", k.folder+"/broken.csv").Files[0]; file.Kept != 3500 || file.Known {
			t.Errorf("%+v", file)
		}
		k.run("2026-10", "2026-11-05")
	})
}

// TestImportThatFails checks that an import that fails leaves nothing of its group, and keeps the groups before it.
func TestImportThatFails(t *testing.T) {
	broken := errors.New("the disk is gone")
	ledgertestEach(t, []story{{name: "one"}}, func(t *testing.T, open func() *ledger.Store, _ story) {
		k := newKit(t, open())
		k.permit(3)
		a := k.write("a.csv", parseStory(t, "a: R1=1")[0].files[0]...)
		b := k.write("b.csv", parseStory(t, "b: R1=2 R2=1")[0].files[0]...)
		c := k.write("c.csv", manyRows(3500, "1")...)
		k.intake.Reader = &brokenReader{k.intake.Reader, "c.csv", 3000, broken}
		imported, err := k.intake.Import(t.Context(), [][]string{{a}, {b, c}}, day("2026-11-05"), nil)
		if !errors.Is(err, broken) || len(imported.Files) != 1 {
			t.Fatalf("%v, %+v", err, imported)
		}
		if rows := k.rows(k.run("2026-10", "2026-11-05").Run); !slices.Equal(rows, []string{"a1 accepted"}) {
			t.Errorf("rows %q", rows)
		}
		stopped, stop := context.WithCancel(t.Context())
		stop()
		if _, err := k.intake.Import(stopped, [][]string{{b}}, day("2026-11-05"), nil); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		if _, err := k.batch.Run(stopped, k.order("2026-11", "2026-11-05"), nil); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		if !k.run("2026-10", "2026-11-05").Unchanged {
			t.Error("what failed left something to do")
		}
	})
}

// TestRunsComeBackAsTheyWere reads earlier runs after later ones, also of another period, and after new versions.
func TestRunsComeBackAsTheyWere(t *testing.T) {
	ledgertestEach(t, []story{{name: "one"}}, func(t *testing.T, open func() *ledger.Store, _ story) {
		k := newKit(t, open())
		k.permit(3)
		var runs []ledger.Run
		var told [][]string
		tell := func(run ledger.Run) []string {
			rows := k.rows(run)
			err := k.batch.Store.EachLine(t.Context(), run, func(line *billing.DeclaredLine) error {
				rows = append(rows, fmt.Sprintf("%+v", *line))
				return nil
			})
			totals, failed := k.batch.Store.LineTotals(t.Context(), run)
			if err = errors.Join(err, failed); err != nil {
				t.Fatal(err)
			}
			return append(rows, fmt.Sprintf("%+v", totals))
		}
		for n, step := range parseStory(t, "a: R1=1 R2=? R3=1\nb: R1=2\nc: R1=0 R2=1\nd: R3=2@1 R4=1\ne: R1=1") {
			step.take(k)
			run := k.run([]string{"2026-10", "2026-11"}[n%2], "2026-11-05").Run
			runs, told = append(runs, run), append(told, tell(run))
		}
		for n, run := range runs {
			if again := tell(run); !slices.Equal(again, told[n]) {
				t.Errorf("run %d was\n%q and is now\n%q", run.ID, told[n], again)
			}
		}
	})
}
