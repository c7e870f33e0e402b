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
