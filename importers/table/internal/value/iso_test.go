package value

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestAppendISO(t *testing.T) {
	for text, want := range map[string]string{
		"2026-01-31": "2026-01-31", "2026-01-31T00:00:00": "2026-01-31", "2026-01-31T08:30:00.000": "2026-01-31 08:30:00", "2026-01-31T08:30": "2026-01-31 08:30:00",
		"2026-01-31T23:59:59.9Z": "2026-02-01", "08:30:00": "08:30:00", "T08:30": "08:30:00", "08:30:59.6": "08:31:00", "23:59:59.9": "24:00:00", "2024-02-29": "2024-02-29",
		"PT1H30M0.000S": "01:30:00", "PT26H30M00S": "26:30:00", "PT90M": "01:30:00", "P1DT2H": "26:00:00", "PT0S": "00:00:00", "PT8H29M59.9999S": "08:30:00", "PT08H30M00,4S": "08:30:00",
		"PT1104570H00M00S": "18:00:00", "1899-12-29": "1899-12-29", "9999-12-31": "9999-12-31",
	} {
		if got, _, ok := AppendISO(nil, []byte(text), Plain); string(got) != want || !ok {
			t.Errorf("%s: got %s (%v), want %s", text, got, ok, want)
		}
	}
	for _, text := range []string{
		"31-01-2026", "", "P", "PT", "P1Y", "P1M", "PT1H1H", "PT1M1H", "PT1.5H", "P1H", "PT1D", "PT1", "-08:30", "24:00:00", "2026-02-29", "2026-13-01", "2026-01-31 08:30", "2026-1-31",
		"2026-01-31T", "2026-01-31X", "08:60", "PT-1H", "08:30:", "08:30:00.", "PT1HT1M", "P1", "1900-02-29", "+2026-01-31",
	} {
		if got, _, ok := AppendISO(nil, []byte(text), Plain); ok || string(got) != text {
			t.Errorf("%q was read as %s", text, got)
		}
	}
	for _, text := range []string{"-PT1H", "-P1D", "9999-12-31T23:59:59.9"} {
		if got, _, ok := AppendISO(nil, []byte(text), Plain); ok || string(got) != OutOfCalendar {
			t.Errorf("%s was read as %s", text, got)
		}
	}
}

// The format of a cell decides how it is shown if the notation allows several ways.
func TestISOInFormats(t *testing.T) {
	for _, test := range []struct {
		text   string
		format Format
		want   string
		is     Format
	}{
		{"PT1104570H00M00S", Duration, "1104570:00:00", Duration},
		{"1899-12-31T08:30:00.000", Time, "08:30:00", Time},
		{"1899-12-30T08:30:00", Time, "08:30:00", Time},
		{"2026-01-31T08:30:00", Time, "2026-01-31 08:30:00", Date},
		{"PT26H", Date, "26:00:00", Time},
	} {
		if got, is, ok := AppendISO(nil, []byte(test.text), test.format); string(got) != test.want || is != test.is || !ok {
			t.Errorf("%s in %d: got %s as %d, want %s as %d", test.text, test.format, got, is, test.want, test.is)
		}
	}
}

// A date as text and the same date as a day number are shown alike.
func TestCountedDaysAgree(t *testing.T) {
	first := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	rapid.Check(t, func(t *rapid.T) {
		day := rapid.IntRange(0, lastDay1900).Draw(t, "day")
		second := rapid.IntRange(0, secondsPerDay-1).Draw(t, "second")
		written := first.AddDate(0, 0, day).Add(time.Duration(second) * time.Second).Format("2006-01-02T15:04:05")
		want, _ := AppendMoment(nil, float64(day)+float64(second)/secondsPerDay, Date, false)
		got, is, ok := AppendCounted(nil, []byte(written), Plain)
		if string(got) != string(want) || is != Date || !ok {
			t.Fatalf("%s: got %s, want %s", written, got, want)
		}
	})
	for text, want := range map[string]string{"1899-12-29": OutOfCalendar, "1899-12-30": "1900-01-00", "PT2H": "02:00:00", "x": "x", "-PT2H": OutOfCalendar, "9999-12-31T23:59:59.9": OutOfCalendar} {
		if got, _, _ := AppendCounted(nil, []byte(text), Plain); string(got) != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}

// AppendCounted shows a date in the format of a time, and a time in that of a date.
func TestCountedInFormats(t *testing.T) {
	for _, test := range []struct {
		text   string
		format Format
		want   string
		is     Format
	}{
		{"2026-01-31T13:45:00", Time, "13:45:00", Time}, {"2026-01-31", Duration, "1105272:00:00", Duration}, {"PT08H30M00S", Date, "1900-01-00 08:30:00", Date}, {"PT26H30M00S", Time, "26:30:00", Time},
		{"PT1104570H00M00S", Time, "18:00:00", Time}, {"PT1104570H00M00S", Plain, "18:00:00", Time}, {"2026-01-31", Plain, "2026-01-31", Date},
	} {
		if got, is, ok := AppendCounted(nil, []byte(test.text), test.format); string(got) != test.want || is != test.is || !ok {
			t.Errorf("%s in %d: got %s as %d, want %s as %d", test.text, test.format, got, is, test.want, test.is)
		}
	}
}

func TestShownAs(t *testing.T) {
	for _, test := range []struct {
		text string
		days float64
		want Format
	}{
		{"01/31/26", 46053, Date}, {"31-01-2026", 46053, Date}, {"31-1-26", 46053, Date}, {"2026-01-31", 46053, Date}, {"31.01.2026 13:45", 46053.5729166667, Date},
		{"08:30:00 AM", 0.354166666666667, Time}, {"8:30", 0.354166666666667, Time}, {"08:30:00 PM", 0.854166666666667, Time}, {"20:30", 0.854166666666667, Time},
		{"46053", 46053, Plain}, {"46.053,00", 46053, Plain}, {"1.234.567", 1234567, Plain}, {"30-01-2026", 46053, Plain}, {"9:30", 0.354166666666667, Plain}, {"", 1, Plain}, {"TRUE", 1, Plain}, {"-1:00", -1, Plain}, {"1:2", 1.5, Plain},
	} {
		if got := ShownAs([]byte(test.text), test.days); got != test.want {
			t.Errorf("%s for %v: format %d, want %d", test.text, test.days, got, test.want)
		}
	}
}
