package importers

import (
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/written"
	"github.com/pxq-nl/pxq/importers/table"
)

// layout maps the columns of a sheet, as its heading row names them.
type layout struct {
	kind       billing.SheetKind
	width      int      // number of cells up to and including the last heading
	place      []int    // index in a row of each column of the kind; -1 if the sheet does not have it
	headings   []string // of each column of the kind, as the sheet writes it; "" if the sheet does not have it
	duplicates []duplicate
	version    int      // index of the column Versie of a return file; -1 if there is none
	unused     []string // headings of the columns that are not used, each once
	dates      []int    // indexes of the columns with dates, including duplicates that are not used
}

// duplicate is a pair of columns with one meaning. The one whose heading comes first in headings.go counts, and is first here.
type duplicate struct {
	column   int // of the kind of sheet
	headings [2]heading
}

// heading is a heading in the heading row.
type heading struct {
	place int
	text  string
	rank  int
}

// layOut maps the columns of a sheet. It refuses a sheet that has the same heading twice, since it is ambiguous which is
// meant. In a return file the column Versie is recognised too.
func layOut(known names, row *headingRow, isReturn bool) (*layout, *table.Problem) {
	kind, texts := row.kind, row.texts
	l := &layout{kind: kind, version: -1}
	l.place = slices.Repeat([]int{-1}, columnsOf(kind))
	l.headings = make([]string, len(l.place))
	columns := make([][]heading, len(l.place))
	used := make([]bool, len(texts))
	for i, text := range texts {
		if text == "" {
			continue
		}
		l.width = i + 1
		m, ok := known[billing.Fold(text)]
		if !ok {
			continue
		}
		if isReturn && kind == billing.SubmissionSheet && m.decision == int(decisionVersion) && l.version < 0 {
			l.version, used[i] = i, true
		}
		if column := m.column(kind); column >= 0 {
			columns[column] = append(columns[column], heading{i, text, m.rank})
			if isDate(kind, column) {
				l.dates = append(l.dates, i)
			}
		}
	}
	for column, headings := range columns {
		if len(headings) == 0 {
			continue
		}
		if refused := sameHeading(row.number, headings); refused != nil {
			return nil, refused
		}
		slices.SortStableFunc(headings, func(a, b heading) int { return a.rank - b.rank })
		first := headings[0]
		l.place[column], l.headings[column], used[first.place] = first.place, first.text, true
		for i, other := range headings {
			for _, before := range headings[:i] {
				l.duplicates = append(l.duplicates, duplicate{column, [2]heading{before, other}})
			}
		}
	}
	l.unused = unusedHeadings(texts, used)
	return l, nil
}

// isDate reports whether a column of a kind of sheet holds dates.
func isDate(kind billing.SheetKind, column int) bool {
	switch kind {
	case billing.SubmissionSheet:
		return column == int(billing.FieldDate) || column == int(billing.FieldBirthDate)
	case billing.ReferralSheet:
		switch billing.ReferralField(column) {
		case billing.ReferralBirthDate, billing.ReferralStart, billing.ReferralEnd, billing.ReferralAssigned,
			billing.ReferralExtendedTo, billing.ReferralContinuesTo:
			return true
		}
	}
	return false
}

// sameHeading returns the refusal of two equal headings of one column; nil if there are none.
func sameHeading(row int, headings []heading) *table.Problem {
	for i, other := range headings {
		for _, first := range headings[:i] {
			if billing.Fold(first.text) == billing.Fold(other.text) {
				return refuseSameHeading(row, first, other)
			}
		}
	}
	return nil
}

// unusedHeadings returns the headings that are not used, each once and masked for messages.
func unusedHeadings(texts []string, used []bool) []string {
	var unused, seen []string
	for i, text := range texts {
		if folded := billing.Fold(text); text != "" && !used[i] && !slices.Contains(seen, folded) {
			seen = append(seen, folded)
			unused = append(unused, billing.Mask(text))
		}
	}
	return unused
}

// differing returns the refusal of a row in which two columns of one meaning are both readable and differ, or in which
// the care date in the column that is not used can only be month-day-year; else nil.
func (l *layout) differing(row table.Row) *table.Problem {
	for _, t := range l.duplicates {
		differ := l.comparison(t.column)
		if differ == nil {
			continue
		}
		a, b := cellAt(row.Cells, t.headings[0].place), cellAt(row.Cells, t.headings[1].place)
		switch {
		case differ(a, b):
			return refuseDiffering(row.Number, t, [2]table.Cell{a, b}, l.isPersonal(t.column))
		case l.kind == billing.SubmissionSheet && billing.Field(t.column) == billing.FieldDate && canOnlyBeMonthDayYear(b):
			return refuseMonthDayYear(row.Number, t.headings[1].place, billing.Mask(t.headings[1].text), b, false)
		}
	}
	return nil
}

// comparison returns a function that reports whether two cells of a column are both readable and differ; nil if a
// duplicate of the column is simply ignored.
func (l *layout) comparison(column int) func(a, b table.Cell) bool {
	switch l.kind {
	case billing.SubmissionSheet:
		switch billing.Field(column) {
		case billing.FieldBSN:
			return differentBSN
		case billing.FieldDate:
			return differentDate
		case billing.FieldStart:
			return func(a, b table.Cell) bool { return differentClock(a, b, false) }
		case billing.FieldEnd:
			return func(a, b table.Cell) bool { return differentClock(a, b, true) }
		case billing.FieldBreak:
			return differentBreak
		case billing.FieldQuantity:
			return differentNumber
		}
	case billing.ReferralSheet:
		if billing.ReferralField(column) == billing.ReferralBSN {
			return differentBSN
		}
	}
	return nil
}

// isPersonal reports whether the column holds personal data, which messages must not show.
func (l *layout) isPersonal(column int) bool {
	return l.kind == billing.SubmissionSheet && billing.Field(column) == billing.FieldBSN ||
		l.kind == billing.ReferralSheet && billing.ReferralField(column) == billing.ReferralBSN
}

func differentBSN(a, b table.Cell) bool {
	one, wrongOne := readBSN(a)
	two, wrongTwo := readBSN(b)
	return wrongOne == "" && wrongTwo == "" && one != two
}

func differentDate(a, b table.Cell) bool {
	one, ok := readDate(a)
	two, okToo := readDate(b)
	return ok && okToo && one != two
}

func differentClock(a, b table.Cell, isEnd bool) bool {
	one, ok := readClock(a, isEnd)
	two, okToo := readClock(b, isEnd)
	return ok && okToo && one != two
}

func differentBreak(a, b table.Cell) bool {
	one, ok := readBreak(a)
	two, okToo := readBreak(b)
	return ok && okToo && one != two
}

// differentNumber compares quantities as numbers, whatever their units: 90 and 1.5 differ. A clock time counts as a
// number of hours, exact to the hundredth of a minute.
func differentNumber(a, b table.Cell) bool {
	one, ok := readNumber(a, written.Quantity)
	two, okToo := readNumber(b, written.Quantity)
	if ok && okToo {
		return !one.decimal().Equal(two.decimal())
	}
	hoursOne, ok := quantityIn(a, hours)
	hoursTwo, okToo := quantityIn(b, hours)
	return ok && okToo && hoursOne != hoursTwo
}
