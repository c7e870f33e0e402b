package table

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/pxq-nl/pxq/importers/internal/xmlscan"
	"github.com/pxq-nl/pxq/importers/table/internal/source"
)

// Problem explains what is wrong with a file, addressed to the person who has to
// correct it: what was found, what was expected and what to do. The problems of
// this package never contain the content of a cell, which may be a BSN.
type Problem struct {
	Code           string // identifies the kind of problem, see problem_texts.go
	File           string // as the caller named it
	Sheet          string // empty for the file as a whole, and in CSV
	Row            int    // 0 if unknown
	Cell           string // such as "B12"; empty if unknown
	Dutch, English string // the text, without the place

	cause error
}

// Error returns the English text with the place.
func (p *Problem) Error() string { return p.In("en") }

// Unwrap returns the underlying error of the system, or nil.
func (p *Problem) Unwrap() error { return p.cause }

// In returns the text with the place in a language: "nl" for Dutch, English
// otherwise.
func (p *Problem) In(language string) string {
	sheet, row, cell, text := "sheet", "row", "cell", p.English
	if language == "nl" {
		sheet, row, cell, text = "blad", "rij", "cel", p.Dutch
	}
	var place []string
	if p.File != "" {
		place = append(place, p.File)
	}
	if p.Sheet != "" {
		place = append(place, sheet+" "+p.Sheet)
	}
	switch {
	case p.Cell != "":
		place = append(place, cell+" "+p.Cell)
	case p.Row > 0:
		place = append(place, fmt.Sprintf("%s %d", row, p.Row))
	}
	if len(place) == 0 {
		return text
	}
	return strings.Join(place, ", ") + ": " + text
}

// newProblem returns the problem with this code, whose texts are both formatted
// with the arguments.
func newProblem(code string, arguments ...any) *Problem {
	texts, ok := problemTexts[code]
	if !ok {
		texts = phrase{"onbekend probleem", "unknown problem"}
	}
	return &Problem{Code: code, Dutch: fill(texts.dutch, arguments, true), English: fill(texts.english, arguments, false)}
}

// phrase is a text in both languages: of a problem, or of an argument of one.
type phrase struct{ dutch, english string }

// fill formats a text with the arguments, using each phrase among them in the language of the text.
func fill(text string, arguments []any, inDutch bool) string {
	if len(arguments) == 0 {
		return text
	}
	filled := make([]any, len(arguments))
	for i, argument := range arguments {
		filled[i] = argument
		if p, ok := argument.(phrase); ok {
			filled[i] = p.english
			if inDutch {
				filled[i] = p.dutch
			}
		}
	}
	return fmt.Sprintf(text, filled...)
}

// asProblem returns any error as a problem. It adds the file and the sheet unless
// the error already names them.
func asProblem(err error, file, sheet string) *Problem {
	var p *Problem
	if !errors.As(err, &p) {
		p = readProblem(err)
	}
	placed := *p
	if placed.File == "" {
		placed.File = file
	}
	if placed.Sheet == "" {
		placed.Sheet = sheet
	}
	return &placed
}

// inRow returns err and, if it is a problem without a row, sets the row; 0 means no row.
func inRow(err error, row int) error {
	var known *Problem
	if errors.As(err, &known) && known.Row == 0 {
		known.Row = row
	}
	return err
}

// partProblem returns the problem of a part of a workbook; both texts of what are
// formatted with its name.
func partProblem(name string, what phrase) *Problem {
	return newProblem("damaged-part", phrase{fmt.Sprintf(what.dutch, name), fmt.Sprintf(what.english, name)})
}

// xmlProblem converts damage to the XML of a part into a problem of that part; it returns any other error unchanged.
func xmlProblem(name string, err error) error {
	var d *xmlscan.Damage
	if !errors.As(err, &d) {
		return err
	}
	reason := damageReasons[d.Reason]
	return newProblem("damaged-part", phrase{
		fmt.Sprintf("onderdeel %s is bij byte %d geen geldige XML (%s)", name, d.Offset, reason.dutch),
		fmt.Sprintf("part %s is not valid XML at byte %d (%s)", name, d.Offset, reason.english),
	})
}

// damageProblem is like xmlProblem, but returns a problem with the given code.
func damageProblem(code string, err error, part string) error {
	var d *xmlscan.Damage
	if errors.As(err, &d) {
		return newProblem(code, d.Offset, part, damageReasons[d.Reason])
	}
	return err
}

// readProblem converts an error of the system into a problem.
func readProblem(err error) *Problem {
	reason := phrase{"de schijf of het netwerk geeft een fout", "the disk or the network reports an error"}
	switch {
	case errors.Is(err, source.ErrChanged):
		p := newProblem("file-changed")
		p.cause = err
		return p
	case errors.Is(err, source.ErrLink):
		reason = phrase{"het is een koppeling naar een ander bestand; zet het bestand zelf op deze plaats", "it is a link to another file; put the file itself here"}
	case errors.Is(err, source.ErrNotRegular):
		reason = phrase{"het is geen gewoon bestand maar een map, een pijp of een apparaat", "it is not a regular file but a folder, a pipe or a device"}
	case errors.Is(err, fs.ErrNotExist):
		reason = phrase{"het bestaat niet", "it does not exist"}
	case errors.Is(err, fs.ErrPermission):
		reason = phrase{"u hebt er geen recht toe", "you have no permission"}
	case errors.Is(err, fs.ErrClosed):
		reason = phrase{"het is al gesloten", "it is already closed"}
	}
	p := newProblem("unreadable", reason)
	p.cause = err
	return p
}
