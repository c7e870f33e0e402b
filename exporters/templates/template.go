// Package templates writes the workbooks that people fill in: a submission (Submission), referrals (Referrals) and the
// contract book (Contract, Book). Each has a sheet that explains its columns, forms to fill in with checks and drop-downs,
// and a sheet with the lists that those offer. template.go holds what the three have in common, checks.go the checks.
package templates

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/scratch"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// Head holds what every template needs.
type Head struct {
	Region   string
	Language string
	Program  string
	AsOf     billing.Date
	Book     *billing.Book // for the drop-downs
	Provider string        // AGB code; "" for a template for everybody
}

// template is a workbook to fill in that is being written.
type template struct {
	Head
	book *workbook.Book
}

// both returns a text in two languages.
func both(dutch, english string) billing.Text { return billing.Text{Dutch: dutch, English: english} }

func (t *template) say(text billing.Text) string { return text.In(t.Language) }

// kindPrefix is the start of the kind of a template, by which pxq recognises its own workbooks.
const kindPrefix = "template-"

// The sheets for people only.
var (
	sheetExplained = both("Uitleg", "Explanation")
	sheetLists     = both("Lijsten", "Lists")
	sheetPrices    = both("Producten en prijzen", "Products and prices")
)

// OwnSheet reports whether a workbook of that kind is a template and the sheet, in either language, is one that is only for
// people: it is not read, which needs no mention.
func OwnSheet(kind, name string) bool {
	if !strings.HasPrefix(kind, kindPrefix) {
		return false
	}
	return slices.ContainsFunc([]billing.Text{sheetExplained, sheetLists, sheetPrices}, func(sheet billing.Text) bool {
		return name == sheet.Dutch || name == sheet.English
	})
}

// makeTemplate writes a template to a new file. If the file exists, somebody may have filled it in: the error is then
// fs.ErrExist.
func makeTemplate(path string, head Head, kind string, title billing.Text, fill func(*template) error) (err error) {
	scratch.Sweep(filepath.Dir(path))
	private, err := scratch.Folder(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(private)) }()
	t := &template{Head: head}
	book, err := workbook.New(private, workbook.Head{
		Kind: kindPrefix + kind, Title: title.In(head.Language), Subject: head.Region, Program: head.Program, Language: head.Language, Created: head.AsOf,
		Words: workbook.Words{
			PageOf: t.say(both("Pagina %s van %s", "Page %s of %s")), Back: t.say(both("Terug naar %s", "Back to %s")), Total: t.say(both("Totaal", "Total")),
			Choose: t.say(both("Kies een van: %s.", "Choose one of: %s.")),
			Notice: t.say(both("Sjabloon van pxq voor "+head.Region, "pxq template for "+head.Region)),
			Fault:  t.say(both("fout", "wrong")), Rows: t.say(both("regels", "rows")),
		},
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	t.book = book
	if err := fill(t); err != nil {
		return err
	}
	_, err = book.Save(path)
	return err
}

// page starts the sheet that explains the others. It lists the columns of a file below each other, so that a program that
// reads the file does not take them for a heading row.
func (t *template) page(title string, widths ...float64) *workbook.Page {
	return t.book.AddPage(t.say(sheetExplained), title, widths...)
}

// steps writes a numbered list.
func steps(page *workbook.Page, lines ...string) {
	for i, line := range lines {
		page.Row(workbook.Cell{Value: workbook.Text(string(rune('1' + i))).As(workbook.Label)}, workbook.Cell{Value: workbook.Text(line)})
	}
}

// steer lists the sheets as links, each with its purpose.
func (t *template) steer(page *workbook.Page, sheets ...[2]string) {
	page.Chapter(t.say(both("Bladen", "Sheets")))
	for _, sheet := range sheets {
		page.Row(workbook.Cell{}, workbook.Cell{Value: workbook.Text(sheet[0]).As(workbook.Link), Link: sheet[0]}, workbook.Cell{},
			workbook.Cell{Value: workbook.Text(sheet[1])})
	}
}

// steerToLists returns the entry of the sheet of lists for steer.
func (t *template) steerToLists() [2]string {
	return [2]string{t.listSheet(), t.say(both("Wat er in de keuzelijsten staat, met de betekenis.", "The choices in the drop-down lists, with their meaning."))}
}

// formField is one column of a file, with its explanation and checks.
type formField struct {
	heading string
	plain   string // for a heading that is a key: what it means in a few words
	width   float64
	format  workbook.Format
	must    bool
	about   billing.Text
	example string
	second  string // an example for the second column of examples
	check   *workbook.Check
	alarm   string
	twice   bool
}

// columns returns the columns of a form.
func (t *template) columns(fields []formField) []workbook.FormColumn {
	columns := make([]workbook.FormColumn, len(fields))
	for i, f := range fields {
		note := t.say(f.about)
		if f.must {
			note = t.say(both("Verplicht. ", "Mandatory. ")) + note
		}
		columns[i] = workbook.FormColumn{
			Heading: f.heading, Plain: f.plain, Width: f.width, Format: f.format, Must: f.must, Note: note, Check: f.check, Alarm: f.alarm, Twice: f.twice,
		}
	}
	return columns
}

// explainFields lists the columns of a file under a title, one per row, with a column for each heading in examples.
func (t *template) explainFields(page *workbook.Page, title string, fields []formField, examples ...string) {
	columns := []workbook.Column{
		{Heading: t.say(both("Nr.", "No."))}, {Heading: t.say(both("Kolom", "Column"))}, {Heading: t.say(both("Verplicht", "Mandatory"))},
		{Heading: t.say(both("Wat erin hoort", "What goes in it")), Format: workbook.Wrapped},
	}
	for _, example := range examples {
		columns = append(columns, workbook.Column{Heading: example})
	}
	rows := make([][]workbook.Value, len(fields))
	for i, f := range fields {
		must := t.say(both("nee", "no"))
		if f.must {
			must = t.say(both("ja", "yes"))
		}
		heading, example, second := workbook.Text(f.heading), f.example, f.second
		if f.format == workbook.Number || f.format == workbook.Euro {
			example, second = t.number(example), t.number(second)
		}
		if f.must {
			heading = heading.As(workbook.Strong)
		}
		rows[i] = []workbook.Value{
			workbook.Count(i + 1), heading, workbook.Text(must), workbook.Text(t.say(f.about)), workbook.Text(example), workbook.Text(second),
		}[:len(columns)]
	}
	page.Section(&workbook.Section{Title: title, Columns: columns, Rows: rows})
}

// number replaces the decimal comma by the decimal mark of the language.
func (t *template) number(text string) string {
	return strings.ReplaceAll(text, ",", t.say(both(",", ".")))
}

// choices is a list to choose from, with the meaning of each choice.
type choices struct {
	name    string // by which checks refer to it
	heading billing.Text
	meaning billing.Text // heading of the meanings; none if the choices need no explanation
	numbers bool         // the choices are numbers to calculate with
	values  [][2]string
}

func (c choices) format() workbook.Format {
	if c.numbers {
		return workbook.Number
	}
	return workbook.Plain
}

func (c choices) value(text string) workbook.Value {
	if number, err := strconv.Atoi(text); err == nil && c.numbers {
		return workbook.Count(number)
	}
	return workbook.Text(text)
}

// lists writes the sheet from which drop-downs take their values. An empty list gets no name.
func (t *template) lists(all []choices) error {
	sheet := t.listSheet()
	form := &workbook.Form{
		Sheet: sheet, Name: "tbl_lijsten", Title: t.say(both("Keuzelijsten", "Lists to choose from")),
		Explain: t.say(both("Wat de keuzelijsten op de andere bladen tonen. Op dit blad hoeft u niets in te vullen.",
			"The choices in the drop-down lists on the other sheets. There is nothing to fill in on this sheet.")),
	}
	for _, list := range all {
		at := len(form.Columns)
		form.Columns = append(form.Columns, workbook.FormColumn{Heading: t.say(list.heading), Width: 26, Format: list.format()})
		meaning := t.say(list.meaning)
		if meaning != "" {
			form.Columns = append(form.Columns, workbook.FormColumn{Heading: meaning, Width: list.width(meaning)})
		}
		for row, value := range list.values {
			if len(form.Filled) <= row {
				form.Filled = append(form.Filled, nil)
			}
			cells := append(form.Filled[row], make([]workbook.Value, len(form.Columns)-len(form.Filled[row]))...)
			if cells[at] = list.value(value[0]); meaning != "" {
				cells[at+1] = workbook.Text(value[1])
			}
			form.Filled[row] = cells
		}
		if len(list.values) > 0 {
			if err := t.book.AddName(list.name, workbook.ListArea(sheet, at, form.FirstRow(), form.FirstRow()+len(list.values)-1)); err != nil {
				return err
			}
		}
	}
	return t.book.AddForm(form)
}

// width returns the width of the column with the meanings of a list.
func (c choices) width(heading string) float64 {
	longest := utf8.RuneCountInString(heading)
	for _, value := range c.values {
		longest = max(longest, utf8.RuneCountInString(value[1]))
	}
	return float64(longest + 4)
}

// listSheet returns the name of the sheet with the lists; no table of the book has that name.
func (t *template) listSheet() string { return t.say(sheetLists) }

// darkHeadings explains how mandatory columns look.
var darkHeadings = both("Donkere koppen zijn verplicht, lichte (cursief) niet; wijs een kop aan voor uitleg.",
	"Dark headings are mandatory, light ones (italic) are not; point at a heading to see its explanation.")
