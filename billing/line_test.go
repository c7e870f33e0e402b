package billing_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
)

// written formats lines for comparison: product, month, quantity × price = amount, records.
func written(lines []billing.Line) string {
	var all []string
	for _, line := range lines {
		all = append(all, fmt.Sprintf("%s %s %s × %s = %s (%d)", line.Product, line.CareMonth, line.Quantity.Format(line.Unit), line.Price, line.Amount, line.Records))
	}
	return strings.Join(all, "; ")
}

func TestLines(t *testing.T) {
	type delivered struct {
		product, date string
		quantity      billing.Quantity
	}
	tests := []struct {
		name      string
		delivered []delivered
		want      string
	}{
		{"nothing", nil, ""},
		{"summed first, rounded once", []delivered{{"BEG", "2026-01-05", minutes(95)}, {"BEG", "2026-01-06", minutes(60)}, {"BEG", "2026-01-07", minutes(7)},
			{"BEG", "2026-01-08", minutes(31)}}, "BEG 2026-01 3.2167 × 91.23 = 293.46 (4)"},
		{"a line per price", []delivered{{"BEG", "2026-01-15", hours(1)}, {"BEG", "2026-01-14", hours(2)}},
			"BEG 2026-01 2.0000 × 91.23 = 182.46 (1); BEG 2026-01 1.0000 × 93.45 = 93.45 (1)"},
		{"a line per month", []delivered{{"BEG", "2025-12-31", hours(1)}, {"BEG", "2026-01-01", hours(1)}},
			"BEG 2025-12 1.0000 × 91.23 = 91.23 (1); BEG 2026-01 1.0000 × 91.23 = 91.23 (1)"},
		{"day-parts", []delivered{{"DAG", "2026-01-05", 150}, {"DAG", "2026-01-06", 25}}, "DAG 2026-01 1.75 × 90.00 = 157.50 (2)"},
		{"whole hours of 4 × 95 minutes", []delivered{{"HEEL", "2026-01-05", minutes(95)}, {"HEEL", "2026-01-06", minutes(95)}, {"HEEL", "2026-01-07", minutes(95)},
			{"HEEL", "2026-01-08", minutes(95)}}, "HEEL 2026-01 6.0000 × 75.60 = 453.60 (4)"},
		{"whole hours, 29.99 minutes down", []delivered{{"HEEL", "2026-01-05", hours(1) + 2999}}, "HEEL 2026-01 1.0000 × 75.60 = 75.60 (1)"},
		{"whole hours, 30 minutes up", []delivered{{"HEEL", "2026-01-05", hours(1) + 3000}}, "HEEL 2026-01 2.0000 × 75.60 = 151.20 (1)"},
		{"whole hours, at least one", []delivered{{"HEEL", "2026-01-05", 1}}, "HEEL 2026-01 1.0000 × 75.60 = 75.60 (1)"},
		{"whole hours at two prices", []delivered{{"HEEL", "2026-01-10", minutes(80)}, {"HEEL", "2026-01-20", minutes(70)}},
			"HEEL 2026-01 1.0000 × 75.60 = 75.60 (1); HEEL 2026-01 2.0000 × 80.10 = 160.20 (1)"},
		{"whole hours, the second gets nothing", []delivered{{"HEEL", "2026-01-10", minutes(10)}, {"HEEL", "2026-01-20", minutes(70)}},
			"HEEL 2026-01 1.0000 × 75.60 = 75.60 (1)"},
		{"whole hours, the minimum is of the total", []delivered{{"HEEL", "2026-01-10", minutes(10)}, {"HEEL", "2026-01-20", minutes(10)}},
			"HEEL 2026-01 1.0000 × 75.60 = 75.60 (1)"},
		{"whole hours, each month for itself", []delivered{{"HEEL", "2025-12-10", minutes(10)}, {"HEEL", "2026-01-10", minutes(10)}},
			"HEEL 2025-12 1.0000 × 75.60 = 75.60 (1); HEEL 2026-01 1.0000 × 75.60 = 75.60 (1)"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c := newClient()
			for _, d := range test.delivered {
				add(c, d.product, d.date, d.quantity)
			}
			if got := written(newJudge("2026-01").Judge(c).Target); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

// IV079: four times 95 minutes are added up first and then rounded, to 6 hours; less than an hour becomes one hour.
func TestWholeHoursOfTheStandard(t *testing.T) {
	for minutes, hours := range map[billing.Quantity]billing.Quantity{4 * 95: 6, 29: 1, 89: 1, 90: 2} {
		book := (&billing.Book{Products: []billing.Product{{Code: "P", AllowsTime: true, WholeHours: true}}}).Index()
		var cases []billing.Case
		for _, part := range []billing.Quantity{minutes / 4, minutes / 4, minutes / 4, minutes - 3*(minutes/4)} {
			cases = append(cases, billing.Case{
				Record:   &billing.Record{Provider: "1", BSN: "9", Unit: billing.Time, First: billing.NewDate(2026, 10, 1), Quantity: part * 100},
				Referral: &billing.Referral{Number: "T"}, Municipality: &billing.Municipality{Code: "0855"}, Product: book.Product("P"), Price: 95_50, Outcome: billing.Accepted,
			})
		}
		lines := (&billing.Judge{Period: billing.PeriodOf(2026, 10), Book: book}).TargetOf(cases)
		if len(lines) != 1 || lines[0].Quantity != hours*6000 || lines[0].Amount != billing.Money(hours)*95_50 {
			t.Errorf("%d minutes: %+v", minutes, lines)
		}
	}
}

// The day-parts of a product that is settled in whole hours are not rounded.
func TestWholeHoursLeaveDayparts(t *testing.T) {
	judge, c := newJudge("2026-01"), newClient()
	judge.Book.Product("HEEL").AllowsDaypart = true
	judge.Book.Prices = append(judge.Book.Prices, billing.PriceRow{Product: "HEEL", Unit: billing.Daypart, Price: 50_01, From: day("2023-01-01")})
	judge.Book.Index()
	add(c, "HEEL", "2026-01-05", minutes(20))
	part := add(c, "HEEL", "2026-01-06", 50)
	part.Unit = billing.Daypart
	if got, want := written(judge.Judge(c).Target), "HEEL 2026-01 1.0000 × 75.60 = 75.60 (1); HEEL 2026-01 0.50 × 50.01 = 25.01 (1)"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// Three prices under one key, and the lower price first: the order is that of the first care dates.
func TestWholeHoursInOrderOfFirstCareDate(t *testing.T) {
	judge := newJudge("2026-01")
	judge.Book.Prices[3].To = day("2026-01-20")
	judge.Book.Prices = append(judge.Book.Prices, billing.PriceRow{Product: "HEEL", Unit: billing.Time, Price: 7000, From: day("2026-01-21")})
	judge.Book.Index()
	c := newClient()
	add(c, "HEEL", "2026-01-25", minutes(100))
	add(c, "HEEL", "2026-01-16", minutes(25))
	add(c, "HEEL", "2026-01-05", minutes(70))
	add(c, "HEEL", "2026-01-17", minutes(5))
	want := "HEEL 2026-01 1.0000 × 75.60 = 75.60 (1); HEEL 2026-01 1.0000 × 80.10 = 80.10 (2); HEEL 2026-01 1.0000 × 70.00 = 70.00 (1)"
	if got := written(judge.Judge(c).Target); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestCompareDeclared(t *testing.T) {
	line := func(change func(*billing.DeclaredLine)) billing.DeclaredLine {
		l := billing.DeclaredLine{Line: billing.Line{
			LineKey: billing.LineKey{Provider: "2", Municipality: "2", BSN: "2", Referral: "2", Product: "2", Unit: billing.Time, CareMonth: 2}, Price: 1000,
		}, Kind: billing.Late}
		change(&l)
		return l
	}
	base := line(func(*billing.DeclaredLine) {})
	for name, before := range map[string]billing.DeclaredLine{
		"municipality": line(func(l *billing.DeclaredLine) { l.Municipality, l.Provider = "1", "9" }),
		"provider":     line(func(l *billing.DeclaredLine) { l.Provider, l.BSN = "1", "9" }),
		"bsn":          line(func(l *billing.DeclaredLine) { l.BSN, l.Referral = "1", "9" }),
		"referral":     line(func(l *billing.DeclaredLine) { l.Referral, l.Product = "1", "9" }),
		"product":      line(func(l *billing.DeclaredLine) { l.Product, l.CareMonth = "1", 9 }),
		"unit":         line(func(l *billing.DeclaredLine) { l.Unit, l.CareMonth = billing.Daypart, 9 }),
		"care month":   line(func(l *billing.DeclaredLine) { l.CareMonth, l.Kind = 1, billing.Regular }),
		"kind":         line(func(l *billing.DeclaredLine) { l.Kind, l.Price = billing.Credit, 9999 }),
		"price":        line(func(l *billing.DeclaredLine) { l.Price = 900 }), // as a number, not as a text
	} {
		if billing.CompareDeclared(before, base) >= 0 || billing.CompareDeclared(base, before) <= 0 {
			t.Errorf("%s does not decide", name)
		}
	}
}

// A price that comes back forms one line, whose first care date is that of its first use.
func TestWholeHoursWithPriceThatComesBack(t *testing.T) {
	judge := newJudge("2026-01")
	judge.Book.Prices[3].To = day("2026-01-20")
	judge.Book.Prices = append(judge.Book.Prices, billing.PriceRow{Product: "HEEL", Unit: billing.Time, Price: 7560, From: day("2026-01-21")})
	judge.Book.Index()
	c := newClient()
	add(c, "HEEL", "2026-01-25", minutes(60))
	add(c, "HEEL", "2026-01-16", minutes(70))
	add(c, "HEEL", "2026-01-05", minutes(20))
	target := judge.Judge(c).Target
	if got, want := written(target), "HEEL 2026-01 1.0000 × 75.60 = 75.60 (2); HEEL 2026-01 2.0000 × 80.10 = 160.20 (1)"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := target[0].First.String(); got != "2026-01-05" {
		t.Errorf("the first care date is %s", got)
	}
}

// The first care date of a line is the earliest one, even if a later day was declared before and so comes first in order: it
// decides the order in which whole hours are allotted.
func TestFirstCareDateIsTheEarliest(t *testing.T) {
	judge, c := newJudge("2026-01"), newClient()
	add(c, "HEEL", "2026-01-20", minutes(70)).Declared = month("2025-12")
	add(c, "HEEL", "2026-01-12", minutes(10)).Declared = month("2025-12")
	add(c, "HEEL", "2026-01-10", minutes(10))
	target := judge.Judge(c).Target
	if got, want := written(target), "HEEL 2026-01 1.0000 × 75.60 = 75.60 (2); HEEL 2026-01 1.0000 × 80.10 = 80.10 (1)"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := target[0].First.String(); got != "2026-01-10" {
		t.Errorf("the first care date is %s", got)
	}
}

// A line is rounded by the row of its product on the first day of the care month, not on the care date.
func TestWholeHoursOfTheCareMonth(t *testing.T) {
	for since, want := range map[string]string{
		"2026-01-01": "BEG 2026-01 2.0000 × 91.23 = 182.46 (1)", "2026-01-02": "BEG 2026-01 1.5000 × 91.23 = 136.85 (1)", "2026-02-01": "BEG 2026-01 1.5000 × 91.23 = 136.85 (1)",
	} {
		judge, c := newJudge("2026-01"), newClient()
		whole := *judge.Book.Product("BEG")
		whole.WholeHours, whole.From = true, day(since)
		judge.Book.Products = append(judge.Book.Products, whole)
		judge.Book.Index()
		add(c, "BEG", "2026-01-10", minutes(90))
		if got := written(judge.Judge(c).Target); got != want {
			t.Errorf("since %s: got %s, want %s", since, got, want)
		}
	}
}
