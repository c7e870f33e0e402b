package database

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/pxq-nl/pxq/billing/scratch"
)

// keepCopy keeps the database as it is before an older schema is brought up to date.
func (d *DB) keepCopy(ctx context.Context, version int) error {
	if d.dialect.postgres {
		return nil // the server's own backups serve there: README
	}
	if holds, err := d.holdsAnything(ctx); err != nil || !holds {
		return err // whoever made it was stopped in the middle
	}
	path := fmt.Sprintf("%s.schema-%d", d.path, version)
	if _, err := os.Stat(path); err == nil {
		return nil // an earlier try kept it
	}
	err := d.Backup(ctx, path)
	if errors.Is(err, fs.ErrExist) {
		return nil // another process keeps it at this moment
	}
	return err
}

// holdsAnything reports whether a database of SQLite holds more than what it says of itself.
func (d *DB) holdsAnything(ctx context.Context) (bool, error) {
	var tables []string
	err := d.List(ctx, &tables, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('meta', 'sums') AND name NOT LIKE 'sqlite~_%' ESCAPE '~'")
	for _, table := range tables {
		if rows, err := d.Number(ctx, "SELECT count(*) FROM (SELECT 1 FROM "+table+" LIMIT 1) one"); err != nil || rows > 0 {
			return rows > 0, err
		}
	}
	return false, err
}

// Backup writes a consistent copy of an SQLite database while it may be in use. The file must not exist.
func (d *DB) Backup(ctx context.Context, path string) error {
	if d.dialect.postgres {
		return NewProblem(nil, "‘pxq backup’ is voor SQLite. Gebruik bij PostgreSQL pg_dump; zie de README.",
			"“pxq backup” is for SQLite. With PostgreSQL use pg_dump; see the README.")
	}
	err := scratch.New(path, func(fresh string) error {
		_, err := d.pool.ExecContext(ctx, "VACUUM INTO ?", fresh)
		return err
	})
	_, byFile := errors.AsType[*fs.PathError](err)
	_, byName := errors.AsType[*os.LinkError](err)
	switch {
	case errors.Is(err, fs.ErrExist):
		return NewProblem(err, "%s bestaat al. Kies een andere naam.", "%s exists already. Choose another name.", path)
	case byFile || byName:
		return NewProblem(err, "%s kan niet geschreven worden. Controleer de map, de rechten en de vrije ruimte.", "%s cannot be written. Check the folder, its permissions and the free space.", path)
	}
	return d.explain(err)
}
