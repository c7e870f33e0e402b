package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/jmoiron/sqlx"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/database"
	"github.com/pxq-nl/pxq/billing/ledger/ledgertest/server"
)

// recorder records the statements that are run.
type recorder struct {
	database.Queryer
	asked *[]string
}

func (r recorder) note(statement string) {
	if !slices.Contains(*r.asked, statement) {
		*r.asked = append(*r.asked, statement)
	}
}

func (r recorder) QueryxContext(ctx context.Context, statement string, values ...any) (*sqlx.Rows, error) {
	r.note(statement)
	return r.Queryer.QueryxContext(ctx, statement, values...)
}

func (r recorder) SelectContext(ctx context.Context, into any, statement string, values ...any) error {
	r.note(statement)
	return r.Queryer.SelectContext(ctx, into, statement, values...)
}

func (r recorder) GetContext(ctx context.Context, into any, statement string, values ...any) error {
	r.note(statement)
	return r.Queryer.GetContext(ctx, into, statement, values...)
}

func (r recorder) PrepareContext(ctx context.Context, statement string) (*sql.Stmt, error) {
	if !strings.HasPrefix(statement, "INSERT") {
		r.note(statement)
	}
	return r.Queryer.PrepareContext(ctx, statement)
}

// statementsPerRowAndCommand returns the statements that are run for every row, client or command: only rare operations,
// verify and an export of all records, may read a whole table.
func statementsPerRowAndCommand(t *testing.T) []string {
	t.Helper()
	store, ctx := openInternal(t), t.Context()
	var asked []string
	run, key, period := Run{ID: 3, Period: 24_312}, billing.RecordKey{Provider: "30000001", KnownAs: "R1"}, billing.PeriodOf(2026, 1)
	before, since := Run{ID: 2, Period: 24_312}, Since{Closed: 1, LastFile: 1, Period: period}
	nothing := func(*JudgedRow) error { return nil }
	done := func() error { return nil }
	err := store.Write(ctx, func(tx *Tx) error {
		tx.db.From = recorder{tx.db.From, &asked}
		clients := map[string]bool{"999900006": true, "999900018": true}
		steps := []func() error{
			func() error { _, err := tx.AddRun(ctx, before); return err },
			func() error { _, err := tx.AddRun(ctx, before); return err }, // the second, which began after the close
			func() error { return tx.MarkClients(ctx, clients) },
			func() error { return tx.MarkRows(ctx, map[string]AffectedCare{"999900006": {Day: 20_000}}) },
			func() error {
				return tx.CareDatesOf(ctx, []RowRef{{1, "999900006"}}, func(string, billing.Date, bool) {})
			},
			func() error { _, err := tx.LackRoom(ctx, []string{"999900006"}); return err },
			func() error { return tx.AddStray(ctx, "1", "999900006") },
			func() error { return tx.markStrays(ctx, []string{"1"}) },
			func() error { _, err := tx.ChangedClients(ctx); return err },
			func() error { _, err := tx.CountClients(ctx, Unfinished); return err },
			func() error { _, err := tx.CountClients(ctx, Changed); return err },
			func() error { return readClients(ctx, tx, Unfinished) },
			func() error { return readClients(ctx, tx, Changed) },
			func() error { _, err := tx.ClientOf(ctx, "999900006"); return err },
			func() error {
				outcomes := tx.OutcomeWriter(3)
				return outcomes.Put(ctx, "999900006", 1, Outcome{Codes: "T02"}, true, Outcome{})
			},
			func() error {
				return tx.LineWriter(3).Put(ctx, []OpenLine{{DeclaredLine: billing.DeclaredLine{Kind: billing.Regular}}}, nil)
			},
			func() error { return tx.Judged(ctx, []JudgedClient{{BSN: "999900006", MayChange: true}}) },
			func() error { return tx.ForgetSignals(ctx, period, []string{"999900006"}) },
			func() error { _, _, err := tx.Unaccounted(ctx, 1, 2); return err },
			func() error { _, err := tx.CountsAgree(ctx, 1, 0, 2, 0); return err },
			func() error { _, err := tx.FirstCareMonth(ctx, period); return err },
			func() error { _, err := tx.SpendingsNow(ctx, period, period, []billing.Period{period}); return err },
			func() error { _, err := tx.Spendings(ctx, run, period, []billing.Period{period}); return err },
			func() error { _, err := tx.LineTotals(ctx, run); return err },
			func() error { _, _, err := tx.DeclaredTotal(ctx, run); return err },
			func() error { _, err := tx.PayeesOf(ctx, period); return err },
			func() error { _, err := tx.ReadAgainAfter(ctx, 1, run); return err },
			func() error { _, err := tx.ReceivedAfter(ctx, 1, run); return err },
			func() error { _, err := tx.FilesSince(ctx, since, run); return err },
			func() error { _, err := tx.ReceivedSince(ctx, since, run, run); return err },
			func() error { _, err := tx.AgainAfter(ctx, 1); return err },
			func() error { _, err := tx.Signals(ctx, period); return err },
			func() error { _, err := tx.HalvesOfClients(ctx); return err },
			func() error { return tx.EachReportRow(ctx, run, since, Clients{}, nil, nothing, done) },
			func() error {
				return tx.EachReportRow(ctx, run, since, Clients{}, &Some{Providers: []string{"30000001"}}, nothing, done)
			},
			func() error {
				return tx.EachReportRow(ctx, run, since, Clients{}, &Some{Providers: []string{"30000001"}, Quiet: true}, nothing, done)
			},
			func() error { _, err := tx.ClientsAmong(ctx, []string{"999900018", "999900006"}); return err },
			func() error {
				return tx.EachReportRow(ctx, run, since, Clients{From: "999900006", Before: "999900018"}, nil, nothing, done)
			},
			func() error { _, err := tx.RowTotals(ctx, run, since, period); return err },
			func() error { _, err := tx.TakenBackAfter(ctx, 1); return err },
			func() error { return tx.CountHeld(ctx, NewRowCounter(since, period), run) },
			func() error { return tx.TakeOffTakenBack(ctx, NewRowCounter(since, period), before) },
			func() error {
				_, err := tx.AtClose(ctx, since, []RowRef{{1, "999900006"}, {2, "999900018"}})
				return err
			},
			func() error { _, err := tx.RowsOf(ctx, run, key); return err },
			func() error { _, err := tx.RowsOfClient(ctx, run, "999900006"); return err },
			func() error { _, err := tx.FilesByID(ctx, []int64{1, 2}); return err },
			func() error { _, err := tx.DecisionsOn(ctx, []billing.RecordKey{key, key}); return err },
			func() error { _, err := tx.DecisionsOf(ctx, key); return err },
			func() error { _, err := tx.SharedWith(ctx, 1); return err },
			func() error { return tx.MarkUsedReferences(ctx, 1) },
			func() error { _, err := tx.ProvidersOf(ctx, "R1"); return err },
			func() error {
				return tx.LinesOf(ctx, billing.LineKey{}, func(*billing.DeclaredLine) error { return nil })
			},
			func() error { _, _, err := tx.LineAt(ctx, run, 3); return err },
			func() error { _, _, err := tx.LineAt(ctx, Run{ID: 1, ClosedOn: 1}, 3); return err },
			func() error { _, err := tx.HeldSince(ctx, run); return err },
			func() error { return tx.EachReferralUse(ctx, run, []string{"1"}, period, func(*ReferralUse) {}) },
			func() error { _, err := tx.HeldTotals(ctx, run, period, period.Add(11)); return err },
			func() error { _, err := tx.WaitingClients(ctx, period, period.Add(11)); return err },
			func() error { _, err := tx.Changes(ctx, before, run, nil); return err },
			func() error {
				return tx.LookAt(ctx, &billing.Changes{}, before, run, Look{[]string{"999900006", "999900018"}, period, period})
			},
			func() error {
				return tx.EachLineOf(ctx, run, []string{"999900006"}, func(*billing.DeclaredLine) error { return nil })
			},
			func() error { return tx.EachChangedRow(ctx, 1, 3, func(*ChangedRow) error { return nil }) },
			func() error {
				return tx.EachChangedLine(ctx, before, run, func(*billing.DeclaredLine, bool) error { return nil })
			},
			func() error { _, err := tx.CorrectedClients(ctx, run); return err },
			func() error { _, err := tx.ReferralsChangedSince(ctx, 1); return err },
			func() error { _, err := tx.RemainingRows(ctx); return err },
			func() error { return tx.NoteDeclaredOn(ctx, run, (&billing.Book{}).Index()) },
			func() error { _, err := tx.NamedByReferrals(ctx); return err },
			func() error {
				return tx.EachReferralNaming(ctx, []Named{{"Goirle", "45A05"}}, func(*billing.Referral) error { return nil })
			},
			func() error { _, err := tx.ClosedTotals(ctx, period); return err },
			func() error { _, err := tx.LatestReferrals(ctx, []string{"1"}); return err },
			func() error { _, err := tx.History(ctx, []billing.RecordKey{key}); return err },
			func() error { _, err := tx.ReferencesOfFile(ctx, 1, "30000001", 10); return err },
			func() error { _, err := tx.LeftOutOf(ctx, "30000001"); return err },
			func() error { _, err := tx.LeftOutSince(ctx, 1, 2); return err },
			func() error {
				_, err := tx.Close(ctx, run, 1, ChainStart, (&billing.Book{}).Index(), billing.DefaultPolicy())
				return err
			},
		}
		for i, step := range steps {
			if err := step(); err != nil {
				return fmt.Errorf("step %d: %w", i, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	where, _ := decisionsOn([]billing.RecordKey{key}) // only run if there are decisions
	return append(asked, "SELECT d.bsn FROM decisions d WHERE "+where)
}

func readClients(ctx context.Context, tx *Tx, choice Choice) error {
	reader, err := tx.ClientReader(ctx, choice)
	for found := []*StoredClient{nil}; err == nil && len(found) > 0; {
		found, err = reader.Next(ctx)
	}
	return err
}

// A table that grows with history may be scanned only by an index that holds just what is wanted.
var (
	whole   = regexp.MustCompile(`SCAN (?:\d+ )?(\w+)( USING (?:COVERING )?INDEX (\w+))?`)
	partial = []string{"outcomes_waiting", "clients_to_judge", "records_taken_back", "records_settled", "lines_open"}
	// Tables that get only one row per run or file, or hold what was looked for.
	small = []string{"f", "files", "runs", "meta", "found", "w", "CONSTANT"}
)

// TestSQLitePlans checks that no statement for a row or a command reads a whole table that grows with history.
func TestSQLitePlans(t *testing.T) {
	made := openInternal(t)
	if err := made.Close(); err != nil { // the creator of a database may plan differently from one who opens it
		t.Fatal(err)
	}
	store := openKept(t, made.Address())
	statements := statementsPerRowAndCommand(t)
	if len(statements) < 50 {
		t.Errorf("only %d statements were looked at", len(statements))
	}
	for _, statement := range statements {
		var plan []struct {
			ID     int    `db:"id"`
			Parent int    `db:"parent"`
			Unused int    `db:"notused"`
			Detail string `db:"detail"`
		}
		if err := store.db.List(t.Context(), &plan, "EXPLAIN QUERY PLAN "+statement, make([]any, strings.Count(statement, "?"))...); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
		made := append([]string{}, small...) // tables that the statement itself creates
		for _, step := range plan {
			if strings.HasPrefix(statement, "UPDATE lines ") && strings.Contains(statement, "bsn = ?") && !strings.Contains(step.Detail, "lines_client") {
				t.Errorf("%s\ngoes through the lines of a period for one of a client: %s", statement, step.Detail)
			}
			if byClient.MatchString(step.Detail) && strings.Contains(statement, "c.rest_to") {
				t.Errorf("%s\ngoes through all rows of a client: %s", statement, step.Detail)
			}
			if strings.Contains(statement, waiting) && strings.Contains(step.Detail, "outcomes_notable") {
				t.Errorf("%s\ngoes through all that is notable for what waits: %s", statement, step.Detail)
			}
			if byClients.MatchString(step.Detail) {
				t.Errorf("%s\ngoes through all outcomes of many clients: %s", statement, step.Detail)
			}
			for _, making := range []string{"CO-ROUTINE ", "MATERIALIZE "} {
				if name, ok := strings.CutPrefix(step.Detail, making); ok {
					made = append(made, name)
				}
			}
			if strings.Contains(statement, " JOIN runs c ") {
				made = append(made, "c")
			}
			read := whole.FindStringSubmatch(step.Detail)
			if read == nil || slices.Contains(made, read[1]) || slices.Contains(partial, read[3]) || strings.Contains(statement, "LIMIT 1) AS found") {
				continue
			}
			t.Errorf("%s\nreads a table whole: %s\nof %v", statement, step.Detail, plan)
		}
	}
}

// Looking up whether a reference was used before takes no longer if its provider has more records.
func TestReferencesAreFoundByIndex(t *testing.T) {
	var plan []struct {
		ID     int    `db:"id"`
		Parent int    `db:"parent"`
		Unused int    `db:"notused"`
		Detail string `db:"detail"`
	}
	if err := openInternal(t).db.List(t.Context(), &plan, "EXPLAIN QUERY PLAN UPDATE records SET ambiguous = "+referenceUsed+" WHERE file_id = ?", 1); err != nil {
		t.Fatal(err)
	}
	if steps := fmt.Sprint(plan); !strings.Contains(steps, "(provider=? AND known_as=?)") {
		t.Error(steps)
	}
}

// byClient is a plan step that looks up the rows of a client, including those at rest.
var byClient = regexp.MustCompile(`SEARCH r USING PRIMARY KEY \(bsn=\?\)`)

// byClients is a plan step that scans all outcomes of a range of clients.
var byClients = regexp.MustCompile(`SEARCH (outcomes|o) USING PRIMARY KEY \(bsn[<>]\?( AND bsn[<>]\?)?\)`)

var sequential = regexp.MustCompile(`Seq Scan on (records|outcomes|lines|referrals|decisions|again|clients|signals)\b`)

// TestPostgresDoesNotCompile checks that queries are not compiled: pxq's are many and short.
func TestPostgresDoesNotCompile(t *testing.T) {
	opened, err := Open(t.Context(), server.Schema(t), Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { opened.Close() })
	for _, of := range []func(context.Context, func(*Tx) error) error{opened.Write, opened.Read} {
		err := of(t.Context(), func(tx *Tx) error {
			var jit []string
			err := tx.db.List(t.Context(), &jit, "SELECT coalesce(current_setting('jit', true), 'off')")
			if len(jit) != 1 || jit[0] != "off" {
				t.Errorf("jit is %q", jit)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
}

// TestPostgresPlans checks the same on PostgreSQL, which when told to avoid whole reads does so only if no index serves.
func TestPostgresPlans(t *testing.T) {
	address, ctx := server.Schema(t), t.Context()
	opened, err := Open(ctx, address, Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { opened.Close() })
	statements := statementsPerRowAndCommand(t)
	err = opened.Write(ctx, func(tx *Tx) error { // in which settings and prepared statements hold
		for _, setting := range []string{"enable_seqscan = off", "plan_cache_mode = force_generic_plan"} {
			if err := tx.db.ExecOnce(ctx, "SET LOCAL "+setting); err != nil {
				return err
			}
		}
		for i, statement := range statements {
			name := fmt.Sprintf("plan_%d", i)
			if err := tx.db.ExecOnce(ctx, "PREPARE "+name+" AS "+statement); err != nil {
				return fmt.Errorf("%s: %w", statement, err)
			}
			execute := "EXECUTE " + name
			if count := strings.Count(statement, "?"); count > 0 {
				execute += "(" + strings.TrimSuffix(strings.Repeat("NULL,", count), ",") + ")"
			}
			var plan []string
			if err := tx.db.List(ctx, &plan, "EXPLAIN "+execute); err != nil {
				return fmt.Errorf("%s: %w", statement, err)
			}
			if read := sequential.FindString(strings.Join(plan, "\n")); read != "" {
				t.Errorf("%s\nreads a table whole: %s\n%s", statement, read, strings.Join(plan, "\n"))
			}
			if err := tx.db.ExecOnce(ctx, "DEALLOCATE "+name); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
