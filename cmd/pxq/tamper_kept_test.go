package main

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
)

// The data that runs store for the pages is verified by computing it again, not only by its digest. A summary, a hold or a
// returned row that does not follow from the rows is found even when all checksums agree, and a close is refused.
func TestTamperingWithWhatPagesRead(t *testing.T) {
	if testing.Short() {
		t.Skip("no two goroutines of it meet")
	}
	ledgertest.EachKind(t, func(t *testing.T, fresh func() string) {
		play := playSample(t, fresh())
		store := ledgertest.Open(play, play.database)
		closed, err := store.ClosedRuns(t.Context())
		if err != nil || len(closed) == 0 {
			t.Fatal(len(closed), err)
		}
		next := play.nextMonth("2026-03", "2026-04-06")
		play.verify(true)
		write := func(work func(context.Context, *ledger.Tx) error) {
			t.Helper()
			if err := store.Write(t.Context(), func(tx *ledger.Tx) error { return work(t.Context(), tx) }); err != nil {
				t.Fatal(err)
			}
		}
		for _, run := range closed[:1] {
			body, told := "", "De samenvatting van "+run.Month().String()
			write(func(ctx context.Context, tx *ledger.Tx) (err error) {
				body, err = tx.SummaryOf(ctx, run.ID)
				return err
			})
			for from, to := range map[string]string{`"Read":`: `"Read":1`, `"Amount":`: `"Amount":1`, `"Accepted":`: `"Accepted":2`} {
				if !strings.Contains(body, from) {
					t.Fatalf("%s is not in %s", from, body)
				}
				write(func(ctx context.Context, tx *ledger.Tx) error {
					return tx.KeepSummary(ctx, run.ID, strings.Replace(body, from, to, 1))
				})
				if said := play.complaints(); !strings.Contains(said, told) || strings.Contains(said, "Tabel") {
					t.Errorf("%s of %s: %s", from, run.Month(), said)
				}
				next.isRefused(t)
			}
			write(func(ctx context.Context, tx *ledger.Tx) error { return tx.KeepSummary(ctx, run.ID, body) })
			play.verify(true)
		}
		db := play.open()
		for table, column := range map[string]string{"open_holds": "cents", "returned_rows": "municipality"} {
			for _, statement := range []string{"UPDATE " + table + " SET " + column + " = '77'", "DELETE FROM " + table} {
				if result, err := db.Exec(statement); err != nil {
					t.Fatal(err)
				} else if rows, _ := result.RowsAffected(); rows == 0 {
					t.Fatalf("%s has no rows", table)
				}
				if said := play.complaints(); !strings.Contains(said, "Tabel "+table+", waaruit de pagina's lezen") {
					t.Errorf("%s: %s", statement, said)
				}
				next.isRefused(t)
			}
		}
	})
}

// complaints returns the faults that verify reports, in Dutch.
func (p *play) complaints() string {
	p.Helper()
	var out, errOut bytes.Buffer
	run(context.Background(), []string{"verify", "--workspace", p.folder, "--database", p.database, "--lang", "nl"}, &out, &errOut)
	return out.String() + errOut.String()
}
