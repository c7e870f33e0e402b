package templates

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/exporters/workbook"
	"github.com/pxq-nl/pxq/rates"
)

// Contract writes an empty contract book: a sheet for each table, with drop-downs that follow what is
// filled in on the other sheets.
func Contract(path string, head Head) error { return Book(path, head, nil) }

// Book writes the tables of a contract book as a workbook to edit, in the layout of the template. It never
// overwrites.
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
			// What is filled in here is what other sheets choose from.
			if err := t.book.AddName("boek_"+name, workbook.GrowingArea(name, 0, form.FirstRow(), form.LastRow())); err != nil {
				return err
			}
		}
		return t.lists([]choices{
			t.words("lijst_bekostiging", both("Keuze van bekostiging", "Choice of bekostiging"), "pxq", "settled by this program", "anders", "settled elsewhere"),
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
		t.say(both("Vul de bladen van links naar rechts: wat op een later blad te kiezen valt, staat op een eerder.", "Fill the sheets from left to right: what can be chosen on a later sheet stands on an earlier one.")),
		t.say(both("Zet het bestand in de map contract/ van de werkmap; het vervangt dan het ingebouwde boek.", "Put the file into the folder contract/ of the workspace; it then replaces the built-in book.")),
		t.say(both("De namen van bladen en koppen blijven zoals ze zijn. Een lege cel onder tot betekent: nog geldig.", "The names of sheets and headings stay as they are. An empty cell under tot means: still valid.")),
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
	"gemeenten":  both("De gemeenten van de regio, met andere namen waaronder zij voorkomen.", "The municipalities of the region, with other names that are used for them."),
	"gebieden":   both("De gebieden waarvoor per gebied is gecontracteerd.", "The areas for which there are contracts per area."),
	"aanbieders": both("De aanbieders, elk met de AGB-code.", "The providers, each with its AGB code."),
	"contracten": both("Wie welk segment mag leveren, waar, vanaf wanneer en tot welk bedrag.", "Who may deliver which segment, where, from when and up to what amount."),
	"tarieven":   both("De prijzen per uur of dagdeel, algemeen of van één aanbieder.", "The prices per hour or day-part, general or of one provider."),
}

// kindWords are the kinds of help, each with its English.
func kindWords() []string {
	english := [...]string{"guidance", "treatment", "stay", "other"}
	var words []string
	for i, kind := range billing.KindNames {
		words = append(words, kind, english[i])
	}
	return words
}

// tableForm is the sheet of one table, with the rows that are there.
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

// bookValue returns a text of the book as the cell that says the same: a day, an amount, a number or the text.
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

// bookColumn says what goes into a column of the book, with an example.
type bookColumn struct {
	about   billing.Text
	example string
	list    string // of the choices
}

// since explains the day from which a row of products, municipalities or providers holds.
var since = both("Eerste dag waarop de rij geldt; leeg is altijd. Een code mag in meer rijen staan, elk met een eigen dag; de eerste geldt ook daarvoor.",
	"First day on which the row holds; empty is always. A code may stand in several rows, each with a day of its own; the first holds before it too.")

// bookColumns explain the columns of the tables, by table and column or by column alone.
var bookColumns = map[string]bookColumn{
	"segmenten.code":        {both("Code van het segment.", "Code of the segment."), "4", ""},
	"naam":                  {both("Naam, zoals zij in werkboeken staat.", "Name, as workbooks show it."), "Ambulante jeugdhulp", ""},
	"bekostiging":           {both("pxq als dit programma het segment afrekent, anders als dat elders gebeurt.", "pxq if this program settles the segment, anders if that is done elsewhere."), "pxq", "lijst_bekostiging"},
	"max_duur_maanden":      {both("Maximale duur in maanden; leeg is geen. Bij een product gaat zij voor die van het segment.", "Maximum duration in months; empty is none. A product's goes before its segment's."), "24", ""},
	"verwijzers":            {both("Verwachte verwijzers (codes 01 tot en met 08 met komma's); leeg is alle.", "Expected referrers (codes 01 to 08 with commas); empty is all."), "01,04,08", ""},
	"per_gebied":            {both("Of het segment per gebied is gecontracteerd.", "Whether the segment is contracted per area."), "ja", "lijst_ja_nee"},
	"neemt_over":            {both("Of dit segment alle zorg van een cliënt overneemt.", "Whether this segment takes over all care of a client."), "nee", "lijst_ja_nee"},
	"producten.productcode": {both("Code van het product.", "Code of the product."), "45A04", ""},
	"segment":               {both("Code van het segment; kies uit blad segmenten.", "Code of the segment; choose from sheet segmenten."), "4", "boek_segmenten"},
	"categorie":             {both("Productcategorie, twee cijfers.", "Product category, two digits."), "45", ""},
	"soort":                 {both("Soort hulp.", "Kind of help."), "begeleiding", "lijst_soort"},
	"taakveld":              {both("Taakveld (Iv3) voor de boekhouding.", "Task field (Iv3) for the books."), "6.762", ""},
	"eenheden":              {both("Eenheden waarin geleverd mag worden.", "Units in which it may be delivered."), "uur", "lijst_eenheden"},
	"leeftijdsgrens":        {both("Leeftijd waarop het product eindigt; leeg is 18.", "Age at which the product ends; empty is 18."), "21", ""},
	"verblijf":              {both("Of het een vorm van wonen is.", "Whether it is a form of living."), "nee", "lijst_ja_nee"},
	"coordinatiepunt":       {both("Of melding bij het regionale coördinatiepunt nodig is.", "Whether it must be reported to the regional coordination point."), "nee", "lijst_ja_nee"},
	"afronding":             {both("exact, of heel_uur om per regel op hele uren af te ronden.", "exact, or heel_uur to round each line to whole hours."), "exact", "lijst_afronding"},
	"gemeenten.code":        {both("CBS-code, vier cijfers.", "CBS code, four digits."), "0855", ""},
	"ook_bekend_als":        {both("Andere namen, met komma's.", "Other names, with commas."), "", ""},
	"gebied":                {both("Code van het gebied; kies uit blad gebieden. In contracten is leeg de hele regio.", "Code of the area; choose from sheet gebieden. In contracten empty is the whole region."), "A", "boek_gebieden"},
	"gebieden.code":         {both("Code van het gebied.", "Code of the area."), "A", ""},
	"aanbieders.agb":        {both("AGB-code, acht cijfers.", "AGB code, eight digits."), "01234567", ""},
	"contracten.agb":        {both("AGB-code; kies uit blad aanbieders.", "AGB code; choose from sheet aanbieders."), "01234567", "boek_aanbieders"},
	"producten":             {both("Productcodes met komma's; leeg is alle producten van het segment.", "Product codes with commas; empty is all products of the segment."), "", ""},
	"van":                   {both("Eerste dag.", "First day."), "01-01-2026", ""},
	"producten.van":         {since, "01-02-2026", ""},
	"gemeenten.van":         {since, "01-02-2026", ""},
	"aanbieders.van":        {since, "01-02-2026", ""},
	"tot":                   {both("Laatste dag; leeg is nog geldig.", "Last day; empty is still valid."), "", ""},
	"plafond":               {both("Budgetplafond per kalenderjaar, in euro's; leeg is geen.", "Budget ceiling per calendar year, in euros; empty is none."), "250000", ""},
	"eerder_gedeclareerd":   {both("Wat al meetelt voor het plafond, in euro's.", "What counts towards the ceiling already, in euros."), "", ""},
	"eerder_jaar":           {both("Het kalenderjaar daarvan.", "The calendar year of that."), "", ""},
	"tarieven.productcode":  {both("Productcode; kies uit blad producten.", "Product code; choose from sheet producten."), "45A04", "boek_producten"},
	"eenheid":               {both("Per welke eenheid het tarief geldt.", "Per which unit the price is."), "uur", "lijst_eenheid"},
	"tarieven.agb":          {both("AGB-code voor een eigen tarief; leeg is het algemene.", "AGB code for a price of its own; empty is the general one."), "", "boek_aanbieders"},
	"tarief":                {both("Prijs in euro's, hoogstens twee decimalen.", "Price in euros, at most two decimals."), "93,45", ""},
	"bron":                  {both("Waar de rij vandaan komt.", "Where the row comes from."), "contract 2026", ""},
	"aanbieders.naam":       {both("Naam van de aanbieder.", "Name of the provider."), "Stichting Voorbeeld", ""},
	"gemeenten.naam":        {both("Naam van de gemeente.", "Name of the municipality."), "Tilburg", ""},
	"gebieden.naam":         {both("Naam van het gebied.", "Name of the area."), "Midden", ""},
	"producten.naam":        {both("Naam van het product.", "Name of the product."), "Begeleiding individueel", ""},
}

// mayBeEmpty are the columns in which a cell may be empty.
var mayBeEmpty = []string{
	"max_duur_maanden", "verwijzers", "taakveld", "leeftijdsgrens", "afronding", "ook_bekend_als", "gebied", "producten", "tot", "plafond",
	"eerder_gedeclareerd", "eerder_jaar", "tarieven.agb", "producten.van", "gemeenten.van", "aanbieders.van", "bron",
}

// tableFields are the columns of a table of the book.
func (t *template) tableFields(name string) []formField {
	var fields []formField
	for _, heading := range rates.Columns(name) {
		what, found := bookColumns[name+"."+heading]
		if !found {
			what = bookColumns[heading]
		}
		field := formField{
			heading: heading, width: max(14, float64(len(heading)+6)), about: what.about, example: what.example,
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
