package ledger

import (
	"context"
	"fmt"
	"io/fs"
	"path"
	"strconv"
)

// rewrites are what SQL alone cannot do for a file of schema/, in the same transaction behind it.
var rewrites = map[int]func(context.Context, *Tx) error{2: rewriteInWords, 6: noteAllDeclaredOn}

// migrate brings the schema up to date, one file of schema/ after the other, each in a transaction. Released
// files never change. A schema newer than this program knows is refused.
func (s *Store) migrate(ctx context.Context) error {
	names, err := fs.Glob(schema, "schema/*.sql")
	if err != nil {
		return err
	}
	version, err := schemaVersion(ctx, s.db, s.dialect)
	if err != nil {
		return err
	}
	last := schemaNumber(names[len(names)-1])
	if version > last {
		return problemf(nil, "Deze database is van een nieuwere pxq (schema %d; deze versie kent %d). Gebruik de nieuwere pxq.",
			"This database belongs to a newer pxq (schema %d; this version knows %d). Use the newer pxq.", version, last)
	}
	if version > 0 && version < last {
		if err := s.keepCopy(ctx, version); err != nil {
			return err
		}
	}
	for _, name := range names {
		number := schemaNumber(name)
		if number <= version {
			continue
		}
		if err := s.apply(ctx, number, name); err != nil {
			return fmt.Errorf("schema %d: %w", number, err)
		}
	}
	return nil
}

// schemaNumber returns the number with which the name of a file of schema/ begins.
func schemaNumber(name string) (number int) {
	fmt.Sscanf(path.Base(name), "%04d", &number) //nolint:errcheck // the names are ours
	return number
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
	return s.Write(ctx, func(tx *Tx) error {
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
