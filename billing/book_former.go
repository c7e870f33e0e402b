package billing

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// WithNamesOf returns a copy of the book extended with the segments, products, municipalities, areas and providers that only
// the former book has, so that care declared under that book is shown with its names. It is for display only: never judge by it.
func (b *Book) WithNamesOf(former *Book) *Book {
	both := *b
	both.Segments = withOthers(b.Segments, former.Segments, func(s *Segment) bool { return b.Segment(s.Code) != nil })
	both.Products = withOthers(b.Products, former.Products, func(p *Product) bool { return b.Product(p.Code) != nil })
	both.Areas = withOthers(b.Areas, former.Areas, func(a *Area) bool { return b.Area(a.Code) != nil })
	both.Providers = withOthers(b.Providers, former.Providers, func(p *Provider) bool { return b.Provider(p.AGB) != nil })
	both.Municipalities = withOthers(b.Municipalities, former.Municipalities, func(m *Municipality) bool { return b.Municipality(m.Code) != nil })
	return both.Index()
}

// withOthers returns the rows, followed by those of others that are not known.
func withOthers[T any](rows, others []T, known func(*T) bool) []T {
	all := slices.Clone(rows)
	for i := range others {
		if !known(&others[i]) {
			all = append(all, others[i])
		}
	}
	return all
}

// DeclaredOn is one combination of provider, product and municipality in the lines of closed periods, even if all of these
// were credited since.
type DeclaredOn struct {
	Provider     string // AGB code
	Product      string
	Municipality string // CBS code
	Day          Date   // a care date
	Segment      string // of the product on that day, by the book in use then; "" if that is not known
}

// Loss is an entry that lines of closed periods depend on and that a book lacks.
type Loss struct {
	Table   string // the table of the book that lacks it: producten, aanbieders, …
	Code    string // AGB code, product code, CBS code or code of the segment
	Segment string // of a contract: the segment for which the provider has none
	Problem Text   // what is wrong and what to do
}

// Lost returns what declared depends on and the book lacks, each entry once, sorted by table and code. A book with losses
// must be refused: with it the next declaration would credit what was paid. For a contract it is enough that the provider
// has one for the segment, whatever its dates; the segment is that of the product on the care date.
func (b *Book) Lost(declared []DeclaredOn) []Loss {
	seen := make(map[Loss]bool)
	var losses []Loss
	lose := func(loss Loss) {
		if !seen[loss] {
			seen[loss] = true
			losses = append(losses, loss)
		}
	}
	for _, on := range declared {
		if b.Provider(on.Provider) == nil {
			lose(lost("aanbieders", on.Provider, "", "laat de rij staan en geef het contract een einddatum", "keep the row and give the contract an end date"))
		}
		if !b.hasMunicipality(on.Municipality) {
			lose(lost("gemeenten", on.Municipality, "", "laat de rij staan", "keep the row"))
		}
		product := b.ProductOn(on.Product, on.Day)
		if product == nil {
			lose(lost("producten", on.Product, "", "laat de rij staan en geef het tarief een einddatum", "keep the row and give the price an end date"))
		}
		for _, segment := range segmentsOf(on, product) {
			if b.Segment(segment) == nil {
				lose(lost("segmenten", segment, "", "laat de rij staan en geef de contracten een einddatum", "keep the row and give the contracts an end date"))
			}
			if len(b.contracts[contractKey{on.Provider, segment}]) == 0 {
				lose(lost("contracten", on.Provider, segment, "laat de rij staan en geef het contract een einddatum", "keep the row and give the contract an end date"))
			}
		}
	}
	slices.SortFunc(losses, func(a, b Loss) int {
		return cmp.Or(strings.Compare(a.Table, b.Table), strings.Compare(a.Code, b.Code), strings.Compare(a.Segment, b.Segment))
	})
	return losses
}

// segmentsOf returns the segments that a declared product depends on: its segment at the time and, if the book now has the
// product under another segment, that one too.
func segmentsOf(on DeclaredOn, product *Product) []string {
	var segments []string
	if on.Segment != "" {
		segments = append(segments, on.Segment)
	}
	if product != nil && product.Segment != on.Segment {
		segments = append(segments, product.Segment)
	}
	return segments
}

// hasMunicipality reports whether a municipality has this CBS code; a name or alias does not count.
func (b *Book) hasMunicipality(code string) bool {
	municipality := b.Municipality(code)
	return municipality != nil && municipality.Code == code
}

// lost returns a loss with its problem, as "op 30000003 is gedeclareerd; laat de rij staan en geef het contract een einddatum".
func lost(table, code, segment, dutch, english string) Loss {
	onDutch, onEnglish := code, code
	if segment != "" {
		onDutch, onEnglish = fmt.Sprintf("het contract van %s voor segment %s", code, segment), fmt.Sprintf("the contract of %s for segment %s", code, segment)
	}
	return Loss{Table: table, Code: code, Segment: segment, Problem: Text{
		Dutch: "op " + onDutch + " is gedeclareerd; " + dutch, English: "care was declared on " + onEnglish + "; " + english,
	}}
}
