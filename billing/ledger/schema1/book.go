package schema1

import (
	"encoding/json"
	"fmt"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/words"
)

// book is the JSON layout in which schema 1 stored a book and a policy.
type book struct {
	Book struct {
		Segments []struct {
			Code, Name, SourceOfRow       string
			SettledPQ, PerArea, TakesOver bool
			MaxMonths                     int
			Referrers                     []string
		}
		Products []struct {
			Code, Name, Segment, Category, TaskField, SourceOfRow                 string
			Kind                                                                  int64
			AllowsTime, AllowsDaypart, Residential, CoordinationPoint, WholeHours bool
			MaxMonths, AgeLimit                                                   int
		}
		Municipalities []struct {
			Code, Name, Area, SourceOfRow string
			Aliases                       []string
		}
		Areas     []struct{ Code, Name, SourceOfRow string }
		Providers []struct{ AGB, Name, SourceOfRow string }
		Contracts []struct {
			Provider, Segment, Area, SourceOfRow string
			Products                             []string
			From, To                             billing.Date
			Ceiling, DeclaredBefore              billing.Money
			HasCeiling                           bool
			DeclaredBeforeIn                     int
		}
		Prices []struct {
			Product, Provider, SourceOfRow string
			Unit                           int64
			Price                          billing.Price
			From, To                       billing.Date
		}
	}
	Policy struct {
		GapDays, LookAheadMonths, HandoverMonths, LateMonths, MaxHoursPerDay, MaxDaypartsPerDay int
		CeilingWarning, AgeMaximum, Segment1Begeleiding, Segment1Behandeling                    int
		CoordinationPointFrom                                                                   billing.Date
		RecalculateFrom                                                                         billing.Period
	}
}

// Book returns a book and policy of schema 1 in the current layout.
func Book(text string) (string, error) {
	var kept book
	if err := json.Unmarshal([]byte(text), &kept); err != nil {
		return "", fmt.Errorf("kept book: %w", err)
	}
	written := &billing.Book{}
	for _, s := range kept.Book.Segments {
		written.Segments = append(written.Segments, billing.Segment{Code: s.Code, Name: s.Name, SettledPQ: s.SettledPQ, MaxMonths: s.MaxMonths,
			Referrers: s.Referrers, PerArea: s.PerArea, TakesOver: s.TakesOver, SourceOfRow: s.SourceOfRow})
	}
	for _, m := range kept.Book.Municipalities {
		written.Municipalities = append(written.Municipalities, billing.Municipality{Code: m.Code, Name: m.Name, Aliases: m.Aliases, Area: m.Area, SourceOfRow: m.SourceOfRow})
	}
	for _, a := range kept.Book.Areas {
		written.Areas = append(written.Areas, billing.Area{Code: a.Code, Name: a.Name, SourceOfRow: a.SourceOfRow})
	}
	for _, p := range kept.Book.Providers {
		written.Providers = append(written.Providers, billing.Provider{AGB: p.AGB, Name: p.Name, SourceOfRow: p.SourceOfRow})
	}
	for _, c := range kept.Book.Contracts {
		written.Contracts = append(written.Contracts, billing.Contract{Provider: c.Provider, Segment: c.Segment, Area: c.Area, Products: c.Products, From: c.From,
			To: c.To, Ceiling: c.Ceiling, HasCeiling: c.HasCeiling, DeclaredBefore: c.DeclaredBefore, DeclaredBeforeIn: c.DeclaredBeforeIn, SourceOfRow: c.SourceOfRow})
	}
	if err := productsOf(written, &kept); err != nil {
		return "", err
	}
	p, usual := kept.Policy, billing.DefaultPolicy()
	return words.WriteBook(written, billing.Policy{
		GapDays: p.GapDays, LookAheadMonths: p.LookAheadMonths, HandoverMonths: p.HandoverMonths, LateMonths: p.LateMonths, MaxHoursPerDay: p.MaxHoursPerDay,
		MaxDaypartsPerDay: p.MaxDaypartsPerDay, CeilingWarning: p.CeilingWarning, AgeMaximum: p.AgeMaximum, CoordinationPointFrom: p.CoordinationPointFrom,
		Segment1Begeleiding: p.Segment1Begeleiding, Segment1Behandeling: p.Segment1Behandeling, RecalculateFrom: p.RecalculateFrom,
		MaxChange: usual.MaxChange, MaxRejected: usual.MaxRejected, MaxCredit: usual.MaxCredit,
	})
}

// productsOf adds the products and their prices, which held numbers of the program's types.
func productsOf(written *billing.Book, kept *book) error {
	for _, p := range kept.Book.Products {
		kind, err := at("kind of help", kindsOfHelp, p.Kind)
		if err != nil {
			return err
		}
		written.Products = append(written.Products, billing.Product{Code: p.Code, Name: p.Name, Segment: p.Segment, Category: p.Category, Kind: kind, TaskField: p.TaskField,
			AllowsTime: p.AllowsTime, AllowsDaypart: p.AllowsDaypart, MaxMonths: p.MaxMonths, AgeLimit: p.AgeLimit, Residential: p.Residential,
			CoordinationPoint: p.CoordinationPoint, WholeHours: p.WholeHours, SourceOfRow: p.SourceOfRow})
	}
	for _, r := range kept.Book.Prices {
		word, err := Unit(r.Unit)
		if err != nil {
			return err
		}
		unit, err := words.Unit(word)
		if err != nil {
			return err
		}
		written.Prices = append(written.Prices, billing.PriceRow{Product: r.Product, Unit: unit, Provider: r.Provider, Price: r.Price, From: r.From, To: r.To, SourceOfRow: r.SourceOfRow})
	}
	return nil
}
