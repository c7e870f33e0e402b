package billing_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/pxq-nl/pxq/billing"
)

// Over several periods with random changes the ledger and the declaration always come to the target, in every
// month that is not frozen; and a frozen month is never touched.
func TestLedgerAndDeclarationAreTheTarget(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		judge, c := newJudge("2025-12"), drawClient(t)
		for range 5 {
			if judge.Policy.RecalculateFrom == 0 && rapid.IntRange(0, 5).Draw(t, "freeze") == 0 {
				judge.Policy.RecalculateFrom = judge.Period
			}
			judgement := judge.Judge(c)
			if err := judge.Balanced(judgement, c.Ledger); err != nil {
				t.Fatal(err)
			}
			checkKinds(t, judge, judgement, c.Ledger)
			declare(judge, c, judgement)
			checkLedger(t, judge, c.Ledger, judgement.Target)
			if again := judge.Judge(c); len(again.Declaration) != 0 && !freed(judgement) {
				t.Fatalf("what was declared is declared again: %s", declared(again.Declaration))
			}
			judge.Period++
			change(t, judge, c)
			for range rapid.IntRange(0, 3).Draw(t, "new") {
				drawRecord(t, c)
			}
		}
	})
}

// freed reports whether a newer version was held for differing from the standing one (U04), which this run rejected: after
// the close nothing stands any more, and the newer one may be declared.
func freed(judgement *billing.Judgement) bool {
	rejected := make(map[string]bool)
	for i := range judgement.Cases {
		one := &judgement.Cases[i]
		rejected[one.Record.Reference] = rejected[one.Record.Reference] || one.Record.Standing && one.Outcome == billing.Rejected
	}
	return slices.ContainsFunc(judgement.Cases, func(c billing.Case) bool {
		return c.Codes.Has(billing.U04) && rejected[c.Record.Reference]
	})
}

// checkKinds checks that each line has the kind that follows from its key.
func checkKinds(t *rapid.T, judge *billing.Judge, judgement *billing.Judgement, ledger []billing.DeclaredLine) {
	ever := make(map[billing.LineKey]bool)
	for _, line := range ledger {
		ever[line.LineKey] = true
	}
	for _, line := range judgement.Declaration {
		want := billing.Regular
		switch {
		case line.Original != "":
			want = billing.Credit
		case ever[line.LineKey]:
			want = billing.Correction
		case line.CareMonth < judge.Period:
			want = billing.Late
		}
		if line.Kind != want || line.Period != judge.Period || line.CareMonth < judge.Policy.RecalculateFrom || line.CareMonth > judge.Period {
			t.Fatalf("%+v should be %s", line, want)
		}
	}
}

// checkLedger checks that every credit cancels its line, once, and that what is left is the target.
func checkLedger(t *rapid.T, judge *billing.Judge, ledger []billing.DeclaredLine, target []billing.Line) {
	byNumber := make(map[string]billing.DeclaredLine)
	credited := make(map[string]bool)
	var sum, left billing.Money
	for _, line := range ledger {
		byNumber[line.Number] = line
		sum += line.Amount
		if line.Kind != billing.Credit {
			continue
		}
		original := byNumber[line.Original]
		if credited[line.Original] || original.Amount+line.Amount != 0 || original.LineKey != line.LineKey || original.Kind == billing.Credit {
			t.Fatalf("%+v takes back %+v", line, original)
		}
		credited[line.Original] = true
	}
	balance := billing.Balance(ledger)
	var open []billing.Line
	for _, line := range balance {
		left += line.Amount
		if line.CareMonth >= judge.Policy.RecalculateFrom {
			open = append(open, line.Line)
		}
	}
	if sum != left {
		t.Fatalf("the ledger comes to %s, its balance to %s", sum, left)
	}
	got, want := values(open), values(target)
	if !slices.Equal(got, want) {
		t.Fatalf("balance %q, target %q", got, want)
	}
}

// values formats what equal lines have in common, sorted.
func values(lines []billing.Line) []string {
	all := make([]string, len(lines))
	for i, line := range lines {
		all[i] = fmt.Sprint(line.LineKey, line.Price, line.Quantity, line.Amount)
	}
	slices.Sort(all)
	return all
}

// outcome formats everything in a judgement, in its order.
func outcome(judgement *billing.Judgement) string {
	var out strings.Builder
	for i := range judgement.Cases {
		c := &judgement.Cases[i]
		number := ""
		if c.Referral != nil {
			number = c.Referral.Number
		}
		fmt.Fprintln(&out, c.Record.Reference, c.Outcome, c.Findings, number, c.Price)
	}
	for _, signal := range judgement.Signals {
		fmt.Fprintln(&out, signal.Code, signal.Referral.Number, signal.Values)
	}
	fmt.Fprintln(&out, judgement.Target)
	fmt.Fprintln(&out, judgement.Declaration)
	return out.String()
}

// The order of the records and referrals of a client does not matter: what decides is in the records.
func TestOrderOfRecordsDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		judge, c := newJudge("2026-01"), drawClient(t)
		declare(judge, c, judge.Judge(c))
		judge.Period++
		change(t, judge, c)
		want := outcome(judge.Judge(c))
		shuffled := *c
		shuffled.Records, shuffled.Referrals = slices.Clone(c.Records), slices.Clone(c.Referrals)
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		random.Shuffle(len(shuffled.Records), func(i, j int) {
			shuffled.Records[i], shuffled.Records[j] = shuffled.Records[j], shuffled.Records[i]
		})
		random.Shuffle(len(shuffled.Referrals), func(i, j int) {
			shuffled.Referrals[i], shuffled.Referrals[j] = shuffled.Referrals[j], shuffled.Referrals[i]
		})
		if got := outcome(judge.Judge(&shuffled)); got != want {
			t.Fatalf("got\n%s\nwant\n%s", got, want)
		}
	})
}

// The order of taking in decides only between records that are otherwise equal; else their numbers change nothing.
func TestNumbersOfRecordsDoNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		judge, c := newJudge("2026-01"), drawClient(t)
		want := outcome(judge.Judge(c))
		for i, r := range c.Records {
			r.ID = int64(len(c.Records) - i)
		}
		if got := outcome(judge.Judge(c)); got != want {
			t.Fatalf("got\n%s\nwant\n%s", got, want)
		}
	})
}

// Judging twice gives the same, and leaves the client as it was.
func TestJudgingIsDeterministic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		judge, c := newJudge("2026-01"), drawClient(t)
		before := fmt.Sprintf("%+v", c.Records)
		first := outcome(judge.Judge(c))
		if second := outcome(judge.Judge(c)); first != second || before != fmt.Sprintf("%+v", c.Records) {
			t.Fatalf("first\n%s\nsecond\n%s", first, second)
		}
	})
}

// Every record is in the judgement once, and has an outcome.
func TestNothingIsDropped(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		judge, c := newJudge("2026-01"), drawClient(t)
		seen := make(map[*billing.Record]bool)
		judgement := judge.Judge(c)
		accepted := 0
		for i := range judgement.Cases {
			one := &judgement.Cases[i]
			if seen[one.Record] || one.Outcome < billing.Accepted || one.Outcome > billing.Pending {
				t.Fatalf("%+v", one.Record)
			}
			seen[one.Record] = true
			if one.Outcome == billing.Accepted {
				accepted++
			}
		}
		if len(seen) != len(c.Records) {
			t.Fatalf("%d of %d records", len(seen), len(c.Records))
		}
		for _, line := range judgement.Target {
			accepted -= line.Records
		}
		if accepted < 0 { // a line in whole hours that comes to 0 is left out, with its records
			t.Fatalf("%d records too many in the lines", -accepted)
		}
	})
}

// More room never pays less: without a budget, in a referral with one volume in total.
func TestMoreVolumeNeverPaysLess(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		judge, c := newJudge("2026-03"), newClient()
		r := c.Referrals[0]
		r.HasVolume, r.VolumeUnit, r.Frequency = true, billing.Time, billing.InTotal
		for range rapid.IntRange(1, 20).Draw(t, "records") {
			spoil(t, add(c, "BEG", drawDate(t), billing.Quantity(rapid.IntRange(1, 40_000).Draw(t, "quantity"))))
		}
		accepted := func() (sum billing.Quantity) {
			for _, one := range judge.Judge(c).Cases {
				if one.Outcome == billing.Accepted {
					sum += one.Record.Quantity
				}
			}
			return sum
		}
		r.Volume = billing.Quantity(rapid.IntRange(0, 300_000).Draw(t, "volume"))
		before := accepted()
		r.Volume += billing.Quantity(rapid.IntRange(0, 100_000).Draw(t, "more"))
		if after := accepted(); after < before || after > r.Volume {
			t.Fatalf("%d was accepted, with more volume %d of %d", before, after, r.Volume)
		}
	})
}
