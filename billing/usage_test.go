package billing_test

import (
	"testing"

	"github.com/pxq-nl/pxq/billing"
)

// Three hours a week, in hours: the test vectors of the national method, by ISO weeks touched.
func TestWeeklyRoom(t *testing.T) {
	for _, test := range []struct {
		start, end string
		months     map[string]int
		whole      int
	}{
		{"2022-10-11", "2022-12-28", map[string]int{"2022-10": 12, "2022-11": 15, "2022-12": 15, "2023-01": 0}, 36},
		{"2022-04-13", "2022-06-30", map[string]int{"2022-04": 9, "2022-05": 18, "2022-06": 15}, 36},
		{"2022-07-11", "2022-09-04", map[string]int{"2022-07": 9, "2022-08": 15, "2022-09": 3}, 24},
		{"2025-10-07", "2025-12-30", map[string]int{"2025-10": 12, "2025-11": 15, "2025-12": 15}, 39},
		{"2025-07-07", "2025-09-07", map[string]int{"2025-07": 12, "2025-08": 15, "2025-09": 3}, 27},
		{"2021-10-12", "2021-10-31", map[string]int{"2021-10": 9}, 9},
		{"2020-12-28", "2021-01-03", map[string]int{"2020-12": 3, "2021-01": 3}, 3}, // one week, 2020-W53
	} {
		r := &billing.Referral{Start: day(test.start), End: day(test.end), HasVolume: true, Volume: hours(3), VolumeUnit: billing.Time, Frequency: billing.PerWeek}
		for text, want := range test.months {
			if room, limited := r.MonthRoom(month(text)); room != hours(want) || !limited {
				t.Errorf("%s to %s: %s has %s hours, want %d", test.start, test.end, text, room.Format(billing.Time), want)
			}
		}
		if room, limited := r.WholeRoom(); room != hours(test.whole) || !limited {
			t.Errorf("%s to %s: %s hours, want %d", test.start, test.end, room.Format(billing.Time), test.whole)
		}
	}
}

func TestRoom(t *testing.T) {
	for _, test := range []struct {
		name      string
		frequency billing.Frequency
		end       string
		january   int // -1 is no limit
		whole     int
	}{
		{"per day", billing.PerDay, "2026-02-10", 12, 22}, // 20 to 31 January
		{"per day, open", billing.PerDay, "", 12, -1},
		{"per week", billing.PerWeek, "2026-02-10", 2, 4},
		{"per week, open", billing.PerWeek, "", 2, -1},
		{"per month", billing.PerMonth, "2026-02-10", 1, 2},
		{"per month, open", billing.PerMonth, "", 1, -1},
		{"in total", billing.InTotal, "2026-02-10", -1, 1},
		{"in total, open", billing.InTotal, "", -1, 1},
	} {
		r := &billing.Referral{Start: day("2026-01-20"), End: day(test.end), HasVolume: true, Volume: hours(1), VolumeUnit: billing.Time, Frequency: test.frequency}
		if room, limited := r.MonthRoom(month("2026-01")); limited != (test.january >= 0) || limited && room != hours(test.january) {
			t.Errorf("%s: January has %d, %t", test.name, room, limited)
		}
		if room, limited := r.WholeRoom(); limited != (test.whole >= 0) || limited && room != hours(test.whole) {
			t.Errorf("%s: %d in whole, %t", test.name, room, limited)
		}
	}
	none := &billing.Referral{Start: day("2026-01-20"), HasBudget: true}
	if _, limited := none.MonthRoom(month("2026-01")); limited {
		t.Error("a month is limited without a volume")
	}
	if _, limited := none.WholeRoom(); limited {
		t.Error("the whole is limited without a volume")
	}
}

// A record that does not fit in its care month is at rest once the month is closed, unless its referral also limits the
// total or has a budget: care of later months may use that up, and the record then lacks that room too.
func TestRejectedForRoomOfMonthRests(t *testing.T) {
	for name, test := range map[string]struct {
		bound func(*billing.Referral)
		rests bool
	}{
		"room of the month alone": {func(*billing.Referral) {}, true},
		"an end":                  {func(r *billing.Referral) { r.End = day("2025-12-31") }, false},
		"a budget":                {func(r *billing.Referral) { r.HasBudget, r.Budget = true, 1_000_000 }, false},
	} {
		judge, c := newJudge("2025-10"), newClient()
		referral := c.Referrals[2]
		referral.HasVolume, referral.Volume, referral.VolumeUnit, referral.Frequency = true, 400, billing.Daypart, billing.PerMonth
		test.bound(referral)
		for _, date := range []string{"2025-10-01", "2025-10-02", "2025-10-03"} {
			add(c, "DAG", date, 200)
		}
		declare(judge, c, judge.Judge(c))
		judge.Period++
		judged := judge.Judge(c)
		if last := &judged.Cases[2]; last.Outcome != billing.Rejected || !last.Codes.Has(billing.V01) {
			t.Fatalf("%s: the last record is %s, %v", name, last.Outcome, last.Findings)
		}
		if judged.Rest.Holds(day("2025-10-03")) != test.rests {
			t.Errorf("%s: at rest up to %s", name, judged.Rest.To)
		}
	}
}
