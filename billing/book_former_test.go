package billing_test

import (
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
)

// declaredBook is a book with everything on which TestLost declares.
func declaredBook() *billing.Book {
	return &billing.Book{
		Segments: []billing.Segment{{Code: "3"}, {Code: "4", PerArea: true}},
		Products: []billing.Product{
			{Code: "45VB1", Segment: "4"}, {Code: "45VB1", Segment: "3", From: day("2026-02-01")}, {Code: "41VB1", Segment: "3"},
		},
		Municipalities: []billing.Municipality{{Code: "0855", Name: "Tilburg", Area: "1"}, {Code: "0785", Name: "Goirle", Area: "3"}},
		Providers:      []billing.Provider{{AGB: "30000003"}, {AGB: "40000004"}},
		Contracts: []billing.Contract{
			{Provider: "30000003", Segment: "3", From: day("2020-01-01"), To: day("2020-12-31")}, {Provider: "30000003", Segment: "4", Area: "1", From: day("2023-01-01")},
		},
	}
}

// What closed periods depend on must stay in the book.
func TestLost(t *testing.T) {
	declared := []billing.DeclaredOn{
		{Provider: "30000003", Product: "45vb1", Municipality: "0855", Day: day("2026-01-31")},
		{Provider: "30000003", Product: "41VB1", Municipality: "0785", Day: day("2026-01-31"), Segment: "3"},
	}
	const keepContract = "is gedeclareerd; laat de rij staan en geef het contract een einddatum"
	tests := []struct {
		name   string
		change func(*billing.Book)
		want   string
	}{
		{"nothing", func(*billing.Book) {}, ""},
		{"a provider that nobody declared for", func(b *billing.Book) { b.Providers = b.Providers[:1] }, ""},
		{"a provider", func(b *billing.Book) { b.Providers = b.Providers[1:] }, "aanbieders: op 30000003 " + keepContract},
		{"a contract that ended stays", func(b *billing.Book) { b.Contracts[1].To = day("2023-01-31") }, ""},
		{"a contract", func(b *billing.Book) { b.Contracts = b.Contracts[:1] }, "contracten: op het contract van 30000003 voor segment 4 " + keepContract},
		{"a contract in another area", func(b *billing.Book) { b.Contracts[1].Area = "3" }, ""},
		{"a contract of another segment by the product's segment on the day", func(b *billing.Book) { b.Products[1].From = day("2026-01-31"); b.Contracts = b.Contracts[1:] },
			"contracten: op het contract van 30000003 voor segment 3 " + keepContract},
		{"a product", func(b *billing.Book) { b.Products = b.Products[2:] }, "producten: op 45vb1 is gedeclareerd; laat de rij staan en geef het tarief een einddatum"},
		{"a product's former row", func(b *billing.Book) { b.Products = b.Products[1:] }, ""},
		{"a municipality", func(b *billing.Book) { b.Municipalities = b.Municipalities[1:] }, "gemeenten: op 0855 is gedeclareerd; laat de rij staan"},
		{"a municipality of which another has the code as a name", func(b *billing.Book) {
			b.Municipalities[0].Code, b.Municipalities[0].Aliases = "1709", []string{"0855"}
		}, "gemeenten: op 0855 is gedeclareerd; laat de rij staan"},
		{"a segment", func(b *billing.Book) { b.Segments = b.Segments[1:] }, "segmenten: op 3 is gedeclareerd; laat de rij staan en geef de contracten een einddatum"},
		{"all of it", func(b *billing.Book) { *b = billing.Book{} }, `aanbieders: op 30000003 ` + keepContract + `
contracten: op het contract van 30000003 voor segment 3 ` + keepContract + `
gemeenten: op 0785 is gedeclareerd; laat de rij staan
gemeenten: op 0855 is gedeclareerd; laat de rij staan
producten: op 41VB1 is gedeclareerd; laat de rij staan en geef het tarief een einddatum
producten: op 45vb1 is gedeclareerd; laat de rij staan en geef het tarief een einddatum
segmenten: op 3 is gedeclareerd; laat de rij staan en geef de contracten een einddatum`},
	}
	for _, test := range tests {
		book := declaredBook()
		test.change(book)
		var lines []string
		for _, loss := range book.Index().Lost(append(declared, declared...)) {
			lines = append(lines, loss.Table+": "+loss.Problem.Dutch)
			if !strings.HasPrefix(loss.Problem.English, "care was declared on ") {
				t.Errorf("%s: %s", test.name, loss.Problem.English)
			}
		}
		if got := strings.Join(lines, "\n"); got != test.want {
			t.Errorf("%s: got\n%s\nwant\n%s", test.name, got, test.want)
		}
	}
}

// A line depends on examples if bron says so in the rows of its price or in its contract.
func TestExamplesUnder(t *testing.T) {
	newBook := func() *billing.Book {
		b := declaredBook()
		b.Contracts = append(b.Contracts, billing.Contract{Provider: "30000003", Segment: "4", From: day("2023-01-01")})
		b.Prices = []billing.PriceRow{
			{Product: "45VB1", Unit: billing.Time, Price: 9000, From: day("2023-01-01"), To: day("2026-01-14")},
			{Product: "45VB1", Unit: billing.Time, Price: 9500, From: day("2026-01-15")},
			{Product: "45VB1", Unit: billing.Time, Provider: "40000004", Price: 9000, From: day("2023-01-01")},
		}
		return b
	}
	line := &billing.Line{LineKey: billing.LineKey{Provider: "30000003", Product: "45VB1", Municipality: "0855", Unit: billing.Time, CareMonth: month("2026-01")}, Price: 9000, First: day("2026-01-10")}
	tests := []struct {
		name              string
		change            func(*billing.Book)
		prices, contracts int
	}{
		{"none", func(*billing.Book) {}, 0, 0},
		{"its price", func(b *billing.Book) { b.Prices[0].SourceOfRow = "voorbeeld: niet openbaar" }, 1, 0},
		{"in another case", func(b *billing.Book) { b.Prices[0].SourceOfRow = " Voorbeeld" }, 1, 0},
		{"a word within", func(b *billing.Book) { b.Prices[0].SourceOfRow = "contract, naar het voorbeeld van 2025" }, 0, 0},
		{"another price", func(b *billing.Book) { b.Prices[1].SourceOfRow = "voorbeeld" }, 0, 0},
		{"another provider's price", func(b *billing.Book) { b.Prices[2].SourceOfRow = "voorbeeld" }, 0, 0},
		{"the general price under its own", func(b *billing.Book) { b.Prices[0].SourceOfRow, b.Prices[2].Provider = "voorbeeld", "30000003" }, 0, 0},
		{"its contract, for the area", func(b *billing.Book) { b.Contracts[1].SourceOfRow = "voorbeeld" }, 0, 1},
		{"another contract, for the whole region", func(b *billing.Book) { b.Contracts[2].SourceOfRow = "voorbeeld" }, 0, 0},
		{"both", func(b *billing.Book) { b.Prices[0].SourceOfRow, b.Contracts[1].SourceOfRow = "voorbeeld", "voorbeeld" }, 1, 1},
	}
	for _, test := range tests {
		book := newBook()
		test.change(book)
		prices, contracts := book.Index().ExamplesUnder(line)
		if len(prices) != test.prices || len(contracts) != test.contracts {
			t.Errorf("%s: %d prices and %d contracts", test.name, len(prices), len(contracts))
		}
	}
}
