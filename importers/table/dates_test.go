package table

import (
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

func TestAppendMoment(t *testing.T) {
	tests := []struct {
		days   float64
		format valueFormat
		is1904 bool
		text   string
		kind   Kind
	}{
		{0, dateFormat, false, "1900-01-00", Date},
		{0.5, dateFormat, false, "1900-01-00 12:00:00", Date},
		{1, dateFormat, false, "1900-01-01", Date},
		{59, dateFormat, false, "1900-02-28", Date},
		{60, dateFormat, false, "1900-02-29", Date},
		{61, dateFormat, false, "1900-03-01", Date},
		{46023, dateFormat, false, "2026-01-01", Date},
		{46023.999999, dateFormat, false, "2026-01-02", Date},
		{46023.5, dateFormat, false, "2026-01-01 12:00:00", Date},
		{46023.3333333333, dateFormat, false, "2026-01-01 08:00:00", Date},
		{2958465, dateFormat, false, "9999-12-31", Date},
		{2958466, dateFormat, false, outOfCalendar, Error},
		{-0.5, dateFormat, false, outOfCalendar, Error},
		{1e300, dateFormat, false, outOfCalendar, Error},
		{0, dateFormat, true, "1904-01-01", Date},
		{44561, dateFormat, true, "2026-01-01", Date},
		{2957003, dateFormat, true, "9999-12-31", Date},
		{2957004, dateFormat, true, outOfCalendar, Error},
		{0, timeFormat, false, "00:00:00", Time},
		{0.0416666666666667, timeFormat, false, "01:00:00", Time},
		{0.999999, timeFormat, false, "24:00:00", Time},
		{1, timeFormat, false, "24:00:00", Time},
		{1.5, timeFormat, false, "36:00:00", Time},
		{46023.5, timeFormat, false, "12:00:00", Time},
		{1.10416666666667, durationFormat, false, "26:30:00", Time},
		{400, durationFormat, false, "9600:00:00", Time},
		{-0.1, durationFormat, false, outOfCalendar, Error},
	}
	for _, test := range tests {
		text, kind := appendMoment(nil, test.days, test.format, test.is1904)
		if string(text) != test.text || kind != test.kind {
			t.Errorf("%v: got %q (%d), want %q", test.days, text, kind, test.text)
		}
	}
}

// Every day has the date that another implementation gives it.
func TestDaysAgree(t *testing.T) {
	for _, is1904 := range []bool{false, true} {
		for day := 61; day < 60_000; day++ {
			want, err := excelize.ExcelDateToTime(float64(day), is1904)
			if err != nil {
				t.Fatal(err)
			}
			if got, _ := appendMoment(nil, float64(day), dateFormat, is1904); string(got) != want.Format(time.DateOnly) {
				t.Fatalf("day %d (1904: %v): got %s, want %s", day, is1904, got, want)
			}
		}
	}
}

// Every second of a day survives the fraction that a file holds.
func TestSeconds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := rapid.IntRange(61, lastDay1900).Draw(t, "day")
		second := rapid.IntRange(1, secondsPerDay-1).Draw(t, "second")
		got, kind := appendMoment(nil, float64(day)+float64(second)/secondsPerDay, dateFormat, false)
		want := time.Date(1899, 12, 30+day, 0, 0, second, 0, time.UTC).Format(time.DateTime)
		if string(got) != want || kind != Date {
			t.Fatalf("got %s, want %s", got, want)
		}
	})
}

func TestAppendISO(t *testing.T) {
	for text, want := range map[string]string{
		"2026-01-31": "2026-01-31", "2026-01-31T00:00:00": "2026-01-31", "2026-01-31T08:30:00.000": "2026-01-31 08:30:00", "2026-01-31T08:30": "2026-01-31 08:30:00",
		"2026-01-31T23:59:59.9Z": "2026-02-01", "08:30:00": "08:30:00", "T08:30": "08:30:00", "08:30:59.6": "08:31:00", "31-01-2026": "31-01-2026", "23:59:59.9": "24:00:00",
	} {
		if got, _ := appendISO(nil, text); string(got) != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}
