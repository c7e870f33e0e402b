package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/jmoiron/sqlx"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/database"
	"github.com/pxq-nl/pxq/billing/ledger/ledgertest/server"
	"github.com/pxq-nl/pxq/billing/ledger/packed"
	"github.com/pxq-nl/pxq/billing/ledger/proof"
	"github.com/pxq-nl/pxq/billing/ledger/schema"
	"github.com/pxq-nl/pxq/billing/ledger/words"
)

// copyOfSchema1 returns the path of a copy of the stored database of schema 1.
func copyOfSchema1(t *testing.T) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("..", "..", "testdata", "schemas", "schema-1.db"))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "pxq.db")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func openKept(t *testing.T, address string) *Store {
	t.Helper()
	store, err := Open(t.Context(), address, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return store
}

// tampered returns the rows whose digest does not match.
func tampered(t *testing.T, store *Store) []string {
	t.Helper()
	found, _ := proven(t, store)
	return found
}

// proven returns the rows whose digest does not match, and the contradictions.
func proven(t *testing.T, store *Store) (found []string, counts map[string]int) {
	t.Helper()
	err := store.Read(t.Context(), func(tx *Tx) error {
		tally, err := tx.NewTally(t.Context())
		if err != nil {
			return err
		}
		for _, table := range DigestedTables() {
			if err := tx.Tampered(t.Context(), table, tally, func(where string) error {
				found = append(found, table+" "+where)
				return nil
			}); err != nil {
				return err
			}
		}
		rows, err := tx.ClientProof(t.Context(), tally, func() func(*ProvenClient) error { return func(*ProvenClient) error { return nil } })
		if err != nil {
			return err
		}
		for part := range rows.Parts() {
			if err := rows.Prove(t.Context(), tx, part); err != nil {
				return err
			}
		}
		if err := rows.End(t.Context(), tx); err != nil {
			return err
		}
		for _, table := range []string{"records", "referrals", "outcomes", "lines"} {
			for _, where := range rows.Changed[table].Where {
				found = append(found, table+" "+where)
			}
		}
		counts, err = tx.Contradictions(t.Context())
		maps.Copy(counts, rows.Counts)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found, counts
}

// TestSchema1InWords checks that the rows of schema 1 are migrated, each with a matching digest, and that the old database
// is backed up.
func TestSchema1InWords(t *testing.T) {
	path := copyOfSchema1(t)
	store := openKept(t, "sqlite:"+path)
	if found := tampered(t, store); len(found) > 0 {
		t.Errorf("digests that do not agree: %s", found)
	}
	if _, counts := proven(t, store); len(counts) > 0 {
		t.Errorf("contradictions %v", counts)
	}
	for _, test := range []struct{ statement, want string }{
		{"SELECT group_concat(name, ' ') FROM (SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE '%\\_1' ESCAPE '\\')", ""},
		{"SELECT count(*) FROM records", "125"},
		{"SELECT group_concat(word, ' ') FROM (SELECT DISTINCT state AS word FROM records ORDER BY 1)", "current"},
		{"SELECT group_concat(word, ' ') FROM (SELECT DISTINCT unit AS word FROM lines ORDER BY 1)", "daypart hour"},
		{"SELECT group_concat(word, ' ') FROM (SELECT DISTINCT outcome AS word FROM outcomes ORDER BY 1)", "accepted held rejected"},
		{"SELECT substr(details, instr(details, '[[')) FROM records WHERE details LIKE '%F04%'", `[["F04","bsn","elfproef"]]`},
		{"SELECT count(*) FROM outcomes WHERE findings LIKE '%\"T02\",\"date\",\"____-__\"]%'", "5"},
		{"SELECT value FROM meta WHERE name = 'schema'", newest(t)},
		{"SELECT count(*) FROM declared_on", "14"},
		{"SELECT count(*) FROM declared_on WHERE segment = ''", "0"},
	} {
		var got string
		if err := store.db.Get(t.Context(), &got, "SELECT coalesce(("+test.statement+"), '')"); err != nil || got != test.want {
			t.Errorf("%s: got %q, want %q: %v", test.statement, got, test.want, err)
		}
	}
	if _, err := os.Stat(path + ".schema-1"); err != nil {
		t.Errorf("no copy was kept: %v", err)
	}
}

// TestNothingToCopy checks that no backup is made of a database whose creation was interrupted before it held anything.
func TestNothingToCopy(t *testing.T) {
	path := copyOfSchema1(t)
	raw, err := sqlx.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	var tables []string
	if err := raw.Select(&tables, "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'meta' AND name NOT LIKE 'sqlite%'"); err != nil {
		t.Fatal(err)
	}
	for _, table := range tables {
		if _, err := raw.Exec("DELETE FROM " + table); err != nil {
			t.Fatal(err)
		}
	}
	if err := raw.Close(); err != nil {
		t.Fatal(err)
	}
	openKept(t, "sqlite:"+path)
	if _, err := os.Stat(path + ".schema-1"); !os.IsNotExist(err) {
		t.Errorf("a copy of nothing: %v", err)
	}
}

// TestGoneBackAndOn checks that if the backup is restored, used with the older program and then migrated again, a second
// backup is made; and that an interrupted attempt does not lead to two backups.
func TestGoneBackAndOn(t *testing.T) {
	path := copyOfSchema1(t)
	closeOpened := func() {
		t.Helper()
		store, err := Open(t.Context(), "sqlite:"+path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		store.Close()
	}
	older := func(statement string) {
		t.Helper()
		content, err := os.ReadFile(path + ".schema-1")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		raw, err := sqlx.Open("sqlite", path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := raw.Exec(statement); err != nil {
			t.Fatal(err)
		}
		if err := raw.Close(); err != nil {
			t.Fatal(err)
		}
	}
	closeOpened()
	for range 2 {
		older("INSERT INTO meta (name, value) VALUES ('worked', 'on')")
		closeOpened()
	}
	kept, err := filepath.Glob(path + ".schema-*")
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{path + ".schema-1", path + ".schema-1-2"}; !slices.Equal(kept, want) {
		t.Fatalf("kept %s, want %s", kept, want)
	}
	raw, err := sqlx.Open("sqlite", kept[1])
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	var got string
	if err := raw.Get(&got, "SELECT value FROM meta WHERE name = 'worked'"); err != nil || got != "on" {
		t.Errorf("the second copy lacks what was done before it: %q, %v", got, err)
	}
}

// newest returns the highest schema number of this version.
func newest(t *testing.T) string {
	t.Helper()
	names, err := fs.Glob(schema.Files, "*.sql")
	if err != nil || len(names) == 0 {
		t.Fatalf("%d files: %v", len(names), err)
	}
	digits, _, _ := strings.Cut(names[len(names)-1], "_")
	return strings.TrimLeft(digits, "0")
}

// TestSchema1KeepsWhatWasChanged checks that a row that was changed before the database was migrated is still detected
// afterwards.
func TestSchema1KeepsWhatWasChanged(t *testing.T) {
	path := copyOfSchema1(t)
	for _, statement := range []string{
		"UPDATE records SET quantity = quantity + 100 WHERE id = 3", "UPDATE lines SET unit = 3 - unit WHERE sequence = 2",
		"UPDATE outcomes SET digest = 'x' WHERE record_id = 4", "UPDATE referrals SET volume_unit = CASE volume_unit WHEN 1 THEN 2 ELSE 1 END WHERE number = '900123'", "UPDATE files SET received = 1 WHERE id = 2",
	} {
		server.Execute(t, "sqlite:"+path, statement)
	}
	found := strings.Join(tampered(t, openKept(t, "sqlite:"+path)), "\n")
	for _, want := range []string{"files id 2", "records id 3", "outcomes record_id 4", "referrals number 900123", "sequence 2"} {
		if !strings.Contains(found, want) {
			t.Errorf("%s is not found", want)
		}
	}
	if count := strings.Count(found, "\n") + 1; count != 5 {
		t.Errorf("%d rows are found:\n%s", count, found)
	}
}

// TestSchema1ThatCannotBeRead checks that content that schema 1 cannot have held is refused with an explanation, and that
// the database stays as it was.
func TestSchema1ThatCannotBeRead(t *testing.T) {
	for statement, where := range map[string]string{
		"UPDATE outcomes SET outcome = 7 WHERE record_id = 1":                                   "outcomes",
		"UPDATE records SET unit = 3 WHERE id = 1":                                              "records",
		"UPDATE records SET state = -1 WHERE id = 1":                                            "records",
		`UPDATE outcomes SET findings = '[["Z99",1]]' WHERE record_id = 1`:                      "outcomes",
		`UPDATE records SET findings = '[["F01",17]]' WHERE id = 1`:                             "records",
		`UPDATE records SET findings = '[["F01","date"]]' WHERE id = 1`:                         "records",
		`UPDATE files SET sheets = '[{"Kind":4}]' WHERE id = 1`:                                 "files",
		"UPDATE referrals SET given = 8388608 WHERE number = '900123'":                          "referrals",
		`UPDATE meta SET value = '{"Book":{"Products":[{"Kind":4}]}}' WHERE name LIKE 'book/%'`: "contractenboek",
	} {
		path := copyOfSchema1(t)
		server.Execute(t, "sqlite:"+path, statement)
		_, err := Open(t.Context(), "sqlite:"+path, Options{})
		problem, ok := errors.AsType[*Problem](err)
		if !ok || !strings.Contains(problem.Dutch, where) || !strings.Contains(problem.Dutch, "niets gewijzigd") {
			t.Errorf("%s: got %v", statement, err)
		}
		db, err := sql.Open("sqlite", path)
		if err != nil {
			t.Fatal(err)
		}
		var schema string
		if err := db.QueryRow("SELECT value FROM meta WHERE name = 'schema'").Scan(&schema); err != nil || schema != "1" {
			t.Errorf("%s: the schema is %q: %v", statement, schema, err)
		}
		db.Close()
	}
}

// TestSchema1OnBothDatabases checks that PostgreSQL migrates the same rows to the same rows.
func TestSchema1OnBothDatabases(t *testing.T) {
	address, path := server.Schema(t), copyOfSchema1(t)
	moveToPostgres(t, path, address)
	embedded, shared := openKept(t, "sqlite:"+path), openKept(t, address)
	for table := range changing {
		a, b := rowsAsText(t, embedded, table), rowsAsText(t, shared, table)
		if len(a) == 0 && table != "decisions" || !slices.Equal(a, b) {
			t.Errorf("%s: %d rows and %d rows differ", table, len(a), len(b))
		}
	}
	if found := tampered(t, shared); len(found) > 0 {
		t.Errorf("digests that do not agree: %s", found)
	}
}

// moveToPostgres creates a database of schema 1 on PostgreSQL with the rows of one of SQLite.
func moveToPostgres(t *testing.T, path, address string) {
	t.Helper()
	from, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	to, err := sql.Open("postgres", address)
	if err != nil {
		t.Fatal(err)
	}
	defer to.Close()
	text, err := schema.Files.ReadFile("0001_start.sql")
	if err != nil {
		t.Fatal(err)
	}
	first := &database.Schema{Files: fstest.MapFS{"0001_start.sql": {Data: text}}, SumsFrom: sumsFrom}
	made, err := database.Open(t.Context(), address, first, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := made.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := to.Exec("DELETE FROM meta"); err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"meta", "files", "again", "records", "referrals", "decisions", "runs", "outcomes", "lines", "signals", "clients", "reports"} {
		rows, err := from.Query("SELECT * FROM " + table)
		if err != nil {
			t.Fatal(err)
		}
		columns, _ := rows.Columns()
		for rows.Next() {
			values, targets := make([]any, len(columns)), make([]any, len(columns))
			for i := range values {
				targets[i] = &values[i]
			}
			if err := rows.Scan(targets...); err != nil {
				t.Fatal(err)
			}
			insert := sqlx.Rebind(sqlx.DOLLAR, "INSERT INTO "+table+" VALUES ("+database.Parameters(len(columns))+")")
			if _, err := to.Exec(insert, values...); err != nil {
				t.Fatal(err)
			}
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			t.Fatal(err)
		}
	}
}

// filesUpTo returns the steps of the schema up to and including one.
func filesUpTo(t *testing.T, last int) fstest.MapFS {
	t.Helper()
	names, err := fs.Glob(schema.Files, "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	files := make(fstest.MapFS)
	for _, name := range names {
		text, err := schema.Files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if digits, _, _ := strings.Cut(name, "_"); digits <= fmt.Sprintf("%04d", last) {
			files[name] = &fstest.MapFile{Data: text}
		}
	}
	return files
}

// TestSchema24Details checks that records with a column for everything are migrated to the rows that are written for the
// same records now, with unchanged digests, on both databases.
func TestSchema24Details(t *testing.T) {
	for _, address := range []string{"sqlite:" + filepath.Join(t.TempDir(), "pxq.db"), server.Schema(t)} {
		before := tables()
		before.Files = filesUpTo(t, 24)
		made, err := database.Open(t.Context(), address, before, Options{Create: true})
		if err != nil {
			t.Fatal(err)
		}
		records := []StoredRecord{{Record: fullRecord(), State: Superseded, Stands: true}, {Record: plainRecord()}}
		err = made.Write(t.Context(), func(tx *database.Tx) error {
			rows := tx.Bulk("records", packed.RecordColumns()...)
			for _, row := range records {
				r := row.Record
				if err := rows.Add(t.Context(), r.BSN, r.ID, r.Provider, r.Reference, int32(r.BirthDate), r.ReferralNumber, r.Municipality, r.Product, int32(r.First),
					int32(r.Start), int32(r.End), r.Daypart, r.Unit.String(), int64(r.Quantity), database.Flag(r.HasQuantity), words.WriteDecimal(r.ClaimedPrice),
					words.WriteDecimal(r.ClaimedAmount), r.Remark, r.FileID, r.Sheet, r.Row, r.Version, words.WriteFindings(r.Findings), int32(r.Received),
					int32(r.FirstReceived), database.Flag(r.Ambiguous), database.Flag(r.HasPrior), r.PriorUnit.String(), int64(r.PriorQuantity), words.WriteState(row.State), 0,
					int32(r.Declared), int64(r.DeclaredPrice), int64(r.Break), database.Flag(r.PriorOtherClient), database.Flag(r.SeenBefore), billing.KnownAs(r.Reference),
					database.Flag(row.Stands), int64(r.Last)); err != nil {
					return err
				}
			}
			return rows.Flush(t.Context())
		})
		if err := errors.Join(err, made.Close()); err != nil {
			t.Fatal(err)
		}
		fresh := openInternal(t)
		err = fresh.Write(t.Context(), func(tx *Tx) error {
			writer := tx.RecordWriter()
			return errors.Join(writer.AddStored(t.Context(), records[0]), writer.AddStored(t.Context(), records[1]), writer.Flush(t.Context()))
		})
		if err != nil {
			t.Fatal(err)
		}
		got, want := rowsAsText(t, openKept(t, address), "records"), rowsAsText(t, fresh, "records")
		if len(got) != len(records) || !slices.Equal(got, want) {
			t.Errorf("%s: brought along\n%q\nand written\n%q", address, got, want)
		}
	}
}

// rowsAsText returns the rows of a table as text, in sorted order.
func rowsAsText(t *testing.T, store *Store, table string) []string {
	t.Helper()
	columns := columnsOf(table)
	for _, proven := range []proof.Table{provenTables.Records, provenTables.Outcomes, provenTables.Lines, provenTables.Referrals} {
		if proven.Name == table {
			columns = proven.Columns
		}
	}
	if table == "records" {
		columns = packed.RecordTable()
	}
	var texts []string
	err := store.db.Each(context.Background(), "SELECT "+strings.Join(columns, ", ")+", digest FROM "+table, nil, func(scan database.Scan) error {
		values, targets := make([]any, len(columns)+1), make([]any, len(columns)+1)
		for i := range values {
			targets[i] = &values[i]
		}
		err := scan(targets...)
		text := ""
		for _, value := range values {
			text += fmt.Sprint(database.AsText(value), "|")
		}
		texts = append(texts, text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(texts)
	return texts
}

// TestUnknownWordsAreRefused checks that a stored word that this version does not know is explained to the user wherever it
// is read, and never passes for empty.
func TestUnknownWordsAreRefused(t *testing.T) {
	for statement, said := range map[string]string{
		"UPDATE outcomes SET outcome = 'lost'":                                                    "‘lost’ als uitkomst",
		"UPDATE outcomes SET findings = '[[\"Z99\",\"date\"]]'":                                   "‘Z99’ als code",
		"UPDATE outcomes SET open_holds = 'Z99'":                                                  "‘Z99’ als code",
		"UPDATE records SET unit = 'etmaal'":                                                      "‘etmaal’ als eenheid",
		"UPDATE records SET state = 'asleep'":                                                     "‘asleep’ als toestand",
		"UPDATE records SET details = details || '[[\"Z99\",\"date\"]]' WHERE details LIKE '%|'":  "‘Z99’ als code",
		"UPDATE records SET details = details || '[[\"F01\",\"kleur\"]]' WHERE details LIKE '%|'": "‘kleur’ als kolom",
		"UPDATE records SET details = 'kapot'":                                                    "‘kapot’ als getal",
		"UPDATE records SET details = replace(details, '|0|0|', '|0|1234|')":                      "‘1234’ als lengte van een tekst",
		"UPDATE lines SET kind = 'gift'":                                                          "‘gift’ als soort regel",
		"UPDATE lines SET unit = 'etmaal'":                                                        "‘etmaal’ als eenheid",
		"UPDATE referrals SET given = 'bsn kleur'":                                                "‘kleur’ als kolom van toewijzingen",
		"UPDATE referrals SET volume_unit = 'etmaal'":                                             "‘etmaal’ als eenheid",
		"UPDATE signals SET code = 'Z99'":                                                         "‘Z99’ als code",
		"UPDATE files SET sheets = '[{\"kind\":\"map\"}]'":                                        "‘map’ als soort blad",
	} {
		store := openKept(t, "sqlite:"+copyOfSchema1(t))
		if err := store.Write(t.Context(), func(tx *Tx) error { return tx.Unguard(t.Context()) }); err != nil {
			t.Fatal(err)
		}
		execute(t, store, statement)
		err := store.Read(t.Context(), func(tx *Tx) error {
			run, _, err := tx.LastRun(t.Context())
			if err != nil {
				return err
			}
			if _, err := tx.Signals(t.Context(), run.Month()); err != nil {
				return err
			}
			if _, err := tx.LineTotals(t.Context(), run); err != nil {
				return err
			}
			reader, err := tx.ClientReader(t.Context(), Everyone)
			if err != nil {
				return err
			}
			if _, err := reader.Next(t.Context()); err != nil {
				return err
			}
			files, err := tx.Files(t.Context())
			for i := range files {
				if _, err := files[i].SheetSummaries(); err != nil {
					return err
				}
			}
			if err != nil {
				return err
			}
			return tx.EachRow(t.Context(), run, Since{}, func(*JudgedRow) error { return nil }, func() error { return nil })
		})
		problem, ok := errors.AsType[*Problem](err)
		if !ok || !strings.Contains(problem.Dutch, said) {
			t.Errorf("%s: got %v", statement, err)
		}
	}
}
