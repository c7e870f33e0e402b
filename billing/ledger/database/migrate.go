package database

import (
	"context"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
)

// migrate brings the schema up to date: it applies the remaining schema files in order, each in a transaction. Released
// files never change. A schema newer than this program knows is refused.
func (d *DB) migrate(ctx context.Context) error {
	files, newest, err := d.schema.files()
	if err != nil {
		return err
	}
	version, err := d.schemaVersion(ctx)
	if err != nil {
		return err
	}
	if version > newest {
		return NewProblem(nil, "Deze database is van een nieuwere pxq (schema %d; deze versie kent %d). Gebruik de nieuwere pxq.",
			"This database belongs to a newer version of pxq (schema %d; this version knows %d). Use the newer pxq.", version, newest)
	}
	if version > 0 && version < newest {
		if err := d.keepCopy(ctx, version); err != nil {
			return err
		}
	}
	for number := version + 1; number <= newest; number++ {
		if name, is := files[number]; is {
			if err := d.apply(ctx, number, name); err != nil {
				return fmt.Errorf("schema %d: %w", number, err)
			}
		}
	}
	return nil
}

// files returns the schema files by the number at the start of their names, and the highest number.
func (s *Schema) files() (files map[int]string, newest int, err error) {
	names, err := fs.Glob(s.Files, "*.sql")
	if err != nil {
		return nil, 0, err
	}
	files = make(map[int]string)
	for _, name := range names {
		digits, _, _ := strings.Cut(name, "_")
		number, err := strconv.Atoi(digits)
		if err != nil {
			return nil, 0, fmt.Errorf("%s has no number: %w", name, err)
		}
		files[number] = name
		newest = max(newest, number)
	}
	return files, newest, nil
}

// schemaVersion returns the number of the last schema file that was applied; 0 for an empty database.
func (v *View) schemaVersion(ctx context.Context) (int, error) {
	there := "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'meta'"
	if v.dialect.postgres {
		there = "SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = 'meta'"
	}
	if count, err := v.Number(ctx, there); err != nil || count == 0 {
		return 0, err
	}
	value, err := v.Meta(ctx, "schema")
	if err != nil || value == "" {
		return 0, err
	}
	return strconv.Atoi(value)
}

func (d *DB) apply(ctx context.Context, number int, name string) error {
	text, err := fs.ReadFile(d.schema.Files, name)
	if err != nil {
		return err
	}
	write := d.Write
	if number <= d.schema.SumsFrom {
		write = d.write
	}
	return write(ctx, func(tx *Tx) error {
		if version, err := tx.schemaVersion(ctx); err != nil || version >= number {
			return err // another process was first
		}
		if _, err := tx.tx.ExecContext(ctx, d.dialect.words.Replace(string(text))); err != nil {
			return err
		}
		if rewrite := d.schema.Rewrites[number]; rewrite != nil {
			if err := rewrite(ctx, tx); err != nil {
				return err
			}
		}
		if number == d.schema.SumsFrom {
			if err := tx.sumEverything(ctx); err != nil {
				return err
			}
		}
		return tx.SetMeta(ctx, "schema", strconv.Itoa(number))
	})
}
