package report

import (
	"fmt"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// The bound on rejected records goes by what a provider sent since the last close and did not take back. Records without readable
// provider are nobody's, but count in the month.
func TestRejections(t *testing.T) {
	rows := func(provider string, outcome billing.Outcome, count int) ledger.RowTotal {
		return ledger.RowTotal{RowsAlike: ledger.RowsAlike{Provider: provider, Outcome: outcome}, Rows: count}
	}
	earlier, takenBack := rows("1", billing.Rejected, 900), rows("1", billing.Rejected, 900)
	earlier.Earlier, takenBack.TakenBack = true, true
	for _, test := range []struct {
		name string
		rows []ledger.RowTotal
		want string
	}{
		{"just not too many", []ledger.RowTotal{rows("1", billing.Accepted, 160), rows("1", billing.Rejected, 40)}, "200:"},
		{"all outcomes count together", []ledger.RowTotal{rows("1", billing.Held, 159), rows("1", billing.Rejected, 41)}, "200: 1 205"},
		{"of an earlier month", []ledger.RowTotal{rows("1", billing.Accepted, 200), earlier}, "200:"},
		{"earlier rows do not make up for it", []ledger.RowTotal{rows("1", billing.Rejected, 199), earlier}, "199:"},
		{"taken back", []ledger.RowTotal{rows("1", billing.Accepted, 200), takenBack}, "200:"},
		{"of nobody", []ledger.RowTotal{rows("", billing.Rejected, 300)}, "300:"},
		{"by provider", []ledger.RowTotal{rows("3", billing.Rejected, 200), rows("1", billing.Rejected, 300), rows("2", billing.Accepted, 900), rows("2", billing.Rejected, 100)},
			"1500: 1 1000 3 1000"},
	} {
		records, broken := rejections(billing.Policy{MaxRejected: 20}, test.rows)
		got := fmt.Sprintf("%d:", records)
		for _, b := range broken {
			got += fmt.Sprintf(" %s %d", b.Provider, b.Found)
		}
		if got != test.want {
			t.Errorf("%s: got %s, want %s", test.name, got, test.want)
		}
	}
}
