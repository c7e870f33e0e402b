package report

import (
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/rules"
)

// Sums that differ only in whether their rows came in before the last close are kept in one order, so that verify,
// which makes the summary anew, finds the same text.
func TestKeptRowsAlwaysStandInOneOrder(t *testing.T) {
	rows := []ledger.RowTotal{
		{Provider: "01000001", Outcome: billing.Replaced, Rows: 2},
		{Provider: "01000001", Outcome: billing.Replaced, Rows: 1, Earlier: true},
		{Provider: "20000002", Outcome: billing.Replaced, Rows: 1, Earlier: true},
		{Provider: "20000002", Outcome: billing.Replaced, Rows: 1},
		{Provider: "30000003", Outcome: billing.Accepted, Rows: 3, Earlier: true},
		{Provider: "30000003", Outcome: billing.Accepted, Rows: 3},
	}
	want := ""
	for range 50 { // sums are gathered in a map, in another order each time
		kept := &Kept{}
		if err := kept.addRows(rows, rules.Catalogue()); err != nil {
			t.Fatal(err)
		}
		text, err := keptBody(kept)
		if err != nil {
			t.Fatal(err)
		}
		if want == "" {
			want = text
		}
		if text != want {
			t.Fatalf("kept\n%s\nand then\n%s", want, text)
		}
	}
}

// What an earlier version kept in another order is no tampering; another number is.
func TestKeptOfAnEarlierOrderAgrees(t *testing.T) {
	sums := func(first, second int, earlier bool) *Kept {
		return &Kept{Rows: []RowSum{
			{Provider: "01000001", Outcome: billing.Replaced, Earlier: earlier, Sum: Sum{Count: first}},
			{Provider: "01000001", Outcome: billing.Replaced, Earlier: !earlier, Sum: Sum{Count: second}},
		}}
	}
	text := func(kept *Kept) string {
		body, err := keptBody(kept)
		if err != nil {
			t.Fatal(err)
		}
		return body
	}
	ordered := func(body string) string {
		again, err := inOrder(body)
		if err != nil {
			t.Fatal(err)
		}
		return again
	}
	now := text(sums(1, 1, false))
	if got := ordered(text(sums(1, 1, true))); got != now {
		t.Errorf("the other order became %s, want %s", got, now)
	}
	if got := ordered(text(sums(1, 2, true))); got == now {
		t.Errorf("another count became %s too", got)
	}
	if got := ordered("{"); got != "" {
		t.Errorf("a damaged text became %q", got)
	}
}
