package billing

import (
	"cmp"
	"slices"
	"strings"
)

type contractKey struct{ provider, segment string }

type priceKey struct {
	product, provider string
	unit              Unit
}

// Index builds the lookup tables of the book and returns the book. The book must be valid, which package rates checks.
func (b *Book) Index() *Book {
	b.segments = byCode(b.Segments, func(s *Segment) string { return s.Code })
	b.areas = byCode(b.Areas, func(a *Area) string { return a.Code })
	b.products = byDay(b.Products, func(p *Product) string { return FoldProduct(p.Code) }, func(p *Product) Date { return p.From })
	b.providers = byDay(b.Providers, func(p *Provider) string { return p.AGB }, func(p *Provider) Date { return p.From })
	codes := byDay(b.Municipalities, func(m *Municipality) string { return Fold(m.Code) }, func(m *Municipality) Date { return m.From })
	b.municipalities = make(map[string][]*Municipality)
	for code, rows := range codes {
		for _, m := range rows {
			b.municipalities[Fold(m.Name)] = rows
			for _, alias := range m.Aliases {
				b.municipalities[Fold(alias)] = rows
			}
		}
		b.municipalities[code] = rows
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

// byDay indexes the rows by code; those of one code are sorted by the day from which they are valid.
func byDay[T any](rows []T, code func(*T) string, from func(*T) Date) map[string][]*T {
	index := make(map[string][]*T, len(rows))
	for i := range rows {
		key := code(&rows[i])
		index[key] = append(index[key], &rows[i])
	}
	for _, same := range index {
		slices.SortStableFunc(same, func(a, b *T) int { return cmp.Compare(from(a), from(b)) })
	}
	return index
}

// onDay returns the row that is valid on the day: the last one that began by then, else the first; nil if rows is empty.
func onDay[T any](rows []*T, day Date, from func(*T) Date) *T {
	if len(rows) == 0 {
		return nil
	}
	for i := len(rows) - 1; i > 0; i-- {
		if from(rows[i]) <= day {
			return rows[i]
		}
	}
	return rows[0]
}

// newest returns the last row; nil if rows is empty.
func newest[T any](rows []*T) *T {
	if len(rows) == 0 {
		return nil
	}
	return rows[len(rows)-1]
}

// Segment returns the segment, or nil.
func (b *Book) Segment(code string) *Segment { return b.segments[code] }

// Area returns the area, or nil.
func (b *Book) Area(code string) *Area { return b.areas[code] }

// Product returns the newest row of the product with that code in any case, or nil. Use it for names and spelling; what
// applies to care on a given day, ProductOn returns.
func (b *Book) Product(code string) *Product { return newest(b.productRows(code)) }

// ProductOn returns the row that is valid on the day of the product with that code in any case, or nil.
func (b *Book) ProductOn(code string, day Date) *Product {
	return onDay(b.productRows(code), day, func(p *Product) Date { return p.From })
}

// ProductIn returns the row that applies to care of a month, in lines and in what is computed of them, of the product with that
// code in any case, or nil: the row that is valid on the first day of the month (formats.md).
func (b *Book) ProductIn(code string, month Period) *Product { return b.ProductOn(code, month.First()) }

func (b *Book) productRows(code string) []*Product {
	if rows := b.products[code]; rows != nil {
		return rows
	}
	return b.products[FoldProduct(code)]
}

// ProductNamed returns the newest row of the first product of the book with that name, compared by Fold, or nil.
func (b *Book) ProductNamed(name string) *Product {
	folded := Fold(name)
	for i := range b.Products {
		if Fold(b.Products[i].Name) == folded {
			return b.Product(b.Products[i].Code)
		}
	}
	return nil
}

// Municipality returns the newest row of the municipality by CBS code (three digits get their leading zero), name or
// alias, or nil. Use it for names; what applies to care on a given day, MunicipalityOn returns.
func (b *Book) Municipality(name string) *Municipality { return newest(b.municipalityRows(name)) }

// MunicipalityOn returns the row of the municipality that is valid on the day, by CBS code, name or alias, or nil. The
// names and aliases of all its rows are recognised on every day.
func (b *Book) MunicipalityOn(name string, day Date) *Municipality {
	return onDay(b.municipalityRows(name), day, func(m *Municipality) Date { return m.From })
}

func (b *Book) municipalityRows(name string) []*Municipality {
	folded := Fold(name)
	for _, title := range [...]string{"", "gemeente", "gem"} { // "Gemeente Tilburg" and "Gem. 855" are names too
		rest, found := strings.CutPrefix(folded, title)
		if !found {
			continue
		}
		if len(rest) == 3 && isDigits(rest) {
			rest = "0" + rest
		}
		if rows := b.municipalities[rest]; rows != nil {
			return rows
		}
	}
	return nil
}

// Provider returns the newest row of the provider, or nil.
func (b *Book) Provider(agb string) *Provider { return newest(b.providers[agb]) }

// ProviderOn returns the row of the provider that is valid on the day, or nil.
func (b *Book) ProviderOn(agb string, day Date) *Provider {
	return onDay(b.providers[agb], day, func(p *Provider) Date { return p.From })
}

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

// ContractFor returns the contract under which care of a product on a day counts, by the rows of product and municipality
// that hold on that day; nil when there is none. In a segment that is contracted per area, the contract for the
// municipality's area comes first, then one for the whole region, then any other: care that continues after a move counts
// where it is contracted.
func (b *Book) ContractFor(provider, code, town string, day Date) *Contract {
	product, municipality := b.ProductOn(code, day), b.MunicipalityOn(town, day)
	if product == nil {
		return nil
	}
	segment := b.Segment(product.Segment)
	var whole, other *Contract
	for _, contract := range b.ContractsOf(provider, product.Segment, day) {
		switch {
		case !contract.Includes(product.Code):
		case segment.PerArea && municipality != nil && contract.Area == municipality.Area && contract.Area != "":
			return contract
		case !segment.PerArea || contract.Area == "":
			whole = cmp.Or(whole, contract)
		default:
			other = cmp.Or(other, contract)
		}
	}
	return cmp.Or(whole, other)
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

// ExamplesUnder returns the prices and contracts that a line depends on and that are marked as examples. A line depends on
// the rows with its price that are valid between its first care date and the end of its care month, and on the contract on
// its first care date. A period with such a line should not be closed.
func (b *Book) ExamplesUnder(line *Line) (prices []*PriceRow, contracts []*Contract) {
	for _, provider := range [2]string{line.Provider, ""} { // the provider's own price comes before the general one
		own := false
		for _, row := range b.prices[priceKey{line.Product, provider, line.Unit}] {
			if row.Price != line.Price || row.From > line.CareMonth.Last() || !row.To.IsZero() && row.To < line.First {
				continue
			}
			own = true
			if row.IsExample() {
				prices = append(prices, row)
			}
		}
		if own {
			break
		}
	}
	if contract := b.ContractFor(line.Provider, line.Product, line.Municipality, line.First); contract != nil && contract.IsExample() {
		contracts = append(contracts, contract)
	}
	return prices, contracts
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

func covers(from, to, day Date) bool { return from <= day && (to == 0 || day <= to) }
