package billing_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
)

// TestCeilings checks what counts towards a ceiling and the forecast; the book has one contract, of which each case
// gives the first day, the last day and what was declared on it before.
func TestCeilings(t *testing.T) {
	for _, test := range []struct {
		name, from, to   string
		before, beforeIn int
		spent            map[string]int64
		period, want     string
	}{
		{"a whole year", "2025-01-01", "", 0, 0, map[string]int64{"2026-01": 100_00, "2026-03": 200_00}, "2026-03", "2026 300.00 → 1200.00 of 1000.00"},
		{"december is the end", "2025-01-01", "", 0, 0, map[string]int64{"2026-12": 300_00}, "2026-12", "2026 300.00 → 300.00 of 1000.00"},
		{"declared with us since October", "2025-01-01", "", 0, 0, map[string]int64{"2026-10": 100_00, "2026-11": 100_00}, "2026-11", "2026 200.00 → 300.00 of 1000.00"},
		{"begun in July", "2026-07-01", "", 0, 0, map[string]int64{"2026-08": 100_00}, "2026-08", "2026 100.00 → 500.00 of 1000.00"},
		{"ends in September", "2025-01-01", "2026-09-30", 0, 0, map[string]int64{"2026-04": 50_00, "2026-06": 50_00}, "2026-06", "2026 100.00 → 200.00 of 1000.00"},
		{"what was declared before counts", "2025-01-01", "", 500_00, 2026, map[string]int64{"2026-06": 100_00}, "2026-06", "2026 600.00 → 1200.00 of 1000.00"},
		{"nothing yet", "2025-01-01", "", 0, 0, nil, "2026-06", "2026 0.00 → 0.00 of 1000.00"},
		{"late care of last year", "2025-01-01", "", 0, 0, map[string]int64{"2025-12": 900_00, "2026-01": 10_00}, "2026-01",
			"2025 900.00 → 900.00 of 1000.00; 2026 10.00 → 120.00 of 1000.00"},
		{"over", "2024-01-01", "2024-12-31", 0, 0, nil, "2026-01", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			book := newJudge("2026-01").Book
			contract := billing.Contract{Provider: provider, Segment: "4", From: day(test.from), Ceiling: 1000_00, HasCeiling: true,
				DeclaredBefore: billing.Money(test.before), DeclaredBeforeIn: test.beforeIn}
			if test.to != "" {
				contract.To = day(test.to)
			}
			book.Contracts = []billing.Contract{contract}
			var spendings []billing.Spending
			for month, amount := range test.spent {
				first := day(month + "-01")
				spendings = append(spendings, billing.Spending{Provider: provider, Product: "BEG", Municipality: "0855", First: first,
					CareMonth: first.Period(), Amount: billing.Money(amount)})
			}
			var got []string
			for _, c := range billing.Ceilings(book.Index(), spendings, day(test.period+"-01").Period()) {
				got = append(got, fmt.Sprintf("%d %s → %s of %s", c.Year, c.Declared, c.Forecast, c.Limit))
			}
			if all := strings.Join(got, "; "); all != test.want {
				t.Errorf("got %s, want %s", all, test.want)
			}
		})
	}
}

// A ceiling is shown from the percentage on, to the cent, and only when something was declared.
func TestCeilingReaches(t *testing.T) {
	for _, test := range []struct {
		declared, limit billing.Money
		percentage      int
		want            bool
	}{
		{899_99, 1000_00, 90, false}, {900_00, 1000_00, 90, true}, {900_01, 1000_00, 90, true},
		{99, 1_11, 90, false}, {1_00, 1_11, 90, true}, // 90 % is 99.9 cents
		{0, 0, 90, false}, {1, 0, 90, true}, {-1, 0, 90, false}, {0, 1000_00, 0, false},
	} {
		c := billing.Ceiling{Declared: test.declared, Limit: test.limit}
		if got := c.Reaches(test.percentage); got != test.want {
			t.Errorf("%s of %s reaches %d %%: %t, want %t", test.declared, test.limit, test.percentage, got, test.want)
		}
	}
}

// Only in a month within which a contract begins or ends, or a row of a product or municipality begins, does the care date
// decide which contract counts.
func TestSplitMonths(t *testing.T) {
	book := newJudge("2026-01").Book
	contract := func(from, to string) billing.Contract {
		c := billing.Contract{Provider: provider, Segment: "4", From: day(from)}
		if to != "" {
			c.To = day(to)
		}
		return c
	}
	book.Contracts = []billing.Contract{
		contract("2026-01-01", "2026-03-31"), contract("2026-04-02", "2026-06-29"), contract("2026-07-15", ""), contract("2026-07-20", "2026-10-15"),
		{Provider: provider, Segment: "4"}, contract("2025-12-15", "2026-11-29"),
	}
	product, town := book.Products[0], book.Municipalities[0]
	product.From, town.From = day("2026-05-02"), day("2026-09-01")
	book.Products, book.Municipalities = append(book.Products, product), append(book.Municipalities, town)
	town.From = day("2026-08-31")
	book.Municipalities = append(book.Municipalities, town)
	month := func(text string) billing.Period { return day(text + "-01").Period() }
	got := book.Index().SplitMonths(month("2026-04"), month("2026-10"))
	if want := []billing.Period{month("2026-04"), month("2026-05"), month("2026-06"), month("2026-07"), month("2026-08"), month("2026-10")}; !slices.Equal(got, want) {
		t.Errorf("got %s, want %s", got, want)
	}
}

// A contract without a ceiling is not listed, whatever was declared on it; a year in which nobody declares is not listed for
// what was declared in it before pxq; the forecast starts in the earliest month, whatever the order of the lines; a contract
// of one month is listed in its year; only in a segment contracted per area is the area named.
func TestWhichCeilings(t *testing.T) {
	spent := func(month string, amount billing.Money) billing.Spending {
		first := day(month + "-01")
		return billing.Spending{Provider: provider, Product: "BEG", Municipality: "0855", First: first, CareMonth: first.Period(), Amount: amount}
	}
	for _, test := range []struct {
		name    string
		perArea bool
		change  func(*billing.Contract)
		spent   []billing.Spending
		want    string
	}{
		{"none", false, func(c *billing.Contract) { c.HasCeiling, c.Ceiling = false, 0 }, []billing.Spending{spent("2026-01", 100_00)}, ""},
		{"on no contract", false, func(c *billing.Contract) { c.From = day("2026-02-01") }, []billing.Spending{spent("2026-01", 100_00)}, "segment 4 2026 0.00 → 0.00"},
		{"another year before", false, func(c *billing.Contract) { c.DeclaredBefore, c.DeclaredBeforeIn = 500_00, 2024 }, []billing.Spending{spent("2026-06", 70_00)}, "segment 4 2026 70.00 → 490.00"},
		{"the later month first", false, func(*billing.Contract) {}, []billing.Spending{spent("2026-06", 40_00), spent("2026-03", 40_00), spent("2026-05", 40_00)}, "segment 4 2026 120.00 → 300.00"},
		{"one month", false, func(c *billing.Contract) { c.From, c.To = day("2026-03-01"), day("2026-03-31") }, nil, "segment 4 2026 0.00 → 0.00"},
		{"per area", true, func(c *billing.Contract) { c.Area = "1" }, nil, "segment 4 gebied 1 2026 0.00 → 0.00"},
		{"an area that means nothing", false, func(c *billing.Contract) { c.Area = "1" }, nil, "segment 4 2026 0.00 → 0.00"},
	} {
		t.Run(test.name, func(t *testing.T) {
			book := newJudge("2026-06").Book
			book.Segments[0].PerArea = test.perArea
			contract := billing.Contract{Provider: provider, Segment: "4", From: day("2025-01-01"), Ceiling: 1000_00, HasCeiling: true}
			test.change(&contract)
			book.Contracts = []billing.Contract{contract}
			var got []string
			for _, c := range billing.Ceilings(book.Index(), test.spent, day("2026-06-01").Period()) {
				got = append(got, fmt.Sprintf("%s %d %s → %s", c.Contract(), c.Year, c.Declared, c.Forecast))
			}
			if all := strings.Join(got, "; "); all != test.want {
				t.Errorf("got %s, want %s", all, test.want)
			}
		})
	}
}

// Segment and area are those of the first care date, as for the contract itself: what changes from a day on leaves the
// ceilings of the care before it as they were.
func TestCeilingsOfTheCareDate(t *testing.T) {
	spent := func(on string, amount billing.Money) billing.Spending {
		return billing.Spending{Provider: provider, Product: "BEG", Municipality: "0855", First: day(on), CareMonth: day(on).Period(), Amount: amount}
	}
	spendings := []billing.Spending{spent("2026-03-01", 900_00), spent("2026-07-14", 20_00), spent("2026-07-15", 3_00), spent("2026-08-01", 50_00)}
	contract := func(segment, area string) billing.Contract {
		return billing.Contract{Provider: provider, Segment: segment, Area: area, From: day("2025-01-01"), Ceiling: 1000_00, HasCeiling: true}
	}
	for _, test := range []struct {
		name   string
		change func(*billing.Book)
		want   string
	}{
		{"a municipality changes its area", func(book *billing.Book) {
			book.Segments[0].PerArea = true
			book.Contracts = []billing.Contract{contract("4", "1"), contract("4", "2")}
			town := *book.Municipality("0855")
			town.From, town.Area = day("2026-07-15"), "2"
			book.Municipalities = append(book.Municipalities, town)
		}, "segment 4 gebied 1 920.00; segment 4 gebied 2 53.00"},
		{"a product changes its segment", func(book *billing.Book) {
			book.Segments = append(book.Segments, billing.Segment{Code: "2", Name: "Segment 2"})
			book.Contracts = []billing.Contract{contract("4", ""), contract("2", "")}
			product := *book.Product("BEG")
			product.From, product.Segment = day("2026-07-15"), "2"
			book.Products = append(book.Products, product)
		}, "segment 2 53.00; segment 4 920.00"},
	} {
		t.Run(test.name, func(t *testing.T) {
			book := newJudge("2026-08").Book
			for i := range book.Municipalities {
				book.Municipalities[i].Area = "1"
			}
			test.change(book)
			var got []string
			for _, c := range billing.Ceilings(book.Index(), spendings, day("2026-08-01").Period()) {
				got = append(got, c.Contract()+" "+c.Declared.String())
			}
			if all := strings.Join(got, "; "); all != test.want {
				t.Errorf("got %s, want %s", all, test.want)
			}
		})
	}
}
