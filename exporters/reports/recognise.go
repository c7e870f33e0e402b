package reports

import (
	"strings"

	"github.com/pxq-nl/pxq/exporters/reports/retour"
	"github.com/pxq-nl/pxq/exporters/reports/texts"
	"github.com/pxq-nl/pxq/exporters/reports/uitval"
)

// The kinds of workbook that are sent back, as their properties name them.
const (
	kindRetour = "retour"
	kindUitval = "uitval"
)

// OwnSheet reports whether a sheet of a workbook of that kind is one that pxq writes only for people, in either language: it
// is not read, which needs no mention.
func OwnSheet(kind, name string) bool {
	first, _, _ := strings.Cut(name, " (") // a table that continues on another sheet has a number after its name
	switch kind {
	case kindRetour:
		return texts.InEitherLanguage(retour.SheetsForPeople, first)
	case kindUitval:
		return texts.InEitherLanguage(uitval.SheetsForPeople, first)
	}
	return false
}

// OwnHeading reports whether a heading in a workbook of that kind is one that pxq writes itself, in either language.
func OwnHeading(kind, heading string) bool {
	switch kind {
	case kindRetour:
		return texts.InEitherLanguage(retour.Headings(), heading)
	case kindUitval:
		return texts.InEitherLanguage(uitval.Headings(), heading)
	}
	return false
}
