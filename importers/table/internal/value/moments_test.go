package value

import (
	"strconv"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

func TestAppendMoment(t *testing.T) {
	tests := []struct {
		days   float64
		format Format
		is1904 bool
		text   string
		ok     bool
	}{
		{0, Date, false, "1900-01-00", true},
		{0.5, Date, false, "1900-01-00 12:00:00", true},
		{1, Date, false, "1900-01-01", true},
		{59, Date, false, "1900-02-28", true},
		{60, Date, false, "1900-02-29", true},
		{61, Date, false, "1900-03-01", true},
		{46023, Date, false, "2026-01-01", true},
		{46023.999999, Date, false, "2026-01-02", true},
		{46023.5, Date, false, "2026-01-01 12:00:00", true},
		{46023.3333333333, Date, false, "2026-01-01 08:00:00", true},
		{2958465, Date, false, "9999-12-31", true},
		{2958466, Date, false, OutOfCalendar, false},
		{-0.5, Date, false, OutOfCalendar, false},
		{1e300, Date, false, OutOfCalendar, false},
		{0, Date, true, "1904-01-01", true},
		{44561, Date, true, "2026-01-01", true},
		{2957003, Date, true, "9999-12-31", true},
		{2957004, Date, true, OutOfCalendar, false},
		{0, Time, false, "00:00:00", true},
		{0.0416666666666667, Time, false, "01:00:00", true},
		{0.999999, Time, false, "24:00:00", true},
		{1, Time, false, "24:00:00", true},
		{1.5, Time, false, "36:00:00", true},
		{46023.5, Time, false, "12:00:00", true},
		{1.10416666666667, Duration, false, "26:30:00", true},
		{400, Duration, false, "9600:00:00", true},
		{-0.1, Duration, false, OutOfCalendar, false},
	}
	for _, test := range tests {
		text, ok := AppendMoment(nil, test.days, test.format, test.is1904)
		if string(text) != test.text || ok != test.ok {
			t.Errorf("%v: got %q (%v), want %q", test.days, text, ok, test.text)
		}
	}
}

// Every day has the same date as in another implementation.
func TestDaysAgree(t *testing.T) {
	for _, is1904 := range []bool{false, true} {
		for day := 61; day < 60_000; day++ {
			want, err := excelize.ExcelDateToTime(float64(day), is1904)
			if err != nil {
				t.Fatal(err)
			}
			if got, _ := AppendMoment(nil, float64(day), Date, is1904); string(got) != want.Format(time.DateOnly) {
				t.Fatalf("day %d (1904: %v): got %s, want %s", day, is1904, got, want)
			}
		}
	}
}

// A cached date equals the computed one.
func TestDays(t *testing.T) {
	var days Days
	for _, day := range []int{61, 46023, 46023, 46023 + len(days), 46023, 999_999} {
		want, _ := AppendMoment(nil, float64(day), Date, false)
		if got, ok := days.Append([]byte("x"), []byte(strconv.Itoa(day))); !ok || string(got) != "x"+string(want) {
			t.Errorf("%d: got %s, want %s", day, got, want)
		}
	}
	for _, number := range []string{"", "0", "60", "1000000", "46023.5", "-5", "4e4"} {
		if got, ok := days.Append(nil, []byte(number)); ok || len(got) > 0 {
			t.Errorf("%q: got %s", number, got)
		}
	}
}

// Every second of a day survives being stored as a fraction of a day.
func TestSeconds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := rapid.IntRange(61, lastDay1900).Draw(t, "day")
		second := rapid.IntRange(1, secondsPerDay-1).Draw(t, "second")
		got, ok := AppendMoment(nil, float64(day)+float64(second)/secondsPerDay, Date, false)
		want := time.Date(1899, 12, 30+day, 0, 0, second, 0, time.UTC).Format(time.DateTime)
		if string(got) != want || !ok {
			t.Fatalf("got %s, want %s", got, want)
		}
	})
}
