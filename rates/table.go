package rates

import "slices"

// Table is one table of the book as it was read: texts with their place. The first row that is not wholly
// empty holds the headings.
type Table struct {
	Name  string // segmenten, producten, …; case does not matter
	File  string // the file as the user knows it
	Sheet string // the sheet of a workbook; empty for CSV
	Rows  []TableRow
}

// TableRow is one row of a table. Number is the row as a spreadsheet shows it: the first row of the file is 1.
type TableRow struct {
	Number int
	Cells  []string
}

// TableNames are the tables of a book, in the order in which problems are listed and books are written.
var TableNames = []string{"segmenten", "producten", "gemeenten", "gebieden", "aanbieders", "contracten", "tarieven"}

// Columns returns the headings of the table in order, the optional ones included; nil for an unknown table.
func Columns(table string) []string {
	var headings []string
	for _, column := range columnsOf(table) {
		headings = append(headings, column.heading)
	}
	return headings
}

// RequiredColumns returns the headings that the table cannot do without, in order; nil for an unknown table.
func RequiredColumns(table string) []string {
	var headings []string
	for _, column := range columnsOf(table) {
		if column.need != optional {
			headings = append(headings, column.heading)
		}
	}
	return headings
}

// need is whether a column may be left out and whether its cells may be empty.
type need uint8

const (
	filled   need = iota // the column must be there and every cell filled
	fillable             // the column must be there, a cell may be empty
	optional             // the column itself may be left out
)

type column struct {
	heading string
	need    need
}

// sourceHeading heads the last column of every table: where the row comes from.
const sourceHeading = "bron"

// sinceHeading heads the day from which a row of products, municipalities or providers holds. A code may stand in
// several rows then; the first holds before its day too.
const sinceHeading = "van"

func columnsOf(table string) []column {
	source, since := column{sourceHeading, optional}, column{sinceHeading, optional}
	switch table {
	case "segmenten":
		return []column{{"code", filled}, {"naam", filled}, {"bekostiging", filled}, {"max_duur_maanden", fillable},
			{"verwijzers", fillable}, {"per_gebied", filled}, {"neemt_over", filled}, source}
	case "producten":
		return []column{{"productcode", filled}, {"naam", filled}, {"segment", filled}, {"categorie", filled},
			{"soort", filled}, {"taakveld", fillable}, {"eenheden", filled}, {"max_duur_maanden", fillable},
			{"leeftijdsgrens", fillable}, {"verblijf", filled}, {"coordinatiepunt", filled}, {"afronding", fillable}, since, source}
	case "gemeenten":
		return []column{{"code", filled}, {"naam", filled}, {"ook_bekend_als", fillable}, {"gebied", fillable}, since, source}
	case "gebieden":
		return []column{{"code", filled}, {"naam", filled}, source}
	case "aanbieders":
		return []column{{"agb", filled}, {"naam", filled}, since, source}
	case "contracten":
		return []column{{"agb", filled}, {"segment", filled}, {"gebied", fillable}, {"producten", fillable},
			{"van", filled}, {"tot", fillable}, {"plafond", optional}, {"eerder_gedeclareerd", optional},
			{"eerder_jaar", optional}, source}
	case "tarieven":
		return []column{{"productcode", filled}, {"eenheid", filled}, {"agb", fillable}, {"tarief", filled},
			{"van", filled}, {"tot", fillable}, source}
	}
	return nil
}

// tableOrder returns the place of the table in TableNames; unknown ones come last.
func tableOrder(table string) int {
	if i := slices.Index(TableNames, table); i >= 0 {
		return i
	}
	return len(TableNames)
}
