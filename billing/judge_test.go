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

// drawDate draws a care date from November 2025 to April 2026.
func drawDate(t *rapid.T) string {
	return (day("2025-11-01") + billing.Date(rapid.IntRange(0, 180).Draw(t, "day"))).String()
}

// drawRecord adds a record of any kind, now and then with something wrong.
func drawRecord(t *rapid.T, c *billing.Client) {
	product := rapid.SampledFrom([]string{"BEG", "HEEL", "DAG"}).Draw(t, "product")
	quantity := billing.Quantity(rapid.IntRange(1, 40_000).Draw(t, "quantity"))
	if product == "DAG" {
		quantity = quantity%400 + 1
	}
	r := add(c, product, drawDate(t), quantity)
	spoil(t, r)
	if rapid.Bool().Draw(t, "times") {
		start := rapid.IntRange(0, 22).Draw(t, "start")
		r.Start, r.End = billing.NewClock(start, 0, 0), billing.NewClock(start+1, 30, 0)
	}
}

func spoil(t *rapid.T, r *billing.Record) {
	switch rapid.IntRange(0, 12).Draw(t, "spoil") {
	case 0:
		r.ReferralNumber = ""
	case 1:
		r.ReferralNumber = "T9"
	case 2:
		r.Municipality = "Goirle" // held
	case 3:
		r.Product = "XXX"
	case 4:
		r.Findings = []billing.Finding{{Code: billing.F03}}
	}
}

// drawReferral gives a referral bounds of any kind.
func drawReferral(t *rapid.T, r *billing.Referral) {
	r.Start = day("2025-08-01") + billing.Date(rapid.IntRange(0, 200).Draw(t, "start"))
	if r.End = 0; rapid.Bool().Draw(t, "ends") {
		r.End = r.Start + billing.Date(rapid.IntRange(30, 300).Draw(t, "days"))
	}
	r.HasVolume = rapid.Bool().Draw(t, "volume")
	r.Volume = billing.Quantity(rapid.IntRange(0, 200_000).Draw(t, "room"))
	r.VolumeUnit = billing.Time
	if r.Product == "DAG" {
		r.VolumeUnit, r.Volume = billing.Daypart, r.Volume/100
	}
	r.Frequency = rapid.SampledFrom([]billing.Frequency{billing.PerDay, billing.PerWeek, billing.PerMonth, billing.InTotal}).Draw(t, "frequency")
	r.HasBudget = rapid.IntRange(0, 3).Draw(t, "budget") == 0
	r.Budget = billing.Money(rapid.IntRange(0, 200_000).Draw(t, "cents"))
	r.Municipality = rapid.SampledFrom([]string{"Tilburg", "Tilburg", "Goirle"}).Draw(t, "municipality")
	r.Status = rapid.SampledFrom([]string{"", "", "", billing.StatusWithdrawn}).Draw(t, "status")
}

func drawClient(t *rapid.T) *billing.Client {
	c := newClient()
	for _, r := range c.Referrals {
		drawReferral(t, r)
	}
	for range rapid.IntRange(0, 25).Draw(t, "records") {
		drawRecord(t, c)
	}
	return c
}

// change changes anything that can change between two periods.
func change(t *rapid.T, run *billing.Run, c *billing.Client) {
	for range rapid.IntRange(0, 6).Draw(t, "changes") {
		kind := rapid.IntRange(0, 6).Draw(t, "change")
		if len(c.Records) == 0 && kind < 4 {
			continue
		}
		switch kind {
		case 0: // a new version
			at := rapid.IntRange(0, len(c.Records)-1).Draw(t, "record")
			next := *c.Records[at]
			next.ID, next.Version = next.ID+1000, next.Version+1
			next.Declared, next.DeclaredPrice, next.Findings = 0, 0, nil
			next.HasPrior, next.PriorUnit, next.PriorQuantity = true, next.Unit, next.Quantity
			next.Quantity = billing.Quantity(rapid.IntRange(1, 40_000).Draw(t, "quantity"))
			c.Records[at] = &next
		case 1: // a record is withdrawn
			at := rapid.IntRange(0, len(c.Records)-1).Draw(t, "record")
			c.Records = slices.Delete(c.Records, at, at+1)
		case 2, 3: // a decision
			r := rapid.SampledFrom(c.Records).Draw(t, "record")
			c.Decisions = append(c.Decisions, billing.Decision{
				Provider: r.Provider, Reference: r.Reference, Version: r.Version, Code: rapid.SampledFrom([]billing.Code{billing.R10, billing.L01, billing.U02, billing.P02}).Draw(t, "code"),
				Word: rapid.SampledFrom([]string{billing.Allow, billing.Refuse, billing.KeepHeld}).Draw(t, "word"),
			})
		case 4:
			drawReferral(t, rapid.SampledFrom(c.Referrals).Draw(t, "referral"))
		case 5:
			row := &run.Book.Prices[rapid.IntRange(0, len(run.Book.Prices)-1).Draw(t, "price")]
			row.Price = billing.Price(rapid.IntRange(1, 20_000).Draw(t, "cents"))
		case 6: // a gap in the prices
			row := &run.Book.Prices[rapid.IntRange(0, len(run.Book.Prices)-1).Draw(t, "price")]
			row.From += billing.Date(rapid.IntRange(0, 40).Draw(t, "gap"))
		}
	}
}

// Over several periods in which anything changes, the ledger and the declaration are always the target, in
// every month that is not frozen; and a frozen month is never touched.
func TestLedgerAndDeclarationAreTheTarget(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		run, c := newRun("2025-12"), drawClient(t)
		for range 5 {
			if run.Policy.RecalculateFrom == 0 && rapid.IntRange(0, 5).Draw(t, "freeze") == 0 {
				run.Policy.RecalculateFrom = run.Period
			}
			judgement := run.Judge(c)
			if err := run.Balanced(judgement, c.Ledger); err != nil {
				t.Fatal(err)
			}
			checkKinds(t, run, judgement, c.Ledger)
			declare(run, c, judgement)
			checkLedger(t, run, c.Ledger, judgement.Target)
			if again := run.Judge(c); len(again.Declaration) != 0 {
				t.Fatalf("what was declared is declared again: %s", declared(again.Declaration))
			}
			run.Period++
			change(t, run, c)
			for range rapid.IntRange(0, 3).Draw(t, "new") {
				drawRecord(t, c)
			}
		}
	})
}

// checkKinds sees that each line has the kind that its key asks for.
func checkKinds(t *rapid.T, run *billing.Run, judgement *billing.Judgement, ledger []billing.DeclaredLine) {
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
		case line.CareMonth < run.Period:
			want = billing.Late
		}
		if line.Kind != want || line.Period != run.Period || line.CareMonth < run.Policy.RecalculateFrom || line.CareMonth > run.Period {
			t.Fatalf("%+v should be %s", line, want)
		}
	}
}

// checkLedger sees that every credit and its line come to nothing, once, and that what is left is the target.
func checkLedger(t *rapid.T, run *billing.Run, ledger []billing.DeclaredLine, target []billing.Line) {
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
		if line.CareMonth >= run.Policy.RecalculateFrom {
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

// values writes what makes lines the same, sorted.
func values(lines []billing.Line) []string {
	all := make([]string, len(lines))
	for i, line := range lines {
		all[i] = fmt.Sprint(line.LineKey, line.Price, line.Quantity, line.Amount)
	}
	slices.Sort(all)
	return all
}

// outcome writes all that a judgement says, in its own order.
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

// The order in which records and referrals are handed over does not matter: what decides is in the records.
func TestOrderOfRecordsDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		run, c := newRun("2026-01"), drawClient(t)
		declare(run, c, run.Judge(c))
		run.Period++
		change(t, run, c)
		want := outcome(run.Judge(c))
		shuffled := *c
		shuffled.Records, shuffled.Referrals = slices.Clone(c.Records), slices.Clone(c.Referrals)
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		random.Shuffle(len(shuffled.Records), func(i, j int) {
			shuffled.Records[i], shuffled.Records[j] = shuffled.Records[j], shuffled.Records[i]
		})
		random.Shuffle(len(shuffled.Referrals), func(i, j int) {
			shuffled.Referrals[i], shuffled.Referrals[j] = shuffled.Referrals[j], shuffled.Referrals[i]
		})
		if got := outcome(run.Judge(&shuffled)); got != want {
			t.Fatalf("got\n%s\nwant\n%s", got, want)
		}
	})
}

// The order of taking in decides only between records that are equal in all else; other numbers change nothing.
func TestNumbersOfRecordsDoNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		run, c := newRun("2026-01"), drawClient(t)
		want := outcome(run.Judge(c))
		for i, r := range c.Records {
			r.ID = int64(len(c.Records) - i)
		}
		if got := outcome(run.Judge(c)); got != want {
			t.Fatalf("got\n%s\nwant\n%s", got, want)
		}
	})
}

// Judging twice gives the same, and leaves the client as it was.
func TestJudgingIsDeterministic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		run, c := newRun("2026-01"), drawClient(t)
		before := fmt.Sprintf("%+v", c.Records)
		first := outcome(run.Judge(c))
		if second := outcome(run.Judge(c)); first != second || before != fmt.Sprintf("%+v", c.Records) {
			t.Fatalf("first\n%s\nsecond\n%s", first, second)
		}
	})
}

// Every record is in the judgement once, and has an outcome.
func TestNothingIsDropped(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		run, c := newRun("2026-01"), drawClient(t)
		seen := make(map[*billing.Record]bool)
		judgement := run.Judge(c)
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
		if accepted < 0 { // a line in whole hours that got nothing is left out, with its records
			t.Fatalf("%d records too many in the lines", -accepted)
		}
	})
}

// More room never pays less: without a budget, in a referral with one volume in total.
func TestMoreVolumeNeverPaysLess(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		run, c := newRun("2026-03"), newClient()
		r := c.Referrals[0]
		r.HasVolume, r.VolumeUnit, r.Frequency = true, billing.Time, billing.InTotal
		for range rapid.IntRange(1, 20).Draw(t, "records") {
			spoil(t, add(c, "BEG", drawDate(t), billing.Quantity(rapid.IntRange(1, 40_000).Draw(t, "quantity"))))
		}
		accepted := func() (sum billing.Quantity) {
			for _, one := range run.Judge(c).Cases {
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
