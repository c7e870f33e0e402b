package rates

import (
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
)

// grid is one table of the book with its headings mapped to columns. A missing table has an empty grid.
type grid struct {
	name, file, sheet string
	columns           []column
	headings          []string // as written
	places            []int    // index of each column in a row's cells; -1 if the column is omitted
	rows              []*row
}

// row is one filled row below the headings.
type row struct {
	reading *reading
	grid    *grid
	number  int
	cells   []string // trimmed, as in the table
}

// grid returns the table's grid by its name in TableNames.
func (r *reading) grid(name string) *grid { return r.grids[tableOrder(name)] }

// layOut makes the grid of each table by its name, and reports missing tables.
func (r *reading) layOut(tables []Table) {
	for _, table := range tables {
		r.layOutOne(table)
	}
	for i, name := range TableNames {
		if r.grids[i] == nil {
			r.grids[i] = missingGrid(name, tables)
			r.report(r.grids[i], 0, "",
				"de tabel %s ontbreekt; het boek heeft haar nodig, ook als zij geen rijen heeft. Voeg haar toe met de kolommen %s",
				"the table %s is missing; the book needs it, even if it has no rows. Add it with the columns %s",
				name, strings.Join(Columns(name), ", "))
		}
	}
}

func (r *reading) layOutOne(table Table) {
	g := &grid{name: strings.ToLower(trim(table.Name)), file: table.File, sheet: table.Sheet}
	order := tableOrder(g.name)
	if order == len(TableNames) {
		r.report(g, 0, "",
			"%s is geen tabel van het boek; de tabellen zijn %s. Hernoem of verwijder haar%s",
			"%s is not a table of the book; the tables are %s. Rename or remove it%s",
			quote(table.Name), strings.Join(TableNames, ", "), suggest(g.name, TableNames))
		return
	}
	if first := r.grids[order]; first != nil {
		r.report(g, 0, "",
			"de tabel %s is er twee keer, ook in %s; houd er één over",
			"the table %s appears twice, also in %s; keep one",
			g.name, quote(strings.TrimSpace(first.file+" "+first.sheet)))
		return
	}
	r.grids[order] = g
	g.columns = columnsOf(g.name)
	g.places = slices.Repeat([]int{-1}, len(g.columns))
	rows := filledRows(table.Rows)
	if len(rows) == 0 {
		r.report(g, 0, "",
			"de tabel %s is leeg, ook zonder kolomkoppen; verwacht de koppen %s",
			"the table %s is empty and does not even have headings; expected the headings %s",
			g.name, strings.Join(Columns(g.name), ", "))
		return
	}
	if mark := g.otherMark(rows[0].Cells); mark != (billing.Text{}) {
		r.report(g, rows[0].Number, "",
			"tussen de kolommen staat %s; de tabellen van het boek hebben een puntkomma (;). Sla het bestand op met puntkomma's, of zet de tabel in een werkmap",
			"the columns are separated by %s; the tables of the book use a semicolon (;). Save the file with semicolons, or put the table in a workbook", mark)
		return
	}
	r.readHeadings(g, rows[0])
	r.checkUnnamed(g, rows)
	for _, filled := range rows[1:] {
		r.addRow(g, filled)
	}
}

// otherMark returns the comma or tab that separates the headings of a table that was read as a single column; empty if
// neither does.
func (g *grid) otherMark(headings []string) billing.Text {
	if len(headings) != 1 {
		return billing.Text{}
	}
	knownBetween := func(mark string) (known int) {
		for part := range strings.SplitSeq(strings.ToLower(headings[0]), mark) {
			if g.order(trim(part)) < len(g.columns) {
				known++
			}
		}
		return known
	}
	switch {
	case knownBetween(",") > 1:
		return billing.Text{Dutch: "een komma", English: "a comma"}
	case knownBetween("\t") > 1:
		return billing.Text{Dutch: "een tab", English: "a tab"}
	}
	return billing.Text{}
}

// missingGrid returns the empty grid of a missing table, named after the file or sheet where it was expected.
func missingGrid(name string, tables []Table) *grid {
	g := &grid{name: name, file: name + ".csv", columns: columnsOf(name)}
	g.places = slices.Repeat([]int{-1}, len(g.columns))
	for _, table := range tables {
		if table.Sheet != "" {
			g.file, g.sheet = table.File, name
			break
		}
	}
	return g
}

// filledRows returns the rows with any content, their cells trimmed.
func filledRows(rows []TableRow) []TableRow {
	var kept []TableRow
	for _, r := range rows {
		cells := make([]string, len(r.Cells))
		empty := true
		for i, text := range r.Cells {
			cells[i] = trim(text)
			empty = empty && cells[i] == ""
		}
		if !empty {
			kept = append(kept, TableRow{Number: r.Number, Cells: cells})
		}
	}
	return kept
}

func (r *reading) readHeadings(g *grid, headings TableRow) {
	g.headings = headings.Cells
	for at, text := range headings.Cells {
		heading := strings.ToLower(text)
		known := slices.IndexFunc(g.columns, func(c column) bool { return c.heading == heading })
		switch {
		case heading == "":
		case known < 0:
			r.report(g, headings.Number, text,
				"%s kent geen kolom %s; de kolommen zijn %s. Hernoem of verwijder haar%s",
				"%s has no column %s; the columns are %s. Rename or remove it%s",
				g.name, quote(text), strings.Join(Columns(g.name), ", "), suggest(heading, Columns(g.name)))
		case g.places[known] >= 0:
			r.report(g, headings.Number, heading,
				"de kolom %s staat er twee keer; houd er één over",
				"the column %s appears twice; keep one", heading)
		default:
			g.places[known] = at
		}
	}
	for i, c := range g.columns {
		if g.places[i] < 0 && c.need != optional {
			r.report(g, headings.Number, c.heading,
				"de kolom %s ontbreekt; voeg haar toe", "the column %s is missing; add it", c.heading)
		}
	}
}

// checkUnnamed reports a column that has content and no heading.
func (r *reading) checkUnnamed(g *grid, rows []TableRow) {
	for at, heading := range g.headings {
		filled := slices.IndexFunc(rows, func(row TableRow) bool { return at < len(row.Cells) && row.Cells[at] != "" })
		if heading == "" && filled >= 0 {
			r.report(g, rows[filled].Number, "",
				"%s staat in een kolom zonder kop (kolom %d); geef de kolom haar naam of maak haar leeg",
				"%s is in a column without a heading (column %d); give the column its name or clear it",
				quote(rows[filled].Cells[at]), at+1)
		}
	}
}

// addRow adds a row and reports its empty mandatory cells and any content to the right of the last heading.
func (r *reading) addRow(g *grid, filledRow TableRow) {
	line := &row{reading: r, grid: g, number: filledRow.Number, cells: filledRow.Cells}
	g.rows = append(g.rows, line)
	for i, c := range g.columns {
		if c.need == filled && g.places[i] >= 0 && line.cell(c.heading).text == "" {
			r.report(g, line.number, c.heading, "de cel is leeg; vul haar in", "the cell is empty; fill it in")
		}
	}
	for _, text := range line.cells[min(len(g.headings), len(line.cells)):] {
		if text != "" {
			r.report(g, line.number, "",
				"%s staat rechts van de laatste kolomkop; verwijder het of zet het in een kolom (in CSV: tekst met ; tussen aanhalingstekens)",
				"%s is to the right of the last heading; remove it or put it in a column (in CSV: put text with ; in quotes)",
				quote(text))
			break
		}
	}
}

// order returns the index of the heading among the table's columns; len(g.columns) if it is not one of them.
func (g *grid) order(heading string) int {
	for i, c := range g.columns {
		if c.heading == heading {
			return i
		}
	}
	return len(g.columns)
}

// has reports whether the table is present with that column.
func (g *grid) has(heading string) bool {
	at := g.order(heading)
	return at < len(g.columns) && g.places[at] >= 0
}
