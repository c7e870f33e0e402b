package ijw_test

import (
	"slices"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ijw"
)

// IV089: the periods of a referral from 8 April to 17 June 2025.
func TestExpectedPeriod(t *testing.T) {
	start, end := day("2025-04-08"), day("2025-06-17")
	for _, want := range []ijw.Span{span("2025-04-08", "2025-04-30"), span("2025-05-01", "2025-05-31"), span("2025-06-01", "2025-06-17")} {
		first, last := ijw.Expected(want.First.Date.Period(), start, end)
		if first != want.First.Date || last != want.Last.Date {
			t.Errorf("%s: %s to %s", want.First.Text, first, last)
		}
		if codes := want.WrongEnds(start, end); len(codes) != 0 {
			t.Errorf("%s: %v", want.First.Text, codes)
		}
	}
	if first, last := ijw.Expected(billing.PeriodOf(2025, 7), start, 0); first != day("2025-07-01") || last != day("2025-07-31") {
		t.Errorf("open: %s to %s", first, last)
	}
}

// S4: every wrong end has one code.
func TestWrongEnds(t *testing.T) {
	for _, test := range []struct {
		name        string
		period      ijw.Span
		start, end  string
		first, last ijw.ReturnCode
	}{
		{"the whole month", span("2026-10-01", "2026-10-31"), "2026-01-01", "2026-12-31", "", ""},
		{"the whole month of an open referral", span("2026-10-01", "2026-10-31"), "2026-01-01", "", "", ""},
		{"TR387: began when care began", span("2026-10-05", "2026-10-31"), "2026-01-01", "", "9387", ""},
		{"TR388: ended when care ended", span("2026-10-01", "2026-10-20"), "2026-01-01", "", "", "9388"},
		{"both", span("2026-10-05", "2026-10-20"), "2026-01-01", "2026-12-31", "9387", "9388"},
		{"TR307: before the referral, and no 9387", span("2026-10-01", "2026-10-31"), "2026-10-08", "", "9307", ""},
		{"TR308: after the referral, and no 9388", span("2026-10-01", "2026-10-31"), "2026-01-01", "2026-10-20", "", "9308"},
		{"TR387: later than the start", span("2026-10-09", "2026-10-31"), "2026-10-08", "", "9387", ""},
		{"TR388: earlier than the end", span("2026-10-01", "2026-10-19"), "2026-01-01", "2026-10-20", "", "9388"},
		{"wholly after the referral", span("2026-10-01", "2026-10-31"), "2026-01-01", "2026-09-30", "", "9308"},
		{"wholly before it", span("2026-10-01", "2026-10-31"), "2026-11-01", "", "9307", ""},
		{"February", span("2028-02-01", "2028-02-28"), "2026-01-01", "", "", "9388"},
	} {
		var end billing.Date
		if test.end != "" {
			end = day(test.end)
		}
		var want []ijw.ReturnCode
		for _, code := range []ijw.ReturnCode{test.first, test.last} {
			if code != "" {
				want = append(want, code)
			}
		}
		if got := test.period.WrongEnds(day(test.start), end); !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", test.name, got, want)
		}
	}
}

func TestWithinDeclaration(t *testing.T) {
	october := span("2026-10-01", "2026-10-31")
	for _, test := range []struct {
		period ijw.Span
		want   bool
	}{
		{october, true}, {span("2026-09-01", "2026-09-30"), true}, {span("2026-11-01", "2026-11-30"), false}, {span("2026-10-31", "2026-11-01"), false},
	} {
		if got := test.period.Within(october); got != test.want {
			t.Errorf("TR319: %s to %s: %t", test.period.First.Text, test.period.Last.Text, got)
		}
	}
}

// IV090: after January, February, March and May, late care of April goes into May again or into June.
func TestTooEarly(t *testing.T) {
	for period, want := range map[string]bool{"2025-04-01": true, "2025-05-01": false, "2025-06-01": false, "2025-09-01": false} {
		declared := ijw.Span{First: ijw.DayOf(day(period))}
		if got := declared.TooEarly(billing.PeriodOf(2025, 5)); got != want {
			t.Errorf("TR318: %s after May: %t", period, got)
		}
	}
	if span("2021-01-01", "2021-01-31").TooEarly(0) {
		t.Error("TR318: the first declaration is too early")
	}
}

// IV091: a credit copies the debit except its references and its side.
func TestCreditRepeats(t *testing.T) {
	for name, change := range map[string]func(*ijw.Prestatie){
		"referral": func(p *ijw.Prestatie) { p.Referral = ijw.NumberOf(1) }, "category": func(p *ijw.Prestatie) { p.Category = "41" },
		"product": func(p *ijw.Prestatie) { p.Product = "45A49" }, "begin": func(p *ijw.Prestatie) { p.Period.First = ijw.DayOf(day("2026-10-02")) },
		"end": func(p *ijw.Prestatie) { p.Period.Last = ijw.DayOf(day("2026-10-30")) }, "volume": func(p *ijw.Prestatie) { p.Volume = ijw.NumberOf(94) },
		"unit": func(p *ijw.Prestatie) { p.Unit = ijw.Hour }, "tariff": func(p *ijw.Prestatie) { p.Tariff = ijw.NumberOf(160) },
		"no tariff": func(p *ijw.Prestatie) { p.Tariff = ijw.Number{} }, "amount": func(p *ijw.Prestatie) { p.Amount.Cents = ijw.NumberOf(1) },
	} {
		original, credit := debit("R1", 300201, 95, 15121), debit("C1", 300201, 95, 15121)
		credit.Previous, credit.Amount.Side = "R1", ijw.Credit
		credit.Volume.Text, credit.Period.First.Text = " +095", " 2026-10-01"
		if !credit.Repeats(&original) {
			t.Fatal("TR323: a credit as it should be is refused")
		}
		if change(&credit); credit.Repeats(&original) {
			t.Errorf("TR323: a credit of another %s", name)
		}
	}
}

// TR341: minutes on hours may be declared, hours on minutes may not.
func TestUnitFits(t *testing.T) {
	units := []ijw.Unit{ijw.Minute, ijw.Hour, ijw.FullDay, ijw.Daypart, ijw.OutputOf, ijw.Euros, ijw.EffortsOf}
	for _, declared := range units {
		for _, referral := range units {
			want := declared == referral || declared == "01" && referral == "04"
			if declared.Fits(referral) != want {
				t.Errorf("TR341: %s on %s", declared, referral)
			}
		}
	}
}
