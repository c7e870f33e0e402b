package rates_test

import (
	"slices"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/rates"
)

// Differences lists the cells and rows in which two books differ, whatever the order and sources of rows. Books with
// differences have different fingerprints.
func TestDifferences(t *testing.T) {
	book := rates.HartVanBrabant()
	if found := rates.Differences(book, rates.HartVanBrabant()); len(found) > 0 {
		t.Fatalf("a book differs from itself: %v", found)
	}
	turned := *rates.HartVanBrabant()
	slices.Reverse(turned.Prices)
	slices.Reverse(turned.Products)
	turned.Prices[0].SourceOfRow = "elders"
	if found := rates.Differences(book, &turned); len(found) > 0 {
		t.Errorf("order or source counts: %v", found)
	}
	twins, swapped := *book, *book
	one, two, three := book.Contracts[0], book.Contracts[0], book.Contracts[0] // they differ in their products only
	one.Products, two.Products, three.Products = []string{"A"}, []string{"B"}, []string{"C"}
	twins.Contracts, swapped.Contracts = []billing.Contract{one, two}, []billing.Contract{two, one}
	if found := rates.Differences(&twins, &swapped); len(found) > 0 {
		t.Errorf("order counts: %v", found)
	}
	swapped.Contracts[1] = three
	if found := rates.Differences(&twins, &swapped); len(found) != 1 || found[0].Before != "A" || found[0].After != "C" {
		t.Errorf("one contract changed: %v", found)
	}
	price := book.Prices[0]
	for name, test := range map[string]struct {
		change func(*billing.Book)
		want   rates.Difference
	}{
		"price":     {func(b *billing.Book) { b.Prices[0].Price++ }, rates.Difference{Table: "tarieven", Heading: "tarief", Before: price.Price.String(), After: (price.Price + 1).String()}},
		"until":     {func(b *billing.Book) { b.Prices[0].To = price.From }, rates.Difference{Table: "tarieven", Heading: "tot", Before: "", After: price.From.String()}},
		"name":      {func(b *billing.Book) { b.Providers[0].Name = "Anders" }, rates.Difference{Table: "aanbieders", Row: book.Providers[0].AGB, Heading: "naam", Before: book.Providers[0].Name, After: "Anders"}},
		"gone":      {func(b *billing.Book) { b.Areas = b.Areas[1:] }, rates.Difference{Table: "gebieden", Row: book.Areas[0].Code, Before: "naam: " + book.Areas[0].Name}},
		"came":      {func(b *billing.Book) { b.Areas = append(b.Areas, billing.Area{Code: "Z", Name: "Zuid"}) }, rates.Difference{Table: "gebieden", Row: "Z", After: "naam: Zuid"}},
		"per area":  {func(b *billing.Book) { b.Segments[0].PerArea = !b.Segments[0].PerArea }, rates.Difference{Table: "segmenten", Row: book.Segments[0].Code, Heading: "per_gebied", Before: yesNo(book.Segments[0].PerArea), After: yesNo(!book.Segments[0].PerArea)}},
		"products":  {func(b *billing.Book) { b.Products[0].WholeHours = !b.Products[0].WholeHours }, rates.Difference{Table: "producten", Row: book.Products[0].Code, Heading: "afronding", Before: rounding(book.Products[0].WholeHours), After: rounding(!book.Products[0].WholeHours)}},
		"contracts": {func(b *billing.Book) { b.Contracts[0].HasCeiling, b.Contracts[0].Ceiling = true, 12345 }, rates.Difference{Table: "contracten", Heading: "plafond", Before: "", After: "123.45"}},
	} {
		other := rates.HartVanBrabant()
		test.change(other)
		found := rates.Differences(book, other)
		if len(found) != 1 || rates.Fingerprint(other) == rates.Fingerprint(book) {
			t.Errorf("%s: %v", name, found)
			continue
		}
		if test.want.Row == "" {
			test.want.Row = found[0].Row
		}
		if test.want.Before == "" && test.want.Heading != "" {
			test.want.Before = found[0].Before
		}
		if found[0] != test.want || found[0].Before == found[0].After {
			t.Errorf("%s: %+v, not %+v", name, found[0], test.want)
		}
	}
}

func yesNo(is bool) string { return map[bool]string{true: "ja", false: "nee"}[is] }

func rounding(whole bool) string { return map[bool]string{true: "heel_uur", false: "exact"}[whole] }
