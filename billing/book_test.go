package billing_test

import (
	"testing"

	"github.com/pxq-nl/pxq/billing"
)

func TestBookLookUps(t *testing.T) {
	from := day("2026-01-01")
	book := (&billing.Book{
		Segments: []billing.Segment{{Code: "4", MaxMonths: 24}, {Code: "3"}},
		Products: []billing.Product{{Code: "45Vb1", Segment: "4"}, {Code: "44", Segment: "4", MaxMonths: 60, AgeLimit: 21}, {Code: "41", Segment: "3"}},
		Municipalities: []billing.Municipality{
			{Code: "0784", Name: "Gilze en Rijen", Aliases: []string{"Gilze-Rijen"}}, {Code: "1723", Name: "Alphen-Chaam"},
		},
		Areas: []billing.Area{{Code: "1"}}, Providers: []billing.Provider{{AGB: provider}},
	}).Index()
	for name, want := range map[string]string{
		"0784": "0784", "784": "0784", "gilze en rijen": "0784", "GILZE RIJEN": "0784", "Alphen – Chaam": "1723", "1723": "1723",
		"": "", "84": "", "Gilze": "", "00784": "", "8.84": "",
	} {
		got := ""
		if m := book.Municipality(name); m != nil {
			got = m.Code
		}
		if got != want {
			t.Errorf("municipality %q is %q, want %q", name, got, want)
		}
	}
	product := book.Product("45VB1")
	if product == nil || product.Code != "45Vb1" || product != book.Product("45vb1") || book.Product("45") != nil {
		t.Errorf("product %+v", product)
	}
	if product.AgeLimitOrDefault() != 18 || book.Product("44").AgeLimitOrDefault() != 21 {
		t.Error("age limits")
	}
	if book.MaxMonths(product) != 24 || book.MaxMonths(book.Product("44")) != 60 || book.MaxMonths(book.Product("41")) != 0 {
		t.Error("maximum durations")
	}
	if book.Area("1") == nil || book.Area("2") != nil || book.Provider(provider) == nil || book.Provider("") != nil {
		t.Error("areas and providers")
	}
	contract := billing.Contract{From: from, To: day("2026-01-31")}
	for date, want := range map[string]bool{"2025-12-31": false, "2026-01-01": true, "2026-01-31": true, "2026-02-01": false} {
		if contract.Covers(day(date)) != want {
			t.Errorf("a contract of January covers %s: %t", date, !want)
		}
	}
	for _, r := range []struct {
		referral billing.Referral
		want     bool
	}{
		{billing.Referral{Municipality: "784", Product: "45vb1"}, true}, {billing.Referral{Municipality: "784"}, true},
		{billing.Referral{Municipality: "Verweg"}, false}, {billing.Referral{Municipality: "784", Product: "X"}, false},
	} {
		if r.referral.Known(book) != r.want {
			t.Errorf("%+v is known: %t", r.referral, !r.want)
		}
	}
}

// A decision is on one version of one provider's record: none of the three may differ.
func TestDecisionIsOn(t *testing.T) {
	decision := billing.Decision{Provider: "1", Reference: "A-1", Version: 2}
	for want, records := range map[bool][]billing.Record{
		true:  {{Provider: "1", Reference: "A-1", Version: 2}},
		false: {{Provider: "2", Reference: "A-1", Version: 2}, {Provider: "1", Reference: "A-2", Version: 2}, {Provider: "1", Reference: "A-1", Version: 1}},
	} {
		for _, record := range records {
			if got := decision.IsOn(&record); got != want {
				t.Errorf("%+v: %t, want %t", record, got, want)
			}
		}
	}
}

// In a segment that is contracted per area care counts under the contract of its area, else that of the whole region, else
// any that includes the product; in other segments the area of a contract is ignored.
func TestContractFor(t *testing.T) {
	for _, test := range []struct {
		name         string
		perArea      bool
		municipality string
		contracts    []billing.Contract
		want         string
	}{
		{"its area, whatever the order", true, "0855", []billing.Contract{{Area: "2", SourceOfRow: "other"}, {SourceOfRow: "region"}, {Area: "1", SourceOfRow: "own"}}, "own"},
		{"the region before another area", true, "0855", []billing.Contract{{Area: "2", SourceOfRow: "other"}, {SourceOfRow: "region"}}, "region"},
		{"another area, after a move", true, "0855", []billing.Contract{{Area: "2", SourceOfRow: "other"}, {Area: "3", SourceOfRow: "third"}}, "other"},
		{"no municipality", true, "9999", []billing.Contract{{Area: "2", SourceOfRow: "other"}, {SourceOfRow: "region"}}, "region"},
		{"not the product", true, "0855", []billing.Contract{{Area: "1", Products: []string{"DAG"}, SourceOfRow: "own"}, {Area: "2", SourceOfRow: "other"}}, "other"},
		{"over", true, "0855", []billing.Contract{{Area: "1", To: day("2025-12-31"), SourceOfRow: "own"}}, ""},
		{"not contracted per area", false, "0855", []billing.Contract{{Area: "2", SourceOfRow: "first"}, {Area: "1", SourceOfRow: "second"}}, "first"},
	} {
		t.Run(test.name, func(t *testing.T) {
			book := newJudge("2026-01").Book
			book.Segments[0].PerArea = test.perArea
			book.Municipalities = []billing.Municipality{{Code: "0855", Name: "Tilburg", Area: "1"}}
			book.Contracts = nil
			for _, contract := range test.contracts {
				contract.Provider, contract.Segment = provider, "4"
				book.Contracts = append(book.Contracts, contract)
			}
			got := ""
			if contract := book.Index().ContractFor(provider, "BEG", test.municipality, day("2026-01-10")); contract != nil {
				got = contract.SourceOfRow
			}
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// A line depends on an example if its price was one on a day from its first care date to the end of its month; the price of
// the provider comes before the general one.
func TestExamplesUnderByDay(t *testing.T) {
	example := "voorbeeld: tarief"
	for _, test := range []struct {
		name string
		rows []billing.PriceRow
		want int
	}{
		{"an example", []billing.PriceRow{{Price: 100, SourceOfRow: example}}, 1},
		{"no example", []billing.PriceRow{{Price: 100, SourceOfRow: "besluit"}}, 0},
		{"another price", []billing.PriceRow{{Price: 101, SourceOfRow: example}}, 0},
		{"from the last day of the month", []billing.PriceRow{{Price: 100, From: day("2026-01-31"), SourceOfRow: example}}, 1},
		{"from the next month", []billing.PriceRow{{Price: 100, From: day("2026-02-01"), SourceOfRow: example}}, 0},
		{"until the first care date", []billing.PriceRow{{Price: 100, To: day("2026-01-10"), SourceOfRow: example}}, 1},
		{"until the day before", []billing.PriceRow{{Price: 100, To: day("2026-01-09"), SourceOfRow: example}}, 0},
		{"its own is none", []billing.PriceRow{{Price: 100, Provider: provider, SourceOfRow: "besluit"}, {Price: 100, SourceOfRow: example}}, 0},
		{"its own at another price", []billing.PriceRow{{Price: 90, Provider: provider, SourceOfRow: "besluit"}, {Price: 100, SourceOfRow: example}}, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			book := newJudge("2026-01").Book
			book.Contracts, book.Prices = nil, nil
			for _, row := range test.rows {
				row.Product, row.Unit = "BEG", billing.Time
				book.Prices = append(book.Prices, row)
			}
			line := billing.Line{LineKey: billing.LineKey{Provider: provider, Municipality: "0855", Product: "BEG", Unit: billing.Time, CareMonth: day("2026-01-01").Period()},
				Price: 100, First: day("2026-01-10")}
			if prices, contracts := book.Index().ExamplesUnder(&line); len(prices) != test.want || len(contracts) != 0 {
				t.Errorf("%d prices and %d contracts, want %d", len(prices), len(contracts), test.want)
			}
		})
	}
}
