package ledger_test

import (
	"bufio"
	"context"
	"errors"
	"os"
	"os/exec"
	"strings"
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
		time.Sleep(time.Minute)
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

// TestLockOfKilledProcess sees that a lock ends with its holder, however that ends.
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
		for range 50 { // the server needs a moment to see it
			if _, err = store.Lock(t.Context(), "pxq import"); err == nil {
				return
			}
			time.Sleep(100 * time.Millisecond)
		}
		t.Errorf("the lock of a killed process stays: %v", err)
	})
}
