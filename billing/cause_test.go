package billing_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/pxq-nl/pxq/billing"
)

const (
	exactProduct = "P1" // 85.00 an hour now
	wholeProduct = "P2" // 85.00 too, in whole hours
)

// splitBook is the book of the later run: prices of 83.55 until now are 85.00 in it.
func splitBook() *billing.Book {
	book := &billing.Book{
		Products: []billing.Product{{Code: exactProduct, AllowsTime: true}, {Code: wholeProduct, AllowsTime: true, WholeHours: true}},
		Prices:   []billing.PriceRow{{Product: exactProduct, Unit: billing.Time, Price: 85_00}, {Product: wholeProduct, Unit: billing.Time, Price: 85_00}},
	}
	return book.Index()
}

// keyOf returns a key of October of one client, in that product and for that municipality.
func keyOf(product, municipality string) billing.LineKey {
	return billing.LineKey{Provider: "1", Municipality: municipality, BSN: "9", Referral: "T", Product: product, Unit: billing.Time, CareMonth: billing.PeriodOf(2026, 10)}
}

// counted parses rows: "R1 v1 accepted 32h 83.55", where the version is the number of the row; a row with M at the end is of
// another municipality.
func counted(t *testing.T, product string, rows ...string) []billing.CountedRow {
	t.Helper()
	var list []billing.CountedRow
	for _, text := range rows {
		var reference, outcome, municipality string
		var number int64
		var hours, price float64
		if _, err := fmt.Sscanf(text+" -", "%s v%d %s %fh %f %s", &reference, &number, &outcome, &hours, &price, &municipality); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if municipality == "-" {
			municipality = ""
		}
		list = append(list, billing.CountedRow{
			LineKey: keyOf(product, municipality), Record: number, KnownAs: reference, Day: billing.NewDate(2026, 10, int(number%28)+1),
			Quantity: billing.Quantity(hours*6000 + .5), Outcome: billing.ParseOutcome(outcome), Price: billing.Price(price*100 + .5),
		})
	}
	return list
}

// worth returns the amount that the rows of a key come to, in lines built as in a declaration.
func worth(book *billing.Book, key billing.LineKey, rows []billing.CountedRow) billing.Money {
	judge := &billing.Judge{Period: key.CareMonth, Book: book}
	var cases []billing.Case
	for i := range rows {
		row := &rows[i]
		cases = append(cases, billing.Case{
			Record:   &billing.Record{BSN: row.BSN, Provider: row.Provider, Unit: row.Unit, First: row.Day, Quantity: row.Quantity},
			Referral: &billing.Referral{Number: row.Referral}, Municipality: &billing.Municipality{Code: row.Municipality},
			Product: book.Product(row.Product), Price: row.Price, Outcome: row.Outcome,
		})
	}
	total := billing.Money(0)
	for _, line := range judge.TargetOf(cases) {
		if line.LineKey == key {
			total += line.Amount
		}
	}
	return total
}

func shownCauses(causes []billing.CauseAmount) string {
	var parts []string
	for _, cause := range causes {
		parts = append(parts, fmt.Sprintf("%s %s", cause.Cause, cause.Amount))
	}
	return strings.Join(parts, ", ")
}

// TestSplit is the table of what changes cost by cause. Unless it says otherwise the price went from 83.55 to 85.00.
func TestSplit(t *testing.T) {
	decided := func(c *billing.Changes) {
		c.Decided = map[int64]bool{1: true}
	}
	referred := func(c *billing.Changes) { c.Referrals = map[billing.ReferralKey]bool{{Client: "9", Number: "T"}: true} }
	samePrice := func(c *billing.Changes) { c.Book, c.NewBook = false, nil }
	for _, test := range []struct {
		name          string
		product       string
		change        func(*billing.Changes)
		before, after []string
		want          string
	}{
		{"another price", exactProduct, nil, []string{"R1 v1 accepted 32h 83.55"}, []string{"R1 v1 accepted 32h 85.00"}, "price 46.40"},
		{"and a newer version of one hour more", exactProduct, nil, []string{"R1 v1 accepted 2h 83.55", "R2 v2 accepted 30h 83.55"},
			[]string{"R1 v1 replaced 2h 0", "R1 v3 accepted 3h 85.00", "R2 v2 accepted 30h 85.00"}, "record 85.00, price 46.40"},
		{"and a newer version of one hour less", exactProduct, nil, []string{"R1 v1 accepted 2h 83.55", "R2 v2 accepted 30h 83.55"},
			[]string{"R1 v1 replaced 2h 0", "R1 v3 accepted 1h 85.00", "R2 v2 accepted 30h 85.00"}, "record -85.00, price 46.40"},
		{"and late care", exactProduct, nil, []string{"R1 v1 accepted 32h 83.55"}, []string{"R1 v1 accepted 32h 85.00", "R2 v2 accepted 1h 85.00"}, "record 85.00, price 46.40"},
		{"and a withdrawn record", exactProduct, nil, []string{"R1 v1 accepted 2h 83.55", "R2 v2 accepted 30h 83.55"},
			[]string{"R1 v1 replaced 2h 0", "R1 v3 withdrawn 0h 0", "R2 v2 accepted 30h 85.00"}, "record -170.00, price 46.40"},
		{"and a refused record", exactProduct, decided, []string{"R1 v1 accepted 2h 83.55", "R2 v2 accepted 30h 83.55"},
			[]string{"R1 v1 rejected 2h 85.00", "R2 v2 accepted 30h 85.00"}, "decision -170.00, price 46.40"},
		{"and a referral that ended", exactProduct, referred, []string{"R1 v1 accepted 2h 83.55", "R2 v2 accepted 30h 83.55"},
			[]string{"R1 v1 rejected 2h 85.00", "R2 v2 accepted 30h 85.00"}, "referral -170.00, price 46.40"},
		{"and all at once", exactProduct, func(c *billing.Changes) {
			decided(c)
			c.Referrals = map[billing.ReferralKey]bool{{Client: "9", Number: "T"}: true}
		}, []string{"R1 v1 accepted 2h 83.55", "R2 v2 accepted 20h 83.55", "R3 v3 accepted 10h 83.55"},
			[]string{"R1 v1 rejected 2h 85.00", "R2 v2 rejected 20h 85.00", "R3 v3 replaced 10h 0", "R3 v4 accepted 11h 85.00"},
			"record 85.00, decision -170.00, referral -1700.00, price 46.40"},
		{"a version that waited for a decision", exactProduct, func(c *billing.Changes) { samePrice(c); c.Decided = map[int64]bool{2: true} },
			[]string{"R1 v1 accepted 2h 83.55", "R1 v2 held 3h 83.55"}, []string{"R1 v1 replaced 2h 0", "R1 v2 accepted 3h 83.55"}, "decision 83.55"},
		{"a version that the referral did not allow", exactProduct, func(c *billing.Changes) { samePrice(c); referred(c) },
			[]string{"R1 v1 accepted 2h 83.55", "R1 v2 rejected 3h 83.55"}, []string{"R1 v1 replaced 2h 0", "R1 v2 accepted 3h 83.55"}, "referral 83.55"},
		{"room that others took", exactProduct, samePrice, []string{"R1 v1 accepted 2h 83.55"}, []string{"R1 v1 rejected 2h 83.55"}, "other -167.10"},
		{"a contract that ended", exactProduct, func(c *billing.Changes) { c.NewBook = nil }, []string{"R1 v1 accepted 2h 83.55"}, []string{"R1 v1 rejected 2h 83.55"}, "book -167.10"},
		{"moved away", exactProduct, referred, []string{"R1 v1 accepted 2h 83.55"}, []string{"R1 v1 accepted 2h 85.00 M"}, "referral -170.00, price 2.90"},
		{"a price that is gone from the book", exactProduct, func(c *billing.Changes) { c.NewBook = (&billing.Book{}).Index() },
			[]string{"R1 v1 accepted 2h 83.55"}, []string{"R1 v1 held 2h 0"}, "book -167.10"},
		{"cents are rounded by line", exactProduct, nil, []string{"R1 v1 accepted 0.5h 83.55", "R2 v2 accepted 0.5h 83.55"},
			[]string{"R1 v1 accepted 0.5h 85.00", "R2 v2 accepted 0.5h 85.00"}, "price 1.45"},
		{"whole hours", wholeProduct, nil, []string{"R1 v1 accepted 0.75h 83.55", "R2 v2 accepted 0.5h 83.55"},
			[]string{"R1 v1 accepted 0.75h 85.00", "R2 v2 replaced 0.5h 0", "R2 v3 accepted 1h 85.00"}, "record 85.00, price 1.45"},
		{"a version of the same worth", exactProduct, samePrice, []string{"R1 v1 accepted 2h 83.55"}, []string{"R1 v1 replaced 2h 0", "R1 v2 accepted 2h 83.55"}, "record 0.00"},
		{"nothing that is known", exactProduct, samePrice, nil, nil, "other 0.00"},
	} {
		book := splitBook()
		changes := &billing.Changes{Book: true, NewBook: book}
		if test.change != nil {
			test.change(changes)
		}
		before, after := counted(t, test.product, test.before...), counted(t, test.product, test.after...)
		changes.Look(before, after)
		key := keyOf(test.product, "")
		if got := shownCauses(changes.Split(key, worth(book, key, after)-worth(book, key, before))); got != test.want {
			t.Errorf("%s: got %s, want %s", test.name, got, test.want)
		}
	}
}

// TestSplitOfWhatRowsDoNotExplain checks that a change of the rounding of a product is attributed to the book.
func TestSplitOfWhatRowsDoNotExplain(t *testing.T) {
	changes := &billing.Changes{Book: true, NewBook: splitBook()}
	rows := counted(t, exactProduct, "R1 v1 accepted 0.75h 85.00")
	changes.Look(rows, rows)
	if got := shownCauses(changes.Split(keyOf(exactProduct, ""), 63_75-85_00)); got != "book -21.25" { // it was whole hours
		t.Error(got)
	}
}

// TestSplitAddsUp adds, removes, changes, moves and reprices records at random: the causes add up to the difference of the
// lines, to the cent, and nothing of it is left unexplained.
func TestSplitAddsUp(t *testing.T) {
	rapid.Check(t, func(draw *rapid.T) {
		book := splitBook()
		product := rapid.SampledFrom([]string{exactProduct, wholeProduct}).Draw(draw, "product")
		changes := &billing.Changes{Book: rapid.Bool().Draw(draw, "book"), NewBook: book, Decided: make(map[int64]bool), Referrals: make(map[billing.ReferralKey]bool)}
		if rapid.Bool().Draw(draw, "referral") {
			changes.Referrals[billing.ReferralKey{Client: "9", Number: "T"}] = true
		}
		var before, after []billing.CountedRow
		number := int64(0)
		row := func(reference string, price billing.Price, outcome billing.Outcome) billing.CountedRow {
			number++
			return billing.CountedRow{LineKey: keyOf(product, rapid.SampledFrom([]string{"", "", "M"}).Draw(draw, "municipality")), Record: number, KnownAs: reference,
				Day: billing.NewDate(2026, 10, rapid.IntRange(1, 31).Draw(draw, "day")), Quantity: billing.Quantity(rapid.IntRange(1, 30_000).Draw(draw, "quantity")),
				Outcome: outcome, Price: price}
		}
		for n := range rapid.IntRange(0, 6).Draw(draw, "records") {
			reference := fmt.Sprintf("R%d", n)
			changes.Decided[number+1] = rapid.Bool().Draw(draw, "decided")
			was := row(reference, rapid.SampledFrom([]billing.Price{83_55, 71_01}).Draw(draw, "was"), billing.Accepted)
			now := was
			now.Price = rapid.SampledFrom([]billing.Price{85_00, 85_00, 71_01}).Draw(draw, "now")
			switch rapid.SampledFrom([]string{"stays", "late", "newer", "waited", "gone", "moved"}).Draw(draw, "what") {
			case "stays":
				before, after = append(before, was), append(after, now)
			case "late":
				after = append(after, now)
			case "newer":
				next := row(reference, now.Price, billing.Accepted)
				now.Outcome, now.Price = billing.Replaced, 0
				before, after = append(before, was), append(after, now, next)
			case "waited":
				held := row(reference, was.Price, billing.Held)
				next := held
				next.Outcome, next.Price = billing.Accepted, now.Price
				now.Outcome, now.Price = billing.Replaced, 0
				before, after = append(before, was, held), append(after, now, next)
			case "gone":
				now.Outcome = rapid.SampledFrom([]billing.Outcome{billing.Rejected, billing.Held, billing.Replaced}).Draw(draw, "outcome")
				before, after = append(before, was), append(after, now)
			case "moved":
				now.Municipality = "M"
				before, after = append(before, was), append(after, now)
			}
		}
		changes.Look(before, after)
		explained := len(changes.Referrals) > 0
		for _, municipality := range []string{"", "M"} {
			key := keyOf(product, municipality)
			difference := worth(book, key, after) - worth(book, key, before)
			sum := billing.Money(0)
			for _, cause := range changes.Split(key, difference) {
				sum += cause.Amount
				if explained && cause.Amount != 0 && (cause.Cause == billing.CauseBook || cause.Cause == billing.CauseOther) {
					draw.Errorf("%q: %s is of %s, though every record says why it changed", municipality, cause.Amount, cause.Cause)
				}
			}
			if sum != difference {
				draw.Errorf("%q: the causes come to %s, the lines to %s", municipality, sum, difference)
			}
		}
	})
}

// A prestatie forms a separate line: it is not added up with others or rounded to whole hours, and keeps the price that it
// claims. The cause of what a credit takes back, and of what replaces it, is the record.
func TestSplitOfPrestaties(t *testing.T) {
	prestaties := func(rows []billing.CountedRow) []billing.CountedRow {
		for i := range rows {
			rows[i].Prestatie = rows[i].KnownAs[0] == 'P'
		}
		return rows
	}
	for _, test := range []struct {
		name          string
		before, after []string
		difference    billing.Money
		want          string
	}{
		{"credited", []string{"P1 v1 accepted 0.75h 83.55", "P2 v2 accepted 0.75h 83.55"}, []string{"P1 v1 replaced 0.75h 0", "P2 v2 accepted 0.75h 83.55"}, -62_66, "record -62.66"},
		{"credited, with another in its place", []string{"P1 v1 accepted 0.75h 83.55"}, []string{"P1 v1 replaced 0.75h 0", "P2 v2 accepted 0.5h 85.00"}, 42_50 - 62_66, "record -20.16"},
		{"beside a row of a spreadsheet whose price changed", []string{"P1 v1 accepted 0.75h 83.55", "R1 v2 accepted 0.75h 83.55"},
			[]string{"P1 v1 accepted 0.75h 83.55", "R1 v2 accepted 0.75h 85.00"}, 1_45, "price 1.45"},
		{"with the reference of another", []string{"P1 v1 accepted 1h 83.55"}, []string{"P1 v1 accepted 1h 83.55", "P1 v2 accepted 1h 83.55"}, 83_55, "record 83.55"},
	} {
		changes := &billing.Changes{Book: true, NewBook: splitBook()}
		changes.Look(prestaties(counted(t, wholeProduct, test.before...)), prestaties(counted(t, wholeProduct, test.after...)))
		if got := shownCauses(changes.Split(keyOf(wholeProduct, ""), test.difference)); got != test.want {
			t.Errorf("%s: got %s, want %s", test.name, got, test.want)
		}
	}
}
