package table

import (
	"strings"

	"github.com/pxq-nl/pxq/importers/table/internal/csvtext"
)

// columnWatch watches the first rows of the sheets that are read for the case
// that all texts of a sheet stand in column A, because nobody told the program
// that wrote the file by which character they are parted.
type columnWatch struct {
	current columnTally
	found   columnTally // of the first sheet that is such a one
}

// columnTally is what the watch saw of one sheet.
type columnTally struct {
	sheet Sheet
	rows  int // texts in column A that look like a whole row
	other int // rows with more than one cell
	first int // number of the first of those texts' rows
	mark  byte
}

// columnWatchRows is how many rows of a sheet are looked at.
const columnWatchRows = 30

// look looks at one of the first rows.
func (w *columnWatch) look(sheet Sheet, row Row) {
	if sheet != w.current.sheet {
		w.found = w.result()
		w.current = columnTally{sheet: sheet}
	}
	t := &w.current
	if len(row.Cells) > 1 {
		t.other++
		return
	}
	for _, mark := range []byte(";\t,|") {
		if strings.Count(row.Cells[0].Text, string(mark)) >= csvtext.HeadingMin {
			if t.rows == 0 {
				t.first, t.mark = row.Number, mark
			}
			t.rows++
			return
		}
	}
}

// result returns the first sheet of which everything stands in column A.
func (w *columnWatch) result() columnTally {
	if w.found.rows == 0 && w.current.rows > 0 && w.current.other == 0 {
		return w.current
	}
	return w.found
}

// OneColumn returns the problem that everything on a sheet stands in column A,
// in texts that look like whole rows; nil if that is not so. It knows of what
// was read so far, and is for whoever found no heading row.
func (f *File) OneColumn() *Problem {
	found := f.columns.result()
	if found.rows == 0 {
		return nil
	}
	code := "one-column"
	if f.format == formatCSV {
		code = "one-column-csv"
	}
	problem := newProblem(code, markName(found.mark))
	problem.File, problem.Sheet, problem.Row = f.name, found.sheet.Name, found.first
	return problem
}

// markName returns a delimiter as people write it.
func markName(mark byte) phrase {
	if mark == '\t' {
		return phrase{"een tab", "a tab"}
	}
	return phrase{string(mark), string(mark)}
}
