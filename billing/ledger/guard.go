package ledger

import (
	"context"
	"strings"
)

// guarded are the rows that nothing changes once they are there, whoever works with the database: the condition on a
// row, and why. A migration that must write them anew drops the triggers first and makes them again.
var guarded = []struct {
	table, when, why string
}{
	{"lines", "OLD.sequence > 0", "a declared line never changes"},
	{"runs", "OLD.closed_on > 0", "a closed run never changes"},
	{"audit", "", "the audit trail is only added to"},
}

// guardMark begins the messages of the triggers.
const guardMark = "pxq guard: "

// guard makes the triggers that keep declared lines, closed runs and the audit trail as they are.
func guard(ctx context.Context, tx *Tx) error {
	statements := guardSQLite()
	if tx.dialect.postgres {
		statements = guardPostgres()
	}
	for _, statement := range statements {
		if err := tx.execOnce(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

func guardSQLite() []string {
	var statements []string
	for _, g := range guarded {
		when := ""
		if g.when != "" {
			when = " WHEN " + g.when
		}
		for _, event := range []string{"UPDATE", "DELETE"} {
			statements = append(statements, "CREATE TRIGGER guard_"+g.table+"_"+strings.ToLower(event)+" BEFORE "+event+" ON "+g.table+
				" FOR EACH ROW"+when+" BEGIN SELECT RAISE(ABORT, '"+guardMark+g.why+"'); END")
		}
	}
	return statements
}

func guardPostgres() []string {
	statements := []string{"CREATE FUNCTION guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '" + guardMark + "%', TG_ARGV[0]; END $$"}
	for _, g := range guarded {
		when := ""
		if g.when != "" {
			when = " WHEN (" + g.when + ")"
		}
		statements = append(statements,
			"CREATE TRIGGER guard_rows BEFORE UPDATE OR DELETE ON "+g.table+" FOR EACH ROW"+when+" EXECUTE FUNCTION guard('"+g.why+"')",
			"CREATE TRIGGER guard_table BEFORE TRUNCATE ON "+g.table+" FOR EACH STATEMENT EXECUTE FUNCTION guard('"+g.why+"')")
	}
	return statements
}

// Unguard removes the triggers that keep declared lines, closed runs and the audit trail as they are, and Guard makes
// them again: for migrations that write those rows anew.
func (t *Tx) Unguard(ctx context.Context) error {
	for _, g := range guarded {
		triggers := []string{"guard_" + g.table + "_update", "guard_" + g.table + "_delete"}
		behind := ""
		if t.dialect.postgres {
			triggers, behind = []string{"guard_rows", "guard_table"}, " ON "+g.table
		}
		for _, trigger := range triggers {
			if err := t.execOnce(ctx, "DROP TRIGGER IF EXISTS "+trigger+behind); err != nil {
				return err
			}
		}
	}
	if t.dialect.postgres {
		return t.execOnce(ctx, "DROP FUNCTION IF EXISTS guard()")
	}
	return nil
}

// Guard makes the triggers again that Unguard removed.
func (t *Tx) Guard(ctx context.Context) error { return guard(ctx, t) }
