package batch_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing/intake"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
)

// eachKit runs the test with a kit on each kind of database; every call of made returns another kit.
func eachKit(t *testing.T, test func(t *testing.T, made func() *kit)) {
	ledgertest.EachStore(t, func(t *testing.T, open func(testing.TB) *ledger.Store) {
		test(t, func() *kit { return newKit(t, open(t)) })
	})
}

// tell plays a story and returns the picture of the period after it.
func (k *kit) tell(text string) {
	k.t.Helper()
	for _, step := range parseStory(k.t, text) {
		step.take(k)
	}
}

func (k *kit) close(period, asOf string) ledger.Run {
	k.t.Helper()
	k.run(period, asOf)
	run, err := k.batch.Close(k.t.Context(), k.order(period, asOf))
	if err != nil {
		k.t.Fatal(err)
	}
	return run
}

// A file that repeated the one that was taken back was not kept, so it is read again, as of the day on which it came in.
func TestWithdrawReadsRepeatersAgain(t *testing.T) {
	stories := []story{
		{"a version", "a: R1=1\nx: R1=2 R2=1\nb: R1=2 R3=? R4=1 R4=2 =1", "a: R1=1\nb: R1=2 R3=? R4=1 R4=2 =1"},
		{"a first version", "2026-10-03> x: R1=2\nb: R1=2 R3=1", "b: R1=2 R3=1"},
		{"a withdrawal", "a: R1=1\nx: R1=0\nb: R1=0 R3=1", "a: R1=1\nb: R1=0 R3=1"},
		{"a group", "a: R1=1\nx: R1=2 + b: R1=2 R3=1", "a: R1=1\nb: R1=2 R3=1"},
		{"kept whole, a group, the other first", "a: R1=1\nb: R1=2 R3=1 + x: R1=2 R2=1", "a: R1=1\nb: R1=2 R3=1"},
		{"later than its deadline", "2026-11-05> x: R1=1\n2026-11-06> b: R1=1 R3=1", "2026-11-06> b: R1=1 R3=1"},
		{"and something newer since", "a: R1=1\nx: R1=2\nb: R1=2 R3=1\nc: R1=4", "a: R1=1\nb: R1=2 R3=1\nc: R1=4"},
		{"and a withdrawal since", "x: R1=2\nb: R1=2 R3=1\nc: R1=0", "b: R1=2 R3=1\nc: R1=0"},
		{"and the same once more since", "a: R1=1\nx: R1=2\nb: R1=2 R3=1\nc: R1=3\nd: R1=2 R4=1", "a: R1=1\nb: R1=2 R3=1\nc: R1=3\nd: R1=2 R4=1"},
		{"a group that contradicts itself", "x: R1=2 R2=1 + b: R1=2 R3=1 + c: R1=3", "b: R1=2 R3=1 + c: R1=3"},
		{"kept whole, a group that contradicts itself with what is repeated", "x: R1=2\nb: R1=2 R3=1 + c: R1=3", "b: R1=2 R3=1 + c: R1=3"},
		{"a group with an unreadable row", "a: R1=1\nx: R1=2\nb: R1=2 R3=1 + c: R1=?", "a: R1=1\nb: R1=2 R3=1 + c: R1=?"},
		{"kept whole, two contents in one file", "x: R1=2\nb: R1=2 R1=3 R3=1", "b: R1=2 R1=3 R3=1"},
		{"a file of another client since", "a: R1=1\nx: R1=2@1\nb: R1=2@1 R3=1\nc: R1=3", "a: R1=1\nb: R1=2@1 R3=1\nc: R1=3"},
		{"a 0 that withdrew nothing", "2026-10-03> x: R1=2\n2026-10-03> b: R1=2 R3=0", "2026-10-03> b: R1=2 R3=0"},
		{"a day that has come since", "2026-10-03> x: R1=2\n2026-10-03> b: R9=1 R3=? R1=2\nb:", "2026-10-03> b: R9=1 R3=? R1=2\nb:"},
		{
			"and something newer since, and a day that has come",
			"2026-10-03> a: R1=1\n2026-10-03> x: R1=2\n2026-10-03> b: R9=1 R3=? R1=2\n2026-10-03> c: R1=4\nb:", "2026-10-03> a: R1=1\n2026-10-03> b: R9=1 R3=? R1=2\n2026-10-03> c: R1=4\nb:",
		},
	}
	ledgertestEach(t, stories, func(t *testing.T, open func() *ledger.Store, story story) {
		plain := newKit(t, open())
		plain.permit(3)
		plain.tell(story.want)
		want := plain.picture(plain.run("2026-10", "2027-05-01").Run)
		for _, often := range []bool{false, true} {
			k := newKit(t, open())
			k.permit(3)
			k.tell(story.text)
			if often {
				k.run("2026-10", "2027-05-01")
			}
			k.withdraw("x.csv")
			again := k.take("2027-05-01", k.folder+"/b.csv")
			if again.Files[0].Known != strings.HasPrefix(story.name, "kept whole") {
				t.Error("b was not read again")
			}
			got := k.picture(k.run("2026-10", "2027-05-01").Run)
			k.sound()
			if known := k.take("2027-05-02", k.folder+"/b.csv"); !known.Files[0].Known {
				t.Error("b was read a third time")
			}
			for i := range got { // in the other story the row of the repeated file comes after it
				got[i] = strings.ReplaceAll(got[i], "b.csv3", "b.csv2")
			}
			for i := range want {
				want[i] = strings.ReplaceAll(want[i], "b.csv3", "b.csv2")
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s\njudged in between: %v%s", story.text, often, differ(got, want))
			}
		}
	})
}

// decide takes in decisions: reference, version, code and word each.
func (k *kit) decide(name string, rows ...string) *intake.Imported {
	k.t.Helper()
	lines := []string{"Regelnummer;AGB-code;Versie;Code;Besluit;Reden;Beoordelaar"}
	for _, row := range rows {
		part := strings.Fields(row)
		lines = append(lines, strings.Join([]string{part[0], providerA, part[1], part[2], part[3], "gezien", "J. Controller"}, ";"))
	}
	return k.take("2026-11-05", k.write(name+".csv", lines...))
}

// Two rows of 8 hours on one day are held for L01.
const heldStory = "a: R1=8#1 S1=8#1"

func TestWithdrawDecisions(t *testing.T) {
	eachKit(t, func(t *testing.T, made func() *kit) {
		k := made()
		k.permit(3)
		k.tell(heldStory)
		before := k.picture(k.run("2026-10", "2026-11-05").Run)
		k.decide("x", "R1 1 L01 akkoord", "S1 1 L01 akkoord")
		k.decide("d", "R1 1 L01 akkoord", "S1 1 L01 aanhouden")
		k.run("2026-10", "2026-11-05")
		done := k.withdraw("x.csv")
		if done.Decisions != 2 || !slices.Equal(done.Files, []string{"d.csv"}) {
			t.Errorf("%+v", done)
		}
		after := k.picture(k.run("2026-10", "2026-11-05").Run)
		if !slices.Equal(before, after) {
			t.Error(differ(after, before))
		}
		if again := k.take("2026-11-06", k.folder+"/d.csv"); again.Files[0].Decisions != 1 || again.Files[0].Skipped != 1 {
			t.Errorf("%+v", again.Files[0])
		}
	})
}

// A decision follows its version when that gets another number, and lapses when its row is removed.
func TestWithdrawMovesDecisions(t *testing.T) {
	eachKit(t, func(t *testing.T, made func() *kit) {
		k := made()
		k.permit(3)
		k.tell(heldStory + "\nx: R1=7#1 S1=7#1")
		k.run("2026-10", "2026-11-05")
		k.decide("c", "R1 2 L01 akkoord", "S1 2 L01 akkoord")
		k.tell("b: R1=9#1")
		k.run("2026-10", "2026-11-05")
		k.decide("d", "R1 3 L01 akkoord")
		if done := k.withdraw("x.csv"); done.Lapsed != 2 {
			t.Errorf("%+v", done)
		}
		rows := k.rows(k.run("2026-10", "2026-11-05").Run)
		if want := []string{"a1 replaced", "a2 held L01 U07", "b1 accepted L01"}; !slices.Equal(rows, want) {
			t.Errorf("%q", rows)
		}
		k.sound()
	})
}

// What a closed period shows stays the same, byte for byte, even if one of its files is taken back.
func TestWithdrawAfterClose(t *testing.T) {
	eachKit(t, func(t *testing.T, made func() *kit) {
		k := made()
		k.permit(3)
		k.tell("a: R1=1 R2=2\nx: R3=? R2=3 R2=4 R5=1@2#31\nb: R4=1")
		k.take("2026-10-02", k.write("xr.csv", referralHeadings, fmt.Sprintf("T0;%s;0784;%s;;45;2026-01-01;;;;", clientNumber(0), providerA)))
		k.book.Products[0].AllowsTime = true
		closed := k.close("2026-10", "2026-11-05")
		before := k.picture(closed)
		if _, err := k.intake.Withdraw(t.Context(), "a.csv", nil); err == nil || !strings.Contains(err.Error(), "declared in a closed period") {
			t.Errorf("a file with declared rows: %v", err)
		}
		if _, err := k.intake.Withdraw(t.Context(), "x.csv", nil); err == nil {
			t.Error("a file with one declared row was taken back")
		}
		k.withdraw("xr.csv")
		if got := k.picture(closed); !slices.Equal(got, before) {
			t.Error(differ(got, before))
		}
		k.run("2026-11", "2026-12-05")
		if got := k.picture(closed); !slices.Equal(got, before) {
			t.Error("after a run", differ(got, before))
		}
		k.sound()
	})
}

func TestWithdrawSeenAtClose(t *testing.T) {
	eachKit(t, func(t *testing.T, made func() *kit) {
		k := made()
		k.permit(3)
		k.tell("a: R1=1 R2=2 R6=1#6\nx: R3=? R2=3 R2=4 R6=1#6\nc: R2=2 R4=1")
		closed := k.close("2026-10", "2026-11-05")
		before := k.picture(closed)
		leftOut := func() int {
			rows, err := k.batch.Store.LeftOutSince(t.Context(), 0, closed.LastFile)
			if err != nil {
				t.Fatal(err)
			}
			return len(rows)
		}
		if leftOut() != 1 {
			t.Errorf("%d rows left out", leftOut())
		}
		if done := k.withdraw("x.csv"); done.Rows != 3 {
			t.Errorf("%+v", done)
		}
		for _, period := range []string{"2026-11", "2026-12"} {
			k.close(period, "2027-01-05")
			if got := k.picture(closed); !slices.Equal(got, before) || leftOut() != 1 {
				t.Error("after", period, differ(got, before))
			}
			k.sound()
		}
		rows := k.rows(k.lastRun())
		if slices.ContainsFunc(rows, func(row string) bool { return strings.HasPrefix(row, "x") }) {
			t.Errorf("%q", rows)
		}
		again := k.take("2027-01-06", k.folder+"/x.csv")
		if again.Files[0].Known || again.Files[0].Kept != 3 {
			t.Errorf("a file that was taken back and comes again: %+v", again.Files[0])
		}
		k.run("2027-01", "2027-02-05")
		k.sound()
	})
}

func (k *kit) lastRun() ledger.Run {
	run, _, err := k.batch.Store.LastRun(k.t.Context())
	if err != nil {
		k.t.Fatal(err)
	}
	return run
}

func TestWithdrawWhich(t *testing.T) {
	eachKit(t, func(t *testing.T, made func() *kit) {
		k := made()
		k.permit(3)
		first := k.write("a.csv", storyHeadings, storyRow(t, "R1=1"))
		k.take("2026-11-05", first)
		k.folder = t.TempDir()
		second := k.write("a.csv", storyHeadings, storyRow(t, "R2=1"))
		k.take("2026-11-05", second)
		for _, name := range []string{"a.csv", "b.csv", k.folder + "/b.csv", "", "."} {
			if _, err := k.intake.Withdraw(t.Context(), name, nil); err == nil {
				t.Errorf("%q was taken back", name)
			}
		}
		k.withdraw(second)
		if _, err := k.intake.Withdraw(t.Context(), second, nil); err == nil {
			t.Error("a file was taken back twice")
		}
		k.withdraw("a.csv")
		if rows := k.rows(k.run("2026-10", "2026-11-05").Run); len(rows) > 0 {
			t.Errorf("%q", rows)
		}
	})
}
