package main

import (
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// as returns an address for another user.
func as(t testing.TB, address, user string) string {
	t.Helper()
	parsed, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	parsed.User = url.User(user)
	return parsed.String()
}

// withRoles creates the roles for a new schema, by --apply or by running the SQL that is printed, and removes them at the end.
func withRoles(t testing.TB, apply bool) (address string, roles workspace.Roles) {
	t.Helper()
	address = ledgertest.Postgres(t)
	roles, err := workspace.RolesFor(t.Context(), address, false)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for _, role := range []string{roles.Batch, roles.Reader, roles.Owner} {
			ledgertest.Execute(t, address, `DROP OWNED BY "`+role+`" CASCADE; DROP ROLE "`+role+`"`)
		}
	})
	args := []string{"init", "--database", address}
	if apply {
		said := succeed(t, append(args, "--apply")...)
		if !strings.Contains(said, roles.Batch) {
			t.Error(said)
		}
		succeed(t, append(args, "--apply")...) // repeating it does no harm
	} else {
		ledgertest.Execute(t, address, succeed(t, args...))
	}
	return address, roles
}

// Each role can do what it is meant for, and nothing else. Only the owner can change closed lines, runs and the audit trail.
func TestRoles(t *testing.T) {
	for name, apply := range map[string]bool{"applied": true, "printed": false} {
		t.Run(name, func(t *testing.T) {
			address, roles := withRoles(t, apply)
			owner, batch, reader := as(t, address, roles.Owner), as(t, address, roles.Batch), as(t, address, roles.Reader)
			folder := monthFolder(t, "small")
			do := func(database, command string) (int, string) {
				status, out, errOut := call(t, machineArgs(command, folder, t.TempDir(), database)...)
				return status, out + errOut
			}
			succeeds := func(database, command string) {
				if status, said := do(database, command); status != done {
					t.Errorf("%s: status %d, %s", command, status, said)
				}
			}
			refuses := func(database, command string) {
				status, said := do(database, command)
				if status != failed {
					t.Errorf("%s: status %d", command, status)
				}
				isClear(t, said, "mag dit niet")
			}
			if !apply {
				refuses(batch, runOctober) // there are no tables, and the role may not create them
			}
			succeeds(owner, "import WORK/submissions/01000001.csv") // creates or updates the tables
			for _, command := range []string{runOctober, closeOctober, "report --year 2026", "account add piet --role regio", "verify"} {
				succeeds(batch, command)
			}
			for _, command := range []string{"status", "export lines --period 2026-10", "verify", "audit", "status"} {
				succeeds(reader, command)
			}
			for _, command := range []string{"import " + filepath.Join("WORK", "submissions", "01000001.csv"), "run --period 2026-11", "withdraw 01000001.csv"} {
				refuses(reader, command)
			}
			for _, statement := range []string{
				"UPDATE lines SET amount = amount + 1 WHERE sequence > 0", "DELETE FROM lines WHERE sequence > 0", "UPDATE runs SET closed_on = 0 WHERE closed_on > 0",
				"UPDATE audit SET who = 'x'", "DELETE FROM audit", "TRUNCATE lines", "DROP TABLE lines", "ALTER TABLE lines DISABLE TRIGGER ALL", "CREATE TABLE x (y int)",
				"DROP TRIGGER guard_rows ON lines", "SET session_replication_role = replica", `SET ROLE "` + roles.Owner + `"`,
			} {
				for _, role := range []string{batch, reader} {
					if ledgertest.Try(role, statement) == nil {
						t.Errorf("%s may %s", as(t, role, "…"), statement)
					}
				}
			}
			for _, statement := range []string{"INSERT INTO meta (name, value) VALUES ('x', 'y')", "DELETE FROM records", "UPDATE records SET product = 'x'", "DELETE FROM sums"} {
				if ledgertest.Try(reader, statement) == nil {
					t.Errorf("the reader may %s", statement)
				}
			}
			succeeds(batch, "verify")
		})
	}
}

// Roles exist only for a database on a server.
func TestRolesNeedAServer(t *testing.T) {
	for _, database := range []string{"sqlite:pxq.db", "postgres://server", "x"} {
		status, _, said := call(t, "init", "--database", database)
		if status != failed || !strings.Contains(said, "postgres://gebruiker@server/naam") {
			t.Errorf("%s: status %d, %s", database, status, said)
		}
	}
	if status, _, said := call(t, "init", "regio", "--database", "postgres://a@b/c", "--apply"); status != misused {
		t.Errorf("status %d, %s", status, said)
	}
}
