package ledger

import (
	"context"
	"database/sql"
)

// Read runs work in one transaction that sees one state and changes nothing.
func (s *Store) Read(ctx context.Context, work func(*Tx) error) error {
	tx, err := s.db.BeginTxx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return s.explain(err)
	}
	defer tx.Rollback() //nolint:errcheck // it changed nothing
	return work(s.tx(tx))
}
