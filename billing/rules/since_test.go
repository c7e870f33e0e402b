package rules_test

import (
	"testing"

	"github.com/pxq-nl/pxq/billing"
)

// changed adds rows that are valid from 2026-01-15: of product BEG and of the municipality Tilburg.
func changed(product func(*billing.Product), municipality func(*billing.Municipality)) func(*world) {
	return func(w *world) {
		book := w.run.Book
		later := *w.product("BEG")
		later.From = day("2026-01-15")
		product(&later)
		book.Products = append([]billing.Product{later}, book.Products...)
		tilburg := book.Municipalities[0]
		tilburg.From = later.From
		municipality(&tilburg)
		book.Municipalities = append(book.Municipalities, tilburg)
		w.add("2026-01-14")
		w.add("2026-01-15")
	}
}

// A record is judged by the rows of the book of its care date.
func TestBookOfTheCareDate(t *testing.T) {
	product := func(change func(*billing.Product)) func(*world) {
		return changed(change, func(*billing.Municipality) {})
	}
	municipality := func(change func(*billing.Municipality)) func(*world) {
		return changed(func(*billing.Product) {}, change)
	}
	run(t, []ruleTest{
		{"nothing but a name", product(func(p *billing.Product) { p.Name = "Anders" }), "accepted; accepted"},
		{"P01 other units", product(func(p *billing.Product) { p.AllowsTime, p.AllowsDaypart = false, true }), "accepted; rejected P01"},
		{"P05 another segment", product(func(p *billing.Product) { p.Segment = "1" }), "accepted; rejected P05"},
		{"A01 another age limit", product(func(p *billing.Product) { p.AgeLimit = 12 }), "accepted; held A01"},
		{"D01 another maximum", product(func(p *billing.Product) { p.MaxMonths = 3 }), "accepted; held D01"},
		{"R04 another category", func(w *world) {
			product(func(p *billing.Product) { p.Category = "54" })(w)
			w.referral.Product, w.referral.Category = "", "45"
		}, "accepted; rejected R04"},
		{"R05 the same product", product(func(p *billing.Product) { p.Category = "54" }), "accepted; accepted"},
		{"R13 found by product", func(w *world) {
			product(func(*billing.Product) {})(w)
			w.client.Records[0].ReferralNumber, w.client.Records[1].ReferralNumber = "", ""
		}, "accepted R13; accepted R13"},
		{"S01 the segment of the other referral's product", func(w *world) {
			product(func(p *billing.Product) { p.Segment = "1" })(w)
			w.refer("T2", "BEH", "2025-06-01", "")
			for _, r := range w.client.Records {
				r.Product, r.ReferralNumber = "BEH", "T2"
			}
		}, "accepted; held S01"},
		{"S02 living is of the day", func(w *world) {
			product(func(p *billing.Product) { p.Residential = true })(w)
			w.refer("T2", "HUIS", "2025-06-01", "").CoordinationPoint = "CP-1"
			for _, date := range []string{"2026-01-14", "2026-01-15"} {
				r := w.add(date)
				r.Product, r.ReferralNumber = "HUIS", "T2"
			}
		}, "accepted; held S02; accepted; held S02"},
		{"C03 another area", municipality(func(m *billing.Municipality) { m.Area = "3" }), "accepted; rejected C03"},
		{"R10 another name is the same municipality", func(w *world) {
			municipality(func(m *billing.Municipality) { m.Name = "Tilburg en Goirle" })(w)
			w.client.Records[0].Municipality, w.client.Records[1].Municipality = "Tilburg en Goirle", "Tilburg"
		}, "accepted; accepted"},
	})
}
