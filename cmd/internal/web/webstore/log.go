package webstore

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/pxq-nl/pxq/billing/bsn"
)

// Entry is an entry of the log: who did what, to which object, with which outcome; never its content.
type Entry struct {
	ID      int64  `db:"id"`
	Moment  string `db:"moment"`
	Account string `db:"account"` // the name to sign in with; "" if not signed in
	Role    string `db:"role"`
	Address string `db:"address"`
	Act     string `db:"act"`
	Object  string `db:"object"`
	Outcome string `db:"outcome"`
	Hash    string `db:"hash"`
}

const logColumns = "id, moment, account, role, address, act, object, outcome, hash"

// link returns the hash of an entry, which covers the hash of the one before it.
func (e *Entry) link(before string) string {
	sum := sha256.Sum256([]byte(before + "\n" + strings.Join([]string{e.Moment, e.Account, e.Role, e.Address, e.Act, e.Object, e.Outcome}, "|")))
	return hex.EncodeToString(sum[:])
}

// logStart is what the first entry is chained to.
const logStart = "pxq web"

// Log adds entries to the log, each chained to the one before it. It sets their time, masks numbers that may be a BSN, and is not
// cancelled with the context.
func (s *Store) Log(ctx context.Context, entries ...*Entry) error {
	ctx = context.WithoutCancel(ctx) // the act was done, even if the client went away
	moment := s.Now().UTC().Format(time.RFC3339)
	for _, e := range entries {
		e.Moment = moment
		for _, text := range []*string{&e.Account, &e.Object, &e.Outcome, &e.Address} {
			*text = strings.ReplaceAll(bsn.MaskLine(*text), "|", "/")
		}
	}
	return s.write(ctx, func(tx *sqlx.Tx) error {
		if s.postgres {
			if _, err := tx.ExecContext(ctx, "SELECT pg_advisory_xact_lock(hashtext('pxq/web/log'), hashtext(current_schema()))"); err != nil {
				return err
			}
		}
		var last []Entry
		if err := tx.SelectContext(ctx, &last, "SELECT "+logColumns+" FROM log ORDER BY id DESC LIMIT 1"); err != nil {
			return err
		}
		before, id := logStart, int64(0)
		if len(last) > 0 {
			before, id = last[0].Hash, last[0].ID
		}
		for _, e := range entries {
			id++
			e.ID, e.Hash = id, e.link(before)
			before = e.Hash
			if _, err := tx.ExecContext(ctx, s.bind("INSERT INTO log ("+logColumns+") VALUES (?,?,?,?,?,?,?,?,?)"), e.ID, e.Moment, e.Account, e.Role, e.Address, e.Act, e.Object, e.Outcome, e.Hash); err != nil {
				return err
			}
		}
		return nil
	})
}

// LogFilter selects entries of the log; "" selects all.
type LogFilter struct{ Account, Act string }

// Entries returns a page of the selected entries, newest first, and the number of all of them.
func (s *Store) Entries(ctx context.Context, filter LogFilter, offset, limit int) (entries []Entry, count int, err error) {
	where, values := "1 = 1", []any(nil)
	if filter.Account != "" {
		where, values = where+" AND account = ?", append(values, filter.Account)
	}
	if filter.Act != "" {
		where, values = where+" AND act = ?", append(values, filter.Act)
	}
	if _, err := s.get(ctx, &count, "SELECT count(*) FROM log WHERE "+where, values...); err != nil {
		return nil, 0, err
	}
	err = s.list(ctx, &entries, "SELECT "+logColumns+" FROM log WHERE "+where+" ORDER BY id DESC LIMIT ? OFFSET ?", append(values, limit, offset)...)
	return entries, count, err
}

// Acts returns the distinct acts in the log, sorted.
func (s *Store) Acts(ctx context.Context) ([]string, error) {
	var acts []string
	err := s.list(ctx, &acts, "SELECT DISTINCT act FROM log ORDER BY act")
	return acts, err
}

// CheckLog recomputes the chain of the log, and compares it with known hashes by entry number. Entries is the number of entries read;
// broken is the number of the first that is wrong or missing, 0 for none.
func (s *Store) CheckLog(ctx context.Context, known map[int64]string) (entries int, broken int64, err error) {
	rows, err := s.db.QueryxContext(ctx, "SELECT "+logColumns+" FROM log ORDER BY id")
	if err != nil {
		return 0, 0, err
	}
	defer rows.Close()
	before := logStart
	for rows.Next() {
		var e Entry
		if err := rows.StructScan(&e); err != nil {
			return entries, 0, err
		}
		entries++
		if hash, is := known[e.ID]; e.ID != int64(entries) || e.Hash != e.link(before) || is && hash != e.Hash {
			return entries, e.ID, nil
		}
		before = e.Hash
	}
	for id := range known {
		if id > int64(entries) {
			return entries, int64(entries) + 1, rows.Err() // the end was cut off
		}
	}
	return entries, 0, rows.Err()
}

// LastEntry returns the newest entry of an act on an object; found is false if there is none.
func (s *Store) LastEntry(ctx context.Context, act, object string) (entry Entry, found bool, err error) {
	found, err = s.get(ctx, &entry, "SELECT "+logColumns+" FROM log WHERE act = ? AND object = ? ORDER BY id DESC LIMIT 1", act, object)
	return entry, found, err
}
