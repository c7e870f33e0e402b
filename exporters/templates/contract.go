package templates

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/exporters/workbook"
	"github.com/pxq-nl/pxq/rates"
)

// Contract writes an empty contract book: a sheet for each table, with drop-downs that offer what is filled in on the other
// sheets.
func Contract(path string, head Head) error { return Book(path, head, nil) }

// Book writes the tables of a contract book as a workbook to edit, in the layout of the template. It never
// overwrites a file.
func Book(path string, head Head, tables []rates.Table) error {
	return makeTemplate(path, head, "contract", both("Contractenboek", "Contract book"), func(t *template) error {
		if err := t.explainContract(); err != nil {
			return err
		}
		for _, name := range rates.TableNames {
			form := t.tableForm(name, tables)
			if err := t.book.AddForm(form); err != nil {
				return err
			}
			// The drop-downs of other sheets offer what is filled in here.
			if err := t.book.AddName("boek_"+name, workbook.GrowingArea(name, 0, form.FirstRow(), form.LastRow())); err != nil {
				return err
			}
		}
		return t.lists([]choices{
			t.words("lijst_bekostiging", both("Keuze van bekostiging", "Choice of bekostiging"), "pxq", "settled in this program", "anders", "settled elsewhere"),
			t.words("lijst_ja_nee", both("Ja of nee", "Yes or no"), "ja", "yes", "nee", "no"),
			t.words("lijst_soort", both("Keuze van soort", "Choice of soort"), kindWords()...),
			t.words("lijst_eenheden", both("Keuze van eenheden", "Choice of eenheden"), "uur", "hour", "dagdeel", "day-part", "uur,dagdeel", "both"),
			t.words("lijst_eenheid", both("Keuze van eenheid", "Choice of eenheid"), "uur", "hour", "dagdeel", "day-part"),
			t.words("lijst_afronding", both("Keuze van afronding", "Choice of afronding"), "exact", "as delivered", "heel_uur", "to whole hours"),
		})
	})
}

// explainContract writes the sheet that explains the tables.
func (t *template) explainContract() error {
	page := t.page(t.say(both("Contractenboek", "Contract book")), 6, 24, 11, 88, 26)
	page.Chapter(t.say(both("Zo vult u dit werkboek in", "How to fill in this workbook")))
	steps(page,
		t.say(both("Vul de bladen van links naar rechts: wat op een later blad te kiezen valt, staat op een eerder.", "Fill in the sheets from left to right: what you can choose on a later sheet is on an earlier one.")),
		t.say(both("Zet het bestand in de map contract/ van de werkmap; het vervangt dan het ingebouwde boek.", "Put the file in the folder contract/ of the workspace; it then replaces the built-in book.")),
		t.say(both("De namen van bladen en koppen blijven zoals ze zijn; boven elke kop staat wat hij betekent. Een lege cel onder tot betekent: nog geldig.", "Leave the names of sheets and headings as they are; the meaning of each heading is above it. An empty cell under tot means: still valid.")),
	)
	sheets := make([][2]string, 0, len(rates.TableNames)+1)
	for _, name := range rates.TableNames {
		sheets = append(sheets, [2]string{name, t.say(tableAbout[name])})
	}
	t.steer(page, append(sheets, t.steerToLists())...)
	for _, name := range rates.TableNames {
		t.explainFields(page, name, t.tableFields(name), t.say(both("Voorbeeld", "Example")))
	}
	return page.Close()
}

// tableAbout says what each table of the book is for.
var tableAbout = map[string]billing.Text{
	"segmenten":  both("De segmenten van de inkoop, en hoe elk wordt afgerekend.", "The segments of the procurement, and how each is settled."),
	"producten":  both("Wat geleverd kan worden, per segment.", "What can be delivered, by segment."),
	"gemeenten":  both("De gemeenten van de regio, met andere namen waaronder zij voorkomen.", "The municipalities of the region, with other names used for them."),
	"gebieden":   both("De gebieden waarvoor per gebied is gecontracteerd.", "The areas, where contracts are made per area."),
	"aanbieders": both("De aanbieders, elk met de AGB-code.", "The providers, each with its AGB code."),
	"contracten": both("Wie welk segment mag leveren, waar, vanaf wanneer en tot welk bedrag.", "Who may deliver which segment, where, from when and up to what amount."),
	"tarieven":   both("De prijzen per uur of dagdeel, algemeen of van één aanbieder.", "The prices per hour or day-part, general or for one provider."),
}

// kindWords returns the kinds of help, each followed by its English.
func kindWords() []string {
	english := [...]string{"guidance", "treatment", "residential care", "other"}
	var words []string
	for i, kind := range billing.KindNames {
		words = append(words, kind, english[i])
	}
	return words
}

// tableForm returns the sheet of one table, with the rows that tables has for it.
func (t *template) tableForm(name string, tables []rates.Table) *workbook.Form {
	fields := t.tableFields(name)
	form := &workbook.Form{
		Sheet: name, Name: "tbl_" + name, Title: strings.ToUpper(name[:1]) + name[1:], Columns: t.columns(fields),
		Explain: t.say(tableAbout[name]) + " " + t.say(darkHeadings),
	}
	for _, table := range tables {
		if table.Name != name || len(table.Rows) == 0 {
			continue
		}
		for _, row := range table.Rows[1:] {
			cells := make([]workbook.Value, len(fields))
			for at, heading := range table.Rows[0].Cells {
				column := slices.IndexFunc(fields, func(f formField) bool { return f.heading == heading })
				if column >= 0 && at < len(row.Cells) {
					cells[column] = bookValue(row.Cells[at], fields[column].format)
				}
			}
			form.Filled = append(form.Filled, cells)
		}
	}
	return form
}

// bookValue returns a text of the book as a cell with the same meaning: a day, an amount, a number or the text.
func bookValue(text string, format workbook.Format) workbook.Value {
	switch format {
	case workbook.DayOf:
		if day, err := billing.ParseDate(text); err == nil {
			return workbook.Day(day)
		}
	case workbook.Euro, workbook.Number:
		if number, err := decimal.NewFromString(text); err == nil {
			return workbook.Decimal(number)
		}
	}
	return workbook.Text(text)
}

// mayBeEmpty are the columns in which a cell may be empty.
var mayBeEmpty = []string{
	"max_duur_maanden", "verwijzers", "taakveld", "leeftijdsgrens", "afronding", "ook_bekend_als", "gebied", "producten", "tot", "plafond",
	"eerder_gedeclareerd", "eerder_jaar", "tarieven.agb", "producten.van", "gemeenten.van", "aanbieders.van", "bron",
}

// tableFields returns the columns of a table of the book.
func (t *template) tableFields(name string) []formField {
	var fields []formField
	for _, heading := range rates.Columns(name) {
		what, found := bookColumns[name+"."+heading]
		if !found {
			what = bookColumns[heading]
		}
		plain := t.plainWord(name, heading)
		field := formField{
			heading: heading, plain: plain, width: max(14, float64(len(heading)+6), float64(utf8.RuneCountInString(plain)+4)), about: what.about, example: what.example,
			must: !slices.Contains(mayBeEmpty, heading) && !slices.Contains(mayBeEmpty, name+"."+heading),
		}
		switch {
		case what.list != "":
			field.check = t.checkList(what.list, false)
		case heading == "agb":
			field.check = t.checkAGB()
		case heading == "van", heading == "tot":
			field.format, field.check = workbook.DayOf, t.checkDay(false)
		case strings.HasPrefix(heading, "tarief"), heading == "plafond", heading == "eerder_gedeclareerd":
			field.format, field.check = workbook.Euro, t.checkNumber()
		case heading == "max_duur_maanden", heading == "leeftijdsgrens", heading == "eerder_jaar":
			field.format, field.check = workbook.Number, t.checkNumber()
		}
		switch heading {
		case "naam":
			field.width = 60
		case "ook_bekend_als":
			field.width, field.format = 44, workbook.Wrapped
		case "bron":
			field.width, field.format = 100, workbook.Wrapped
		}
		fields = append(fields, field)
	}
	return fields
}
