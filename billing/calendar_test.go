package billing_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/pxq-nl/pxq/billing"
)

// day parses an ISO date; "" is no date.
func day(text string) billing.Date {
	if text == "" {
		return 0
	}
	date, err := billing.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return date
}

func month(text string) billing.Period {
	period, err := billing.ParsePeriod(text)
	if err != nil {
		panic(err)
	}
	return period
}

func TestDutch(t *testing.T) {
	for date, want := range map[billing.Date]string{0: "", day("2026-10-02"): "02-10-2026", day("1999-12-31"): "31-12-1999"} {
		if got := date.Dutch(); got != want {
			t.Errorf("%s in Dutch is %q, want %q", date, got, want)
		}
	}
}

func TestNewDate(t *testing.T) {
	for _, test := range []struct {
		year, month, day int
		want             string
	}{
		{2026, 10, 3, "2026-10-03"}, {2024, 2, 29, "2024-02-29"}, {2026, 2, 29, ""}, {2026, 4, 31, ""}, {2026, 13, 1, ""}, {2026, 0, 1, ""},
		{2026, 1, 0, ""}, {1970, 1, 1, "1970-01-01"}, {1900, 2, 28, "1900-02-28"}, {1900, 2, 29, ""}, {2199, 12, 31, "2199-12-31"},
	} {
		if got := billing.NewDate(test.year, test.month, test.day).String(); got != test.want {
			t.Errorf("%d-%d-%d is %q, want %q", test.year, test.month, test.day, got, test.want)
		}
	}
	for _, text := range []string{"", "2026-1-1", "2026-02-30", "01-01-2026", "2026-01-01 "} {
		if date, err := billing.ParseDate(text); err == nil {
			t.Errorf("%q was read as %s", text, date)
		}
	}
}

func TestAddMonths(t *testing.T) {
	for _, test := range []struct {
		from   string
		months int
		want   string
	}{
		{"2024-02-29", 24, "2026-03-01"}, {"2024-02-29", 48, "2028-02-29"}, {"2025-10-31", 1, "2025-12-01"}, {"2025-11-30", 3, "2026-03-01"},
		{"2025-12-31", 2, "2026-03-01"}, {"2023-12-30", 2, "2024-03-01"}, {"2023-12-29", 2, "2024-02-29"}, {"2025-12-15", 1, "2026-01-15"},
		{"2026-01-15", 0, "2026-01-15"}, {"2026-01-31", -1, "2025-12-31"}, {"2021-01-10", 60, "2026-01-10"},
	} {
		if got := day(test.from).AddMonths(test.months).String(); got != test.want {
			t.Errorf("%s + %d months is %s, want %s", test.from, test.months, got, test.want)
		}
	}
}

func TestAge(t *testing.T) {
	for _, test := range []struct {
		birth, on string
		want      int
	}{
		{"2008-01-10", "2026-01-09", 17}, {"2008-01-10", "2026-01-10", 18}, {"2008-02-29", "2026-02-28", 17}, {"2008-02-29", "2026-03-01", 18},
		{"2008-02-29", "2028-02-28", 19}, {"2008-02-29", "2028-02-29", 20}, {"2008-12-31", "2026-01-01", 17}, {"1960-07-01", "2026-07-01", 66},
	} {
		if got := day(test.birth).AgeOn(day(test.on)); got != test.want {
			t.Errorf("born on %s is %d on %s, want %d", test.birth, got, test.on, test.want)
		}
	}
}

// The calendar agrees with package time, before 1970 too.
func TestCalendar(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		date := billing.Date(rapid.IntRange(-719_000, 2_900_000).Draw(t, "date"))
		if date.IsZero() {
			return // no date
		}
		moment := date.Time()
		year, month, dayOfMonth := date.Calendar()
		if year != moment.Year() || month != int(moment.Month()) || dayOfMonth != moment.Day() || billing.NewDate(year, month, dayOfMonth) != date {
			t.Fatalf("%d is %v", date, moment)
		}
		if date.String() != moment.Format(time.DateOnly) || day(date.String()) != date {
			t.Fatalf("%d is written %s", date, date)
		}
		if p := date.Period(); date < p.First() || date > p.Last() || p.Year() != year || p.Month() != month {
			t.Fatalf("%s lies in %s", date, p)
		}
		sameYear, sameWeek := moment.ISOWeek()
		nextYear, nextWeek := moment.AddDate(0, 0, 1).ISOWeek()
		if same := sameYear == nextYear && sameWeek == nextWeek; same != (date.ISOWeek() == (date + 1).ISOWeek()) {
			t.Fatalf("the ISO week of %s", date)
		}
	})
}

// Every plausible day, and the first and the last year.
func TestEveryDayThatCanBeMeant(t *testing.T) {
	for moment := time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC); moment.Year() < 2200; moment = moment.AddDate(0, 0, 1) {
		date := billing.DateOf(moment)
		if year, month, day := date.Calendar(); year != moment.Year() || month != int(moment.Month()) || day != moment.Day() ||
			billing.NewDate(year, month, day) != date {
			t.Fatalf("%s is %d-%d-%d", moment.Format(time.DateOnly), year, month, day)
		}
	}
	for year, want := range map[int]bool{1899: false, 1900: true, 2199: true, 2200: false} {
		if billing.IsMeant(year) != want {
			t.Errorf("%d is meant: %t", year, !want)
		}
	}
}

// Weeks, days and months touched, counted one by one.
func TestTouched(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first := billing.Date(rapid.IntRange(18_000, 22_000).Draw(t, "first"))
		last := first + billing.Date(rapid.IntRange(-2, 900).Draw(t, "days"))
		type week struct{ year, number int }
		weeks, months, days := make(map[week]bool), make(map[billing.Period]bool), 0
		for date := first; date <= last; date++ {
			year, number := date.Time().ISOWeek()
			weeks[week{year, number}] = true
			months[date.Period()] = true
			days++
		}
		if billing.Weeks(first, last) != len(weeks) || billing.Months(first, last) != len(months) || billing.Days(first, last) != days {
			t.Fatalf("%s to %s: %d weeks, %d months, %d days", first, last, billing.Weeks(first, last), billing.Months(first, last), billing.Days(first, last))
		}
	})
}

func TestPeriod(t *testing.T) {
	for text, last := range map[string]string{"2026-02": "2026-02-28", "2024-02": "2024-02-29", "2026-12": "2026-12-31", "2026-01": "2026-01-31"} {
		p := month(text)
		if p.String() != text || p.First().String() != text+"-01" || p.Last().String() != last || p.Add(12).Add(-12) != p {
			t.Errorf("%s: %s to %s", p, p.First(), p.Last())
		}
	}
	if got := month("2025-12").Add(1).String(); got != "2026-01" {
		t.Errorf("the month after December is %s", got)
	}
	for _, text := range []string{"", "2026", "2026-13", "2026-1", "2026-00", "2026-01-01", "01-2026", "0000-01", "0026-10", "1899-12", "2200-01", "9999-12"} {
		if period, err := billing.ParsePeriod(text); err == nil {
			t.Errorf("%q was read as %s", text, period)
		}
	}
}

func TestClock(t *testing.T) {
	for _, test := range []struct {
		hour, minute, second int
		want                 string
	}{
		{9, 5, 0, "09:05"}, {9, 5, 30, "09:05:30"}, {0, 0, 0, "00:00"}, {24, 0, 0, "24:00"}, {23, 59, 59, "23:59:59"},
		{24, 0, 1, ""}, {24, 1, 0, ""}, {25, 0, 0, ""}, {9, 60, 0, ""}, {9, 0, 60, ""}, {-1, 0, 0, ""}, {1, -1, 0, ""}, {1, 0, -1, ""},
	} {
		clock := billing.NewClock(test.hour, test.minute, test.second)
		if clock.String() != test.want || clock.IsZero() != (test.want == "") {
			t.Errorf("%d:%d:%d is %q, want %q", test.hour, test.minute, test.second, clock, test.want)
		}
	}
	if got := billing.NewClock(24, 0, 0).Seconds() - billing.NewClock(0, 0, 0).Seconds(); got != 86400 {
		t.Errorf("a day has %d seconds", got)
	}
}
