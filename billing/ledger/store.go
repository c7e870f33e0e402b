// Package ledger is the store: what was taken in, how it was judged, and what was declared. Its statements are
// the only SQL that knows of care.
//
// Start reading at Store and Tx (store.go) and the tables with their digests and sums (tables.go); then files, records and
// referrals come in, clients.go reads clients to be judged, outcomes and lines hold the results, and close.go makes them
// final. The page_ files serve the web pages, proof.go and chain.go verify.
//
//	ledger ─▶ schema ─▶ schema1       migrations of older stores
//	   ├────▶ proof                   checks of what is stored about the clients; both use:
//	   │         ▼
//	   ├────▶ database ─▶ sums, trail  SQLite and PostgreSQL, transactions, the lock, the audit trail, digests and sums
//	   └────▶ packed ─▶ words          several columns as one text; values in their stored form
//
// Amounts are whole cents, quantities hundredths, dates day numbers (billing.Date), times of day seconds (billing.Clock)
// and months numbers (billing.Period), all in integer columns: never NUMERIC, which SQLite stores as floating point.
// Everything else is stored in words, see package words. Records and outcomes are clustered by client, because that is how
// they are judged. The columns of a record that no statement refers to are one text, its details, see package packed.
//
// Outcomes and lines are written only when they change, each with the first and the last run in which it holds (last 0: it
// still holds). So any run can be read back as it was, and three years of history are not rewritten each month.
package ledger

import (
	"context"

	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/billing/ledger/database"
	"github.com/pxq-nl/pxq/billing/ledger/trail"
)

// The parts of package database that callers of the ledger use.
type (
	// Problem explains to the user why the store cannot be used and what to do.
	Problem = database.Problem
	// Options are the options of Open.
	Options = database.Options
	// Act describes the command that works with the store, for the audit trail.
	Act = database.Act
	// Lock excludes other writers for the duration of one operation; its holder must release it.
	Lock = database.Lock
)

// ErrBusy is the cause of the error when another operation holds the lock.
var ErrBusy = database.ErrBusy

// IsFull reports whether an error of either database means that the disk is full.
func IsFull(err error) bool { return database.IsFull(err) }

// IsHeld reports whether an error of either database means that another program holds a write lock for too long.
func IsHeld(err error) bool { return database.IsHeld(err) }

// Refuse returns a problem without a cause: why a request is refused.
func Refuse(dutch, english string, values ...any) *Problem {
	return database.Refuse(dutch, english, values...)
}

// view reads. It is shared by a store outside a transaction, where each statement sees its own state, and a transaction,
// where all of them see one state.
type view struct{ db *database.View }

// Store is an open ledger. Only one operation writes at a time: see Lock.
type Store struct {
	view
	db    *database.DB
	state *Tx // the transaction for all reads; nil except in a store made by Snapshot
}

// Open opens the store at the address, sqlite:PATH or postgres://…, and brings an older schema up to date. Its errors are
// *Problem.
func Open(ctx context.Context, address string, options Options) (*Store, error) {
	return newStore(database.Open(ctx, address, tables(), options))
}

// Roles are the PostgreSQL roles of a store.
type Roles = database.Roles

// RolesOf returns the roles for the database of an address, with the SQL that creates them.
func RolesOf(address string) (Roles, error) { return database.RolesOf(address) }

// GiveRoles creates the roles, using the connection of a user with permission to do so.
func GiveRoles(ctx context.Context, address string) (Roles, error) {
	return database.GiveRoles(ctx, address, tables())
}

// OpenMemory opens an empty store in memory; it never touches the disk.
func OpenMemory(ctx context.Context) (*Store, error) {
	return newStore(database.OpenMemory(ctx, tables()))
}

// OpenReading opens a store only for reading, separately from the Store that writes, so that a long write transaction does
// not block it. The store must exist and be up to date: the caller has opened it for writing once before.
func OpenReading(ctx context.Context, address string) (*Store, error) {
	return newStore(database.OpenReading(ctx, address, tables()))
}

func newStore(db *database.DB, err error) (*Store, error) {
	if err != nil {
		return nil, err
	}
	return &Store{view: view{&db.View}, db: db}, nil
}

// Close closes the database, and releases the lock if it is still held.
func (s *Store) Close() error { return s.db.Close() }

// Address returns the database's address for display, without its password.
func (s *Store) Address() string { return s.db.Address() }

// Backup writes a consistent copy of an SQLite database while it may be in use. The file must not exist.
func (s *Store) Backup(ctx context.Context, path string) error { return s.db.Backup(ctx, path) }

// Lock acquires the write lock, or returns a *Problem that names its holder. What describes the operation for people: its
// command.
func (s *Store) Lock(ctx context.Context, what string) (*Lock, error) { return s.db.Lock(ctx, what) }

// Note records in the audit trail a command that held no lock: one that changed nothing in the store, or that was refused
// before it could begin. It waits at most a moment for another process that is writing; after that it records nothing and
// returns an error that wraps ErrBusy.
func (s *Store) Note(ctx context.Context, result trail.Result, facts trail.Facts) error {
	return s.db.Note(ctx, result, facts)
}

// Write runs work in one transaction and rolls everything back if it fails. Write transactions run one after another. While
// the store's lock is held, a transaction is committed only if the lock is still held at its end.
func (s *Store) Write(ctx context.Context, work func(*Tx) error) error {
	return s.db.Write(ctx, func(tx *database.Tx) error { return work(newTx(tx)) })
}

// Read runs work in one transaction that sees one state and changes nothing.
func (s *Store) Read(ctx context.Context, work func(*Tx) error) error {
	if s.state != nil {
		return s.db.ReadIn(ctx, s.state.db, func(*database.Tx) error { return work(s.state) })
	}
	return s.db.Read(ctx, func(tx *database.Tx) error { return work(newTx(tx)) })
}

// Snapshot runs work with a store whose reads all see one state, in however many calls, whatever others write meanwhile.
// It must not be used concurrently, nor to write.
func (s *Store) Snapshot(ctx context.Context, work func(*Store) error) error {
	if s.state != nil {
		return work(s)
	}
	var failed error // returned as it is: not every failure in work is the store's
	err := s.db.Read(ctx, func(tx *database.Tx) error {
		state := newTx(tx)
		failed = work(&Store{view: state.view, db: s.db, state: state})
		return nil
	})
	if failed != nil {
		return failed
	}
	return err
}

// ReadsConcurrently reports whether one transaction can read while another writes: it sees the state from before that.
func (s *Store) ReadsConcurrently() bool { return s.db.ReadsConcurrently() }

// Tx is one transaction: it happens as a whole or not at all, and all its reads see one state.
type Tx struct {
	view
	db        *database.Tx
	names     *names // of the files; nil until needed
	lastRun   int64  // LastRunID; negative until needed
	takenBack int64  // whether any referral was taken back; negative until needed
}

func newTx(tx *database.Tx) *Tx {
	return &Tx{view: view{&tx.View}, db: tx, lastRun: -1, takenBack: -1}
}

// Savepoint begins a part of the transaction that can be undone by itself. Only one part can be open.
func (t *Tx) Savepoint() { t.db.Savepoint() }

// ReleaseSavepoint ends the part and keeps its changes.
func (t *Tx) ReleaseSavepoint(ctx context.Context) error { return t.db.ReleaseSavepoint(ctx) }

// RollbackToSavepoint ends the part and undoes its changes. Rows still collected by a writer must be discarded.
func (t *Tx) RollbackToSavepoint(ctx context.Context) error {
	err := t.db.RollbackToSavepoint(ctx)
	t.names = nil
	return err
}

// Meta returns a named value; "" if there is none.
func (v *view) Meta(ctx context.Context, name string) (string, error) { return v.db.Meta(ctx, name) }

// SetMeta stores a named value.
func (t *Tx) SetMeta(ctx context.Context, name, value string) error {
	return t.db.SetMeta(ctx, name, value)
}

// AuditHead returns the hash of the last entry written to the audit trail; "" if none was written since heads are stored.
func (v *view) AuditHead(ctx context.Context) (string, error) { return v.db.AuditHead(ctx) }

// EachEntry visits the entries of the audit trail, oldest first.
func (v *view) EachEntry(ctx context.Context, visit func(*trail.Entry) error) error {
	return v.db.EachEntry(ctx, visit)
}

// Unguard drops the triggers that protect declared lines, closed runs and the audit trail, until Guard creates them again:
// for migrations that rewrite those rows.
func (t *Tx) Unguard(ctx context.Context) error { return t.db.Unguard(ctx) }

// Guard creates the triggers that Unguard dropped.
func (t *Tx) Guard(ctx context.Context) error { return t.db.Guard(ctx) }

// IsClient reports whether the number is the BSN of a client.
func (v *view) IsClient(ctx context.Context, bsn string) (bool, error) {
	count, err := v.db.Number(ctx, "SELECT count(*) FROM clients WHERE bsn = ?", bsn)
	return count > 0, err
}

// ClientsAmong returns those of the numbers that are BSNs of clients.
func (v *view) ClientsAmong(ctx context.Context, numbers []string) (map[string]bool, error) {
	clients := make(map[string]bool)
	err := database.EachPart(numbers, func(part []string) error {
		list, values := database.ListOf(part)
		var found []string
		err := v.db.List(ctx, &found, "SELECT bsn FROM clients WHERE bsn IN ("+list+")", values...)
		for _, bsn := range found {
			clients[bsn] = true
		}
		return err
	})
	return clients, err
}

// ClientNumbers returns a masker of the BSNs of the clients in the store.
func (t *Tx) ClientNumbers(ctx context.Context) *bsn.Clients {
	return bsn.NewClients(func(provider, number string) (bool, error) {
		if provider == "" {
			return t.IsClient(ctx, number)
		}
		count, err := t.db.Number(ctx, "SELECT count(*) FROM records WHERE bsn = ? AND provider = ?", number, provider)
		return count > 0, err
	})
}
