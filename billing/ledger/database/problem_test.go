package database

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// TestDiskFull checks that a full disk is explained to the user, and that the transaction is rolled back.
func TestDiskFull(t *testing.T) {
	db, ctx := openSmallest(t), t.Context()
	db.pool.SetMaxOpenConns(1) // the pragma holds for one connection
	pages, err := db.Number(ctx, "PRAGMA page_count")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.pool.Exec(fmt.Sprintf("PRAGMA max_page_count = %d", pages+20)); err != nil {
		t.Fatal(err)
	}
	fill := func(rows int) error {
		return db.Write(ctx, func(tx *Tx) error {
			if err := tx.SetMeta(ctx, "filled", fmt.Sprint(rows)); err != nil {
				return err
			}
			writer := tx.Bulk("notes", "name", "value", "file_id")
			for n := range rows {
				if err := writer.Add(ctx, fmt.Sprint(n), strings.Repeat("x", 200), 1); err != nil {
					return err
				}
			}
			return writer.Flush(ctx)
		})
	}
	problem, ok := errors.AsType[*Problem](fill(30_000))
	if !ok || !strings.Contains(problem.Dutch, "schijf is vol") || !strings.Contains(problem.English, "Nothing was changed") {
		t.Fatalf("got %v", problem)
	}
	if filled, err := db.Meta(ctx, "filled"); filled != "" || err != nil {
		t.Errorf("filled is %q: %v", filled, err)
	}
	if err := fill(10); err != nil {
		t.Errorf("a little does not fit any more: %v", err)
	}
}

// TestHeldByAnotherProgram checks that a file that another program is writing to is reported as busy, as if another pxq
// were working with it, so that callers who wait for one wait for the other.
func TestHeldByAnotherProgram(t *testing.T) {
	db, ctx := openSmallest(t), t.Context()
	db.pool.SetMaxOpenConns(1) // the pragma holds for one connection
	if _, err := db.pool.Exec("PRAGMA busy_timeout = 1"); err != nil {
		t.Fatal(err)
	}
	other, err := sqlx.Open("sqlite", "file:"+db.path)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	other.SetMaxOpenConns(1)
	if _, err := other.Exec("BEGIN IMMEDIATE"); err != nil {
		t.Fatal(err)
	}
	write := func() error { return db.Write(ctx, func(tx *Tx) error { return tx.SetMeta(ctx, "written", "1") }) }
	err = write()
	if problem, ok := errors.AsType[*Problem](err); !ok || !errors.Is(err, ErrBusy) || !strings.Contains(problem.Dutch, "Een ander programma schrijft") {
		t.Errorf("got %v", err)
	}
	if _, err := other.Exec("ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	if err := write(); err != nil {
		t.Errorf("once it is free: %v", err)
	}
}

// TestDamaged checks that a damaged file is reported as damaged by any operation that meets the damage, not only by Open.
func TestDamaged(t *testing.T) {
	db, ctx := openSmallest(t), t.Context()
	path := db.path
	err := db.Write(ctx, func(tx *Tx) error {
		writer := tx.Bulk("notes", "name", "value", "file_id")
		for n := range 3000 {
			if err := writer.Add(ctx, fmt.Sprint(n), strings.Repeat("x", 200), 1); err != nil {
				return err
			}
		}
		return writer.Flush(ctx)
	})
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for at := len(content) / 2; at < len(content); at++ {
		content[at] = 0xff
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	damaged, err := Open(ctx, "sqlite:"+path, smallest(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer damaged.Close()
	read := func(ctx context.Context, view *View) error {
		return view.Each(ctx, "SELECT name, value FROM notes ORDER BY value", nil, func(scan Scan) error {
			var name, value string
			return scan(&name, &value)
		})
	}
	for what, err := range map[string]error{
		"reading": damaged.Read(ctx, func(tx *Tx) error { return read(ctx, &tx.View) }),
		"writing": damaged.Write(ctx, func(tx *Tx) error { return read(ctx, &tx.View) }),
	} {
		problem, ok := errors.AsType[*Problem](err)
		if !ok || !strings.Contains(problem.Dutch, "is beschadigd. Zet een reservekopie terug.") {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// TestIsFull checks that a full disk is recognised by the errors of both databases.
func TestIsFull(t *testing.T) {
	for _, err := range []error{
		errors.New("database or disk is full (13)"),
		errors.New("disk I/O error: no space left on device"),
		&pq.Error{Code: "53100", Message: `could not extend file "base/5/16401": No space left on device`},
		fmt.Errorf("taking in: %w", &pq.Error{Code: "53100", Message: "schijf vol"}),
	} {
		if !IsFull(err) {
			t.Errorf("not known as a full disk: %v", err)
		}
	}
	if IsFull(&pq.Error{Code: "23505", Message: "duplicate key"}) || IsFull(context.Canceled) {
		t.Error("something else was taken for a full disk")
	}
}

// An error of cancelled work is reported as the cancellation, whatever the driver returned; a problem for the user stays as
// it is.
func TestInterrupted(t *testing.T) {
	eachDatabase(t, func(t *testing.T, open func(Options) *DB) {
		db := open(Options{})
		for name, work := range map[string]func(context.Context, func(*Tx) error) error{"write": db.Write, "read": db.Read} {
			ctx, cancel := context.WithCancel(t.Context())
			err := work(ctx, func(tx *Tx) error {
				if _, err := tx.prepared(ctx, "SELECT count(*) FROM notes"); err != nil {
					return err
				}
				cancel()
				return errors.New("uren.xlsx: sql: statement is closed")
			})
			if !errors.Is(err, context.Canceled) {
				t.Errorf("%s: got %v", name, err)
			}
			ctx, cancel = context.WithCancel(t.Context())
			err = work(ctx, func(*Tx) error {
				cancel()
				return NewProblem(nil, "Dat mag niet.", "That may not be.")
			})
			if _, told := errors.AsType[*Problem](err); !told || errors.Is(err, context.Canceled) {
				t.Errorf("%s: got %v", name, err)
			}
		}
	})
}

// TestWhyPostgresDoesNotOpen checks that a refused connection is explained by its real cause: not always user and password.
func TestWhyPostgresDoesNotOpen(t *testing.T) {
	t.Parallel()
	const address = "postgres://regio:geheim@server/pxq"
	for want, err := range map[string]error{
		"search_path":                      &pq.Error{Code: "3F000", Message: "no schema has been selected to create in"},
		"max_connections":                  &pq.Error{Code: "53300", Message: "sorry, too many clients already"},
		"start nog":                        &pq.Error{Code: "57P03", Message: "the database system is starting up"},
		"Controleer gebruiker, wachtwoord": &pq.Error{Code: "28P01", Message: "password authentication failed"},
		"/nergens/root.crt":                fmt.Errorf("pq: %w", &os.PathError{Op: "open", Path: "/nergens/root.crt", Err: os.ErrNotExist}),
		"sslrootcert":                      fmt.Errorf("tls: failed to verify certificate: %w", x509.UnknownAuthorityError{}),
		"antwoordt niet":                   errors.New("dial tcp: connection refused"),
	} {
		problem, ok := errors.AsType[*Problem](explainPostgres(err, address))
		if !ok || !strings.Contains(problem.Dutch, want) || problem.Dutch == problem.English || strings.Contains(problem.Dutch, "geheim") || !strings.Contains(problem.Dutch, "server") {
			t.Errorf("%v is told as %v", err, problem)
		}
	}
}
