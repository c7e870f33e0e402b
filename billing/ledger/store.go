// Package ledger is the store: what was taken in, what became of it, and what was declared. Its statements are the only
// ones that know of care; nobody else meets SQL.
//
//	ledger ─▶ schema ─▶ schema1       how an older store comes along
//	   ├────▶ proof                   what is kept of the clients, held against itself; both on:
//	   │         ▼
//	   ├────▶ database ─▶ sums, trail  SQLite and PostgreSQL, transactions, the lock, the audit trail, digests and sums
//	   └────▶ packed ─▶ words          what is kept, in words that say what it is
//
// Amounts are whole cents, quantities hundredths, dates numbers of days (billing.Date), times of the day seconds
// (billing.Clock) and months numbers (billing.Period), all in integer columns: never NUMERIC, which SQLite keeps as
// floating point. Everything else is kept in words, see package words. Records and outcomes are clustered by client,
// because that is how they are judged. What of a record no statement asks for is one text, its details, see package packed.
//
// Outcomes and lines are written only when they change, each with the first and the last run for which it
// holds (last 0: it still does). So any run can be read back as it was, and three years of history are not
// rewritten each month.
package ledger

import (
	"context"

	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/billing/ledger/database"
	"github.com/pxq-nl/pxq/billing/ledger/trail"
)

// What callers meet of the database underneath.
type (
	// Problem says in the user's words why the store cannot be used and what to do.
	Problem = database.Problem
	// Options say how a store is opened.
	Options = database.Options
	// Act says who does what with the store: what the audit trail tells of one command.
	Act = database.Act
	// Lock keeps other writers away for as long as one operation works; whoever took it releases it.
	Lock = database.Lock
)

// ErrBusy is the cause of the refusal when another operation holds the lock.
var ErrBusy = database.ErrBusy

// IsFull reports whether an error of either database means that the disk is full.
func IsFull(err error) bool { return database.IsFull(err) }

// IsHeld reports whether an error of either database means that another program writes and does not end.
func IsHeld(err error) bool { return database.IsHeld(err) }

// Refuse returns a problem without a cause: what was asked is not done, and why.
func Refuse(dutch, english string, values ...any) *Problem {
	return database.Refuse(dutch, english, values...)
}

// view reads: what a store outside a transaction, each statement of which sees its own state, and a transaction,
// all of which sees one state, have in common.
type view struct{ db *database.View }

// Store is an open ledger. One operation writes at a time: see Lock.
type Store struct {
	view
	db    *database.DB
	state *Tx // all that is read is read in it; nil unless OfOneState made this store
}

// Open opens the store named by address: sqlite:PATH or postgres://…, and brings an older schema up to date.
// Errors are *Problem.
func Open(ctx context.Context, address string, options Options) (*Store, error) {
	return newStore(database.Open(ctx, address, tables(), options))
}

// Roles are who may do what with a store in PostgreSQL.
type Roles = database.Roles

// RolesOf returns the roles for the database that an address names, with the SQL that makes them.
func RolesOf(address string) (Roles, error) { return database.RolesOf(address) }

// GiveRoles makes the roles, with a connection of somebody who may.
func GiveRoles(ctx context.Context, address string) (Roles, error) {
	return database.GiveRoles(ctx, address, tables())
}

// OpenMemory opens an empty store in memory, of which nothing touches the disk.
func OpenMemory(ctx context.Context) (*Store, error) {
	return newStore(database.OpenMemory(ctx, tables()))
}

// OpenReading opens a store for reading alone, beside the one that writes: a long transaction of that one does not keep
// it waiting. The store must be there and up to date: whoever opens it has opened it once to write.
func OpenReading(ctx context.Context, address string) (*Store, error) {
	return newStore(database.OpenReading(ctx, address, tables()))
}

func newStore(db *database.DB, err error) (*Store, error) {
	if err != nil {
		return nil, err
	}
	return &Store{view: view{&db.View}, db: db}, nil
}

// Close lets go of the database, and of the lock when it still is held.
func (s *Store) Close() error { return s.db.Close() }

// Address returns the database's address for people, without its password.
func (s *Store) Address() string { return s.db.Address() }

// Backup writes a consistent copy of an SQLite database while it may be in use. The file must not exist.
func (s *Store) Backup(ctx context.Context, path string) error { return s.db.Backup(ctx, path) }

// Lock makes its caller the one that writes until it releases the lock, or gives a *Problem that says who does. What
// is a word for people: the command that works.
func (s *Store) Lock(ctx context.Context, what string) (*Lock, error) { return s.db.Lock(ctx, what) }

// Note adds to the trail a command that held no lock: one that changed nothing in the store, or that was refused before
// it could begin. While another process writes it waits no longer than a moment; then it adds nothing, and the error is a kind
// of ErrBusy.
func (s *Store) Note(ctx context.Context, result trail.Result, facts trail.Facts) error {
	return s.db.Note(ctx, result, facts)
}

// Write runs work in one transaction. When it fails, nothing of it stays. Transactions that write come one after the
// other. While the lock of the store is held, the transaction is kept only when it still is at the end.
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

// OfOneState runs work with a store of which all that is read is of one state, in however many questions, whatever others
// write meanwhile. One question is asked at a time, and nothing is written.
func (s *Store) OfOneState(ctx context.Context, work func(*Store) error) error {
	if s.state != nil {
		return work(s)
	}
	var failed error // as work tells it: not all that fails in it is the store's
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

// ReadsBeside reports whether a transaction can read beside one that writes: it sees what was there before that.
func (s *Store) ReadsBeside() bool { return s.db.ReadsBeside() }

// Tx is one transaction: all of it happens, or nothing, and all it reads is of one state.
type Tx struct {
	view
	db        *database.Tx
	names     *names // of the files, once somebody asked
	lastRun   int64  // once somebody asked; below 0 before
	takenBack int64  // whether any referral was, once somebody asked; below 0 before
}

func newTx(tx *database.Tx) *Tx {
	return &Tx{view: view{&tx.View}, db: tx, lastRun: -1, takenBack: -1}
}

// Savepoint begins a part of the transaction that may be undone alone. One part is open at a time.
func (t *Tx) Savepoint() { t.db.Savepoint() }

// ReleaseSavepoint ends the part and keeps it.
func (t *Tx) ReleaseSavepoint(ctx context.Context) error { return t.db.ReleaseSavepoint(ctx) }

// RollbackToSavepoint ends the part and undoes it. What writers still held of it must be thrown away.
func (t *Tx) RollbackToSavepoint(ctx context.Context) error {
	err := t.db.RollbackToSavepoint(ctx)
	t.names = nil
	return err
}

// Meta returns a named value; "" if there is none.
func (v *view) Meta(ctx context.Context, name string) (string, error) { return v.db.Meta(ctx, name) }

// SetMeta keeps a named value.
func (t *Tx) SetMeta(ctx context.Context, name, value string) error {
	return t.db.SetMeta(ctx, name, value)
}

// AuditHead returns the hash of the last entry of the audit trail that was written; "" when none was since it is kept.
func (v *view) AuditHead(ctx context.Context) (string, error) { return v.db.AuditHead(ctx) }

// EachEntry visits the entries of the audit trail, the oldest first.
func (v *view) EachEntry(ctx context.Context, visit func(*trail.Entry) error) error {
	return v.db.EachEntry(ctx, visit)
}

// Unguard removes the triggers that keep declared lines, closed runs and the audit trail as they are, and Guard makes
// them again: for migrations that write those rows anew.
func (t *Tx) Unguard(ctx context.Context) error { return t.db.Unguard(ctx) }

// Guard makes the triggers again that Unguard removed.
func (t *Tx) Guard(ctx context.Context) error { return t.db.Guard(ctx) }

// IsClient reports whether a number is the citizen service number of a client.
func (v *view) IsClient(ctx context.Context, bsn string) (bool, error) {
	count, err := v.db.Number(ctx, "SELECT count(*) FROM clients WHERE bsn = ?", bsn)
	return count > 0, err
}

// ClientsAmong returns which of these numbers are those of clients.
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

// ClientNumbers returns what masks the numbers of the clients in the store.
func (t *Tx) ClientNumbers(ctx context.Context) *bsn.Clients {
	return bsn.NewClients(func(provider, number string) (bool, error) {
		if provider == "" {
			return t.IsClient(ctx, number)
		}
		count, err := t.db.Number(ctx, "SELECT count(*) FROM records WHERE bsn = ? AND provider = ?", number, provider)
		return count > 0, err
	})
}
