package billing

import "slices"

// Book is the contract book as read: who may deliver what, where, when and at what price. Make it usable
// with Index. A book that was indexed is never changed again.
type Book struct {
	Segments       []Segment
	Products       []Product
	Municipalities []Municipality
	Areas          []Area
	Providers      []Provider
	Contracts      []Contract
	Prices         []PriceRow

	segments       map[string]*Segment
	products       map[string]*Product
	municipalities map[string]*Municipality // by code and by folded code, name and alias
	areas          map[string]*Area
	providers      map[string]*Provider
	contracts      map[contractKey][]*Contract
	prices         map[priceKey][]*PriceRow
}

// Segment is a part of the region's contracting (perceel).
type Segment struct {
	Code        string
	Name        string
	SettledPQ   bool     // settled per P*Q by this program; false for segments settled otherwise
	MaxMonths   int      // maximum duration; 0 is none
	Referrers   []string // COD327 codes expected; empty means all
	PerArea     bool     // contracted per area
	TakesOver   bool     // takes over all care of a client (Segment 1)
	SourceOfRow string   // where the row comes from
}

// Kind is the kind of help of a product (soort).
type Kind uint8

// The kinds of help.
const (
	OtherKind   Kind = iota // overig
	Begeleiding             // guidance
	Behandeling             // treatment
	Verblijf                // stay
)

// KindNames are the words of the book, by Kind.
var KindNames = [...]string{"overig", "begeleiding", "behandeling", "verblijf"}

// String returns the word of the book.
func (k Kind) String() string { return KindNames[k] }

// Product is what a provider delivers and a referral permits.
type Product struct {
	Code              string
	Name              string
	Segment           string
	Category          string // two digits, JZ020
	Kind              Kind
	TaskField         string // taakveld, Iv3
	AllowsTime        bool
	AllowsDaypart     bool
	MaxMonths         int // 0: the segment's
	AgeLimit          int // 0: 18
	Residential       bool
	CoordinationPoint bool // needs a registration with the regional coordination point
	WholeHours        bool // afronding heel_uur
	SourceOfRow       string
}

// Allows reports whether the product may be delivered in that kind of unit.
func (p *Product) Allows(unit Unit) bool {
	return unit == Time && p.AllowsTime || unit == Daypart && p.AllowsDaypart
}

// AgeLimitOrDefault is the age at which the product ends without an extension.
func (p *Product) AgeLimitOrDefault() int {
	if p.AgeLimit == 0 {
		return 18
	}
	return p.AgeLimit
}

// Municipality pays for its own residents.
type Municipality struct {
	Code        string // CBS code, 4 digits
	Name        string
	Aliases     []string
	Area        string // "" is none
	SourceOfRow string
}

// Area is a part of the region for which Segment 4 is contracted.
type Area struct{ Code, Name, SourceOfRow string }

// Provider is a care provider, known by its AGB code of 8 digits.
type Provider struct{ AGB, Name, SourceOfRow string }

// Contract lets a provider deliver products of one segment.
type Contract struct {
	Provider         string
	Segment          string
	Area             string   // "" is the whole region
	Products         []string // empty: all of the segment
	From, To         Date     // both included; To none is open
	Ceiling          Money    // budget ceiling of a calendar year; HasCeiling reports whether there is one
	HasCeiling       bool
	DeclaredBefore   Money // what counts towards the ceiling already, of DeclaredBeforeYear
	DeclaredBeforeIn int   // the calendar year of DeclaredBefore; 0 is none
	SourceOfRow      string
}

// Covers reports whether the day lies in the contract.
func (c *Contract) Covers(day Date) bool { return covers(c.From, c.To, day) }

// Includes reports whether the contract includes the product, in the book's spelling.
func (c *Contract) Includes(product string) bool {
	if len(c.Products) == 0 {
		return true
	}
	for _, code := range c.Products {
		if code == product {
			return true
		}
	}
	return false
}

// PriceRow is the price of one product in one unit over a time (tarief).
type PriceRow struct {
	Product     string
	Unit        Unit
	Provider    string // "" is the region's general price
	Price       Price
	From, To    Date // both included; To none is open
	SourceOfRow string
}

// Covers reports whether the day lies in the row's time.
func (r *PriceRow) Covers(day Date) bool { return covers(r.From, r.To, day) }

func covers(from, to, day Date) bool { return from <= day && (to == 0 || day <= to) }

type contractKey struct{ provider, segment string }

type priceKey struct {
	product, provider string
	unit              Unit
}

// Index makes the book ready for looking up. The book must be free of errors (package rates sees to that).
func (b *Book) Index() *Book {
	b.segments = byCode(b.Segments, func(s *Segment) string { return s.Code })
	b.products = byCode(b.Products, func(p *Product) string { return FoldProduct(p.Code) })
	b.areas = byCode(b.Areas, func(a *Area) string { return a.Code })
	b.providers = byCode(b.Providers, func(p *Provider) string { return p.AGB })
	b.municipalities = make(map[string]*Municipality)
	for i := range b.Municipalities {
		m := &b.Municipalities[i]
		for _, name := range append([]string{m.Code, m.Name}, m.Aliases...) {
			b.municipalities[Fold(name)] = m
		}
	}
	b.contracts = make(map[contractKey][]*Contract)
	for i := range b.Contracts {
		c := &b.Contracts[i]
		key := contractKey{c.Provider, c.Segment}
		b.contracts[key] = append(b.contracts[key], c)
	}
	b.prices = make(map[priceKey][]*PriceRow)
	for i := range b.Prices {
		r := &b.Prices[i]
		key := priceKey{r.Product, r.Provider, r.Unit}
		b.prices[key] = append(b.prices[key], r)
	}
	return b
}

func byCode[T any](rows []T, code func(*T) string) map[string]*T {
	index := make(map[string]*T, len(rows))
	for i := range rows {
		index[code(&rows[i])] = &rows[i]
	}
	return index
}

// Segment returns the segment, or nil.
func (b *Book) Segment(code string) *Segment { return b.segments[code] }

// Product returns the product by its code in any case, or nil.
func (b *Book) Product(code string) *Product {
	if p := b.products[code]; p != nil {
		return p
	}
	return b.products[FoldProduct(code)]
}

// Municipality returns the municipality by CBS code (three digits get their leading zero), name or alias, or nil.
func (b *Book) Municipality(name string) *Municipality {
	folded := Fold(name)
	if len(folded) == 3 && isDigits(folded) {
		folded = "0" + folded
	}
	return b.municipalities[folded]
}

// Area returns the area, or nil.
func (b *Book) Area(code string) *Area { return b.areas[code] }

// Provider returns the provider, or nil.
func (b *Book) Provider(agb string) *Provider { return b.providers[agb] }

// ContractsOf returns the provider's contracts for the segment that cover the day.
func (b *Book) ContractsOf(provider, segment string, day Date) []*Contract {
	all := b.contracts[contractKey{provider, segment}]
	if !slices.ContainsFunc(all, func(c *Contract) bool { return !c.Covers(day) }) {
		return all // the common case, spared a copy
	}
	var found []*Contract
	for _, c := range all {
		if c.Covers(day) {
			found = append(found, c)
		}
	}
	return found
}

// PriceOn returns the price row valid on the day: the provider's own before the region's general one; nil when
// there is none.
func (b *Book) PriceOn(product *Product, unit Unit, provider string, day Date) *PriceRow {
	for _, who := range [2]string{provider, ""} {
		for _, row := range b.prices[priceKey{product.Code, who, unit}] {
			if row.Covers(day) {
				return row
			}
		}
	}
	return nil
}

// MaxMonths returns the product's maximum duration, else its segment's; 0 is none.
func (b *Book) MaxMonths(product *Product) int {
	if product.MaxMonths > 0 {
		return product.MaxMonths
	}
	if segment := b.Segment(product.Segment); segment != nil {
		return segment.MaxMonths
	}
	return 0
}

func isDigits(text string) bool {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return len(text) > 0
}
