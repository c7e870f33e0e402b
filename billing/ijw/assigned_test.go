package ijw_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ijw"
)

// assigned is a product of 3 hours a week.
func assigned(number int64) ijw.Assignment {
	return ijw.Assignment{
		Number: ijw.NumberOf(number), Category: "45", Product: "45A48",
		Decided: ijw.Moment{Day: ijw.DayOf(day("2026-01-05")), Time: "12:00:00"},
		Start:   ijw.DayOf(day("2026-01-01")), End: ijw.DayOf(day("2026-12-31")),
		Volume: ijw.NumberOf(3), Unit: ijw.Hour, Frequency: billing.PerWeek,
	}
}

func budget(a *ijw.Assignment) {
	a.Category, a.Product, a.Volume, a.Unit, a.Frequency, a.Budget = "", "", ijw.Number{}, "", 0, ijw.NumberOf(100000)
}

func TestAssignmentRules(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(*ijw.Assignment)
		want   []string
	}{
		{"nothing broken", func(a *ijw.Assignment) {}, nil},
		{"a budget", budget, nil},
		{"a category with a budget", func(a *ijw.Assignment) { budget(a); a.Category = "45" }, nil},
		{"CS003: ends before it starts", func(a *ijw.Assignment) { a.End = ijw.DayOf(day("2025-12-31")) }, []string{"CS003"}},
		{"CS003: ends on the day it starts", func(a *ijw.Assignment) { a.End = a.Start }, nil},
		{"CD079: no product and no budget", func(a *ijw.Assignment) { budget(a); a.Budget = ijw.Number{} }, []string{"CD079"}},
		{"CD041 alone: a code without a volume", func(a *ijw.Assignment) { a.Volume, a.Unit, a.Frequency = ijw.Number{}, "", 0 }, []string{"CD041"}},
		{"CD077 and CD078: a budget beside a volume", func(a *ijw.Assignment) { a.Budget = ijw.NumberOf(1) }, []string{"CD077", "CD078"}},
		{"CD080: a volume without a code", func(a *ijw.Assignment) { a.Product = "" }, []string{"CD080"}},
		{"CD080: open", func(a *ijw.Assignment) { a.Product, a.End, a.Frequency = "", ijw.Day{}, billing.PerMonth }, []string{"CD080"}},
		{"CD080: not when it ended in 2020", func(a *ijw.Assignment) {
			a.Product, a.Start, a.End = "", ijw.DayOf(day("2020-01-01")), ijw.DayOf(day("2020-12-31"))
		}, nil},
		{"CD075: an open budget", func(a *ijw.Assignment) { budget(a); a.End = ijw.Day{} }, []string{"CD075"}},
		{"CD076: per week and open", func(a *ijw.Assignment) { a.End = ijw.Day{} }, []string{"CD076"}},
		{"CD076: per month and open", func(a *ijw.Assignment) { a.End, a.Frequency = ijw.Day{}, billing.PerMonth }, nil},
		{"CS338: day-parts per day", func(a *ijw.Assignment) { a.Unit, a.Frequency = ijw.Daypart, billing.PerDay }, []string{"CS338"}},
		{"CS338: full days per day", func(a *ijw.Assignment) { a.Unit, a.Frequency = ijw.FullDay, billing.PerDay }, []string{"CS338"}},
		{"CS338: euros per day", func(a *ijw.Assignment) { a.Unit, a.Frequency = ijw.Euros, billing.PerDay }, []string{"CS338"}},
		{"CS338: pieces of effort per day", func(a *ijw.Assignment) { a.Unit, a.Frequency = ijw.EffortsOf, billing.PerDay }, []string{"CS338"}},
		{"CS338: hours and pieces of output may be per day", func(a *ijw.Assignment) { a.Unit, a.Frequency = ijw.OutputOf, billing.PerDay }, nil},
		{"CS338: day-parts per week", func(a *ijw.Assignment) { a.Unit, a.Frequency = ijw.Daypart, billing.PerWeek }, nil},
		{"CS338: day-parts per month", func(a *ijw.Assignment) { a.Unit, a.Frequency = ijw.Daypart, billing.PerMonth }, nil},
		{"CS338: day-parts in total", func(a *ijw.Assignment) { a.Unit, a.Frequency = ijw.Daypart, billing.InTotal }, nil},
		{"CS335: deleted but not on one day", func(a *ijw.Assignment) { a.Reason = "13" }, []string{"CS335"}},
		{"CS335: deleted and open", func(a *ijw.Assignment) { a.Reason, a.End, a.Frequency = "13", ijw.Day{}, billing.PerMonth }, []string{"CS335"}},
		{"CS335: deleted", func(a *ijw.Assignment) { a.Reason, a.End = "13", a.Start }, nil},
		{"CS336: the lapsed reason", func(a *ijw.Assignment) { a.Reason = "01" }, []string{"CS336"}},
	} {
		product := assigned(300201)
		test.change(&product)
		m := ijw.Message301{Assigned: ijw.Assigned{BSN: "999900006", Products: []ijw.Assignment{assigned(1), product}}}
		m.Assigned.Products[0].Product, m.Assigned.Products[0].Category = "41A00", "41"
		if product.Category == "" {
			m.Assigned.Products[0].Start, m.Assigned.Products[0].End = ijw.DayOf(day("2019-01-01")), ijw.DayOf(day("2019-01-01"))
		}
		breaches := m.Breaches()
		if got := codesOf(breaches); !slices.Equal(got, test.want) {
			t.Errorf("%s: got %v, want %v", test.name, got, test.want)
		}
		for _, breach := range breaches {
			fills(t, breach)
			if breach.Place.Client != 1 || breach.Place.Part != 2 || breach.Rule.Reported {
				t.Errorf("%s: %+v", test.name, breach.Place)
			}
		}
	}
}

func TestAssignedClient(t *testing.T) {
	m := ijw.Message301{Assigned: ijw.Assigned{BSN: "999900007", Products: []ijw.Assignment{assigned(1)}}}
	if got := codesOf(m.Breaches()); !slices.Equal(got, []string{"CS002"}) {
		t.Errorf("CS002: got %v", got)
	}
	for use, want := range map[string]billing.Date{"": day("2010-02-14"), "1": day("2010-02-14"), "2": day("2010-02-14"), "3": 0} {
		a := ijw.Assigned{Born: ijw.DayOf(day("2010-02-14")), BornUse: use}
		if got := a.BirthDate(); got != want {
			t.Errorf("DatumGebruik %q: %s", use, got)
		}
	}
}

// TR302 is only reported: the same product twice at one time, unless one of the two was deleted.
func TestProductTwice(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(a, b *ijw.Assignment)
		twice  bool
	}{
		{"the same", func(a, b *ijw.Assignment) {}, true},
		{"another code", func(a, b *ijw.Assignment) { b.Product = "45A49" }, false},
		{"the same code in another case", func(a, b *ijw.Assignment) { b.Product = "45a48" }, true},
		{"another category", func(a, b *ijw.Assignment) { b.Category = "41" }, false},
		{"a category for its code", func(a, b *ijw.Assignment) { b.Product = "" }, true},
		{"a budget for everything", func(a, b *ijw.Assignment) { budget(b) }, true},
		{"one after the other", func(a, b *ijw.Assignment) {
			a.End, b.Start = ijw.DayOf(day("2026-05-31")), ijw.DayOf(day("2026-06-01"))
		}, false},
		{"one day together", func(a, b *ijw.Assignment) {
			a.End, b.Start = ijw.DayOf(day("2026-06-01")), ijw.DayOf(day("2026-06-01"))
		}, true},
		{"both open", func(a, b *ijw.Assignment) { a.End, b.End = ijw.Day{}, ijw.Day{} }, true},
		{"one deleted", func(a, b *ijw.Assignment) { a.Reason, a.End = "13", a.Start }, false},
	} {
		a, b := assigned(1), assigned(2)
		test.change(&a, &b)
		m := ijw.Message301{Assigned: ijw.Assigned{BSN: "999900006", Products: []ijw.Assignment{a, b}}}
		got := false
		for _, breach := range m.Breaches() {
			if breach.Rule.Code == "TR302" {
				got = true
				if message := breach.Rule.Message.Dutch; !strings.HasPrefix(message, "Hetzelfde product staat nog een keer in dit bericht, met nummer {1}") { // it may be its own number
					t.Errorf("%s: %s", test.name, message)
				}
				if !breach.Rule.Reported || breach.Place.Part != 2 || breach.Values[0] != "1" {
					t.Errorf("%s: %+v", test.name, breach)
				}
			}
		}
		if got != test.twice {
			t.Errorf("%s: %t", test.name, got)
		}
	}
}
