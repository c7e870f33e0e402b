package exporters

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// TemplateHead is what every template is made with.
type TemplateHead struct {
	Region   string
	Language string
	Program  string
	AsOf     billing.Date
	Book     *billing.Book // for the lists to choose from
	Provider string        // AGB code; "" for a template for everybody
}

// template is a workbook to fill in, while it is made.
type template struct {
	TemplateHead
	book *workbook.Book
}

// both is a text in two languages.
func both(dutch, english string) billing.Text { return billing.Text{Dutch: dutch, English: english} }

func (t *template) say(text billing.Text) string { return text.In(t.Language) }

// makeTemplate writes a template to a new file; one that is there already gives fs.ErrExist: somebody may have
// filled it in.
func makeTemplate(path string, head TemplateHead, kind string, title billing.Text, fill func(*template) error) (err error) {
	private, err := os.MkdirTemp(filepath.Dir(path), ".pxq-*")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(private)) }()
	t := &template{TemplateHead: head}
	words := texts{head.Language}
	book, err := workbook.New(private, workbook.Head{
		Kind: "template-" + kind, Title: title.In(head.Language), Subject: head.Region, Program: head.Program, Language: head.Language, Created: head.AsOf,
		Words: workbook.Words{
			PageOf: words.say("Pagina %s van %s"), Back: words.say("Terug naar %s"), Total: words.say("Totaal"), Choose: words.say("Kies een van: %s."),
			Notice: t.say(both("Sjabloon van pxq voor "+head.Region, "Template of pxq for "+head.Region)),
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

// page begins the sheet that explains the others. The columns of a file stand there below each other, so that
// who reads the file does not take the page for a sheet to read.
func (t *template) page(title string, widths ...float64) *workbook.Page {
	return t.book.AddPage(t.say(both("Uitleg", "Explanation")), title, widths...)
}

// steps writes a numbered list.
func steps(page *workbook.Page, lines ...string) {
	for i, line := range lines {
		page.Row(workbook.Cell{Value: workbook.Text(string(rune('1' + i))).As(workbook.Label)}, workbook.Cell{Value: workbook.Text(line)})
	}
}

// formField is one column of a file, as its template explains and checks it.
type formField struct {
	heading string
	width   float64
	format  workbook.Format
	must    bool
	about   billing.Text
	example string
	check   *workbook.Check
	alarm   string
	twice   bool
}

// columns gives the columns of a form.
func (t *template) columns(fields []formField) []workbook.FormColumn {
	columns := make([]workbook.FormColumn, len(fields))
	for i, f := range fields {
		note := t.say(f.about)
		if f.must {
			note = t.say(both("Verplicht. ", "Mandatory. ")) + note
		}
		columns[i] = workbook.FormColumn{
			Heading: f.heading, Width: f.width, Format: f.format, Must: f.must, Note: note, Check: f.check, Alarm: f.alarm, Twice: f.twice,
		}
	}
	return columns
}

// explainFields lists the columns of a file, one on a row, with an example of each.
func (t *template) explainFields(page *workbook.Page, fields []formField) {
	columns := []workbook.Column{
		{Heading: t.say(both("Nr.", "No."))}, {Heading: t.say(both("Kolom", "Column"))}, {Heading: t.say(both("Moet", "Must"))},
		{Heading: t.say(both("Wat erin hoort", "What goes into it")), Format: workbook.Wrapped}, {Heading: t.say(both("Voorbeeld", "Example"))},
	}
	rows := make([][]workbook.Value, len(fields))
	for i, f := range fields {
		must := t.say(both("mag", "may"))
		if f.must {
			must = t.say(both("ja", "yes"))
		}
		heading := workbook.Text(f.heading)
		if f.must {
			heading = heading.As(workbook.Strong)
		}
		rows[i] = []workbook.Value{workbook.Count(i + 1), heading, workbook.Text(must), workbook.Text(t.say(f.about)), workbook.Text(f.example)}
	}
	page.Block(columns, rows, "")
}

// choices is one list to choose from, with what each choice means.
type choices struct {
	name    string // by which checks know it
	heading billing.Text
	numbers bool // the choices are numbers to calculate with
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

// lists writes the sheet that drop-downs take their values from. An empty list gets no name.
func (t *template) lists(all []choices) error {
	form := &workbook.Form{Sheet: listSheet, Name: "tbl_lijsten"}
	for i, list := range all {
		form.Columns = append(form.Columns,
			workbook.FormColumn{Heading: t.say(list.heading), Width: 24, Format: list.format()},
			workbook.FormColumn{Heading: t.say(both("Betekenis", "Meaning")) + " " + string(rune('A'+i)), Width: 36})
		for row, value := range list.values {
			for len(form.Filled) <= row {
				form.Filled = append(form.Filled, make([]workbook.Value, 2*len(all)))
			}
			form.Filled[row][2*i], form.Filled[row][2*i+1] = list.value(value[0]), workbook.Text(value[1])
		}
		if len(list.values) > 0 {
			area := workbook.ListArea(listSheet, 2*i, form.FirstRow(), form.FirstRow()+len(list.values)-1)
			if err := t.book.AddName(list.name, area); err != nil {
				return err
			}
		}
	}
	return t.book.AddForm(form)
}

// listSheet is the sheet with the lists; it is the name of no table of the book.
const listSheet = "Lijsten"
