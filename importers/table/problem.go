package table

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/pxq-nl/pxq/importers/table/internal/source"
	"github.com/pxq-nl/pxq/importers/table/internal/xmlscan"
)

// Problem says what is wrong with a file in the words of the person who has to
// put it right: what was found, what was expected and what to do. It never
// holds the content of a cell, which may be someone's citizen service number.
type Problem struct {
	Code           string // a fixed word for the kind of problem, see problem_texts.go
	File           string // as the caller named it
	Sheet          string // empty when the whole file is meant, and in CSV
	Row            int    // 0 when unknown
	Cell           string // such as "B12", empty when unknown
	Dutch, English string // without the place

	cause error
}

// Error returns the English text with the place.
func (p *Problem) Error() string { return p.In("en") }

// Unwrap returns the error of the system beneath, if there is one.
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

// newProblem returns the problem with this code. The arguments fill the
// placeholders of both texts, in the same order.
func newProblem(code string, arguments ...any) *Problem {
	texts, ok := problemTexts[code]
	if !ok {
		texts = phrase{"onbekend probleem", "unknown problem"}
	}
	return &Problem{Code: code, Dutch: fill(texts.dutch, arguments, true), English: fill(texts.english, arguments, false)}
}

// phrase is a text in both languages: that of a problem, or an argument of one.
type phrase struct{ dutch, english string }

// fill fills the placeholders of a text; of an argument that is a phrase, with its words in the language of the text.
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

// asProblem returns any error as a problem of this file and sheet; what is
// already known about the place stays.
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

// inRow adds the row in which it was found to a problem that names none yet; 0 is no row. It returns the error.
func inRow(err error, row int) error {
	var known *Problem
	if errors.As(err, &known) && known.Row == 0 {
		known.Row = row
	}
	return err
}

// partProblem returns the problem of a part of a workbook, of which the name
// fills the placeholder in both texts.
func partProblem(name string, what phrase) *Problem {
	return newProblem("damaged-part", phrase{fmt.Sprintf(what.dutch, name), fmt.Sprintf(what.english, name)})
}

// xmlProblem returns damage to the XML of a part as a problem of that part.
func xmlProblem(name string, err error) error {
	var d *xmlscan.Damage
	if !errors.As(err, &d) {
		return err
	}
	reason := damageReasons[d.Reason]
	return newProblem("damaged-part", phrase{
		fmt.Sprintf("onderdeel %s is bij byte %d geen geldige XML (%s)", name, d.Offset, reason.dutch),
		fmt.Sprintf("part %s is no valid XML at byte %d (%s)", name, d.Offset, reason.english),
	})
}

// damageProblem returns damage to the XML of a part as a problem with another code.
func damageProblem(code string, err error, part string) error {
	var d *xmlscan.Damage
	if errors.As(err, &d) {
		return newProblem(code, d.Offset, part, damageReasons[d.Reason])
	}
	return err
}

// readProblem puts an error of the system in words.
func readProblem(err error) *Problem {
	reason := phrase{"de schijf of het netwerk geeft een fout", "the disk or the network gives an error"}
	switch {
	case errors.Is(err, source.ErrChanged):
		p := newProblem("file-changed")
		p.cause = err
		return p
	case errors.Is(err, source.ErrLink):
		reason = phrase{"het is een koppeling naar een ander bestand; zet het bestand zelf op deze plaats", "it is a link to another file; put the file itself in this place"}
	case errors.Is(err, source.ErrNotRegular):
		reason = phrase{"het is geen gewoon bestand maar een map, een pijp of een apparaat", "it is no regular file but a folder, a pipe or a device"}
	case errors.Is(err, fs.ErrNotExist):
		reason = phrase{"het bestaat niet", "it does not exist"}
	case errors.Is(err, fs.ErrPermission):
		reason = phrase{"u hebt er geen recht toe", "you have no permission"}
	case errors.Is(err, fs.ErrClosed):
		reason = phrase{"het is al gesloten", "it is closed already"}
	}
	p := newProblem("unreadable", reason)
	p.cause = err
	return p
}
