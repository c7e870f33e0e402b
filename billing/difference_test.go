package billing_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
)

// declared formats a declaration for comparison.
func declared(lines []billing.DeclaredLine) string {
	var all []string
	for _, line := range lines {
		text := fmt.Sprintf("%s %s %s × %s = %s", line.Kind, line.CareMonth, line.Quantity.Format(line.Unit), line.Price, line.Amount)
		if line.Original != "" {
			text += " of " + line.Original
		}
		all = append(all, text)
	}
	return strings.Join(all, "; ")
}

// What the second period declares after an hour of BEG in January was declared, whatever changed meanwhile.
func TestDifference(t *testing.T) {
	const credited = "credit 2026-01 1.0000 × 91.23 = -91.23 of 2026-01/1"
	tests := []struct {
		name   string
		change func(*billing.Judge, *billing.Client)
		want   string
	}{
		{"the same", func(*billing.Judge, *billing.Client) {}, ""},
		{"care of the period", func(_ *billing.Judge, c *billing.Client) { add(c, "BEG", "2026-02-10", hours(1)) }, "regular 2026-02 1.0000 × 93.45 = 93.45"},
		{"late care under a key that was never declared", func(_ *billing.Judge, c *billing.Client) { add(c, "DAG", "2026-01-10", 100) }, "late 2026-01 1.00 × 90.00 = 90.00"},
		{"late care that joins a line", func(_ *billing.Judge, c *billing.Client) { add(c, "BEG", "2026-01-11", minutes(20)) },
			credited + "; correction 2026-01 1.3333 × 91.23 = 121.64"},
		{"late care at another price, beside the line", func(_ *billing.Judge, c *billing.Client) { add(c, "BEG", "2026-01-20", hours(1)) },
			"correction 2026-01 1.0000 × 93.45 = 93.45"},
		{"withdrawn", func(_ *billing.Judge, c *billing.Client) { c.Records = nil }, credited},
		{"replaced by as much", func(_ *billing.Judge, c *billing.Client) {
			c.Records = nil
			add(c, "BEG", "2026-01-12", hours(1)).Version = 2
		}, ""},
		{"a price changed with retroactive effect", func(judge *billing.Judge, _ *billing.Client) { judge.Book.Prices[0].Price = 9500 },
			credited + "; correction 2026-01 1.0000 × 95.00 = 95.00"},
		{"the referral moved", func(_ *billing.Judge, c *billing.Client) { c.Referrals[0].Municipality = "Goirle" },
			"late 2026-01 1.0000 × 91.23 = 91.23; " + credited},
		{"the referral was withdrawn", func(_ *billing.Judge, c *billing.Client) { c.Referrals[0].Status = billing.StatusWithdrawn }, credited},
		{"the month is frozen", func(judge *billing.Judge, c *billing.Client) {
			judge.Policy.RecalculateFrom = month("2026-02")
			c.Records = nil
			add(c, "BEG", "2026-01-11", hours(5))
			add(c, "BEG", "2026-02-11", hours(1))
		}, "regular 2026-02 1.0000 × 93.45 = 93.45"},
		{"the month is the first that is not frozen", func(judge *billing.Judge, c *billing.Client) {
			judge.Policy.RecalculateFrom = month("2026-01")
			c.Records = nil
		}, credited},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			judge, c := newJudge("2026-01"), newClient()
			add(c, "BEG", "2026-01-10", hours(1))
			first := judge.Judge(c)
			if got, want := declared(first.Declaration), "regular 2026-01 1.0000 × 91.23 = 91.23"; got != want {
				t.Fatalf("first: got %s, want %s", got, want)
			}
			declare(judge, c, first)
			judge = newJudge("2026-02")
			test.change(judge, c)
			second := judge.Judge(c)
			if got := declared(second.Declaration); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			if err := judge.Balanced(second, c.Ledger); err != nil {
				t.Error(err)
			}
		})
	}
}

// A key that was declared and credited comes back as a correction, and a later credit names that line.
func TestDeclaredAgain(t *testing.T) {
	judge, c := newJudge("2026-01"), newClient()
	r := add(c, "BEG", "2026-01-10", hours(1))
	for i, want := range []string{
		"regular 2026-01 1.0000 × 91.23 = 91.23",
		"credit 2026-01 1.0000 × 91.23 = -91.23 of 2026-01/1",
		"",
		"correction 2026-01 1.0000 × 91.23 = 91.23",
		"credit 2026-01 1.0000 × 91.23 = -91.23 of 2026-04/3",
	} {
		c.Records = nil
		if i == 0 || i == 3 {
			c.Records = []*billing.Record{r}
		}
		judgement := judge.Judge(c)
		if got := declared(judgement.Declaration); got != want {
			t.Errorf("period %s: got %q, want %q", judge.Period, got, want)
		}
		declare(judge, c, judgement)
		judge.Period++
	}
	if balance := billing.Balance(c.Ledger); len(balance) != 0 {
		t.Errorf("balance %s", declared(balance))
	}
}

// A credit is its original with a negative amount.
func TestCredit(t *testing.T) {
	judge, c := newJudge("2026-01"), newClient()
	add(c, "BEG", "2026-01-10", hours(1))
	add(c, "BEG", "2026-01-11", minutes(7))
	declare(judge, c, judge.Judge(c))
	c.Records = nil
	judge.Period++
	credit, original := judge.Judge(c).Declaration[0], c.Ledger[0]
	if credit.Amount+original.Amount != 0 || credit.Price != original.Price || credit.Quantity != original.Quantity || credit.LineKey != original.LineKey ||
		credit.Records != 2 || credit.Original != original.Number || credit.Number != "" || credit.Period != judge.Period {
		t.Errorf("%+v takes back %+v", credit, original)
	}
}

func TestBalanceAndBalanced(t *testing.T) {
	line := func(number string, kind billing.LineKind, amount billing.Money, original string) billing.DeclaredLine {
		return billing.DeclaredLine{Line: billing.Line{Amount: amount, LineKey: billing.LineKey{CareMonth: month("2026-01")}}, Kind: kind, Number: number, Original: original}
	}
	ledger := []billing.DeclaredLine{
		line("1", billing.Regular, 100, ""), line("2", billing.Regular, 200, ""), line("3", billing.Credit, -100, "1"), line("4", billing.Correction, 150, ""),
	}
	balance := billing.Balance(ledger)
	if len(balance) != 2 || balance[0].Number != "2" || balance[1].Number != "4" {
		t.Errorf("balance %+v", balance)
	}
	judge := newJudge("2026-02")
	judgement := &billing.Judgement{Target: []billing.Line{balance[0].Line, balance[1].Line}}
	if err := judge.Balanced(judgement, ledger); err != nil {
		t.Error(err)
	}
	judgement.Target = judgement.Target[:1]
	if judge.Balanced(judgement, ledger) == nil {
		t.Error("a line that is missing from the target is balanced")
	}
	judge.Policy.RecalculateFrom = month("2026-02")
	judgement.Target = nil
	if err := judge.Balanced(judgement, ledger); err != nil {
		t.Errorf("a frozen month: %v", err)
	}
}
