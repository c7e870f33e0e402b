package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
)

// Whatever column of a stored line, row, outcome, referral, decision, file or close is changed behind pxq's
// back, verify finds it, and is content again when it is put back.
func TestTampering(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and no two goroutines of it meet")
	}
	ledgertest.EachKind(t, func(t *testing.T, fresh func() string) {
		play := playSample(t, fresh())
		db := play.open()
		play.verify(true)
		for _, table := range append(ledger.DigestedTables(), "runs") {
			for _, column := range play.columns(db, table) {
				play.tamper(db, table, column)
			}
		}
		play.verify(true)
	})
}

// A final line that is removed or added, and a chain that was rebuilt whole, are found.
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
		"DELETE FROM outcomes WHERE outcome = 'accepted'",
		"DELETE FROM records WHERE declared > 0",
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

// playSteps plays the sample basic, and does something more once its first run was made.
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

// decide sees to it that the sample holds a decision too.
func (p *play) decide() {
	p.Helper()
	path := filepath.Join(p.folder, "besluit.csv")
	write(p, path, "Regelnummer;AGB-code;Code;Versie;Besluit;Reden;Beoordelaar\nB-011;20000002;U02;1;akkoord;twee keer geleverd;controller\n")
	p.pxq("decide", path, "--as-of", "2026-02-06")
}

func (p *play) on(t *testing.T) *play { return &play{T: t, folder: p.folder, database: p.database} }

// open opens the database as somebody who may do anything with it: the triggers that keep rows as they are are gone.
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

// verify runs the command and reports whether it should be content.
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

func (p *play) columns(db *sql.DB, table string) []string {
	p.Helper()
	rows, err := db.Query("SELECT * FROM " + table + " WHERE 1 = 0")
	if err != nil {
		p.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		p.Fatal(err)
	}
	return columns
}

// keyOf names the column by which one row of a table is chosen.
var keyOf = map[string]string{
	"files": "id", "records": "id", "referrals": "number", "decisions": "id", "outcomes": "record_id", "lines": "sequence", "runs": "closed_on",
}

// tamper changes one column of one row, looks whether it is found, and puts it back.
func (p *play) tamper(db *sql.DB, table, column string) {
	p.Helper()
	where := fmt.Sprintf("%s = (SELECT max(%[1]s) FROM %s)", keyOf[table], table)
	if table == "lines" {
		where = p.lastLine(db)
	}
	if table == "outcomes" {
		where += " AND last_run = 0"
	}
	if table == "referrals" {
		where += " AND is_latest = 1"
	}
	var old any
	if err := db.QueryRow(fmt.Sprintf("SELECT %s FROM %s WHERE %s", column, table, where)).Scan(&old); err != nil {
		p.Fatalf("%s.%s: %v", table, column, err)
	}
	changed := other(old)
	p.change(db, table, column, where, changed)
	p.Run(table+"."+column, func(t *testing.T) { p.on(t).verify(false) })
	conditions := strings.Split(where, " AND ")
	for i, condition := range conditions {
		if strings.HasPrefix(condition, column+" = ") {
			conditions[i] = column + " = " + literal(changed)
		}
	}
	p.change(db, table, column, strings.Join(conditions, " AND "), old)
}

// lastLine chooses the last final line, whose number plus one no other line has.
func (p *play) lastLine(db *sql.DB) string {
	p.Helper()
	var period, sequence int64
	if err := db.QueryRow("SELECT period, sequence FROM lines ORDER BY period DESC, sequence DESC LIMIT 1").Scan(&period, &sequence); err != nil {
		p.Fatal(err)
	}
	return fmt.Sprintf("sequence = %d AND period = %d", sequence, period)
}

func (p *play) change(db *sql.DB, table, column, where string, value any) {
	p.Helper()
	statement := fmt.Sprintf("UPDATE %s SET %s = %s WHERE %s", table, column, literal(value), where)
	if _, err := db.Exec(statement); err != nil {
		p.Fatalf("%s: %v", statement, err)
	}
}

// inAndOut runs a statement in a transaction of its own on a copy of the database, and looks whether it is found.
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

// other returns another value of the same kind.
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
	case []byte:
		return "'" + string(v) + "'"
	case string:
		return "'" + v + "'"
	}
	return fmt.Sprint(value)
}
