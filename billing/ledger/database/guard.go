package database

import (
	"context"
	"strings"
)

// guardMark is the prefix of the triggers' messages.
const guardMark = "pxq guard: "

// Guard creates the triggers that protect the guarded rows against changes.
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

// guardReplacing returns the triggers that prevent guarded SQLite rows from being replaced by others with the same number
// (REPLACE INTO), which fires no update or delete trigger.
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

// GuardReplacing creates the triggers against replacing, in a database that was created before they existed.
func (t *Tx) GuardReplacing(ctx context.Context) error {
	if t.dialect.postgres {
		return nil // there, replacing a row is an update
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

// Unguard drops the triggers until Guard creates them again: for schema steps that rewrite guarded rows.
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
