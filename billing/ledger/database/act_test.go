package database

import (
	"testing"

	"github.com/pxq-nl/pxq/billing/ledger/trail"
)

// kill lets go of a database and its lock as a process does that is killed: nothing is written any more.
func kill(t *testing.T, db *DB) {
	t.Helper()
	lock := db.held()
	lock.release.Do(func() {})
	if err := lock.letGo(); err != nil {
		t.Fatal(err)
	}
	db.Close()
}

// The next command tells of one that was killed, also when others were noted meanwhile.
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
