package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
	"github.com/pxq-nl/pxq/billing/ledger/trail"
)

// notFound are the columns in which a change is not found, with the reason why that is harmless.
var notFound = map[string]string{
	"clients.changed":        "whom the next run judges: it judges everyone when the book changes, and rows without an outcome are found",
	"clients.undeclared":     "the same",
	"clients.rest_to":        "what the next run leaves out: a day up to which something is not settled is found, any other is part of what it would read",
	"clients.passed":         "the same, of a signal",
	"clients.closed_rest_to": "what a close puts in the place of rest_to",
	"clients.closed_passed":  "the same, of a signal",
	"strays.number":          "whom a referral that comes in makes to be judged: rows that need not be judged lose nothing",
	"strays.bsn":             "the same",
	"meta.name":              "names of what the program remembers between commands; books are summed, the schema is checked at every start",
	"meta.value":             "the same",
}

// When any column of any table is changed outside pxq, or a row is removed or added, verify finds it, and passes again when the
// change is undone. A close of the next month is refused for the same change, even if it is at rest in a month that was
// closed long ago.
func TestTampering(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and no two goroutines of it meet")
	}
	ledgertest.EachKind(t, func(t *testing.T, fresh func() string) {
		play := playSample(t, fresh())
		db := play.open()
		play.fillEmptyTables()
		play.close = play.nextMonth("2026-03", "2026-04-06")
		play.verify(true)
		for _, table := range play.tables(db) {
			row := play.row(db, table)
			for i := range row.columns {
				play.tamper(db, row, i)
			}
			if notFound[table+"."+row.columns[0]] == "" {
				play.loseAndAdd(db, row)
			}
		}
		play.verify(true)
		play.close.succeeds(t)
	})
}

// A final line that is removed or added is found, and so is a chain that was rebuilt completely.
func TestTamperingWithTheChain(t *testing.T) {
	play := playSample(t, ledgertest.SQLite(t))
	db := play.open()
	head := play.head()
	play.verify(true, "--head", head)
	play.verify(false, "--head", strings.Repeat("0", 64))
	for _, statement := range []string{
		"DELETE FROM lines WHERE sequence = 3",
		"DELETE FROM lines WHERE sequence = (SELECT max(sequence) FROM lines)",
		"UPDATE runs SET head = 'x' WHERE closed_on > 0",
		"UPDATE runs SET closed_on = 0, head = ''",
		"UPDATE runs SET seal = 'x' WHERE closed_on = 0",
		"DELETE FROM outcomes WHERE outcome = 'accepted'",
		"DELETE FROM records WHERE declared > 0",
		"UPDATE referrals SET taken_after = 1 WHERE is_latest = 0", // of what a later file said no more would stand behind it
		"INSERT INTO lines SELECT * FROM lines WHERE sequence = 1",
	} {
		t.Run(statement, func(t *testing.T) {
			play := play.on(t)
			play.inAndOut(db, statement, "--head", head)
		})
	}
}

// playSample plays the sample basic with a decision in it.
func playSample(t *testing.T, database string) *play {
	t.Helper()
	return playSteps(t, database, (*play).decide)
}

// playSteps plays the sample basic, and does something more after its first run.
func playSteps(t *testing.T, database string, more func(*play)) *play {
	t.Helper()
	folder := filepath.Join(conformance, "basic")
	var steps []step
	if err := json.Unmarshal([]byte(read(t, filepath.Join(folder, "steps.json"))), &steps); err != nil {
		t.Fatal(err)
	}
	p := &play{T: t, folder: copyFolder(t, folder), database: database}
	ran := false
	for _, step := range steps {
		if step.Do == "export" {
			continue
		}
		p.step(step)
		if step.Do == "run" && !ran {
			more(p)
			ran = true
		}
	}
	return p
}

// decide adds a decision to the sample.
func (p *play) decide() {
	p.Helper()
	path := filepath.Join(p.folder, "besluit.csv")
	write(p, path, "Regelnummer;AGB-code;Code;Versie;Besluit;Reden;Beoordelaar\nB-011;20000002;U02;1;akkoord;twee keer geleverd;controller\n")
	p.pxq("decide", path, "--as-of", "2026-02-06")
}

func (p *play) on(t *testing.T) *play { return &play{T: t, folder: p.folder, database: p.database} }

// open opens the database with all rights and without the triggers that protect rows.
func (p *play) open() *sql.DB {
	p.Helper()
	store := ledgertest.Open(p, p.database)
	if err := store.Write(p.Context(), func(tx *ledger.Tx) error { return tx.Unguard(p.Context()) }); err != nil {
		p.Fatal(err)
	}
	driver, address := "postgres", p.database
	if path, ok := strings.CutPrefix(p.database, "sqlite:"); ok {
		driver, address = "sqlite", path
	}
	db, err := sql.Open(driver, address)
	if err != nil {
		p.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	p.Cleanup(func() { db.Close() })
	return db
}

// verify runs the command and fails the test unless it passes, or fails, as content says.
func (p *play) verify(content bool, flags ...string) {
	p.Helper()
	var out, errOut bytes.Buffer
	args := append([]string{"verify", "--workspace", p.folder, "--database", p.database}, flags...)
	status := run(context.Background(), args, &out, &errOut)
	if (status == 0) != content {
		p.Errorf("verify gives status %d:\n%s%s", status, out.String(), errOut.String())
	}
}

func (p *play) head() string {
	p.Helper()
	var verified struct {
		Head string `json:"head"`
	}
	if err := json.Unmarshal([]byte(p.pxq("verify", "--json")), &verified); err != nil {
		p.Fatal(err)
	}
	return verified.Head
}

// fillEmptyTables adds a row to tables that are empty: the sample has no message, no row that was left out and no audit trail.
func (p *play) fillEmptyTables() {
	p.Helper()
	ctx := p.Context()
	store, err := ledger.Open(ctx, p.database, ledger.Options{Act: ledger.Act{Who: "somebody", Command: "pxq test"}})
	if err != nil {
		p.Fatal(err)
	}
	defer store.Close()
	err = store.Write(ctx, func(tx *ledger.Tx) error {
		id, err := tx.NextFileID(ctx)
		if err != nil {
			return err
		}
		content := []byte("<bericht/>")
		file := ledger.File{ID: id, SHA256: fmt.Sprintf("%x", sha256.Sum256(content)), Name: "bericht.xml", Kind: ledger.MessageFile, Group: id}
		message := &ledger.Message{FileID: id, Provider: "30000003", Receiver: "0855", Refused: true}
		record := &billing.Record{BSN: "x", ID: 1, FileID: id, Prestatie: &billing.Prestatie{Client: 1, Part: 1, Line: 2, Volume: 60}}
		prestaties, signals := tx.PrestatieWriter(), tx.SignalWriter(1)
		return errors.Join(tx.AddFile(ctx, file, nil), tx.AddMessage(ctx, message, content), prestaties.Add(ctx, record), prestaties.Flush(ctx),
			tx.KeepAnswer(ctx, message, ledger.Run{ID: 1}, "antwoord.xml", []byte("<antwoord/>")),
			tx.AddLeftOut(ctx, ledger.LeftOut{FileID: id, EarlierID: 1, BSN: "x", Provider: "30000003", Reference: "7", Sheet: "Uren", Row: 2}),
			tx.AddAlreadyReceived(ctx, ledger.AlreadyReceived{FileID: id, Provider: "30000003", Municipality: "nergens"}),
			signals.Put(ctx, ledger.Signal{Code: billing.C05, Provider: "30000003", Subject: "contract"}), signals.Flush(ctx))
	})
	if err := errors.Join(err, store.Note(ctx, trail.Done, trail.Facts{Remark: "niets"})); err != nil {
		p.Fatal(err)
	}
}

// tables returns the names of all tables in the database.
func (p *play) tables(db *sql.DB) []string {
	p.Helper()
	statement := "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
	if !p.onSQLite() {
		statement = "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() ORDER BY table_name"
	}
	rows, err := db.Query(statement)
	if err != nil {
		p.Fatal(err)
	}
	defer rows.Close()
	var tables []string
	for rows.Next() {
		var table string
		if err := rows.Scan(&table); err != nil {
			p.Fatal(err)
		}
		tables = append(tables, table)
	}
	return tables
}

func (p *play) onSQLite() bool { return strings.HasPrefix(p.database, "sqlite:") }

// storedRow is a row of a table.
type storedRow struct {
	table   string
	columns []string
	values  []any
	bytes   []bool // the column holds bytes
}

// atRest selects rows of clients at rest, who are not judged again.
const atRest = "bsn IN (SELECT bsn FROM clients WHERE rest_to > 0)"

// chosenRow selects the row of a table that is changed; the default is the last by its first column.
var chosenRow = map[string]string{
	"records":  "WHERE declared > 0 AND " + atRest + " ORDER BY bsn DESC, id",
	"outcomes": "WHERE last_run = 0 AND outcome = 'accepted' AND " + atRest + " ORDER BY record_id DESC", "referrals": "WHERE is_latest = 1 AND " + atRest + " ORDER BY number DESC",
	"lines": "WHERE sequence > 0 AND " + atRest + " ORDER BY period, sequence", "reports": "WHERE content IS NOT NULL ORDER BY period, name",
	"runs": "WHERE closed_on > 0 ORDER BY id DESC", "summaries": "WHERE run IN (SELECT min(id) FROM runs WHERE closed_on > 0)",
	"files": "WHERE kind = 'submission' ORDER BY id", "meta": "WHERE name NOT LIKE 'book%' ORDER BY name DESC", "clients": "WHERE bsn IN (SELECT bsn FROM records) ORDER BY bsn DESC",
}

// row returns the row of a table that is to be changed.
func (p *play) row(db *sql.DB, table string) *storedRow {
	p.Helper()
	order := chosenRow[table]
	if order == "" {
		order = "ORDER BY 1 DESC"
	}
	rows, err := db.Query("SELECT * FROM " + table + " " + order + " LIMIT 1")
	if err != nil {
		p.Fatal(err)
	}
	defer rows.Close()
	types, err := rows.ColumnTypes()
	if err != nil || !rows.Next() {
		p.Fatalf("%s has no row: %v", table, err)
	}
	row := &storedRow{table: table, values: make([]any, len(types))}
	targets := make([]any, len(types))
	for i, column := range types {
		row.columns = append(row.columns, column.Name())
		row.bytes = append(row.bytes, slices.Contains([]string{"BLOB", "BYTEA"}, column.DatabaseTypeName()))
		targets[i] = &row.values[i]
	}
	if err := rows.Scan(targets...); err != nil {
		p.Fatal(err)
	}
	return row
}

// literal returns the value of a column as an SQL literal.
func (r *storedRow) literal(i int, value any, sqlite bool) string {
	switch v := value.(type) {
	case []byte:
		switch {
		case !r.bytes[i]:
			return literal(string(v))
		case sqlite:
			return fmt.Sprintf("X'%x'", v)
		}
		return fmt.Sprintf(`'\x%x'`, v)
	}
	return literal(value)
}

// where returns a condition that selects the row, with another value in the column with an index; -1 means no such column.
func (r *storedRow) where(at int, changed any, sqlite bool) string {
	var conditions []string
	for i, column := range r.columns {
		value := r.values[i]
		if i == at {
			value = changed
		}
		if !r.bytes[i] {
			conditions = append(conditions, column+" = "+r.literal(i, value, sqlite))
		}
	}
	return strings.Join(conditions, " AND ")
}

// tamper changes a column of a row, checks that it is found, and restores it.
func (p *play) tamper(db *sql.DB, row *storedRow, i int) {
	p.Helper()
	name := row.table + "." + row.columns[i]
	changed := other(row.values[i])
	if number, ok := row.values[i].(int64); ok && i == 0 {
		changed = number + 1000 // a key that no other row has
	}
	if raw, ok := row.values[i].([]byte); ok && row.bytes[i] {
		changed = append(slices.Clone(raw), 'x')
	}
	p.execute(db, "UPDATE "+row.table+" SET "+row.columns[i]+" = "+row.literal(i, changed, p.onSQLite())+" WHERE "+row.where(-1, nil, p.onSQLite()))
	if notFound[name] == "" {
		p.Run(name, p.isFound)
	}
	p.execute(db, "UPDATE "+row.table+" SET "+row.columns[i]+" = "+row.literal(i, row.values[i], p.onSQLite())+" WHERE "+row.where(i, changed, p.onSQLite()))
}

// isFound checks that a change is found by verify and that a close is refused. A close that is refused for a reason that verify
// gives has done all checks of verify; so verify itself is then only run with PXQ_SOAK.
func (p *play) isFound(t *testing.T) {
	if asVerify := p.close.isRefused(t); !asVerify || os.Getenv("PXQ_SOAK") != "" {
		p.on(t).verify(false)
	}
}

// loseAndAdd removes a row, checks that it is found, and restores it; then it adds a row that differs in its first column only,
// checks that too, and removes it.
func (p *play) loseAndAdd(db *sql.DB, row *storedRow) {
	p.Helper()
	insert := func(first any) string {
		var values []string
		for i, value := range row.values {
			if i == 0 {
				value = first
			}
			values = append(values, row.literal(i, value, p.onSQLite()))
		}
		return "INSERT INTO " + row.table + " (" + strings.Join(row.columns, ", ") + ") VALUES (" + strings.Join(values, ", ") + ")"
	}
	p.execute(db, "DELETE FROM "+row.table+" WHERE "+row.where(-1, nil, p.onSQLite()))
	p.Run(row.table+" removed", p.isFound)
	p.execute(db, insert(row.values[0]))
	if row.table == "clients" {
		return // an added client is judged by the next run, without effect
	}
	added := other(row.values[0])
	if number, ok := row.values[0].(int64); ok {
		added = number + 1000
	}
	p.execute(db, insert(added))
	p.Run(row.table+" added", p.isFound)
	p.execute(db, "DELETE FROM "+row.table+" WHERE "+row.where(0, added, p.onSQLite()))
}

func (p *play) execute(db *sql.DB, statement string) {
	p.Helper()
	result, err := db.Exec(statement)
	if err != nil {
		p.Fatalf("%.300s: %v", statement, err)
	}
	if count, err := result.RowsAffected(); err != nil || count != 1 {
		p.Fatalf("%.300s: %d rows, %v", statement, count, err)
	}
}

// inAndOut runs a statement in a separate transaction on a copy of the database, and checks that it is found.
func (p *play) inAndOut(db *sql.DB, statement string, flags ...string) {
	p.Helper()
	path := filepath.Join(p.TempDir(), "copy.db")
	if _, err := db.Exec("VACUUM INTO '" + path + "'"); err != nil {
		p.Fatal(err)
	}
	tampered := &play{T: p.T, folder: p.folder, database: "sqlite:" + path}
	if _, err := tampered.open().Exec(statement); err != nil {
		p.Fatal(err)
	}
	tampered.verify(false, flags...)
}

// other returns a different value of the same type.
func other(value any) any {
	switch v := value.(type) {
	case int64:
		return v + 1
	case []byte:
		return string(v) + "1"
	case string:
		return v + "1"
	}
	return value
}

func literal(value any) string {
	switch v := value.(type) {
	case string:
		return "'" + strings.ReplaceAll(v, "'", "''") + "'"
	}
	if value == nil {
		return "NULL"
	}
	return fmt.Sprint(value)
}
