package importers

import (
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/importers/table"
	"github.com/pxq-nl/pxq/rates"
)

// Where and by what a heading row is recognised.
const (
	headingRowsMax = 30 // rows of a sheet, as a spreadsheet shows them
	headingsNeeded = 5
)

// layout is what a heading row says of the rows under it.
type layout struct {
	row      int
	kind     billing.SheetKind
	place    []int    // where each column of the kind stands in a row; -1 when the sheet does not have it
	headings []string // as the sheet writes them; "" where it does not
	unknown  []string
}

// search looks for the heading row of a sheet and remembers what came before it.
type search struct {
	names    names
	provider table.Cell // the code of the provider that stands above the heading row
	best     nearMiss
	book     string // the table of the book that the sheet looks like
}

// nearMiss is the row that came nearest to a heading row.
type nearMiss struct {
	sheet string
	row   int
	found []string // the known names in it
}

// look returns the layout when the row is the heading row, else nil.
func (s *search) look(row table.Row) *layout {
	if row.Number > headingRowsMax {
		return nil
	}
	texts := make([]string, len(row.Cells))
	for i := range row.Cells {
		texts[i] = usableText(cellAt(row.Cells, i))
	}
	if name := bookTable(texts); name != "" && s.book == "" {
		s.book = name
		return nil
	}
	if kind := s.kindOf(row.Number, texts); kind != billing.NoSheet {
		return s.layOut(row.Number, kind, texts)
	}
	if s.provider.Kind == table.Empty {
		s.provider = s.providerIn(row.Cells, texts)
	}
	return nil
}

// kindOf returns what kind of sheet the row is the heading row of, if it is one.
func (s *search) kindOf(number int, texts []string) billing.SheetKind {
	kind := billing.SubmissionSheet
	var known []string
	ofSubmission := 0
	for i, text := range texts {
		m, ok := s.names[billing.Fold(text)]
		if !ok || slices.ContainsFunc(texts[:i], func(other string) bool { return billing.Fold(other) == billing.Fold(text) }) {
			continue
		}
		known = append(known, text)
		if m.submission >= 0 {
			ofSubmission++
		}
		switch {
		case m.decision == int(decisionWord):
			kind = billing.DecisionSheet
		case m.referral == int(billing.ReferralStart) && kind != billing.DecisionSheet:
			kind = billing.ReferralSheet
		}
	}
	if len(known) >= headingsNeeded && (kind != billing.SubmissionSheet || ofSubmission >= headingsNeeded) {
		return kind
	}
	if len(known) > len(s.best.found) {
		s.best = nearMiss{row: number, found: known}
	}
	return billing.NoSheet
}

// columnsOf returns how many columns a kind of sheet has.
func columnsOf(kind billing.SheetKind) int {
	switch kind {
	case billing.ReferralSheet:
		return int(billing.ReferralFieldsEnd)
	case billing.DecisionSheet:
		return int(decisionFieldsEnd)
	}
	return int(billing.FieldsEnd)
}

// layOut finds the columns. Of two headings with the same meaning the first counts.
func (s *search) layOut(number int, kind billing.SheetKind, texts []string) *layout {
	l := &layout{row: number, kind: kind}
	l.place = slices.Repeat([]int{-1}, columnsOf(kind))
	l.headings = make([]string, len(l.place))
	var named []string
	for i, text := range texts {
		if text == "" {
			continue
		}
		column := -1
		if m, ok := s.names[billing.Fold(text)]; ok {
			column = m.column(kind)
		}
		switch {
		case column >= 0 && l.place[column] < 0:
			l.place[column], l.headings[column] = i, text
		case !slices.Contains(named, billing.Fold(text)):
			named = append(named, billing.Fold(text))
			l.unknown = append(l.unknown, billing.Mask(text))
		}
	}
	return l
}

// providerIn returns the cell after a heading of the provider, an empty one if there is none.
func (s *search) providerIn(cells []table.Cell, texts []string) table.Cell {
	for i, text := range texts {
		if text != "" && s.names.isProvider(text) {
			if code := cellAt(cells, i+1); filled(code) {
				return code
			}
		}
	}
	return table.Cell{}
}

// bookTable returns the name of the table of the contract book of which the texts are the headings: each is a
// column of it, and none that it must have is absent.
func bookTable(texts []string) string {
	for _, name := range rates.TableNames {
		columns := rates.Columns(name)
		present := 0
		foreign := false
		for _, text := range texts {
			if text == "" {
				continue
			}
			if !slices.Contains(columns, strings.ToLower(text)) {
				foreign = true
				break
			}
			present++
		}
		if !foreign && present >= mandatory(name) {
			return name
		}
	}
	return ""
}

// mandatory counts the columns that a table of the book cannot do without.
func mandatory(table string) int {
	columns := len(rates.Columns(table)) - 1 // bron
	if table == "contracten" {
		columns -= 3 // plafond, eerder_gedeclareerd, eerder_jaar
	}
	return columns
}
