package ledger

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strconv"
	"strings"
)

// rewrites are what SQL alone cannot do for a file of schema/, in the same transaction behind it.
var rewrites = map[int]func(context.Context, *Tx) error{2: rewriteInWords, 6: noteAllDeclaredOn, 7: guard, sumsFrom: sumEverything}

// sumsFrom is the schema from which sums are kept.
const sumsFrom = 9

// migrate brings the schema up to date, one file of schema/ after the other, each in a transaction. Released
// files never change. A schema newer than this program knows is refused.
func (s *Store) migrate(ctx context.Context) error {
	files, newest, err := schemaFiles()
	if err != nil {
		return err
	}
	version, err := schemaVersion(ctx, s.db, s.dialect)
	if err != nil {
		return err
	}
	if version > newest {
		return problemf(nil, "Deze database is van een nieuwere pxq (schema %d; deze versie kent %d). Gebruik de nieuwere pxq.",
			"This database belongs to a newer pxq (schema %d; this version knows %d). Use the newer pxq.", version, newest)
	}
	if version > 0 && version < newest {
		if err := s.keepCopy(ctx, version); err != nil {
			return err
		}
	}
	for number := version + 1; number <= newest; number++ {
		if name, is := files[number]; is {
			if err := s.apply(ctx, number, name); err != nil {
				return fmt.Errorf("schema %d: %w", number, err)
			}
		}
	}
	return nil
}

// schemaFiles returns the files of schema/ by the number that their names begin with, and the highest of those.
func schemaFiles() (files map[int]string, newest int, err error) {
	names, err := fs.Glob(schema, "schema/*.sql")
	if err != nil {
		return nil, 0, err
	}
	files = make(map[int]string)
	for _, name := range names {
		digits, _, _ := strings.Cut(path.Base(name), "_")
		number, err := strconv.Atoi(digits)
		if err != nil {
			return nil, 0, fmt.Errorf("%s has no number: %w", name, err)
		}
		files[number] = name
		newest = max(newest, number)
	}
	return files, newest, nil
}

// schemaVersion gives the number of the last schema file that was applied; 0 for an empty database.
func schemaVersion(ctx context.Context, from queryer, d dialect) (int, error) {
	there := "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'meta'"
	if d.postgres {
		there = "SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = 'meta'"
	}
	var count int
	if err := from.GetContext(ctx, &count, there); err != nil || count == 0 {
		return 0, err
	}
	var value string
	found, err := none(from.GetContext(ctx, &value, "SELECT value FROM meta WHERE name = 'schema'"))
	if err != nil || !found {
		return 0, err
	}
	return strconv.Atoi(value)
}

func (s *Store) apply(ctx context.Context, number int, name string) error {
	text, err := schema.ReadFile(name)
	if err != nil {
		return err
	}
	write := s.Write
	if number <= sumsFrom {
		write = s.write
	}
	return write(ctx, func(tx *Tx) error {
		if version, err := schemaVersion(ctx, tx.from, s.dialect); err != nil || version >= number {
			return err // another process was first
		}
		if _, err := tx.tx.ExecContext(ctx, s.dialect.words.Replace(string(text))); err != nil {
			return err
		}
		if rewrite := rewrites[number]; rewrite != nil {
			if err := rewrite(ctx, tx); err != nil {
				return err
			}
		}
		return tx.SetMeta(ctx, "schema", strconv.Itoa(number))
	})
}

// SetMeta keeps a named value.
func (t *Tx) SetMeta(ctx context.Context, name, value string) error {
	return t.exec(ctx, "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", name, value)
}

// Meta returns a named value; "" if there is none.
func (v *view) Meta(ctx context.Context, name string) (string, error) {
	var value string
	_, err := none(v.get(ctx, &value, "SELECT value FROM meta WHERE name = ?", name))
	return value, err
}

// keepCopy keeps the database as it is before an older schema is brought up to date.
func (s *Store) keepCopy(ctx context.Context, version int) error {
	if s.dialect.postgres {
		return nil // the server's own backups serve there: README
	}
	path := fmt.Sprintf("%s.schema-%d", s.path, version)
	if _, err := os.Stat(path); err == nil {
		return nil // an earlier try kept it
	}
	return s.Backup(ctx, path)
}

// Backup writes a consistent copy of an SQLite database while it may be in use. The file must not exist.
func (s *Store) Backup(ctx context.Context, path string) error {
	if s.dialect.postgres {
		return problemf(nil, "‘pxq backup’ is voor SQLite. Gebruik bij PostgreSQL pg_dump; zie de README.",
			"“pxq backup” is for SQLite. With PostgreSQL use pg_dump; see the README.")
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	switch {
	case errors.Is(err, fs.ErrExist):
		return problemf(err, "%s bestaat al. Kies een andere naam.", "%s exists already. Choose another name.", path)
	case err != nil:
		return problemf(err, "%s kan niet geschreven worden. Controleer de map en de rechten.", "%s cannot be written. Check the folder and its permissions.", path)
	}
	file.Close()
	if _, err := s.db.ExecContext(ctx, "VACUUM INTO ?", path); err != nil {
		os.Remove(path)
		return s.explain(err)
	}
	return os.Chmod(path, 0o600)
}
