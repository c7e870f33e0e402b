package ledger_test

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
)

// refusedOpen returns the problem with which an address is refused.
func refusedOpen(t *testing.T, address string, options ledger.Options) *ledger.Problem {
	t.Helper()
	store, err := ledger.Open(context.Background(), address, options)
	if err == nil {
		store.Close()
		t.Fatalf("%s was opened", address)
	}
	problem, ok := errors.AsType[*ledger.Problem](err)
	if !ok {
		t.Fatalf("%s: not said in the user's words: %v", address, err)
	}
	return problem
}

// says checks that the Dutch text contains these parts.
func says(t *testing.T, problem *ledger.Problem, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(problem.Dutch, part) {
			t.Errorf("%q does not say %q", problem.Dutch, part)
		}
	}
	if problem.In("nl") != problem.Dutch || problem.In("en") != problem.English || problem.English == "" || strings.Contains(problem.Dutch+problem.English, "%!") {
		t.Errorf("texts %q and %q", problem.Dutch, problem.English)
	}
}

func TestOpenRefusesWrongAddresses(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "tekst.txt")
	if err := os.WriteFile(file, []byte(strings.Repeat("geen database\n", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	create := ledger.Options{Create: true}
	says(t, refusedOpen(t, "mysql://pxq:geheim@server/db", create), "niet te herkennen", "sqlite:BESTAND", "postgres://")
	says(t, refusedOpen(t, "pxq.db", create), "niet te herkennen")
	says(t, refusedOpen(t, "sqlite:", create), "niet te herkennen", "sqlite:BESTAND")
	says(t, refusedOpen(t, "sqlite:"+filepath.Join(folder, "weg", "pxq.db"), create), "map", "weg", "bestaat niet")
	says(t, refusedOpen(t, "sqlite:"+filepath.Join(folder, "pxq.db"), ledger.Options{}), "Er is geen database", "pxq import")
	says(t, refusedOpen(t, "sqlite:"+file, create), "geen pxq-database")
	says(t, refusedOpen(t, "sqlite:"+filepath.Join(file, "pxq.db"), create), "Controleer")
	says(t, refusedOpen(t, "sqlite:"+folder, create), "controleer de rechten")
	says(t, refusedOpen(t, "postgres://pxq:geheim@127.0.0.1:1/db", create), "antwoordt niet", "127.0.0.1:1")
	says(t, refusedOpen(t, "postgres://pxq:geheim@%zz/db", create), "niet leesbaar")
	says(t, refusedOpen(t, "postgres://pxq:geheim@127.0.0.1:1/db?sslmode=misschien", create), "Controleer")
	for _, address := range []string{
		"postgres://pxq:geheim@127.0.0.1:1/db", "postgres://pxq:geheim@%zz/db", "mysql://pxq:geheim@server/db", "mysql://pxq:geheim@%zz/db",
		"postgres://pxq@127.0.0.1:1/db?password=geheim", "postgres:///db?host=127.0.0.1&port=1&password=geheim", "postgres://pxq:x@127.0.0.1:1/db?sslmode=disable&sslpassword=geheim",
		"postgres://127.0.0.1:1/db?user=pxq&passfile=/geheim", "postgres://127.0.0.1:1/db?PASSWORD=geheim&options=geheim#geheim", "postgres:pxq:geheim@server/db", "POSTGRES://pxq:geheim@server/db",
		"pxq:geheim@server/db", "pxq/geheim@server/db", "postgres://pxq:2024/geheim@127.0.0.1:1/db", "postgres://pxq:1?geheim@server/db", "postgres://pxq:1#geheim@server/db", "host=server password=geheim", "host=server password = 'geheim'", "jdbc:postgresql://server/db?user=pxq&password=geheim", "127.0.0.1:5432:db:pxq:geheim",
	} {
		if problem := refusedOpen(t, address, create); strings.Contains(problem.Dutch+problem.English, "geheim") {
			t.Errorf("the password is shown: %s", problem.Dutch)
		}
	}
	says(t, refusedOpen(t, "postgres://pxq:x@127.0.0.1:1/db?sslmode=disable&search_path=regio", create), "postgres://pxq:xxxxx@127.0.0.1:1/db?sslmode=disable&search_path=regio")
	if entries, _ := os.ReadDir(folder); len(entries) != 1 {
		t.Errorf("refusing left files: %v", entries)
	}
}

func TestOpenRefusesFolderThatCannotBeWritten(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("the superuser may write everywhere")
	}
	folder := t.TempDir()
	if err := os.Chmod(folder, 0o500); err != nil {
		t.Fatal(err)
	}
	says(t, refusedOpen(t, "sqlite:"+filepath.Join(folder, "pxq.db"), ledger.Options{Create: true}), "map", "Controleer de rechten")
}

// TestOpenServerThatIsSilent checks that opening fails on a server that accepts the connection and stays silent.
func TestOpenServerThatIsSilent(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	accepted := make(chan struct{})
	defer func() {
		listener.Close()
		<-accepted
	}()
	go func() {
		defer close(accepted)
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			defer conn.Close() // kept open, and silent, until the listener ends
		}
	}()
	begun := time.Now()
	address := "postgres://pxq@" + listener.Addr().String() + "/db?connect_timeout=1&sslmode=disable"
	says(t, refusedOpen(t, address, ledger.Options{}), "antwoordt niet", listener.Addr().String())
	if took := time.Since(begun); took > time.Minute {
		t.Errorf("it took %s", took)
	}
}

// TestOpenNeedsEncryption checks that a server without encryption is refused unless the address allows it.
func TestOpenNeedsEncryption(t *testing.T) {
	address := ledgertest.Postgres(t)
	plain := strings.ReplaceAll(address, "sslmode=disable", "connect_timeout=5")
	if plain == address {
		t.Skip("the server for tests is named with encryption")
	}
	says(t, refusedOpen(t, plain, ledger.Options{}), "versleutelde verbinding", "sslmode=disable")
}

func TestOpenStrangePaths(t *testing.T) {
	for _, name := range []string{"met spatie", "a?b", "a#b", "a%41b", "a&b=c", "é"} {
		parent := t.TempDir()
		folder := filepath.Join(parent, name)
		if err := os.Mkdir(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		store := ledgertest.Open(t, "sqlite:"+filepath.Join(folder, "pxq.db"))
		if _, err := store.Lock(t.Context(), "pxq test"); err != nil {
			t.Fatal(err)
		}
		beside, err := os.ReadDir(parent)
		if err != nil || len(beside) != 1 {
			t.Errorf("%s: beside it is %v, %v", name, beside, err)
		}
		entries, err := os.ReadDir(folder)
		if err != nil || len(entries) != 4 || entries[0].Name() != "pxq.db" || entries[3].Name() != "pxq.db.lock" {
			t.Errorf("%s: %v, %v", name, entries, err)
		}
		if _, err := ledgertest.Open(t, "sqlite:"+filepath.Join(folder, "pxq.db")).Lock(t.Context(), "pxq test"); err == nil {
			t.Errorf("%s: the lock was given twice", name)
		}
	}
}

// TestOpenTwice checks that a database keeps its content, and that many may create it at once.
func TestOpenTwice(t *testing.T) {
	ledgertest.EachKind(t, func(t *testing.T, fresh func() string) {
		address := fresh()
		var opening sync.WaitGroup
		for range 6 {
			opening.Go(func() {
				store, err := ledger.Open(context.Background(), address, ledger.Options{Create: true})
				if err != nil {
					t.Error(err)
					return
				}
				store.Close()
			})
		}
		opening.Wait()
		store := ledgertest.Open(t, address)
		write(t, store, func(tx *ledger.Tx) error { return tx.SetMeta(t.Context(), "kept", "yes") })
		if kept, err := ledgertest.Open(t, address).Meta(t.Context(), "kept"); kept != "yes" || err != nil {
			t.Errorf("kept is %q, %v", kept, err)
		}
	})
}

func TestOpenRefusesNewerSchema(t *testing.T) {
	ledgertest.EachKind(t, func(t *testing.T, fresh func() string) {
		address := fresh()
		store := ledgertest.Open(t, address)
		write(t, store, func(tx *ledger.Tx) error { return tx.SetMeta(t.Context(), "schema", "99") })
		store.Close()
		says(t, refusedOpen(t, address, ledger.Options{}), "nieuwere pxq", "99")
	})
}

// TestFileModes checks that only the owner can read the personal data in files next to the database.
func TestFileModes(t *testing.T) {
	folder := t.TempDir()
	store := ledgertest.Open(t, "sqlite:"+filepath.Join(folder, "pxq.db"))
	if _, err := store.Lock(t.Context(), "pxq test"); err != nil {
		t.Fatal(err)
	}
	if err := store.Backup(t.Context(), filepath.Join(folder, "copy.db")); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v", entry.Name(), info.Mode())
		}
		names = append(names, entry.Name())
	}
	if got := strings.Join(names, " "); got != "copy.db pxq.db pxq.db-shm pxq.db-wal pxq.db.lock" {
		t.Errorf("the folder holds %s", got)
	}
}

func TestBackup(t *testing.T) {
	ledgertest.EachKind(t, func(t *testing.T, fresh func() string) {
		store := ledgertest.Open(t, fresh())
		write(t, store, func(tx *ledger.Tx) error { return tx.SetMeta(t.Context(), "kept", "yes") })
		path := filepath.Join(t.TempDir(), "copy.db")
		err := store.Backup(t.Context(), path)
		if strings.HasPrefix(store.Address(), "postgres") {
			problem, ok := errors.AsType[*ledger.Problem](err)
			if !ok {
				t.Fatalf("got %v", err)
			}
			says(t, problem, "pg_dump")
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if kept, err := ledgertest.Open(t, "sqlite:"+path).Meta(t.Context(), "kept"); kept != "yes" || err != nil {
			t.Errorf("kept is %q, %v", kept, err)
		}
		problem, ok := errors.AsType[*ledger.Problem](store.Backup(t.Context(), path))
		if !ok {
			t.Fatal("an existing file was written over")
		}
		says(t, problem, "bestaat al")
	})
}
