package words

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/pxq-nl/pxq/billing"
)

// keptBook is the stored form of a book, as JSON: dates as 2026-10-31, months as 2026-10, empty for none, amounts and
// prices in whole cents. An unknown key is an error: an amount may depend on it.
type keptBook struct {
	Segments       []segment      `json:"segments"`
	Products       []product      `json:"products"`
	Municipalities []municipality `json:"municipalities"`
	Areas          []area         `json:"areas"`
	Providers      []provider     `json:"providers"`
	Contracts      []contract     `json:"contracts"`
	Prices         []price        `json:"prices"`
	Policy         policy         `json:"policy"`
}

type segment struct {
	Code      string   `json:"code"`
	Name      string   `json:"name"`
	SettledPQ bool     `json:"settled_pq,omitempty"`
	MaxMonths int      `json:"max_months,omitempty"`
	Referrers []string `json:"referrers,omitempty"`
	PerArea   bool     `json:"per_area,omitempty"`
	TakesOver bool     `json:"takes_over,omitempty"`
	Source    string   `json:"source,omitempty"`
}

type product struct {
	Code              string `json:"code"`
	Name              string `json:"name"`
	Segment           string `json:"segment"`
	Category          string `json:"category"`
	Kind              string `json:"kind"`
	TaskField         string `json:"task_field,omitempty"`
	AllowsTime        bool   `json:"allows_time,omitempty"`
	AllowsDaypart     bool   `json:"allows_daypart,omitempty"`
	MaxMonths         int    `json:"max_months,omitempty"`
	AgeLimit          int    `json:"age_limit,omitempty"`
	Residential       bool   `json:"residential,omitempty"`
	CoordinationPoint bool   `json:"coordination_point,omitempty"`
	WholeHours        bool   `json:"whole_hours,omitempty"`
	From              day    `json:"from,omitempty"`
	Source            string `json:"source,omitempty"`
}

type municipality struct {
	Code    string   `json:"code"`
	Name    string   `json:"name"`
	Aliases []string `json:"aliases,omitempty"`
	Area    string   `json:"area,omitempty"`
	From    day      `json:"from,omitempty"`
	Source  string   `json:"source,omitempty"`
}

type area struct {
	Code   string `json:"code"`
	Name   string `json:"name"`
	Source string `json:"source,omitempty"`
}

type provider struct {
	AGB    string `json:"agb"`
	Name   string `json:"name"`
	From   day    `json:"from,omitempty"`
	Source string `json:"source,omitempty"`
}

type contract struct {
	Provider         string   `json:"provider"`
	Segment          string   `json:"segment"`
	Area             string   `json:"area,omitempty"`
	Products         []string `json:"products,omitempty"`
	From             day      `json:"from"`
	To               day      `json:"to,omitempty"`
	Ceiling          *int64   `json:"ceiling_cents,omitempty"`
	DeclaredBefore   int64    `json:"declared_before_cents,omitempty"`
	DeclaredBeforeIn int      `json:"declared_before_in,omitempty"` // a calendar year
	Source           string   `json:"source,omitempty"`
}

type price struct {
	Product  string `json:"product"`
	Unit     string `json:"unit"`
	Provider string `json:"provider,omitempty"`
	Price    int64  `json:"price_cents"`
	From     day    `json:"from"`
	To       day    `json:"to,omitempty"`
	Source   string `json:"source,omitempty"`
}

type policy struct {
	GapDays               int   `json:"gap_days"`
	LookAheadMonths       int   `json:"look_ahead_months"`
	HandoverMonths        int   `json:"handover_months"`
	LateMonths            int   `json:"late_months"`
	MaxHoursPerDay        int   `json:"max_hours_per_day"`
	MaxDaypartsPerDay     int   `json:"max_dayparts_per_day"`
	CeilingWarning        int   `json:"ceiling_warning"` // percentage
	AgeMaximum            int   `json:"age_maximum"`
	CoordinationPointFrom day   `json:"coordination_point_from"`
	Segment1Begeleiding   int   `json:"segment1_begeleiding_hours"`
	Segment1Behandeling   int   `json:"segment1_behandeling_hours"`
	MinMinutes            int   `json:"min_minutes"`
	RecalculateFrom       month `json:"recalculate_from"`
	MaxChange             *int  `json:"max_change,omitempty"` // percentages; omitted at their defaults
	MaxRejected           *int  `json:"max_rejected,omitempty"`
	MaxCredit             *int  `json:"max_credit,omitempty"`
}

// day and month are stored in ISO notation.
type (
	day   billing.Date
	month billing.Period
)

func (d day) MarshalText() ([]byte, error) { return []byte(billing.Date(d).String()), nil }

func (d *day) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = 0
		return nil
	}
	date, err := billing.ParseDate(string(text))
	*d = day(date)
	return err
}

func (m month) MarshalText() ([]byte, error) { return []byte(billing.Period(m).String()), nil }

func (m *month) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*m = 0
		return nil
	}
	period, err := billing.ParsePeriod(string(text))
	*m = month(period)
	return err
}

// WriteBook returns the stored form of a book and a policy.
func WriteBook(book *billing.Book, p billing.Policy) (string, error) {
	usual := billing.DefaultPolicy()
	kept := keptBook{Policy: policy{
		p.GapDays, p.LookAheadMonths, p.HandoverMonths, p.LateMonths, p.MaxHoursPerDay, p.MaxDaypartsPerDay, p.CeilingWarning, p.AgeMaximum,
		day(p.CoordinationPointFrom), p.Segment1Begeleiding, p.Segment1Behandeling, p.MinMinutes, month(p.RecalculateFrom),
		unlessUsual(p.MaxChange, usual.MaxChange), unlessUsual(p.MaxRejected, usual.MaxRejected), unlessUsual(p.MaxCredit, usual.MaxCredit),
	}}
	for _, s := range book.Segments {
		kept.Segments = append(kept.Segments, segment{s.Code, s.Name, s.SettledPQ, s.MaxMonths, s.Referrers, s.PerArea, s.TakesOver, s.SourceOfRow})
	}
	for _, p := range book.Products {
		kept.Products = append(kept.Products, product{p.Code, p.Name, p.Segment, p.Category, p.Kind.String(), p.TaskField, p.AllowsTime, p.AllowsDaypart,
			p.MaxMonths, p.AgeLimit, p.Residential, p.CoordinationPoint, p.WholeHours, day(p.From), p.SourceOfRow})
	}
	for _, m := range book.Municipalities {
		kept.Municipalities = append(kept.Municipalities, municipality{m.Code, m.Name, m.Aliases, m.Area, day(m.From), m.SourceOfRow})
	}
	for _, a := range book.Areas {
		kept.Areas = append(kept.Areas, area{a.Code, a.Name, a.SourceOfRow})
	}
	for _, p := range book.Providers {
		kept.Providers = append(kept.Providers, provider{p.AGB, p.Name, day(p.From), p.SourceOfRow})
	}
	for _, c := range book.Contracts {
		row := contract{Provider: c.Provider, Segment: c.Segment, Area: c.Area, Products: c.Products, From: day(c.From), To: day(c.To),
			DeclaredBefore: int64(c.DeclaredBefore), DeclaredBeforeIn: c.DeclaredBeforeIn, Source: c.SourceOfRow}
		if c.HasCeiling {
			row.Ceiling = new(int64(c.Ceiling))
		}
		kept.Contracts = append(kept.Contracts, row)
	}
	for _, r := range book.Prices {
		kept.Prices = append(kept.Prices, price{r.Product, r.Unit.String(), r.Provider, int64(r.Price), day(r.From), day(r.To), r.SourceOfRow})
	}
	text, err := json.Marshal(kept)
	return string(text), err
}

// Book reads a book and a policy from their stored form.
func Book(text string) (*billing.Book, billing.Policy, error) {
	var kept keptBook
	decoder := json.NewDecoder(bytes.NewReader([]byte(text)))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&kept); err != nil {
		return nil, billing.Policy{}, fmt.Errorf("kept book: %w", err)
	}
	book := &billing.Book{}
	for _, s := range kept.Segments {
		book.Segments = append(book.Segments, billing.Segment{Code: s.Code, Name: s.Name, SettledPQ: s.SettledPQ, MaxMonths: s.MaxMonths,
			Referrers: s.Referrers, PerArea: s.PerArea, TakesOver: s.TakesOver, SourceOfRow: s.Source})
	}
	for _, m := range kept.Municipalities {
		book.Municipalities = append(book.Municipalities, billing.Municipality{Code: m.Code, Name: m.Name, Aliases: m.Aliases, Area: m.Area, From: billing.Date(m.From), SourceOfRow: m.Source})
	}
	for _, a := range kept.Areas {
		book.Areas = append(book.Areas, billing.Area{Code: a.Code, Name: a.Name, SourceOfRow: a.Source})
	}
	for _, p := range kept.Providers {
		book.Providers = append(book.Providers, billing.Provider{AGB: p.AGB, Name: p.Name, From: billing.Date(p.From), SourceOfRow: p.Source})
	}
	for _, c := range kept.Contracts {
		row := billing.Contract{Provider: c.Provider, Segment: c.Segment, Area: c.Area, Products: c.Products, From: billing.Date(c.From), To: billing.Date(c.To),
			DeclaredBefore: billing.Money(c.DeclaredBefore), DeclaredBeforeIn: c.DeclaredBeforeIn, SourceOfRow: c.Source}
		if c.Ceiling != nil {
			row.Ceiling, row.HasCeiling = billing.Money(*c.Ceiling), true
		}
		book.Contracts = append(book.Contracts, row)
	}
	if err := readProducts(book, &kept); err != nil {
		return nil, billing.Policy{}, err
	}
	p, usual := kept.Policy, billing.DefaultPolicy()
	return book.Index(), billing.Policy{
		GapDays: p.GapDays, LookAheadMonths: p.LookAheadMonths, HandoverMonths: p.HandoverMonths, LateMonths: p.LateMonths, MaxHoursPerDay: p.MaxHoursPerDay,
		MaxDaypartsPerDay: p.MaxDaypartsPerDay, CeilingWarning: p.CeilingWarning, AgeMaximum: p.AgeMaximum, CoordinationPointFrom: billing.Date(p.CoordinationPointFrom),
		Segment1Begeleiding: p.Segment1Begeleiding, Segment1Behandeling: p.Segment1Behandeling, MinMinutes: p.MinMinutes, RecalculateFrom: billing.Period(p.RecalculateFrom),
		MaxChange: orUsual(p.MaxChange, usual.MaxChange), MaxRejected: orUsual(p.MaxRejected, usual.MaxRejected), MaxCredit: orUsual(p.MaxCredit, usual.MaxCredit),
	}, nil
}

// unlessUsual returns a pointer to the number; nil if it is the default.
func unlessUsual(number, usual int) *int {
	if number == usual {
		return nil
	}
	return &number
}

func orUsual(kept *int, usual int) int {
	if kept == nil {
		return usual
	}
	return *kept
}

// readProducts reads the products and their prices, which hold words for values of the program.
func readProducts(book *billing.Book, kept *keptBook) error {
	for _, p := range kept.Products {
		kind := slices.Index(billing.KindNames[:], p.Kind)
		if kind < 0 {
			return unknown("soort hulp", "kind of help", p.Kind)
		}
		book.Products = append(book.Products, billing.Product{Code: p.Code, Name: p.Name, Segment: p.Segment, Category: p.Category, Kind: billing.Kind(kind),
			TaskField: p.TaskField, AllowsTime: p.AllowsTime, AllowsDaypart: p.AllowsDaypart, MaxMonths: p.MaxMonths, AgeLimit: p.AgeLimit,
			Residential: p.Residential, CoordinationPoint: p.CoordinationPoint, WholeHours: p.WholeHours, From: billing.Date(p.From), SourceOfRow: p.Source})
	}
	for _, r := range kept.Prices {
		unit, err := Unit(r.Unit)
		if err != nil {
			return err
		}
		book.Prices = append(book.Prices, billing.PriceRow{Product: r.Product, Unit: unit, Provider: r.Provider, Price: billing.Price(r.Price),
			From: billing.Date(r.From), To: billing.Date(r.To), SourceOfRow: r.Source})
	}
	return nil
}
