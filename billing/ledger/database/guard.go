package database

import (
	"context"
	"strings"
)

// guardMark begins the messages of the triggers.
const guardMark = "pxq guard: "

// Guard makes the triggers that keep the rows as they are that nothing may change.
func (t *Tx) Guard(ctx context.Context) error {
	statements := guardSQLite(t.schema.Guarded)
	if t.dialect.postgres {
		statements = guardPostgres(t.schema.Guarded)
	}
	for _, statement := range statements {
		if err := t.ExecOnce(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

func guardSQLite(guarded []Guarded) []string {
	var statements []string
	for _, g := range guarded {
		when := ""
		if g.When != "" {
			when = " WHEN " + g.When
		}
		for _, event := range []string{"UPDATE", "DELETE"} {
			statements = append(statements, "CREATE TRIGGER guard_"+g.Table+"_"+strings.ToLower(event)+" BEFORE "+event+" ON "+g.Table+
				" FOR EACH ROW"+when+" BEGIN SELECT RAISE(ABORT, '"+guardMark+g.Why+"'); END")
		}
	}
	return append(statements, guardReplacing(guarded)...)
}

// guardReplacing keeps rows of SQLite from being replaced by others with their number (REPLACE INTO), of which no trigger on
// changing or deleting hears.
func guardReplacing(guarded []Guarded) []string {
	var statements []string
	for _, g := range guarded {
		when := ""
		if g.When != "" {
			when = " AND " + strings.ReplaceAll(g.When, "OLD.", "kept.")
		}
		statements = append(statements, "CREATE TRIGGER IF NOT EXISTS guard_"+g.Table+"_insert BEFORE INSERT ON "+g.Table+" FOR EACH ROW WHEN EXISTS (SELECT 1 FROM "+
			g.Table+" AS kept WHERE kept.rowid = NEW.rowid"+when+") BEGIN SELECT RAISE(ABORT, '"+guardMark+g.Why+"'); END")
	}
	return statements
}

// GuardReplacing makes the triggers that keep rows from being replaced, in a database that was made before there were any.
func (t *Tx) GuardReplacing(ctx context.Context) error {
	if t.dialect.postgres {
		return nil // there a row that is replaced is one that is changed
	}
	for _, statement := range guardReplacing(t.schema.Guarded) {
		if err := t.ExecOnce(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

func guardPostgres(guarded []Guarded) []string {
	statements := []string{"CREATE FUNCTION guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '" + guardMark + "%', TG_ARGV[0]; END $$"}
	for _, g := range guarded {
		when := ""
		if g.When != "" {
			when = " WHEN (" + g.When + ")"
		}
		statements = append(statements,
			"CREATE TRIGGER guard_rows BEFORE UPDATE OR DELETE ON "+g.Table+" FOR EACH ROW"+when+" EXECUTE FUNCTION guard('"+g.Why+"')",
			"CREATE TRIGGER guard_table BEFORE TRUNCATE ON "+g.Table+" FOR EACH STATEMENT EXECUTE FUNCTION guard('"+g.Why+"')")
	}
	return statements
}

// Unguard removes the triggers until Guard makes them again: for steps of the schema that write those rows anew.
func (t *Tx) Unguard(ctx context.Context) error {
	for _, g := range t.schema.Guarded {
		triggers := []string{"guard_" + g.Table + "_update", "guard_" + g.Table + "_delete", "guard_" + g.Table + "_insert"}
		behind := ""
		if t.dialect.postgres {
			triggers, behind = []string{"guard_rows", "guard_table"}, " ON "+g.Table
		}
		for _, trigger := range triggers {
			if err := t.ExecOnce(ctx, "DROP TRIGGER IF EXISTS "+trigger+behind); err != nil {
				return err
			}
		}
	}
	if t.dialect.postgres {
		return t.ExecOnce(ctx, "DROP FUNCTION IF EXISTS guard()")
	}
	return nil
}
