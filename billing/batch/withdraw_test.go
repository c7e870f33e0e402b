package batch_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/intake"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
	"github.com/pxq-nl/pxq/billing/report"
)

// picture formats everything that a run exports to programs: its rows, lines and findings.
func (k *kit) picture(run ledger.Run) []string {
	k.t.Helper()
	var picture []string
	err := k.reporter.EachRow(k.t.Context(), run, func(row *report.Row) error {
		r := row.Record
		if row.Outcome == billing.Replaced || row.Outcome == billing.Withdrawn {
			row.Municipality = "" // kept for reports when an earlier run judged the row; no program sees it
		}
		picture = append(picture, fmt.Sprintf("row %s %s %s%d v%d %s %s %s %s %v %s %s first %s prior %v %d", r.Provider, r.Reference, r.File, r.Row, r.Version, row.Outcome,
			row.Referral, row.Municipality, row.Price, row.Findings, r.Quantity.Format(r.Unit), r.Received, r.FirstReceived, r.HasPrior, r.PriorQuantity))
		return nil
	})
	if err == nil {
		err = k.batch.Store.EachLine(k.t.Context(), run, func(line *billing.DeclaredLine) error {
			picture = append(picture, fmt.Sprintf("line %+v", *line))
			return nil
		})
	}
	if err != nil {
		k.t.Fatal(err)
	}
	signals, err := k.batch.Store.Signals(k.t.Context(), run.Month())
	if err != nil {
		k.t.Fatal(err)
	}
	for _, signal := range signals {
		picture = append(picture, fmt.Sprintf("signal %+v", signal))
	}
	return picture
}

// withdraw takes back a file by its name.
func (k *kit) withdraw(name string) *intake.Withdrawn {
	k.t.Helper()
	withdrawn, err := k.intake.Withdraw(k.t.Context(), name, nil)
	if err != nil {
		k.t.Fatal(err)
	}
	return withdrawn
}

// sound verifies the store.
func (k *kit) sound() {
	k.t.Helper()
	verified, err := k.batch.Verify(k.t.Context(), "")
	if err != nil {
		k.t.Fatal(err)
	}
	for _, fault := range verified.Faults {
		k.t.Error(fault.English)
	}
}

// differ formats the first lines in which two pictures differ.
func differ(got, want []string) string {
	var text strings.Builder
	for _, line := range got {
		if !slices.Contains(want, line) {
			fmt.Fprintf(&text, "\n got %s", line)
		}
	}
	for _, line := range want {
		if !slices.Contains(got, line) {
			fmt.Fprintf(&text, "\nwant %s", line)
		}
	}
	return text.String()
}

// withdrawStories are stories in which the file x is taken back at the end; want is the story without it. Nothing in
// them repeats x.
var withdrawStories = []story{
	{"alone", "x: R1=1 R2=? =1", ""},
	{"new rows", "a: R1=1\nx: R2=1 R3=2", "a: R1=1"},
	{"a version", "a: R1=1\nx: R1=2", "a: R1=1"},
	{"a version for another client", "a: R1=1\nx: R1=2@1", "a: R1=1"},
	{"a version in the middle", "a: R1=1\nx: R1=2\nb: R1=3", "a: R1=1\nb: R1=3"},
	{"a first version", "2026-10-03> x: R1=2\nb: R1=3", "b: R1=3"},
	{"a withdrawal", "a: R1=1\nx: R1=0", "a: R1=1"},
	{"a withdrawal in the middle", "a: R1=1\nx: R1=0\nb: R1=3", "a: R1=1\nb: R1=3"},
	{"what a withdrawal withdrew", "x: R1=1\nb: R1=0", "b: R1=0"},
	{"a withdrawal, and a second", "a: R1=1\nx: R1=0\nb: R1=0#4", "a: R1=1\nb: R1=0#4"},
	{"two contents", "a: R1=1\nx: R1=2 R1=3", "a: R1=1"},
	{"two contents in the middle", "a: R1=1\nx: R1=2 R1=3\nb: R1=4", "a: R1=1\nb: R1=4"},
	{"one of a group", "a: R1=1\nx: R1=2 + b: R1=3", "a: R1=1\nb: R1=3"},
	{"the other of a group", "a: R1=1\nb: R1=2 + x: R1=3", "a: R1=1\nb: R1=2"},
	{"one of a group of three", "b: R1=2 + x: R1=3 + c: R1=4 R2=1", "b: R1=2 + c: R1=4 R2=1"},
	{"one of a group that repeats the version", "a: R1=1\nb: R1=1 R2=1 + x: R1=3", "a: R1=1\nb: R1=1 R2=1"},
	{"a repetition that settled", "a: R1=1\nb: R1=?\nx: R1=1 R2=2", "a: R1=1\nb: R1=?"},
	{"unreadable", "a: R1=1\nx: R1=?", "a: R1=1"},
	{"unreadable after unreadable", "a: R1=?\nx: R1=? R2=?\nb: R1=1", "a: R1=?\nb: R1=1"},
	{"one of two contents later", "a: R1=1 R1=2\nx: R1=1 R2=2", "a: R1=1 R1=2"},
	{"back to what it was", "a: R1=1\nx: R1=2\nb: R1=1 R2=1", "a: R1=1\nb: R1=1 R2=1"},
	{"back to what it was, withdrawn", "a: R1=1\nx: R1=0\nb: R1=1 R2=1", "a: R1=1\nb: R1=1 R2=1"},
	{"again withdrawn", "a: R1=1\nb: R1=0\nx: R1=2\nc: R1=0 R2=1", "a: R1=1\nb: R1=0\nc: R1=0 R2=1"},
	{"in the future", "2026-10-03> x: R1=1 R9=1\nx: \nb: R9=2", "b: R9=2"},
	{"a late rise", "2026-11-05> a: R1=1\n2027-02-05> x: R1=5\n2027-02-06> b: R1=3", "2026-11-05> a: R1=1\n2027-02-06> b: R1=3"},
	{"the first to say so", "2026-11-05> x: R1=1\n2027-02-06> b: R1=3", "2027-02-06> b: R1=3"},
}

// tellWithdrawn plays a story, takes back x if it has one, and returns the result; nothing when a file is refused.
func tellWithdrawn(t *testing.T, store *ledger.Store, text string, often, withdraw bool) []string {
	k := newKit(t, store)
	k.permit(3)
	for _, step := range parseStory(t, text) {
		if strings.Contains(strings.Join(step.take(k), " "), "refused") {
			return nil
		}
		if often {
			k.run("2026-10", "2027-03-01")
		}
	}
	if withdraw {
		k.withdraw("x.csv")
	}
	judged := k.run("2026-10", "2027-03-01")
	k.sound()
	return k.picture(judged.Run)
}

func TestWithdraw(t *testing.T) {
	ledgertestEach(t, withdrawStories, func(t *testing.T, open func() *ledger.Store, story story) {
		want := tellWithdrawn(t, open(), story.want, false, false)
		for _, often := range []bool{false, true} {
			if got := tellWithdrawn(t, open(), story.text, often, true); !slices.Equal(got, want) {
				t.Errorf("%s\njudged after each step: %v%s", story.text, often, differ(got, want))
			}
		}
	})
}

// randomRows draws rows of a few references: their days and clients differ by file, so that no file repeats
// another.
func randomRows(draw *rand.Rand, file int) string {
	return drawRows(draw, fmt.Sprint("#", 10+file))
}

// drawRows draws rows of a few references, with one care date for all or the default ones.
func drawRows(draw *rand.Rand, day string) string {
	var rows []string
	for range 1 + draw.IntN(6) {
		row := fmt.Sprintf("R%d=", 1+draw.IntN(4))
		switch draw.IntN(6) {
		case 0:
			row += "?"
		case 1:
			row += "0" + day
		default:
			client := 0 // for most rows, so that the file does not number anew
			if draw.IntN(5) == 0 {
				client = 1 + draw.IntN(2)
			}
			row += fmt.Sprintf("%d@%d%s", 1+draw.IntN(2), client, day)
		}
		if !slices.Contains(rows, row) {
			rows = append(rows, row)
		}
	}
	return strings.Join(rows, " ")
}

// drawFiles draws groups of files of which one is called x, and returns them with x and without.
func drawFiles(draw *rand.Rand, rows func(file int) string) (with, without []string) {
	withdrawn, count := draw.IntN(5), 5
	for file := 0; file < count; file++ {
		var group, rest []string
		for {
			name := fmt.Sprint("f", file)
			if file == withdrawn {
				name = "x"
			}
			text := name + ": " + rows(file)
			group = append(group, text)
			if file != withdrawn {
				rest = append(rest, text)
			}
			if draw.IntN(3) > 0 || file+1 == count {
				break
			}
			file++
		}
		with = append(with, strings.Join(group, " + "))
		without = append(without, strings.Join(rest, " + "))
	}
	return with, without
}

// TestWithdrawAny draws files, takes back one of them, and compares the result with that of the other files only.
func TestWithdrawAny(t *testing.T) {
	ledgertest.EachStore(t, func(t *testing.T, open func(testing.TB) *ledger.Store) {
		compared := 0
		for seed := range uint64(24) {
			draw := rand.New(rand.NewPCG(seed, 2))
			with, without := drawFiles(draw, func(file int) string { return randomRows(draw, file) })
			t.Run(fmt.Sprint(seed), func(t *testing.T) {
				want := tellWithdrawn(t, open(t), strings.Join(without, "\n"), false, false)
				got := tellWithdrawn(t, open(t), strings.Join(with, "\n"), seed%2 == 0, true)
				if len(got) == 0 || len(want) == 0 {
					return // a file numbers anew, with x there or without it
				}
				if compared++; !slices.Equal(got, want) {
					t.Errorf("%s%s", strings.Join(with, "\n"), differ(got, want))
				}
			})
		}
		if compared < 12 {
			t.Errorf("only %d plays were compared", compared)
		}
	})
}

// TestWithdrawRepeatedAny does the same with files that repeat each other, which are read again afterwards together with a
// new one: the result is as if the one that was taken back had never come in.
func TestWithdrawRepeatedAny(t *testing.T) {
	seeds := uint64(16)
	if testing.Short() {
		seeds = 8
	}
	ledgertest.EachStore(t, func(t *testing.T, open func(testing.TB) *ledger.Store) {
		compared := 0
		for seed := range seeds {
			draw := rand.New(rand.NewPCG(seed, 3))
			with, without := drawFiles(draw, func(file int) string { return fmt.Sprintf("%s S%d=1#%d", drawRows(draw, ""), file, 10+file) })
			newer := drawRows(draw, "") + " S9=1#9"
			t.Run(fmt.Sprint(seed), func(t *testing.T) {
				want := tellRepeated(t, open(t), without, newer, false, false)
				got := tellRepeated(t, open(t), with, newer, seed%2 == 0, true)
				if len(got) == 0 || len(want) == 0 {
					return // a file numbers anew, with x there or without it
				}
				if compared++; !slices.Equal(got, want) {
					t.Errorf("%s\nnew: %s%s", strings.Join(with, "\n"), newer, differ(got, want))
				}
			})
		}
		if compared < int(seeds)/2 {
			t.Errorf("only %d plays were compared", compared)
		}
	})
}

// tellRepeated plays a story, takes back x if it has one, reads all other files again with a new one, and returns the
// result; nothing when a file is refused.
func tellRepeated(t *testing.T, store *ledger.Store, groups []string, newer string, often, withdraw bool) []string {
	k := newKit(t, store)
	k.permit(3)
	var paths []string
	for _, step := range parseStory(t, strings.Join(groups, "\n")) {
		if strings.Contains(strings.Join(step.take(k), " "), "refused") {
			return nil
		}
		for _, name := range step.names {
			if name != "x" {
				paths = append(paths, k.folder+"/"+name+".csv")
			}
		}
		if often {
			k.run("2026-10", "2027-03-01")
		}
	}
	if withdraw {
		k.withdraw("x.csv")
	}
	fresh := []string{storyHeadings}
	for row := range strings.FieldsSeq(newer) {
		fresh = append(fresh, storyRow(t, row))
	}
	paths = append(paths, k.write("new.csv", fresh...))
	imported := k.take("2026-11-06", paths...)
	if imported.Refused() > 0 {
		return nil
	}
	judged := k.run("2026-10", "2027-03-01")
	k.sound()
	return k.picture(judged.Run)
}
