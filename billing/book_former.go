package billing

import "slices"

// WithNamesOf returns a copy of the book in which also stand the segments, products, municipalities, areas and
// providers that only a former book has, so that what was declared then keeps its names. It is for showing: nothing
// is to be judged with it.
func (b *Book) WithNamesOf(former *Book) *Book {
	both := *b
	both.Segments = withOthers(b.Segments, former.Segments, func(s *Segment) bool { return b.Segment(s.Code) != nil })
	both.Products = withOthers(b.Products, former.Products, func(p *Product) bool { return b.Product(p.Code) != nil })
	both.Areas = withOthers(b.Areas, former.Areas, func(a *Area) bool { return b.Area(a.Code) != nil })
	both.Providers = withOthers(b.Providers, former.Providers, func(p *Provider) bool { return b.Provider(p.AGB) != nil })
	both.Municipalities = withOthers(b.Municipalities, former.Municipalities, func(m *Municipality) bool { return b.Municipality(m.Code) != nil })
	return both.Index()
}

// withOthers returns the rows, with those of the others that are not known behind them.
func withOthers[T any](rows, others []T, known func(*T) bool) []T {
	all := slices.Clone(rows)
	for i := range others {
		if !known(&others[i]) {
			all = append(all, others[i])
		}
	}
	return all
}
