package rates

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/pxq-nl/pxq/billing"
)

// Parse reads and checks the tables of a book. It returns the indexed book or, if anything is wrong, a nil book and the
// problems of all tables: the first 2000, and a last one with the number of the others.
func Parse(tables []Table) (*billing.Book, Problems) {
	r := &reading{}
	r.layOut(tables)
	r.readSegments()
	r.readAreas()
	r.readProducts()
	r.readMunicipalities()
	r.readProviders()
	r.readContracts()
	r.readPrices()
	if len(r.found) > 0 {
		return nil, r.problems()
	}
	book := &billing.Book{
		Segments: facts(r.segments), Products: facts(r.products), Municipalities: facts(r.municipalities),
		Areas: facts(r.areas), Providers: facts(r.providers), Contracts: facts(r.contracts), Prices: facts(r.prices),
	}
	return book.Index(), nil
}

// reading is the state of one Parse: the laid-out tables, the facts read so far, and the problems.
type reading struct {
	grids [7]*grid // in the order of TableNames; never nil after layOut
	found []placed
	more  int // number of problems beyond problemsMost

	segments       []entry[billing.Segment]
	products       []entry[billing.Product]
	municipalities []entry[billing.Municipality]
	areas          []entry[billing.Area]
	providers      []entry[billing.Provider]
	contracts      []entry[billing.Contract]
	prices         []entry[billing.PriceRow]

	productOf     map[string][]billing.Product // the rows of each product, by its code as spelled in its table
	segmentCodes  *register
	productCodes  *register
	areaCodes     *register
	providerCodes *register
}

// entry is a fact with the row it was read from, so that later checks can name it.
type entry[T any] struct {
	fact T
	row  *row
}

func facts[T any](entries []entry[T]) []T {
	plain := make([]T, len(entries))
	for i, e := range entries {
		plain[i] = e.fact
	}
	return plain
}

// placed is a problem with its sort keys.
type placed struct {
	Problem
	table, column int
}

// problemsMost is the number of problems that are listed: nobody reads more at once, and a column that is wrong in every row
// of a long table must not fill the memory.
const problemsMost = 2000

// report adds a problem. Both texts are formatted with the arguments, as by billing.Texts; use %[1]s where their order differs.
func (r *reading) report(g *grid, rowNumber int, heading, dutch, english string, args ...any) {
	if len(r.found) == problemsMost {
		r.more++
		return
	}
	text := billing.Texts(dutch, english, args...)
	r.found = append(r.found, placed{
		Problem: Problem{File: g.file, Sheet: g.sheet, Row: rowNumber, Column: clip(heading), Dutch: text.Dutch, English: text.English},
		table:   tableOrder(g.name), column: g.order(heading),
	})
}

func (r *reading) problems() Problems {
	slices.SortStableFunc(r.found, func(a, b placed) int {
		return cmp.Or(cmp.Compare(a.table, b.table), cmp.Compare(a.Row, b.Row), cmp.Compare(a.column, b.column))
	})
	problems := make(Problems, len(r.found))
	for i, p := range r.found {
		problems[i] = p.Problem
	}
	if r.more > 0 {
		faults := "fouten"
		if r.more == 1 {
			faults = "fout"
		}
		problems = append(problems, Problem{
			Dutch:   fmt.Sprintf("en nog %d %s. Verbeter eerst deze; vaak is het in elke rij dezelfde.", r.more, faults),
			English: fmt.Sprintf("and %d more. Correct these first; it is often the same fault in every row.", r.more),
		})
	}
	return problems
}
