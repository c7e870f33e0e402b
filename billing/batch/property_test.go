package batch_test

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
	"github.com/pxq-nl/pxq/billing/ledger/words"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/tables"
)

// inMemory returns a kit whose store is in memory, for properties that are tried many times.
func inMemory(t *testing.T, draw *rapid.T) (k *kit, done func()) {
	store, err := ledger.OpenMemory(context.Background())
	if err != nil {
		draw.Fatal(err)
	}
	return newKit(t, store), func() { store.Close() }
}

// try lets rapid try a property a number of times: each takes a while, so fewer than rapid's default of a hundred. The
// tests named Soak try as often as time allows. With -short it is a few times: the race detector needs no rare cases.
func try(t *testing.T, times int, property func(*rapid.T)) {
	if testing.Short() {
		times = max(3, times/8)
	}
	tried := 0
	rapid.Check(t, func(draw *rapid.T) {
		if tried++; tried <= times || t.Failed() {
			property(draw)
		}
	})
}

// soak is for how long the tests named Soak go on; without it they are skipped.
func soak(t *testing.T, property func(*rapid.T)) {
	long, err := time.ParseDuration(os.Getenv("PXQ_SOAK"))
	if err != nil {
		t.Skip("PXQ_SOAK does not tell how long to go on")
	}
	for begun := time.Now(); time.Since(begun) < long && !t.Failed(); {
		rapid.Check(t, property)
	}
}

// TestJudgingWhatChangedIsEnough checks that a run that judges only clients of whom something changed gives the
// same result as a run that judges everyone, whatever happened before.
func TestJudgingWhatChangedIsEnough(t *testing.T) { try(t, 40, judgingWhatChanged(t)) }

func TestSoakJudgingWhatChanged(t *testing.T) { soak(t, judgingWhatChanged(t)) }

func judgingWhatChanged(t *testing.T) func(*rapid.T) {
	return func(draw *rapid.T) {
		k, done := inMemory(t, draw)
		defer done()
		k.permit(3)
		w := newWorld(draw, k)
		for range w.number("steps", 1, 12) {
			w.step()
		}
		before := w.state(w.judge(w.period))
		w.verify()
		k.batch.Program = "another pxq" // judges everyone
		if after := w.state(w.judge(w.period)); after != before {
			draw.Errorf("%s\njudging everyone gives other results:\n%s", strings.Join(w.told, "\n"), difference(before, after))
		}
	}
}

// TestWhatLiesAtRest checks that clients with care at rest get the same results as when all their care is judged, over
// many months of care, late care, corrections, withdrawals, new referrals and decisions.
func TestWhatLiesAtRest(t *testing.T) {
	rested, corrected := 0, 0
	try(t, 25, whatLiesAtRest(t, &rested, &corrected))
	if (rested == 0 || corrected == 0) && !testing.Short() {
		t.Errorf("%d times something lay at rest, and %d keys were corrected", rested, corrected)
	}
}

func TestSoakWhatLiesAtRest(t *testing.T) { soak(t, whatLiesAtRest(t, new(int), new(int))) }

func whatLiesAtRest(t *testing.T, rested, corrected *int) func(*rapid.T) {
	return func(draw *rapid.T) {
		k, done := inMemory(t, draw)
		defer done()
		k.book.Products[0].Kind, k.policy.Segment1Begeleiding = billing.Begeleiding, rapid.IntRange(2, 12).Draw(draw, "help")
		k.permit(3)
		w := newWorld(draw, k)
		w.period = day("2026-02-01").Period()
		w.asOf = w.period.First()
		var references []string
		again := func() (lines []string) { // corrections of what was declared
			for range w.number("again", 0, min(3, len(references))) {
				lines = append(lines, w.care(w.pick("reference", references...)))
			}
			return lines
		}
		for month := range w.number("months", 3, 8) {
			lines := append([]string{careHeadings}, again()...)
			for n := range w.number("rows", 1, 6) {
				references = append(references, fmt.Sprintf("M%d-%d", month, n))
				lines = append(lines, w.care(references[len(references)-1]))
			}
			if w.number("room", 0, 2) == 0 {
				w.bring(w.room())
			}
			w.asOf = w.period.Last().AddDays(w.number("days", 1, 20))
			w.bring(lines)
			for range w.number("steps", 0, 2) {
				w.step()
			}
			w.closePeriod()
		}
		w.bring(append([]string{careHeadings, w.care("L1"), w.care("L2")}, again()...))
		if w.number("room", 0, 1) == 0 {
			w.bring(w.room())
		}
		judged := w.run(w.period.String(), w.asOf.String())
		before := w.state(judged.Run)
		w.verify()
		*corrected += w.looksFarEnough(judged.Run)
		k.batch.Program = "another pxq" // judges everyone, whole
		whole := w.run(w.period.String(), w.asOf.String())
		if whole.Records > judged.Records {
			*rested++
		}
		if after := w.state(whole.Run); after != before {
			draw.Errorf("%s\njudging everyone whole gives other results:\n%s", strings.Join(w.told, "\n"), difference(before, after))
		}
	}
}

// difference returns the lines that only one of two texts has.
func difference(before, after string) string {
	a, b := strings.Split(before, "\n"), strings.Split(after, "\n")
	var text strings.Builder
	for _, line := range a {
		if !slices.Contains(b, line) {
			fmt.Fprintf(&text, "- %s\n", line)
		}
	}
	for _, line := range b {
		if !slices.Contains(a, line) {
			fmt.Fprintf(&text, "+ %s\n", line)
		}
	}
	return text.String()
}

// TestImportingTwice checks that importing all files again changes nothing, neither as they are nor with other bytes.
func TestImportingTwice(t *testing.T) {
	try(t, 25, func(draw *rapid.T) {
		k, done := inMemory(t, draw)
		defer done()
		k.permit(3)
		w := newWorld(draw, k)
		w.asOf = w.period.Last().AddDays(41) // after all care dates
		lines := w.submission()
		w.bring(lines)
		before := w.state(w.judge(w.period))
		w.take(w.asOf.String(), w.folder+"/"+w.files[0])
		if judged := w.run(w.period.String(), w.asOf.String()); !judged.Unchanged || w.state(judged.Run) != before {
			draw.Errorf("%s\nthe same file changed something", strings.Join(w.told, "\n"))
		}
		current := w.accepted()
		w.bring(append(slices.Clone(lines), "Totaal"))
		w.judge(w.period)
		if again := w.accepted(); again != current {
			draw.Errorf("%s\nthe same rows changed something:\n%s", strings.Join(w.told, "\n"), difference(current, again))
		}
	})
}

// verify checks that the proof of the store finds no fault, whatever happened.
func (w *world) verify() {
	verified, err := w.batch.Verify(context.Background(), "")
	if err != nil {
		w.draw.Fatal(err)
	}
	for _, fault := range verified.Faults {
		w.draw.Errorf("%s\n%s", strings.Join(w.told, "\n"), fault.Dutch)
	}
}

// explain formats the story of every record as the last run left it, and the status.
func (w *world) explain(run ledger.Run) string {
	ctx, text := context.Background(), &strings.Builder{}
	setting := report.Setting{Book: w.book, Policy: w.policy}
	keys := make(map[billing.RecordKey]bool)
	err := w.reporter.EachRow(ctx, run, func(row *report.Row) error {
		keys[billing.RecordKeyOf(row.Record.Provider, row.Record.Reference)] = row.Record.Identified()
		return nil
	})
	if err != nil {
		w.draw.Fatal(err)
	}
	for _, key := range slices.SortedFunc(maps.Keys(keys), func(a, b billing.RecordKey) int { return strings.Compare(a.Provider+a.KnownAs, b.Provider+b.KnownAs) }) {
		if !keys[key] {
			continue
		}
		explanation, err := w.reporter.Explain(ctx, report.Subject{Provider: key.Provider, Reference: key.KnownAs}, setting)
		if err != nil {
			w.draw.Fatal(err)
		}
		fmt.Fprintf(text, "%v: %d rules\n", key, len(explanation.Rules))
		if line := explanation.Line; line != nil {
			fmt.Fprintf(text, "%+v of %d rows, %d\n", line.Line, len(line.Rows), line.Exact)
		}
	}
	status, err := w.reporter.Status(ctx, "")
	if err != nil {
		w.draw.Fatal(err)
	}
	fmt.Fprintf(text, "%+v\n", *status)
	return text.String()
}

// accepted formats what the last run accepted, and its lines.
func (w *world) accepted() string {
	run, _, err := w.batch.Store.LastRun(context.Background())
	if err != nil {
		w.draw.Fatal(err)
	}
	var text strings.Builder
	for line := range strings.Lines(w.state(run)) {
		if strings.HasPrefix(line, "line") || strings.Contains(line, " accepted ") {
			text.WriteString(line)
		}
	}
	return text.String()
}

// TestOrderAndSplitting checks that neither the order of rows nor splitting a file between references matters.
func TestOrderAndSplitting(t *testing.T) {
	try(t, 25, func(draw *rapid.T) {
		lines := []string{}
		var states []string
		for attempt := range 3 {
			k, done := inMemory(t, draw)
			k.permit(3)
			w := newWorld(draw, k)
			w.asOf = w.period.Last().AddDays(41)
			switch attempt {
			case 0:
				lines = w.submission()
				w.bring(lines)
			case 1:
				w.bring(append([]string{careHeadings}, rapid.Permutation(lines[1:]).Draw(draw, "order")...))
			case 2:
				parts := [2][]string{{careHeadings}, {careHeadings}}
				for _, line := range lines[1:] {
					parts[int(line[1])%2] = append(parts[int(line[1])%2], line)
				}
				w.bring(parts[0])
				w.bring(parts[1])
			}
			states = append(states, w.outcomes(w.judge(w.period)))
			done()
		}
		for attempt, state := range states[1:] {
			if state != states[0] {
				draw.Errorf("%s\nattempt %d differs:\n%s", strings.Join(lines, "\n"), attempt+2, difference(states[0], state))
			}
		}
	})
}

// outcomes formats the outcomes of rows and the lines, without the file and row they came from.
func (w *world) outcomes(run ledger.Run) string {
	var rows []string
	err := w.reporter.EachRow(context.Background(), run, func(row *report.Row) error {
		r := row.Record
		rows = append(rows, fmt.Sprintf("row %s %s %s %s %d %s %s %s %s", r.Provider, r.Reference, r.BSN, r.First, r.Quantity, row.Outcome,
			words.CodesOf(row.Findings), row.Referral, row.Price))
		return nil
	})
	if err != nil {
		w.draw.Fatal(err)
	}
	slices.Sort(rows)
	for line := range strings.Lines(w.state(run)) {
		if strings.HasPrefix(line, "line") {
			rows = append(rows, line)
		}
	}
	return strings.Join(rows, "\n")
}

// exports returns the bytes of every export of a run.
func (w *world) exports(run ledger.Run) string {
	ctx, out := context.Background(), &bytes.Buffer{}
	made, err := w.reporter.Report(ctx, run, report.Setting{Region: "Proef", Language: "nl", Book: w.book, Policy: w.policy, Fingerprint: "f"})
	if err != nil {
		w.draw.Fatal(err)
	}
	rows := func(ctx context.Context, visit func(*report.Row) error) error {
		return w.reporter.EachRow(ctx, run, visit)
	}
	for _, err := range []error{
		tables.Lines(ctx, out, tables.CSV, made.Lines), tables.Records(ctx, out, tables.CSV, rows),
		tables.Findings(ctx, out, tables.CSV, "nl", w.batch.Catalogue, rows, made.NotSent, made.Signals),
		tables.ExportTotals(ctx, out, tables.CSV, made.Book, made.Lines), tables.Payments(ctx, out, tables.CSV, run.Month(), made.Payments),
	} {
		if err != nil {
			w.draw.Fatal(err)
		}
	}
	var shown []string // in no particular order
	if err := made.Rows(ctx, func(row *report.Row) error {
		shown = append(shown, fmt.Sprintln(row.Record.ID, row.Before, row.Amount))
		return nil
	}); err != nil {
		w.draw.Fatal(err)
	}
	slices.Sort(shown)
	fmt.Fprint(out, shown)
	summary, err := w.reporter.Summarise(ctx, run, &made.ReportHead)
	if err != nil {
		w.draw.Fatal(err)
	}
	fmt.Fprintf(out, "%+v\n%+v\n", made.Files, summary)
	return out.String()
}

// TestDatabasesAgree takes the same steps on both databases and compares what they export, byte for byte, of every
// run.
func TestDatabasesAgree(t *testing.T) {
	ledgertest.Postgres(t) // or skip
	try(t, 10, func(draw *rapid.T) {
		seeds := rapid.SliceOfN(rapid.IntRange(0, 1<<30), 4, 14).Draw(draw, "seeds")
		tidy := rapid.Bool().Draw(draw, "tidy")
		var exported []string
		for _, address := range []string{ledgertest.SQLite(t), ledgertest.Postgres(t)} {
			k := newKit(t, ledgertest.Open(t, address))
			k.permit(3)
			w := newWorld(draw, k)
			w.tidy = tidy
			for _, seed := range seeds {
				rapid.Custom(func(draw *rapid.T) bool {
					w.draw = draw
					w.step()
					return true
				}).Example(seed)
			}
			w.draw = draw
			w.judge(w.period)
			runs, err := k.batch.Store.Runs(context.Background())
			if err != nil {
				draw.Fatal(err)
			}
			text := ""
			for _, run := range runs {
				text += w.exports(run)
			}
			w.verify()
			exported = append(exported, text+w.explain(runs[len(runs)-1]))
			k.batch.Store.Close()
		}
		if exported[0] != exported[1] {
			draw.Errorf("SQLite and PostgreSQL differ:\n%s", difference(exported[0], exported[1]))
		}
	})
}
