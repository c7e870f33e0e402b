package importers

import (
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/importers/table"
	"github.com/pxq-nl/pxq/rates"
)

// A heading row is recognised by at least headingsNeeded known headings in the first headingRowsMax rows.
const (
	headingRowsMax = 30 // rows of a sheet, as a spreadsheet shows them
	headingsNeeded = 5
)

// search looks for the heading row of a sheet and keeps what it saw above it.
type search struct {
	names    names
	provider table.Cell // the provider code above the heading row
	best     nearMiss
	book     string          // the table of the book that the sheet looks like
	joined   *joinedHeadings // set if a cell holds all headings
}

// nearMiss is the row that came closest to being a heading row.
type nearMiss struct {
	sheet string
	row   int
	found []string // the known names in it
}

// joinedHeadings is a cell that holds all headings of a row, separated by mark.
type joinedHeadings struct {
	sheet string
	cell  string
	mark  string
}

// isOfCSV reports whether the mark is one that can delimit a CSV file, which was then split by the wrong one.
func (j *joinedHeadings) isOfCSV() bool { return j != nil && j.mark != "|" }

// headingRow is the heading row of a sheet.
type headingRow struct {
	number   int
	kind     billing.SheetKind
	texts    []string
	provider table.Cell // the provider code above it; empty if none
}

// look returns the heading row if the row is one, else nil.
func (s *search) look(row table.Row) *headingRow {
	if row.Number > headingRowsMax {
		return nil
	}
	texts := make([]string, len(row.Cells))
	for i := range row.Cells {
		texts[i] = usableText(row.Cells[i])
	}
	if name := bookTable(texts); name != "" && s.book == "" {
		s.book = name
		return nil
	}
	if kind := s.kindOf(row.Number, texts); kind != billing.NoSheet {
		return &headingRow{row.Number, kind, texts, s.provider}
	}
	s.lookForProvider(row.Cells, texts)
	if s.joined == nil {
		s.joined = s.inOneCell(row.Number, texts)
	}
	return nil
}

// kindOf returns the kind of sheet that the row is the heading row of; billing.NoSheet if it is none.
func (s *search) kindOf(number int, texts []string) billing.SheetKind {
	kind := billing.SubmissionSheet
	known := s.known(texts)
	ofSubmission := 0
	for _, text := range known {
		m := s.names[billing.Fold(text)]
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

// known returns the texts that are headings of some kind of sheet, each once.
func (s *search) known(texts []string) []string {
	var known, seen []string
	for _, text := range texts {
		folded := billing.Fold(text)
		if _, ok := s.names[folded]; ok && !slices.Contains(seen, folded) {
			known, seen = append(known, text), append(seen, folded)
		}
	}
	return known
}

// lookForProvider records the cell to the right of a provider heading. The first one that is readable as a code counts,
// since the name of the provider may precede it under the same heading. If none is readable the first filled one is
// kept, so that the rows report it as unreadable.
func (s *search) lookForProvider(cells []table.Cell, texts []string) {
	if _, ok := readAGB(s.provider); ok {
		return
	}
	for i, text := range texts {
		if text == "" || !s.names.isProvider(strings.TrimRight(text, ": ")) {
			continue
		}
		code := cellAt(cells, i+1)
		if _, ok := readAGB(code); ok || filled(code) && !filled(s.provider) {
			s.provider = code
			return
		}
	}
}

// inOneCell returns the cell that holds all headings, if it is the only filled one of the row, as happens when a CSV file
// was pasted into one column; else nil.
func (s *search) inOneCell(number int, texts []string) *joinedHeadings {
	only := -1
	for i, text := range texts {
		switch {
		case text == "":
		case only >= 0:
			return nil
		default:
			only = i
		}
	}
	if only < 0 {
		return nil
	}
	for _, mark := range [...]string{";", ",", "\t", "|"} {
		parts := strings.Split(texts[only], mark)
		for i := range parts {
			parts[i] = strings.Trim(parts[i], `" `)
		}
		if len(s.known(parts)) >= headingsNeeded {
			return &joinedHeadings{cell: cellName(only, number), mark: mark}
		}
	}
	return nil
}

// bookTable returns the table of the contract book whose headings the texts are: each text is a column of it, and there
// are at least as many as it has required columns. It returns "" if there is none.
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
		if !foreign && present >= len(rates.RequiredColumns(name)) {
			return name
		}
	}
	return ""
}
