package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
	"github.com/pxq-nl/pxq/billing/ledger/trail"
)

// noon is when the commands of these tests begin; each entry is a minute after the one before.
var noon = time.Date(2026, 11, 5, 12, 0, 0, 0, time.UTC)

// actor opens a store for one command.
func actor(t *testing.T, address, command string, clock func() time.Time) *ledger.Store {
	t.Helper()
	store, err := ledger.Open(t.Context(), address, ledger.Options{Create: true, Act: ledger.Act{Who: "anna@kantoor", Command: command, Clock: clock, ByClock: true}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return store
}

func minutes() func() time.Time {
	at := noon
	return func() time.Time { at = at.Add(time.Minute); return at }
}

func lockOf(t *testing.T, store *ledger.Store) *ledger.Lock {
	t.Helper()
	lock, err := store.Lock(t.Context(), "pxq test")
	if err != nil {
		t.Fatal(err)
	}
	return lock
}

// told returns the trail as text, and its check.
func told(t *testing.T, store *ledger.Store) (entries []string, check *trail.Check) {
	t.Helper()
	check = trail.NewCheck()
	err := store.EachEntry(t.Context(), func(e *trail.Entry) error {
		check.Add(e)
		files, counts := e.Write()
		entries = append(entries, fmt.Sprintf("%d %d %s %s %s %s %s %s", e.ID, e.Act, e.Moment[11:16], e.Command, e.Result, files, counts, e.Remark))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return entries, check
}

func addFile(t *testing.T, store *ledger.Store, id int64, name string) error {
	t.Helper()
	return store.Write(t.Context(), func(tx *ledger.Tx) error {
		return tx.AddFile(t.Context(), ledger.File{ID: id, SHA256: "abc", Name: name, Kind: ledger.SubmissionFile, Rows: 3, Kept: 2}, nil)
	})
}

// The trail records when a command began, what each of its transactions changed, and how it ended; nothing is recorded of
// what was rolled back.
func TestTrail(t *testing.T) {
	ledgertest.EachKind(t, func(t *testing.T, fresh func() string) {
		address, clock := fresh(), minutes()
		store := actor(t, address, "pxq import uren-999910012.csv", clock)
		lock := lockOf(t, store)
		if err := addFile(t, store, 1, "uren-999910012.csv"); err != nil {
			t.Fatal(err)
		}
		undone := errors.New("undone")
		err := store.Write(t.Context(), func(tx *ledger.Tx) error {
			if err := tx.AddFile(t.Context(), ledger.File{ID: 2, Name: "b.csv"}, nil); err != nil {
				return err
			}
			return undone
		})
		if !errors.Is(err, undone) {
			t.Fatal(err)
		}
		lock.AddFacts(trail.Facts{Counts: map[string]int64{"refused": 1}})
		if err := lock.Release(); err != nil {
			t.Fatal(err)
		}
		store = actor(t, address, "pxq close", clock)
		lock = lockOf(t, store)
		lock.Fail("de maand is nog niet voorbij; cliënt 999910024")
		if err := lock.Release(); err != nil {
			t.Fatal(err)
		}
		if err := store.Note(t.Context(), trail.Done, trail.Facts{Remark: "kopie.db"}); err != nil {
			t.Fatal(err)
		}
		want := []string{
			"1 1 12:03 pxq import uren-•••.csv begun [] {} ",
			`2 1 12:04 pxq import uren-•••.csv step [{"name":"uren-•••.csv","sha256":"abc"}] {"kept":2,"rows":3} `,
			`3 1 12:05 pxq import uren-•••.csv done [] {"refused":1} `,
			"4 4 12:08 pxq close begun [] {} ",
			"5 4 12:09 pxq close failed [] {} de maand is nog niet voorbij; cliënt •••",
			"6 6 12:10 pxq close begun [] {} ",
			"7 6 12:11 pxq close done [] {} kopie.db",
		}
		entries, check := told(t, store)
		for i := range entries { // the number of calls of the clock does not matter
			if i < len(want) && strings.Join(slices.Delete(strings.Fields(entries[i]), 2, 3), " ") != strings.Join(slices.Delete(strings.Fields(want[i]), 2, 3), " ") {
				t.Errorf("got  %s\nwant %s", entries[i], want[i])
			}
		}
		if len(entries) != len(want) || len(check.Faults) > 0 || check.Entries != len(want) {
			t.Errorf("%d entries, %v", len(entries), check.Faults)
		}
	})
}

// A clock that is behind the last command is refused, unless the day was given; up to an hour does not matter.
func TestClockSetBack(t *testing.T) {
	address := ledgertest.SQLite(t)
	at := noon
	clock := func() time.Time { return at }
	if err := lockOf(t, actor(t, address, "pxq run", clock)).Release(); err != nil {
		t.Fatal(err)
	}
	at = noon.Add(-59 * time.Minute)
	if err := lockOf(t, actor(t, address, "pxq run", clock)).Release(); err != nil {
		t.Fatal(err)
	}
	at = noon.Add(-25 * time.Hour)
	store := actor(t, address, "pxq run", clock)
	_, err := store.Lock(t.Context(), "pxq run")
	problem, is := errors.AsType[*ledger.Problem](err)
	if !is || !strings.Contains(problem.Dutch, "De klok van deze computer staat op 04-11-2026 11:00, maar de laatste opdracht was op 05-11-2026 11:01") {
		t.Errorf("%v", err)
	}
	given, err := ledger.Open(t.Context(), address, ledger.Options{Act: ledger.Act{Command: "pxq run --as-of 2026-11-05", Clock: clock}})
	if err != nil {
		t.Fatal(err)
	}
	defer given.Close()
	if err := lockOf(t, given).Release(); err != nil {
		t.Fatal(err)
	}
}

// Any change in a trail is detected: in each column, and an entry that is removed, added or moved.
func TestTrailIsProved(t *testing.T) {
	made := func(t *testing.T, address string) *ledger.Store {
		clock := minutes()
		store := actor(t, address, "pxq import a.csv", clock)
		lock := lockOf(t, store)
		if err := addFile(t, store, 1, "a.csv"); err != nil {
			t.Fatal(err)
		}
		if err := lock.Release(); err != nil {
			t.Fatal(err)
		}
		return store
	}
	whole := made(t, ledgertest.SQLite(t))
	_, check := told(t, whole)
	head := check.Head
	if len(check.Faults) > 0 {
		t.Fatal(check.Faults)
	}
	statements := []string{
		"UPDATE audit SET act = 3 WHERE id = 2", "UPDATE audit SET id = 9 WHERE id = 3", "DELETE FROM audit WHERE id = 1", "DELETE FROM audit WHERE id = 2", "DELETE FROM audit WHERE id = 3",
		"UPDATE audit SET files = '[]' WHERE id = 2", "UPDATE audit SET files = files || ' ' WHERE id = 2", "UPDATE audit SET files = 'x' WHERE id = 2", "UPDATE audit SET counts = '{\"rows\":4}' WHERE id = 2",
		"INSERT INTO audit SELECT 4, 4, moment, who, command, result, files, counts, remark, hash FROM audit WHERE id = 3", "DELETE FROM audit",
	}
	for _, column := range []string{"moment", "who", "command", "result", "remark", "hash", "counts"} {
		statements = append(statements, fmt.Sprintf("UPDATE audit SET %s = %[1]s || 'x' WHERE id = 2", column))
	}
	for _, statement := range statements {
		t.Run(statement, func(t *testing.T) {
			address := ledgertest.SQLite(t)
			store := made(t, address)
			err := store.Write(t.Context(), func(tx *ledger.Tx) error { return tx.Unguard(t.Context()) })
			if err != nil {
				t.Fatal(err)
			}
			ledgertest.Execute(t, address, statement)
			_, check := told(t, store)
			check.EndsAt(head)
			if len(check.Faults) == 0 {
				t.Error("not found")
			}
		})
	}
}

// If the trail cannot be written soon it is not written: a second command says at once that another one is working.
func TestNoteDoesNotWait(t *testing.T) {
	ledgertest.EachKind(t, func(t *testing.T, fresh func() string) {
		address := fresh()
		writer, other := ledgertest.Open(t, address), actor(t, address, "pxq backup x", nil)
		err := writer.Write(t.Context(), func(tx *ledger.Tx) error {
			if err := tx.SetMeta(t.Context(), "x", "y"); err != nil {
				return err
			}
			begun := time.Now()
			if err := other.Note(t.Context(), trail.Done, trail.Facts{}); !errors.Is(err, ledger.ErrBusy) {
				t.Errorf("nothing was written: %v", err)
			}
			if took := time.Since(begun); took > 5*time.Second {
				t.Errorf("it waited %s", took)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if entries, _ := told(t, other); len(entries) > 0 {
			t.Error(entries)
		}
	})
}

// Declared lines, closed runs and the trail cannot be changed through pxq's connection.
func TestGuard(t *testing.T) {
	ledgertest.EachKind(t, func(t *testing.T, fresh func() string) {
		address := fresh()
		store := actor(t, address, "pxq close", minutes())
		closeOne(t, store)
		for _, statement := range []string{
			"UPDATE lines SET amount = amount + 1 WHERE sequence > 0", "DELETE FROM lines WHERE sequence > 0", "DELETE FROM lines", "UPDATE runs SET closed_on = 0",
			"DELETE FROM runs", "UPDATE audit SET who = ''", "DELETE FROM audit WHERE id = 1",
		} {
			err := ledgertest.Try(address, statement)
			if err == nil || !strings.Contains(err.Error(), "pxq guard: ") {
				t.Errorf("%s: %v", statement, err)
			}
		}
		if strings.HasPrefix(address, "postgres") {
			for _, table := range []string{"lines", "runs", "audit"} {
				if err := ledgertest.Try(address, "TRUNCATE "+table); err == nil || !strings.Contains(err.Error(), "pxq guard: ") {
					t.Errorf("TRUNCATE %s: %v", table, err)
				}
			}
		}
		for _, statement := range []string{"UPDATE lines SET last_run = 1 WHERE sequence = 0", "DELETE FROM lines WHERE sequence = 0"} {
			if err := ledgertest.Try(address, statement); err != nil {
				t.Errorf("%s: %v", statement, err)
			}
		}
		if strings.HasPrefix(address, "sqlite:") {
			for _, statement := range []string{
				"REPLACE INTO runs SELECT * FROM runs WHERE closed_on > 0", "REPLACE INTO audit SELECT * FROM audit", "INSERT OR REPLACE INTO lines (rowid, " + lineColumns +
					") SELECT rowid, " + strings.Replace(lineColumns, "amount", "amount + 1", 1) + " FROM lines WHERE sequence > 0",
			} {
				if err := ledgertest.Try(address, statement); err == nil || !strings.Contains(err.Error(), "pxq guard: ") {
					t.Errorf("%s: %v", statement, err)
				}
			}
		}
		err := store.Write(t.Context(), func(tx *ledger.Tx) error {
			if err := tx.Unguard(t.Context()); err != nil {
				return err
			}
			return tx.Guard(t.Context())
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := ledgertest.Try(address, "DELETE FROM lines"); err == nil {
			t.Error("the guard did not come back")
		}
	})
}

// lineColumns are the columns of lines.
const lineColumns = "bsn, first_run, last_run, period, kind, care_month, municipality, provider, referral, product, unit, quantity, price, amount, record_count, first_date, sequence, original, hash, digest"

// closeOne closes a period with one line.
func closeOne(t *testing.T, store *ledger.Store) {
	t.Helper()
	lock := lockOf(t, store)
	ctx := context.Background()
	err := store.Write(ctx, func(tx *ledger.Tx) error {
		run := ledger.Run{Period: int32(billing.NewDate(2026, 10, 1).Period()), AsOf: billing.NewDate(2026, 11, 5)}
		id, err := tx.AddRun(ctx, run)
		if err != nil {
			return err
		}
		run.ID = id
		line := billing.DeclaredLine{Period: run.Month(), Kind: billing.Regular, Line: billing.Line{LineKey: billing.LineKey{BSN: "999910012", Municipality: "0855", Provider: "20000002",
			Product: "45A48", CareMonth: run.Month(), Unit: billing.Time}, Quantity: 6000, Price: 8010, Amount: 8010, Records: 1, First: billing.NewDate(2026, 10, 2)}}
		writer := tx.LineWriter(id)
		if err := writer.Put(ctx, nil, []billing.DeclaredLine{line}); err != nil {
			return err
		}
		if err := writer.Flush(ctx); err != nil {
			return err
		}
		_, err = tx.Close(ctx, run, billing.NewDate(2026, 11, 5), ledger.ChainStart, (&billing.Book{}).Index(), billing.DefaultPolicy())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := lock.Release(); err != nil {
		t.Fatal(err)
	}
}

// The entry of a close is written in the transaction of the close.
func TestTrailOfClose(t *testing.T) {
	store := actor(t, "sqlite:"+filepath.Join(t.TempDir(), "a.db"), "pxq close", minutes())
	closeOne(t, store)
	entries, _ := told(t, store)
	if len(entries) != 3 || !strings.Contains(entries[1], `{"cents":8010,"lines":1} run 2026-10; close 2026-10`) {
		t.Error(strings.Join(entries, "\n"))
	}
}
