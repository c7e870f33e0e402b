package report

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/rules"
)

// Sums that differ only in whether their rows came in before the last close are stored in a fixed order, so that verify,
// which recomputes the summary, finds the same text.
func TestRowSumsAlwaysStandInOneOrder(t *testing.T) {
	rows := []ledger.RowTotal{
		{RowsAlike: ledger.RowsAlike{Provider: "01000001", Outcome: billing.Replaced}, Rows: 2},
		{RowsAlike: ledger.RowsAlike{Provider: "01000001", Outcome: billing.Replaced, Earlier: true}, Rows: 1},
		{RowsAlike: ledger.RowsAlike{Provider: "20000002", Outcome: billing.Replaced, Earlier: true}, Rows: 1},
		{RowsAlike: ledger.RowsAlike{Provider: "20000002", Outcome: billing.Replaced}, Rows: 1},
		{RowsAlike: ledger.RowsAlike{Provider: "30000003", Outcome: billing.Accepted, Earlier: true}, Rows: 3},
		{RowsAlike: ledger.RowsAlike{Provider: "30000003", Outcome: billing.Accepted}, Rows: 3},
	}
	want := ""
	for range 50 {
		kept := &PageSummary{}
		rand.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		if err := kept.addRows(ledger.RowTotals{Rows: rows}, rules.Catalogue()); err != nil {
			t.Fatal(err)
		}
		text, err := summaryText(kept)
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

// Adding the changes since a run to its stored totals gives the totals of the current rows.
func TestPageSummaryFollowsWhatChanged(t *testing.T) {
	held := ledger.RowsAlike{Provider: "01000001", Outcome: billing.Held, Codes: "L01 T02"}
	accepted := ledger.RowsAlike{Provider: "01000001", Outcome: billing.Accepted}
	var step, whole PageSummary
	for _, part := range []struct {
		row  ledger.RowTotal
		kept *PageSummary
	}{{ledger.RowTotal{RowsAlike: held, Rows: 2, Amount: 1200}, &step}, {ledger.RowTotal{RowsAlike: held, Rows: -2, Amount: -1200}, &step},
		{ledger.RowTotal{RowsAlike: accepted, Rows: 3, Amount: 1500}, &step}, {ledger.RowTotal{RowsAlike: accepted, Rows: 3, Amount: 1500}, &whole}} {
		if err := part.kept.addRows(ledger.RowTotals{Rows: []ledger.RowTotal{part.row}}, rules.Catalogue()); err != nil {
			t.Fatal(err)
		}
	}
	line := ledger.LineTotal{Period: 24_312, Provider: "01000001", Unit: billing.Time, Kind: billing.Regular, CareMonth: 24_312, Lines: 1, Quantity: 60, Amount: 100}
	gone := line
	gone.Lines, gone.Quantity, gone.Amount = -1, -60, -100
	step.addLines([]ledger.LineTotal{line})
	step.addLines([]ledger.LineTotal{gone})
	if !reflect.DeepEqual(step, whole) {
		t.Errorf("kept %+v, all rows come to %+v", step, whole)
	}
}

// A summary that an earlier version stored in another order, without reasons, counting a provider as having sent a file that pxq
// read again by itself, or with ceilings by the newest rows of the book, agrees; one with another number, with another provider
// that sent nothing, or with other ceilings of the care dates, does not.
func TestPageSummaryOfAnEarlierVersionAgrees(t *testing.T) {
	one, other := []Reason{{Code: billing.L01, Sum: Sum{Count: 1}}}, []Reason{{Code: billing.L01, Sum: Sum{Count: 2}}}
	sums := func(first, second int, earlier bool, reasons []Reason) *PageSummary {
		return &PageSummary{Reasons: reasons, Rows: []RowSum{
			{Provider: "01000001", Outcome: billing.Replaced, Earlier: earlier, Sum: Sum{Count: first}},
			{Provider: "01000001", Outcome: billing.Replaced, Earlier: !earlier, Sum: Sum{Count: second}},
		}, Missing: []string{"01000001"}}
	}
	text := func(kept *PageSummary) string {
		body, err := summaryText(kept)
		if err != nil {
			t.Fatal(err)
		}
		return body
	}
	silent := func(missing, unsent []string) *PageSummary {
		kept := sums(1, 1, false, one)
		kept.Missing, kept.Unsent = missing, unsent
		return kept
	}
	ceilings := func(declared billing.Money, onDay bool) *PageSummary {
		kept := silent([]string{"01000001", "20000002"}, []string{"20000002"})
		kept.Ceilings, kept.OnDay = []billing.Ceiling{{Provider: "01000001", Declared: declared}}, onDay
		return kept
	}
	made := func() *PageSummary { return ceilings(100, true) }
	for name, test := range map[string]struct {
		kept   string
		agrees bool
	}{
		"the same":            {text(made()), true},
		"another order":       {text(sums(1, 1, true, one)), true},
		"without reasons":     {text(sums(1, 1, true, nil)), true},
		"another count":       {text(sums(1, 2, true, nil)), false},
		"other reasons":       {text(sums(1, 1, false, other)), false},
		"no reasons any more": {text(sums(1, 1, false, []Reason{})), false},
		"a damaged text":      {"{", false},
		"whoever was read":    {text(silent([]string{"01000001"}, nil)), true},
		"another who is":      {text(silent([]string{"20000002"}, nil)), false},
		"other ceilings then": {text(ceilings(90, false)), true},
		"other ceilings now":  {text(ceilings(90, true)), false},
		"and known as read":   {text(silent([]string{"01000001"}, []string{"20000002"})), false},
	} {
		if agrees, err := agreesWithEarlier(made(), test.kept); err != nil || agrees != test.agrees {
			t.Errorf("%s: agrees %v, %v", name, agrees, err)
		}
	}
}

// Only negative amounts that payments leave for the next period count as balances.
func TestBalancesThatGoOn(t *testing.T) {
	kept := &PageSummary{Payments: []Payment{{Net: 500, ToPay: 500}, {Net: -300}, {Net: 200, CarriedOver: -250}, {Net: 250, CarriedOver: -250}}}
	if got, want := kept.Balances(), (Sum{2, -350}); got != want {
		t.Errorf("balances %+v, want %+v", got, want)
	}
}
