package synthetic

import (
	"bytes"
	"context"
	"slices"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/importers"
)

// referralsOf reads the referrals that a workspace has after the months up to the given one.
func referralsOf(t *testing.T, dir string, until billing.Period) *earlier {
	t.Helper()
	found, err := readEarlier(context.Background(), dir, until.Add(1))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// named returns the referrals that the submissions of a month name.
type named map[string]int

func (n named) Record(r *billing.Record) error          { n[r.ReferralNumber]++; return nil }
func (n named) Referral(*billing.ReferralRow) error     { return nil }
func (n named) Decision(row *billing.DecisionRow) error { return nil }

// Months that are made one after another in one folder have the same people: most referrals go on, some end, some begin; and
// what is delivered in a month fits in the volume of each.
func TestMonthsGoOn(t *testing.T) {
	months := []billing.Period{billing.PeriodOf(2025, 1), billing.PeriodOf(2025, 2), billing.PeriodOf(2025, 3)}
	make3 := func(plain bool) (string, []*Summary) {
		dir := t.TempDir()
		var made []*Summary
		for i, month := range months {
			summary, err := Generate(context.Background(), dir, Options{Records: 400, Seed: uint64(i + 1), Period: month, Plain: plain})
			if err != nil {
				t.Fatal(err)
			}
			made = append(made, summary)
		}
		return dir, made
	}
	for _, plain := range []bool{true, false} {
		first, made := make3(plain)
		second := first
		if !plain {
			second, _ = make3(plain)
		}
		for i, summary := range made {
			if summary.Records != 400 {
				t.Errorf("%s: %d records", months[i], summary.Records)
			}
			for _, name := range summary.Files {
				if !bytes.Equal(read(t, first, name), read(t, second, name)) {
					t.Errorf("%s differs", name)
				}
			}
			if i > 0 {
				checkGoingOn(t, first, months[i], summary)
			}
		}
	}
}

func checkGoingOn(t *testing.T, dir string, month billing.Period, summary *Summary) {
	t.Helper()
	before, now := referralsOf(t, dir, month.Add(-1)), referralsOf(t, dir, month)
	used := make(named)
	var reader importers.Reader
	for _, name := range summary.Files {
		if isSubmission := len(name) > 11 && name[:11] == "submissions"; isSubmission {
			if _, err := reader.Read(context.Background(), dir+"/"+name, summary.AsOf, used); err != nil {
				t.Fatal(err)
			}
		}
	}
	going, begun := 0, 0
	for number := range used {
		switch {
		case before.byNumber[number] != nil:
			going++
		case now.byNumber[number] != nil:
			begun++
		}
	}
	if going < 3*begun || begun == 0 {
		t.Errorf("%s: %d referrals go on, %d begin", month, going, begun)
	}
	ended := slices.ContainsFunc(before.numbers, func(number string) bool { return used[number] == 0 })
	if !ended {
		t.Errorf("%s: no referral ended", month)
	}
}

// TestNumbersAreOfOneChain checks that a new client gets no number under which a referral for the same care ended shortly
// before: both would be one trajectory, which soon passes its maximum duration.
func TestNumbersAreOfOneChain(t *testing.T) {
	p, err := newPlan(Options{Records: 10, Period: billing.PeriodOf(2026, 3)})
	if err != nil {
		t.Fatal(err)
	}
	of := func(product string, first, last billing.Date) *known {
		return &known{Referral: billing.Referral{Product: product, Start: first, End: last}}
	}
	begun := billing.NewDate(2026, 2, 20)
	p.had = map[string][]*known{
		"goes on":    {of("45X01", billing.NewDate(2025, 1, 1), 0)},
		"just ended": {of("45X01", billing.NewDate(2025, 1, 1), begun.AddDays(-5))},
		"past":       {of("45X01", billing.NewDate(2024, 1, 1), billing.NewDate(2025, 2, 1))},
	}
	if free := p.freeNumbers([]string{"goes on", "just ended", "past", "fresh"}); !slices.Equal(free, []string{"fresh", "past"}) {
		t.Errorf("free are %q", free)
	}
	made := &client{referrals: []*referral{{Referral: billing.Referral{Product: "45X01", Start: begun}}}}
	if others := p.giveNumber(made, []string{"just ended", "goes on", "past", "fresh"}); made.bsn != "past" || made.referrals[0].BSN != "past" || len(others) != 3 {
		t.Errorf("gave %s, left %q", made.bsn, others)
	}
}

// TestReferralsAreExtended checks that most referrals that end are extended by a year, and none beyond its maximum duration.
func TestReferralsAreExtended(t *testing.T) {
	p, err := newPlan(Options{Records: 10, Period: billing.PeriodOf(2026, 3)})
	if err != nil {
		t.Fatal(err)
	}
	c := p.chance(streamGoingOn)
	extended := 0
	for range 100 {
		k := &known{Referral: billing.Referral{Product: "45X01", Start: billing.NewDate(2025, 9, 1), End: billing.NewDate(2026, 2, 28)}}
		p.extend(c, []*known{k})
		if k.extended {
			extended++
		}
		if product := p.book.Product(k.Product); k.extended != (k.End > p.horizon()) || k.End >= k.Start.AddMonths(p.monthsOf(product)) {
			t.Fatalf("extended %v to %s", k.extended, k.End)
		}
	}
	if extended < 75 || extended == 100 {
		t.Errorf("%d of 100 were extended", extended)
	}
	old := &known{Referral: billing.Referral{Product: "45X01", Start: billing.NewDate(2024, 1, 1), End: billing.NewDate(2024, 12, 31)}}
	p.extend(c, []*known{old})
	if old.extended {
		t.Error("what ended long ago was extended")
	}
}
