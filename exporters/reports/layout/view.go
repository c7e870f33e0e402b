package layout

import (
	"unicode/utf8"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/exporters/reports/texts"
)

// View is a report with the words of its language, and the names that its book has for codes.
type View struct {
	*report.ReportHead
	texts.Texts
}

// NewView returns a view of the report in its own language.
func NewView(head *report.ReportHead) *View { return &View{head, texts.In(head.Language)} }

// Euros returns an amount as it is written in a text.
func (v *View) Euros(amount billing.Money) string {
	return rules.Show("amount", amount.String(), v.Language)
}

// Count returns a number as it is written in a text.
func (v *View) Count(number int) string { return rules.Count(number, v.Language) }

// NameWidth returns the width of the first column of a page: enough for the longest name in the book, within limits.
func (v *View) NameWidth() float64 {
	const least, most = 34, 52
	longest := least
	note := func(name string) { longest = max(longest, utf8.RuneCountInString(name)+2) }
	for i := range v.Book.Providers {
		note(v.Book.Providers[i].Name)
	}
	for i := range v.Book.Products {
		note(v.Book.Products[i].Code + " " + v.Book.Products[i].Name)
	}
	for i := range v.Book.Areas {
		note(v.Book.Areas[i].Name)
	}
	return float64(min(longest, most))
}

// Unknown returns the word for a name that the book does not have.
func (v *View) Unknown() string { return v.Say("onbekend") }

// ProviderName returns the name of the provider with that AGB code, or Unknown.
func (v *View) ProviderName(agb string) string {
	if provider := v.Book.Provider(agb); provider != nil {
		return provider.Name
	}
	return v.Unknown()
}

// MunicipalityName returns the name of the municipality with that CBS code, or Unknown.
func (v *View) MunicipalityName(code string) string {
	if municipality := v.Book.Municipality(code); municipality != nil && code != "" {
		return municipality.Name
	}
	return v.Unknown()
}

// AreaIn returns the code of the area of a municipality in a care month, "" if it has none or is not in the book.
func (v *View) AreaIn(municipality string, month billing.Period) string {
	if found := v.Book.MunicipalityOn(municipality, month.First()); found != nil && municipality != "" {
		return found.Area
	}
	return ""
}

// AreaName returns the name of the area with that code; for "" words that say that there is none, else Unknown.
func (v *View) AreaName(code string) string {
	if area := v.Book.Area(code); area != nil {
		return area.Name
	}
	if code == "" {
		return v.Say("geen gebied")
	}
	return v.Unknown()
}

// SegmentName returns the name of the segment with that code, or Unknown.
func (v *View) SegmentName(code string) string {
	if segment := v.Book.Segment(code); segment != nil {
		return segment.Name
	}
	return v.Unknown()
}

// ProductIn returns the row of the product that applies to care of a month; if the book does not have the product, one with only
// its code.
func (v *View) ProductIn(code string, month billing.Period) *billing.Product {
	if product := v.Book.ProductIn(code, month); product != nil {
		return product
	}
	return &billing.Product{Code: code, Name: v.Unknown()}
}

// Product returns the newest row of the product, for its name; if the book does not have it, one with only its code.
func (v *View) Product(code string) *billing.Product {
	if product := v.Book.Product(code); product != nil {
		return product
	}
	return &billing.Product{Code: code, Name: v.Unknown()}
}
