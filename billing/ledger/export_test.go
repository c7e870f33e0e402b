package ledger

import "testing"

// Kill lets go of a store and its lock as a process does that is killed: nothing is written any more.
func Kill(t *testing.T, s *Store) {
	t.Helper()
	lock := s.held()
	lock.release.Do(func() {})
	if err := lock.letGo(); err != nil {
		t.Fatal(err)
	}
	s.Close()
}
