package reports

import (
	"slices"
	"strings"
)

// The kinds of workbook that come back, as their properties say.
const (
	kindReturn = "retour"
	kindHolds  = "uitval"
)

// OwnSheet says whether a sheet of a workbook of that kind is one that pxq writes for people only, in either
// language: that it is not read needs no word.
func OwnSheet(kind, name string) bool {
	var names []string
	switch kind {
	case kindReturn:
		names = []string{"Overzicht", "Vervangen", "Declaratie", "Signalen", "Aansluiting"}
	case kindHolds:
		names = []string{"Overzicht", "Afgewezen", "Signalen", "Aansluiting"}
	}
	first, _, _ := strings.Cut(name, " (") // a table that goes on has a number behind its name
	return inEitherLanguage(names, first)
}

// OwnHeading says whether a heading in a workbook of that kind is one under which pxq tells something, in either
// language.
func OwnHeading(kind, heading string) bool {
	var headings []string
	switch kind {
	case kindReturn:
		headings = append(headingsOf(returnedHours), headingsOf(returnedDayparts)...)
	case kindHolds:
		headings = headingsOf(holdColumns)
	}
	return inEitherLanguage(headings, heading)
}

func headingsOf[T any](columns []column[T]) []string {
	headings := make([]string, len(columns))
	for i := range columns {
		headings[i] = columns[i].heading
	}
	return headings
}

func inEitherLanguage(dutch []string, text string) bool {
	return slices.ContainsFunc(dutch, func(one string) bool { return one == text || translated(one) == text })
}
