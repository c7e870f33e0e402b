package rates

import "slices"

// Table is one unparsed table of the book: texts with their place. The first row that is not empty holds the
// headings.
type Table struct {
	Name  string // segmenten, producten, …; case does not matter
	File  string // the name of the file, for messages
	Sheet string // the sheet of a workbook; empty for CSV
	Rows  []TableRow
}

// TableRow is one row of a table. Number is the row number that a spreadsheet shows: the first row of the file is 1.
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

// RequiredColumns returns the headings of the columns that the table must have, in order; nil for an unknown table.
func RequiredColumns(table string) []string {
	var headings []string
	for _, column := range columnsOf(table) {
		if column.need != optional {
			headings = append(headings, column.heading)
		}
	}
	return headings
}

// need determines whether a column, or cells in it, may be omitted.
type need uint8

const (
	filled   need = iota // the column is required, and so is every cell
	fillable             // the column is required, but cells may be empty
	optional             // the column may be omitted
)

type column struct {
	heading string
	need    need
}

// sourceHeading is the heading of the last column of every table: the source of the row.
const sourceHeading = "bron"

// sinceHeading is the heading of the day from which a row of products, municipalities or providers applies. A code may
// then have several rows; the first also applies before its day.
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

// tableOrder returns the index of the table in TableNames; len(TableNames) if it is unknown.
func tableOrder(table string) int {
	if i := slices.Index(TableNames, table); i >= 0 {
		return i
	}
	return len(TableNames)
}
