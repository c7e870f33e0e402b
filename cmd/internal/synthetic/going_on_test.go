package synthetic

import (
	"bytes"
	"context"
	"slices"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/importers"
)

// referralsOf reads what referrals a workspace knows after the months up to one.
func referralsOf(t *testing.T, dir string, until billing.Period) *earlier {
	t.Helper()
	found, err := readEarlier(context.Background(), dir, until.Add(1))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// named are the referrals that the submissions of a month name.
type named map[string]int

func (n named) Record(r *billing.Record) error          { n[r.ReferralNumber]++; return nil }
func (n named) Referral(*billing.ReferralRow) error     { return nil }
func (n named) Decision(row *billing.DecisionRow) error { return nil }

// Months made one after another in one folder are of the same people: most referrals go on, some end, some begin; and what
// is delivered in a month fits in the volume of each.
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
