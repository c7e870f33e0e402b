package database

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/pxq-nl/pxq/billing/scratch"
)

// keepCopy backs up the database before an older schema is migrated.
func (d *DB) keepCopy(ctx context.Context, version int) error {
	if d.dialect.postgres {
		return nil // the server's own backups serve there: README
	}
	if holds, err := d.holdsAnything(ctx); err != nil || !holds {
		return err // its creator was interrupted halfway
	}
	kept := fmt.Sprintf("%s.schema-%d", d.path, version)
	for path, number := kept, 2; ; path, number = fmt.Sprintf("%s-%d", kept, number), number+1 {
		if err := d.Backup(ctx, path); !errors.Is(err, fs.ErrExist) {
			return err
		}
		if same, err := d.isCopy(ctx, path); err != nil || same {
			return err // an earlier attempt made it, or another process just did
		}
		if now, err := d.schemaVersion(ctx); err != nil || now != version {
			return err // another process is migrating it
		}
		// That copy is older: somebody restored it and continued with the older program.
	}
}

// isCopy reports whether the file equals a copy that would be made of the database now.
func (d *DB) isCopy(ctx context.Context, path string) (bool, error) {
	folder, err := scratch.Folder(filepath.Dir(path))
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(folder)
	fresh := filepath.Join(folder, "new")
	if err := d.Backup(ctx, fresh); err != nil {
		return false, err
	}
	want, err := digestOf(fresh)
	if err != nil {
		return false, err
	}
	got, err := digestOf(path)
	return got == want, err
}

// digestOf returns the SHA-256 of a file.
func digestOf(path string) (digest [sha256.Size]byte, err error) {
	file, err := os.Open(path)
	if err != nil {
		return digest, err
	}
	defer file.Close()
	hash := sha256.New()
	_, err = io.Copy(hash, file)
	return [sha256.Size]byte(hash.Sum(nil)), err
}

// holdsAnything reports whether an SQLite database holds any rows besides its own administration.
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
		return NewProblem(err, "%s kan niet geschreven worden. Controleer de map, de rechten en de vrije ruimte.", "%s cannot be written. Check the folder, its permissions and the free disk space.", path)
	}
	return d.explain(err)
}
