package ledger_test

import (
	"bufio"
	"context"
	"errors"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
)

// lockedAway is set for a copy of the test program that holds the lock of a database until it is killed.
const lockedAway = "PXQ_TEST_HOLDS_LOCK"

func TestMain(m *testing.M) {
	if address := os.Getenv(lockedAway); address != "" {
		store, err := ledger.Open(context.Background(), address, ledger.Options{})
		if err == nil {
			_, err = store.Lock(context.Background(), "pxq run")
		}
		if err != nil {
			println("no lock:", err.Error())
			os.Exit(1)
		}
		println("locked")
		time.Sleep(10 * time.Minute)
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func refusedLock(t *testing.T, store *ledger.Store) *ledger.Problem {
	t.Helper()
	_, err := store.Lock(t.Context(), "pxq import")
	problem, ok := errors.AsType[*ledger.Problem](err)
	if !ok {
		t.Fatal("the lock was given twice")
	}
	return problem
}

func TestLock(t *testing.T) {
	ledgertest.EachDatabase(t, func(t *testing.T, open func() *ledger.Store) {
		first, second := open(), open()
		held, err := first.Lock(t.Context(), "pxq run")
		if err != nil {
			t.Fatal(err)
		}
		says(t, refusedLock(t, first), "Een ander pxq-proces", "(pxq run, proces ") // another operation of the same process
		says(t, refusedLock(t, second), "Een ander pxq-proces", "(pxq run, proces ", "sinds ")
		if err := errors.Join(held.Release(), held.Release()); err != nil {
			t.Fatal(err)
		}
		if _, err := second.Lock(t.Context(), "pxq import"); err != nil {
			t.Fatal(err)
		}
		says(t, refusedLock(t, first), "(pxq import, proces ")
		if err := second.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := first.Lock(t.Context(), "pxq run"); err != nil {
			t.Errorf("closing does not let go: %v", err)
		}
	})
}

// PostgreSQL may notice with some delay that the process holding the lock was killed: the next to lock waits for that.
func TestLockIsLetGoLate(t *testing.T) {
	ledgertest.EachDatabase(t, func(t *testing.T, open func() *ledger.Store) {
		if !strings.HasSuffix(t.Name(), "/postgres") {
			t.Skip("a file is let go with its process")
		}
		first, second := open(), open()
		held, err := first.Lock(t.Context(), "pxq run")
		if err != nil {
			t.Fatal(err)
		}
		released := make(chan error, 1)
		time.AfterFunc(200*time.Millisecond, func() { released <- held.Release() })
		_, err = second.Lock(t.Context(), "pxq run")
		if err := errors.Join(err, <-released); err != nil {
			t.Error(err)
		}
	})
}

// TestLockOfKilledProcess checks that a lock ends with the process that holds it, however that ends.
func TestLockOfKilledProcess(t *testing.T) {
	ledgertest.EachKind(t, func(t *testing.T, fresh func() string) {
		address := fresh()
		store := ledgertest.Open(t, address)
		holder := exec.Command(os.Args[0])
		holder.Env = append(os.Environ(), lockedAway+"="+address)
		output, err := holder.StderrPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := holder.Start(); err != nil {
			t.Fatal(err)
		}
		line, err := bufio.NewReader(output).ReadString('\n')
		if strings.TrimSpace(line) != "locked" {
			t.Fatalf("%q, %v", line, err)
		}
		says(t, refusedLock(t, store), "(pxq run, proces ")
		holder.Process.Kill()
		holder.Wait()
		for range 600 { // the server needs a moment to notice
			if _, err = store.Lock(t.Context(), "pxq import"); err == nil {
				return
			}
			time.Sleep(100 * time.Millisecond)
		}
		t.Errorf("the lock of a killed process stays: %v", err)
	})
}

// TestLockOfGoroutines checks that of many operations of one process that lock at the same time one succeeds, and that each
// releases only its own lock.
func TestLockOfGoroutines(t *testing.T) {
	ledgertest.EachDatabase(t, func(t *testing.T, open func() *ledger.Store) {
		store := open()
		var holders, got atomic.Int32
		var working sync.WaitGroup
		for range 8 {
			working.Go(func() {
				for range 5 {
					lock, err := store.Lock(t.Context(), "pxq run")
					if err != nil {
						if _, refused := errors.AsType[*ledger.Problem](err); !refused {
							t.Error(err)
						}
						continue
					}
					got.Add(1)
					if holders.Add(1) > 1 {
						t.Error("two operations hold the lock")
					}
					time.Sleep(time.Millisecond)
					holders.Add(-1)
					if err := errors.Join(lock.Release(), lock.Release()); err != nil {
						t.Error(err)
					}
				}
			})
		}
		working.Wait()
		if got.Load() == 0 {
			t.Error("nobody got the lock")
		}
		lock, err := store.Lock(t.Context(), "pxq run")
		if err != nil {
			t.Fatal(err)
		}
		defer lock.Release()
		if who := lock.Interrupted(); who != "" {
			t.Errorf("an operation that ended counts as interrupted: %s", who)
		}
	})
}

// endLock ends the connection that holds the lock of a database, as a server or a network may do at any time.
const endLock = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND classid = CAST(hashtext('pxq/ledger') AS oid) " +
	"AND objid = CAST(hashtext(current_schema()) AS oid)"

// TestLostLock checks that work whose lock was lost is rolled back, and that the next writer waits until that work has
// ended.
func TestLostLock(t *testing.T) {
	address := ledgertest.Postgres(t)
	first, second := ledgertest.Open(t, address), ledgertest.Open(t, address)
	lock, err := first.Lock(t.Context(), "pxq run")
	if err != nil {
		t.Fatal(err)
	}
	entered := make(chan error, 1)
	err = first.Write(t.Context(), func(tx *ledger.Tx) error {
		if err := tx.SetMeta(t.Context(), "kept", "by the first"); err != nil {
			return err
		}
		ledgertest.Execute(t, address, endLock)
		go func() {
			for { // the server needs a moment to notice that the lock is free
				other, err := second.Lock(t.Context(), "pxq import")
				if _, refused := errors.AsType[*ledger.Problem](err); refused {
					time.Sleep(10 * time.Millisecond)
					continue
				}
				if err == nil {
					err = other.Release()
				}
				entered <- err
				return
			}
		}()
		select {
		case err := <-entered:
			t.Errorf("a second writer got in while the first still worked: %v", err)
		case <-time.After(300 * time.Millisecond):
		}
		return nil
	})
	problem, ok := errors.AsType[*ledger.Problem](err)
	if !ok {
		t.Fatalf("the work was kept without its lock: %v", err)
	}
	says(t, problem, "verbinding met PostgreSQL", "niets gewijzigd", "opnieuw")
	if err := <-entered; err != nil {
		t.Error(err)
	}
	if kept, err := second.Meta(t.Context(), "kept"); kept != "" || err != nil {
		t.Errorf("kept is %q, %v", kept, err)
	}
	if err := lock.Release(); err != nil {
		t.Errorf("letting go of a lost lock: %v", err)
	}
	if _, err := first.Lock(t.Context(), "pxq run"); err != nil {
		t.Errorf("after a lost lock: %v", err)
	}
}

// TestReadSeesOneState checks that a read transaction does not see what is written meanwhile.
func TestReadSeesOneState(t *testing.T) {
	ledgertest.EachDatabase(t, func(t *testing.T, open func() *ledger.Store) {
		reader, writer, ctx := open(), open(), t.Context()
		set := func(value string) {
			write(t, writer, func(tx *ledger.Tx) error { return tx.SetMeta(ctx, "state", value) })
		}
		set("before")
		err := reader.Read(ctx, func(tx *ledger.Tx) error {
			for range 2 {
				if state, err := tx.Meta(ctx, "state"); state != "before" || err != nil {
					t.Errorf("the state is %q, %v", state, err)
				}
				set("after")
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		err = reader.Read(ctx, func(tx *ledger.Tx) error { return tx.SetMeta(ctx, "state", "by a reader") })
		if err == nil && strings.HasPrefix(reader.Address(), "postgres") {
			t.Error("a reading wrote")
		}
		if state, err := reader.Meta(ctx, "state"); state != "after" || err != nil {
			t.Errorf("the state is %q, %v", state, err)
		}
	})
}
