package rates

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/pxq-nl/pxq/billing"
)

// Difference is a difference between two books, written as in their tables.
type Difference struct {
	Table         string
	Row           string // what identifies the row: its code, or all that distinguishes a contract or a price
	Heading       string // of the column; "" if the row as a whole was added or removed
	Before, After string // "" for the book that does not have the row
}

// Differences returns the differences between two versions of a book, sorted by table and row. It ignores the order of
// rows and lists, and the sources of rows.
func Differences(before, after *billing.Book) []Difference {
	var list []Difference
	rowsBefore, rowsAfter := writtenRows(before), writtenRows(after)
	was, is := changedRows(rowsBefore, rowsAfter), changedRows(rowsAfter, rowsBefore)
	for _, row := range was.rows {
		other, there := is.find(row)
		if !there {
			list = append(list, Difference{Table: row.table, Row: row.name, Before: row.text()})
			continue
		}
		for i, cell := range row.cells {
			if cell.text != other.cells[i].text {
				list = append(list, Difference{Table: row.table, Row: row.name, Heading: cell.heading, Before: cell.text, After: other.cells[i].text})
			}
		}
	}
	for _, row := range is.rows {
		if _, there := was.find(row); !there {
			list = append(list, Difference{Table: row.table, Row: row.name, After: row.text()})
		}
	}
	slices.SortStableFunc(list, func(a, b Difference) int {
		if a.Table != b.Table {
			return tableOrder(a.Table) - tableOrder(b.Table)
		}
		return strings.Compare(a.Row, b.Row)
	})
	return list
}

// writtenRow is a row of a book as its table writes it: what identifies it, and the other cells.
type writtenRow struct {
	table, name string
	place       int // index among the rows of the same name
	cells       []writtenCell
}

type writtenCell struct{ heading, text string }

// text writes the filled cells.
func (r writtenRow) text() string {
	var parts []string
	for _, cell := range r.cells {
		if cell.text != "" {
			parts = append(parts, cell.heading+": "+cell.text)
		}
	}
	return strings.Join(parts, "; ")
}

// key identifies a row with all its cells.
func (r writtenRow) key() string { return r.table + "\x00" + r.name + "\x00" + r.text() }

// writtenBook holds rows of a book with an index by name.
type writtenBook struct {
	rows   []writtenRow
	byName map[string]int
}

// changedRows returns the rows that the other book does not have. Rows of one name (contracts that differ only in their products)
// are compared by their order; without the unchanged ones among them, another order is no difference.
func changedRows(rows, other rowList) *writtenBook {
	unchanged, named := make(map[string]int), make(map[string]int)
	for _, row := range other {
		unchanged[row.key()]++
	}
	b := &writtenBook{byName: make(map[string]int)}
	for _, row := range rows {
		if unchanged[row.key()] > 0 {
			unchanged[row.key()]--
			continue
		}
		row.place = named[row.table+" "+row.name]
		named[row.table+" "+row.name]++
		b.byName[placeName(row)] = len(b.rows)
		b.rows = append(b.rows, row)
	}
	return b
}

func (b *writtenBook) find(row writtenRow) (writtenRow, bool) {
	at, there := b.byName[placeName(row)]
	if !there {
		return writtenRow{}, false
	}
	return b.rows[at], true
}

func placeName(row writtenRow) string { return fmt.Sprintf("%s %d %s", row.table, row.place, row.name) }

// rowList is the rows of a book, in the order of its tables.
type rowList []writtenRow

// add adds a row: names are the fields that identify it, cells the heading and text of each other cell in turn.
func (l *rowList) add(table string, names []string, cells ...string) {
	row := writtenRow{table: table, name: strings.Join(slices.DeleteFunc(names, func(name string) bool { return name == "" }), " ")}
	for i := 0; i < len(cells); i += 2 {
		row.cells = append(row.cells, writtenCell{cells[i], cells[i+1]})
	}
	*l = append(*l, row)
}

func writtenRows(book *billing.Book) rowList {
	var rows rowList
	for _, s := range book.Segments {
		funding := "anders"
		if s.SettledPQ {
			funding = "pxq"
		}
		rows.add("segmenten", []string{s.Code}, "naam", s.Name, "bekostiging", funding, "max_duur_maanden", none(s.MaxMonths), "verwijzers", listed(s.Referrers),
			"per_gebied", jaOrNee(s.PerArea), "neemt_over", jaOrNee(s.TakesOver))
	}
	for _, p := range book.Products {
		var units []string
		for unit, allowed := range map[string]bool{"uur": p.AllowsTime, "dagdeel": p.AllowsDaypart} {
			if allowed {
				units = append(units, unit)
			}
		}
		rounding := "exact"
		if p.WholeHours {
			rounding = "heel_uur"
		}
		rows.add("producten", []string{p.Code, p.From.String()}, "naam", p.Name, "segment", p.Segment, "categorie", p.Category, "soort", p.Kind.String(), "taakveld", p.TaskField,
			"eenheden", listed(units), "max_duur_maanden", none(p.MaxMonths), "leeftijdsgrens", none(p.AgeLimit), "verblijf", jaOrNee(p.Residential),
			"coordinatiepunt", jaOrNee(p.CoordinationPoint), "afronding", rounding)
	}
	for _, m := range book.Municipalities {
		rows.add("gemeenten", []string{m.Code, m.From.String()}, "naam", m.Name, "ook_bekend_als", listed(m.Aliases), "gebied", m.Area)
	}
	for _, a := range book.Areas {
		rows.add("gebieden", []string{a.Code}, "naam", a.Name)
	}
	for _, p := range book.Providers {
		rows.add("aanbieders", []string{p.AGB, p.From.String()}, "naam", p.Name)
	}
	for _, c := range book.Contracts {
		ceiling, declared := "", ""
		if c.HasCeiling {
			ceiling = c.Ceiling.String()
		}
		if c.DeclaredBeforeIn != 0 {
			declared = c.DeclaredBefore.String()
		}
		rows.add("contracten", []string{c.Provider, c.Segment, c.Area, c.From.String()}, "producten", listed(c.Products), "tot", c.To.String(), "plafond", ceiling,
			"eerder_gedeclareerd", declared, "eerder_jaar", none(c.DeclaredBeforeIn))
	}
	for _, r := range book.Prices {
		unit := "uur"
		if r.Unit == billing.Daypart {
			unit = "dagdeel"
		}
		rows.add("tarieven", []string{r.Product, unit, r.Provider, r.From.String()}, "tarief", r.Price.String(), "tot", r.To.String())
	}
	return rows
}

// none writes a whole number; "" for 0.
func none(number int) string {
	if number == 0 {
		return ""
	}
	return strconv.Itoa(number)
}

// listed writes a list in sorted order, since its order has no meaning.
func listed(values []string) string { return strings.Join(slices.Sorted(slices.Values(values)), ", ") }

// jaOrNee writes a boolean as the tables do.
func jaOrNee(is bool) string {
	if is {
		return "ja"
	}
	return "nee"
}
