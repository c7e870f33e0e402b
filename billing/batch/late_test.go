package batch_test

import (
	"slices"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
)

// TestLateCareIsNotWrittenAnew checks that late care that stays held is not written again every month, though the text of
// T02 names the month of each run.
func TestLateCareIsNotWrittenAnew(t *testing.T) {
	ledgertest.EachStore(t, func(t *testing.T, open func(testing.TB) *ledger.Store) {
		k := newKit(t, open(t))
		k.permit(1)
		k.tell("2026-11-05> a: R1=13") // more than 12 hours on a day is L01
		var first int64
		var runs []ledger.Run
		for _, period := range []string{"2026-11", "2026-12", "2027-01"} {
			runs = append(runs, k.run(period, "2027-01-10").Run)
		}
		for _, run := range runs {
			err := k.batch.Store.Read(t.Context(), func(tx *ledger.Tx) error {
				rows, err := tx.RowsOf(t.Context(), run, billing.RecordKeyOf(providerA, "R1"))
				if err != nil || len(rows) != 1 {
					t.Fatalf("%d rows, %v", len(rows), err)
				}
				row := rows[0]
				if first == 0 {
					first = row.FirstRun
				}
				at := slices.IndexFunc(row.FoundFindings, func(f billing.Finding) bool { return f.Code == billing.T02 })
				if row.Outcome.Outcome != billing.Held || row.FirstRun != first || at < 0 {
					t.Fatalf("%s: %s since run %d, not %d: %v", run.Month(), row.Outcome.Outcome, row.FirstRun, first, row.FoundFindings)
				}
				if values := row.FoundFindings[at].Values; !slices.Equal(values, []string{"2026-10", run.Month().String()}) {
					t.Errorf("%s: T02 says %q", run.Month(), values)
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	})
}
