package database

import (
	"errors"
	"testing"

	"github.com/pxq-nl/pxq/billing/ledger/trail"
)

// kill releases a database and its lock like a killed process does: nothing more is written.
func kill(t *testing.T, db *DB) {
	t.Helper()
	lock := db.held()
	lock.release.Do(func() {})
	if err := lock.unlock(); err != nil {
		t.Fatal(err)
	}
	db.Close()
}

// The next command records that one was killed, even if others were noted meanwhile.
func TestTrailOfKilled(t *testing.T) {
	eachDatabase(t, func(t *testing.T, open func(Options) *DB) {
		command := func(command string) *DB { return open(Options{Act: Act{Who: "anna@kantoor", Command: command}}) }
		lockOf := func(db *DB) *Lock {
			lock, err := db.Lock(t.Context(), "pxq test")
			if err != nil {
				t.Fatal(err)
			}
			return lock
		}
		killed := command("pxq run")
		lockOf(killed)
		if err := command("pxq backup x").Note(t.Context(), trail.Done, trail.Facts{}); err != nil {
			t.Fatal(err)
		}
		kill(t, killed)
		next := command("pxq status")
		lock := lockOf(next)
		if lock.Interrupted() == "" {
			t.Error("nobody is told that a command was killed")
		}
		if err := lock.Release(); err != nil {
			t.Fatal(err)
		}
		var entries []trail.Entry
		check := trail.NewCheck()
		if err := next.EachEntry(t.Context(), func(e *trail.Entry) error {
			entries = append(entries, *e)
			check.Add(e)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if len(entries) != 6 || entries[3].Act != 1 || entries[3].Result != trail.Interrupted || len(check.Faults) > 0 {
			t.Errorf("%+v %v", entries, check.Faults)
		}
	})
}

// An entry that was removed or added at the end of the trail is detected for good: later entries are chained to the stored
// head, and do not repair the chain.
func TestTrailOfRemoved(t *testing.T) {
	eachDatabase(t, func(t *testing.T, open func(Options) *DB) {
		note := func(db *DB) {
			t.Helper()
			if err := db.Note(t.Context(), trail.Done, trail.Facts{}); err != nil {
				t.Fatal(err)
			}
		}
		db := open(Options{Act: Act{Who: "anna@kantoor", Command: "pxq backup x"}})
		note(db)
		note(db)
		for _, tampering := range []string{"DELETE FROM audit WHERE id = 4", "DELETE FROM audit WHERE id > 2", "DELETE FROM audit",
			"INSERT INTO audit (id, act, moment, who, command, result, files, counts, remark, hash) SELECT id + 1, id + 1, moment, who, command, 'begun', files, counts, remark, 'x' FROM audit WHERE id = 4"} {
			undone := errors.New("undone")
			err := db.Write(t.Context(), func(tx *Tx) error {
				if err := errors.Join(tx.Unguard(t.Context()), tx.Exec(t.Context(), tampering)); err != nil {
					return err
				}
				if err := tx.addEntry(t.Context(), &db.act, &trail.Entry{Result: trail.Begun}); err != nil {
					return err
				}
				check := trail.NewCheck()
				if err := tx.EachEntry(t.Context(), func(e *trail.Entry) error { check.Add(e); return nil }); err != nil {
					return err
				}
				if len(check.Faults) == 0 {
					t.Errorf("after %s and a command nothing is missed", tampering)
				}
				return undone
			})
			if !errors.Is(err, undone) {
				t.Fatal(err)
			}
		}
	})
}
