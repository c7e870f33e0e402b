package synthetic

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/pxq-nl/pxq/billing"
)

// fileRowsMax is the largest number of rows in a file; a provider with more sends several.
const fileRowsMax = 50_000

// submission is one file of a provider.
type submission struct {
	plan   *plan
	maker  *provider
	number int
	visits []visit
	folder string
	suffix string
}

// submissions returns the files of both deliveries.
func (p *plan) submissions() []submission {
	first := p.filesOf(p.visits, p.firstDay().String(), "")
	return append(first, p.filesOf(p.later, p.laterDay().String(), [2]string{" correctie", " correction"}[p.language()])...)
}

// filesOf divides visits, sorted as in the files, over files.
func (p *plan) filesOf(visits []visit, folder, suffix string) []submission {
	var files []submission
	for from := 0; from < len(visits); {
		to := from
		for to < len(visits) && visits[to].provider == visits[from].provider && to-from < fileRowsMax {
			to++
		}
		file := submission{plan: p, maker: &p.providers[visits[from].provider], visits: visits[from:to], folder: folder, suffix: suffix}
		if last := len(files) - 1; last >= 0 && files[last].maker == file.maker {
			file.number = files[last].number + 1
		}
		files = append(files, file)
		from = to
	}
	return files
}

// name returns the path of the file, named as its provider does.
func (s *submission) name() string {
	base := fmt.Sprintf("%s %s %s%s", s.maker.agb, plainName(s.maker.name), s.plan.period, s.suffix)
	switch s.maker.style.names {
	case monthNamed:
		base = fmt.Sprintf("aanlevering %s %s %d%s", s.maker.agb, monthNames[s.plan.period.Month()], s.plan.period.Year(), s.suffix)
	case codeNames:
		base = strings.ReplaceAll(fmt.Sprintf("%s_%s%s", s.maker.agb, s.plan.period, s.suffix), " ", "_")
	}
	if s.number > 0 {
		base += fmt.Sprintf("-%d", s.number+1)
	}
	kind := ".xlsx"
	if s.maker.style.csv {
		kind = ".csv"
	}
	return "submissions/" + s.folder + "/" + base + kind
}

// plainName drops the characters of a name that some file systems do not take.
func plainName(name string) string {
	kept := strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, norm.NFD.String(name)) // é is an e with an accent after it
	return strings.Join(strings.Fields(kept), " ")
}

// rows passes the rows of the file in one kind of unit (NoUnit: all) to write. Each is rebuilt from its own source of random
// choices, so that a file can be gone through more than once.
func (s *submission) rows(unit billing.Unit, write func(*row) error) error {
	source := rand.NewPCG(0, 0)
	for i := range s.visits {
		v := &s.visits[i]
		source.Seed(s.plan.options.Seed^uint64(v.number)<<8^uint64(v.change), streamRows+uint64(v.provider))
		r := s.plan.rowOf(chance{rand.New(source)}, v)
		if unit != billing.NoUnit && r.unit != unit {
			continue
		}
		if err := write(&r); err != nil {
			return err
		}
	}
	return nil
}

// above returns the rows above the headings.
func (s *submission) above() [][]cell {
	style := s.maker.style
	var rows [][]cell
	if style.preamble {
		rows = append(rows, []cell{textOf(s.maker.name)},
			[]cell{textOf([2]string{"Maand", "Month"}[s.plan.language()]), textOf(monthNames[s.plan.period.Month()] + " " + fmt.Sprint(s.plan.period.Year()))})
	}
	if style.above {
		rows = append(rows, []cell{textOf("AGB-code"), textOf(s.maker.agb)}, nil)
	}
	return rows
}

// headings returns the heading row.
func (s *submission) headings() []cell {
	extras := s.maker.style.extras
	cells := make([]cell, len(s.maker.style.fields))
	for i, field := range s.maker.style.fields {
		if cells[i] = textOf(s.maker.style.headings[field]); field == billing.NoField {
			cells[i], extras = textOf(extras[0]), extras[1:]
		}
	}
	return cells
}

// cells returns the cells of a row; number is its row number, for its formulas.
func (s *submission) cells(r *row, number int) []cell {
	style := s.maker.style
	cells := make([]cell, len(style.fields))
	extras := style.extras
	for i, field := range style.fields {
		if field == billing.NoField {
			cells[i], extras = textOf(extraText(extras[0], r.extra)), extras[1:]
			continue
		}
		cells[i] = style.cellFor(field, r, place{style, number})
	}
	return cells
}

// extraText returns the content of an extra column, which pxq ignores, with letters that not every encoding has.
func extraText(heading string, number int) string {
	switch heading {
	case "Medewerker":
		return cycle(number, "Renée B.", "Zoë van D.", "Daniël K.", "Mirjam de V.", "André S.", "Joëlle H.", "Koen T.", "Fatima A.")
	case "Locatie":
		return cycle(number/8, "thuis", "school", "praktijk", "online", "café ’t Hoekje")
	}
	return cycle(number, "individueel", "individueel", "gezin", "oudergesprek")
}

func cycle(number int, texts ...string) string { return texts[number%len(texts)] }

// total returns the row of totals, with the sum of the quantities.
func (s *submission) total(sum float64) []cell {
	style := s.maker.style
	cells := make([]cell, len(style.fields))
	for i, field := range style.fields {
		if field == billing.FieldQuantity {
			cells[i] = style.decimal(int64(sum*10_000+0.5), style.csv)
		}
	}
	cells[0] = textOf("Totaal")
	return cells
}

// gapAfter reports whether an empty row comes after that many rows.
func (s *submission) gapAfter(count int) bool { return s.maker.style.gaps && count%37 == 0 }

// place is a row of a sheet, to which formulas refer.
type place struct {
	style *style
	row   int
}

// of returns the reference to the cell of a field in the same row.
func (at place) of(field billing.Field) string {
	for i, other := range at.style.fields {
		if other == field {
			return columnName(i) + fmt.Sprint(at.row)
		}
	}
	return "0"
}

// columnName returns A for 0; no sheet here has more than 26 columns.
func columnName(index int) string { return string(rune('A' + index)) }
