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
