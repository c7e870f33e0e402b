package ijw_test

import (
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ijw"
)

// Easter Sundays as published, the earliest and the latest that can be among them.
func TestHolidays(t *testing.T) {
	for _, text := range []string{
		"2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2028-04-16", "2030-04-21", "2038-04-25", "2049-04-18", "2076-04-19", "2285-03-22",
	} {
		easter := day(text)
		for name, holiday := range map[string]billing.Date{
			"Good Friday": easter.AddDays(-2), "Easter Monday": easter.AddDays(1), "Ascension": easter.AddDays(39), "Whit Monday": easter.AddDays(50),
		} {
			if ijw.WorkingDay(holiday) {
				t.Errorf("%s, %s, is a working day", name, holiday)
			}
		}
	}
	for text, want := range map[string]bool{
		"2026-01-01": false, "2026-01-02": true,
		"2026-04-03": false, "2026-04-06": false, "2026-04-02": true, "2026-04-07": true,
		"2026-04-27": false, "2026-04-28": true, // King's Day on a Monday
		"2025-04-26": false, "2025-04-28": true, // on a Sunday it is the Saturday before
		"2026-05-05": false, "2027-05-05": false, "2026-05-04": true, // each year
		"2026-05-14": false, "2026-05-15": true, "2026-05-25": false,
		"2026-12-24": true, "2026-12-25": false, "2026-12-26": false, "2026-12-28": true, "2026-12-31": true,
		"2026-11-07": false, "2026-11-08": false, "2026-11-09": true,
	} {
		if got := ijw.WorkingDay(day(text)); got != want {
			t.Errorf("%s: %t", text, got)
		}
	}
}

// S26: the tenth working day after the as-of date of the import.
func TestTerm(t *testing.T) {
	for _, test := range []struct{ received, term string }{
		{"2026-11-05", "2026-11-19"}, // a Thursday
		{"2026-11-07", "2026-11-20"}, // a Saturday
		{"2026-12-18", "2027-01-05"}, // Christmas on Friday and Saturday, New Year's Day on Friday
		{"2026-03-27", "2026-04-14"}, // Good Friday and Easter Monday
		{"2026-04-24", "2026-05-12"}, // King's Day and 5 May
	} {
		term := ijw.Term(day(test.received))
		if term != day(test.term) {
			t.Errorf("received on %s: %s, want %s", test.received, term, test.term)
		}
		if left := ijw.DaysLeft(day(test.received), term); left != 10 {
			t.Errorf("received on %s: %d days left", test.received, left)
		}
		if left := ijw.DaysLeft(term, term); left != 0 {
			t.Errorf("on the last day: %d left", left)
		}
	}
	if left := ijw.DaysLeft(day("2026-11-23"), day("2026-11-19")); left != -2 {
		t.Errorf("two working days late: %d", left)
	}
}
