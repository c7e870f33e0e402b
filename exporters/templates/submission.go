package templates

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// The names of the lists of products, by the unit of the sheet that uses them.
const (
	listHours    = "lijst_producten_uren"
	listDayparts = "lijst_producten_dagdelen"
)

// Submission writes the workbook in which a provider fills in the care it delivered.
func Submission(path string, head Head) error {
	title := both("Aanlevering van zorgregels", "Submission of care records")
	return makeTemplate(path, head, "submission", title, func(t *template) error {
		page := t.page(t.say(title), 6, 24, 11, 104, 20, 20)
		t.explainSubmission(page)
		if err := page.Close(); err != nil {
			return err
		}
		for _, unit := range []billing.Unit{billing.Time, billing.Daypart} {
			if err := t.book.AddForm(t.submissionForm(unit)); err != nil {
				return err
			}
		}
		if err := t.ownProducts(); err != nil {
			return err
		}
		return t.lists(append([]choices{
			t.productList(billing.Time), t.productList(billing.Daypart), t.municipalityList(),
			{
				name: "lijst_eenheden", heading: both("Keuze van eenheid", "Choice of unit"), meaning: both("Zo schrijft u het aantal", "How to write the quantity"),
				values: [][2]string{{"uur", t.say(both("uren, met decimalen: 1,25", "hours, with decimals: 1.25"))}, {"minuut", t.say(both("minuten: 75", "minutes: 75"))}},
			},
			{
				name: "lijst_dagdelen", heading: both("Keuze van dagdeel", "Choice of day-part"), meaning: both("", "In English"),
				values: [][2]string{{"ochtend", "morning"}, {"middag", "afternoon"}, {"avond", "evening"}, {"nacht", "night"}},
			},
		}, elfLists()...))
	})
}

func (t *template) explainSubmission(page *workbook.Page) {
	page.Chapter(t.say(both("Zo vult u dit werkboek in", "How to fill in this workbook")))
	steps(page,
		t.say(both("Vul op de bladen Uren en Dagdelen uw AGB-code één keer in, boven de koppen; of per regel in de kolom AGB-code.",
			"On the sheets Uren and Dagdelen, fill in your AGB code once, above the headings; or in each row, in the column AGB-code.")),
		t.say(both("Eén rij per cliënt, product en dag. Zorg in uren of minuten op het blad Uren, zorg in dagdelen op het blad Dagdelen.",
			"One row per client, product and day. Care in hours or minutes goes on the sheet Uren, care in day-parts on the sheet Dagdelen.")),
		t.say(both("Geef elke rij een eigen regelnummer dat u nooit opnieuw gebruikt. Zo herkent de regio een verbeterde regel.",
			"Give each row its own number that you never use again. The region recognises a corrected row by it.")),
		t.say(both("Iets verbeteren: lever dezelfde regel met hetzelfde regelnummer opnieuw aan. Iets intrekken: hetzelfde regelnummer met aantal 0.",
			"To correct a row: submit it again with the same number. To withdraw a row: the same number with quantity 0.")),
		t.say(both("Kijk naar de tellingen boven de koppen: zij rekenen mee en worden niet ingelezen.",
			"Look at the totals above the headings: they are updated as you type and are not imported.")),
		t.say(both("De koppen mogen blijven staan in welke volgorde ook; hernoem ze niet. Kolommen die u niet nodig hebt mogen leeg blijven.",
			"The headings may be in any order; do not rename them. Columns you do not need may stay empty.")),
	)
	sheets := [][2]string{
		{"Uren", t.say(both("Zorg in uren of minuten.", "Care in hours or minutes."))}, {"Dagdelen", t.say(both("Zorg in dagdelen.", "Care in day-parts."))},
	}
	if t.Provider != "" {
		sheets = append(sheets, [2]string{t.ownSheet(), t.say(both("Wat u mag leveren, en tegen welke prijs.", "What you may deliver and at what price."))})
	}
	t.steer(page, append(sheets, t.steerToLists())...)
	fields := t.submissionFields(billing.Time)
	for i, other := range t.submissionFields(billing.Daypart) {
		fields[i].second = other.example
	}
	t.explainFields(page, t.say(both("De kolommen, met voorbeeldregels", "The columns, with example rows")), fields,
		t.say(both("Voorbeeld Uren", "Example Uren")), t.say(both("Voorbeeld Dagdelen", "Example Dagdelen")))
}

// exampleOf returns the cells in which the examples of the sheets differ.
func exampleOf(unit billing.Unit) (number int, start, end, daypart, word, quantity string) {
	if unit == billing.Daypart {
		return 2, "", "", "ochtend", "dagdeel", "1"
	}
	return 1, "09:00", "10:15", "", "uur", "1,25"
}

// period returns the month of the examples: the last complete one.
func (t *template) period() billing.Period { return t.AsOf.Period().Add(-1) }

// submissionFields returns the columns of a submission.
func (t *template) submissionFields(unit billing.Unit) []formField {
	product, name := "", listHours
	if unit == billing.Daypart {
		name = listDayparts
	}
	list := t.productList(unit)
	if len(list.values) > 0 {
		product = list.values[0][0]
	}
	period, agb := t.period(), cmp.Or(t.Provider, "01234567")
	number, start, end, daypart, word, quantity := exampleOf(unit)
	if product == "" {
		quantity = "" // nothing can be delivered in this unit: the example stays incomplete
	}
	fields := []formField{
		{width: 16, must: true, example: fmt.Sprintf("%s-%04d", period, number), twice: true, check: t.checkOnce(),
			about: both("Uw eigen nummer van de regel, uniek en nooit opnieuw gebruikt. Handig: maand en volgnummer.", "Your own number for the row, unique and never used again. Handy: month and serial number.")},
		{width: 12, example: agb, check: t.checkAGB(), about: both("Uw AGB-code, acht cijfers; niet nodig als zij boven de koppen staat.", "Your AGB code, eight digits; not needed if it is above the headings.")},
		{width: 14, must: true, example: "999990019", check: t.checkBSN(), alarm: elfproefFails, about: both("Burgerservicenummer van de cliënt, negen cijfers.", "Citizen service number of the client, nine digits.")},
		{width: 15, format: workbook.DayOf, example: "15-03-2014", check: t.checkDay(true), about: both("Geboortedatum van de cliënt.", "Birth date of the client.")},
		{width: 20, example: "900101", about: both("Nummer van de toewijzing. Leeg mag, als er precies één toewijzing past.", "Number of the referral. It may be empty if exactly one referral fits.")},
		{width: 18, example: t.firstMunicipality(), check: t.checkList("lijst_gemeenten", true), about: both("Verantwoordelijke gemeente, naam of CBS-code.", "Responsible municipality, name or CBS code.")},
		{width: 14, must: true, example: product, check: t.checkList(name, false), about: both("Productcode uit het contractenboek; kies uit de lijst.", "Product code from the contract book; choose from the list.")},
		{width: 13, format: workbook.DayOf, must: true, example: period.First().AddDays(6).Dutch(), check: t.checkDay(true), about: both("Dag waarop de zorg geleverd is.", "Day on which the care was delivered.")},
		{width: 11, format: workbook.TimeOf, example: start, check: t.checkClock(), about: both("Begintijd. Met begin- en eindtijd mag Aantal leeg blijven, op het blad Uren.", "Start time. With start and end times, the quantity may stay empty on the sheet Uren.")},
		{width: 11, format: workbook.TimeOf, example: end, check: t.checkClock(), about: both("Eindtijd.", "End time.")},
		{width: 10, about: both("Pauze tussen begin- en eindtijd: minuten, of 0:30. Zij gaat van de tijd af.", "Break between start and end: minutes, or 0:30. It is deducted from the time.")},
		{width: 11, example: daypart, check: t.checkList("lijst_dagdelen", false), about: both("Ochtend, middag, avond of nacht; bij zorg in dagdelen.", "Ochtend, middag, avond or nacht; for care in day-parts.")},
		{width: 11, example: word, check: t.checkList("lijst_eenheden", true), about: both("Eenheid van Aantal: uur of minuut. Leeg is uur; op het blad Dagdelen dagdeel.", "Unit of the quantity: uur or minuut. Empty means uur; on the sheet Dagdelen, dagdeel.")},
		{width: 16, format: workbook.Number, must: true, example: quantity, check: t.checkNumber(), about: both("Hoeveel er geleverd is. 0 trekt de regel met dit regelnummer in.", "How much was delivered. 0 withdraws the row with this number.")},
		{width: 12, format: workbook.Euro, check: t.checkNumber(), about: both("Tarief per uur of dagdeel dat u verwacht; wordt vergeleken, niet betaald.", "The price per hour or day-part you expect; it is only compared, not paid.")},
		{width: 14, format: workbook.Euro, check: t.checkNumber(), about: both("Bedrag dat u verwacht; wordt vergeleken, niet betaald.", "The amount you expect; it is only compared, not paid.")},
		{width: 30, about: both("Vrij veld; zet er geen persoonsgegevens in.", "Free text; do not enter personal data.")},
	}
	for i := range fields {
		fields[i].heading = billing.FieldHeadings[i+1]
	}
	if unit == billing.Daypart {
		fields[billing.FieldUnit-1].check = nil
	}
	if product == "" {
		fields[billing.FieldProduct-1].check = nil // there is nothing to choose
	}
	return fields
}

// submissionForm returns the sheet for care in one kind of unit. Its totals are formulas above the headings, where
// nothing is read but the AGB code.
func (t *template) submissionForm(unit billing.Unit) *workbook.Form {
	fields := t.submissionFields(unit)
	form := &workbook.Form{
		Sheet: "Uren", Name: "tbl_uren", Title: t.say(both("Zorg in uren of minuten", "Care in hours or minutes")), Columns: t.columns(fields),
		Explain: t.say(darkHeadings) + " " + t.say(both("Zet geen andere regels onder de laatste.", "Do not enter anything below the last row.")),
		Label:   workbook.Cell{Value: workbook.Text(billing.FieldProvider.String())}, Fill: workbook.Text(t.Provider), Check: t.checkAGB(),
	}
	if unit == billing.Daypart {
		form.Sheet, form.Name, form.Title = "Dagdelen", "tbl_dagdelen", t.say(both("Zorg in dagdelen", "Care in day-parts"))
	}
	total := func(field billing.Field, shown workbook.Format, formula string) {
		form.Columns[field-1].Total, form.Columns[field-1].Shown = formula, shown
	}
	cells := func(field billing.Field) string { return form.Range(int(field) - 1) }
	total(billing.FieldProduct, workbook.RowCount, "COUNTA("+cells(billing.FieldProduct)+")")
	total(billing.FieldBSN, workbook.Faulty, wrongBSNs(cells(billing.FieldBSN)))
	quantity := cells(billing.FieldQuantity)
	sum := "SUM(" + quantity + ")"
	if unit == billing.Time { // minutes count as hours
		sum += fmt.Sprintf(`-SUMIF(%s,"min*",%s)*59/60`, cells(billing.FieldUnit), quantity)
		// Without a quantity the times count, less the break: minutes, or a part of a day where it was typed as a time.
		start, end, pause := cells(billing.FieldStart), cells(billing.FieldEnd), cells(billing.FieldBreak)
		timed := fmt.Sprintf(`%s,"=",%s,">=0",%s,">0"`, quantity, start, end)
		sum += fmt.Sprintf(`+24*(SUMIFS(%s,%s)-SUMIFS(%s,%[2]s)-SUMIFS(%[4]s,%[2]s,%[4]s,"<1"))-SUMIFS(%[4]s,%[2]s,%[4]s,">=1")/60`, end, timed, start, pause)
	}
	total(billing.FieldQuantity, workbook.Quantity, sum)
	total(billing.FieldClaimedAmount, workbook.Euro, "SUM("+cells(billing.FieldClaimedAmount)+")")
	return form
}

// delivers reports whether the product can be delivered in that unit: by anybody, or by the template's provider.
func (t *template) delivers(product *billing.Product, unit billing.Unit) bool {
	segment := t.Book.Segment(product.Segment)
	if !product.Allows(unit) || segment == nil || !segment.SettledPQ {
		return false
	}
	return t.Provider == "" || slices.ContainsFunc(t.Book.ContractsOf(t.Provider, product.Segment, t.AsOf), func(c *billing.Contract) bool {
		return c.Includes(product.Code)
	})
}

func (t *template) productList(unit billing.Unit) choices {
	list := choices{name: listHours, heading: both("Producten in uren", "Products in hours"), meaning: both("Naam (in uren)", "Name (in hours)")}
	if unit == billing.Daypart {
		list = choices{name: listDayparts, heading: both("Producten in dagdelen", "Products in day-parts"), meaning: both("Naam (in dagdelen)", "Name (in day-parts)")}
	}
	for i := range t.Book.Products {
		if product := &t.Book.Products[i]; t.delivers(product, unit) {
			list.values = append(list.values, [2]string{product.Code, product.Name})
		}
	}
	sortChoices(list.values)
	return list
}

func (t *template) municipalityList() choices {
	list := choices{name: "lijst_gemeenten", heading: both("Keuze van gemeente", "Choice of municipality"), meaning: both("CBS-code", "CBS code")}
	for _, m := range t.Book.Municipalities {
		list.values = append(list.values, [2]string{m.Name, m.Code})
	}
	sortChoices(list.values)
	return list
}

func (t *template) firstMunicipality() string {
	if list := t.municipalityList(); len(list.values) > 0 {
		return list.values[0][0]
	}
	return ""
}

func sortChoices(values [][2]string) {
	slices.SortFunc(values, func(a, b [2]string) int { return cmp.Compare(a[0], b[0]) })
}

// ownSheet returns the name of the sheet with the provider's products.
func (t *template) ownSheet() string {
	return t.say(sheetPrices)
}

// ownProducts adds a sheet with the products that the provider may deliver and their prices.
func (t *template) ownProducts() error {
	if t.Provider == "" {
		return nil
	}
	form := &workbook.Form{
		Sheet: t.ownSheet(), Name: "tbl_producten_en_prijzen",
		Title: t.say(both("Uw producten en prijzen", "Your products and prices")),
		Explain: fmt.Sprintf(t.say(both("Volgens het contractenboek op %s voor AGB-code %s; dit blad wordt niet ingelezen.",
			"According to the contract book on %s for AGB code %s; this sheet is not imported.")), t.AsOf.Dutch(), t.Provider),
		Columns: []workbook.FormColumn{
			{Heading: t.say(both("Code", "Code")), Width: 16, Must: true}, {Heading: t.say(both("Naam", "Name")), Width: 60, Must: true},
			{Heading: t.say(both("Per", "Per")), Width: 12, Must: true}, {Heading: t.say(both("Prijs", "Price")), Width: 14, Format: workbook.Euro, Must: true},
			{Heading: t.say(both("Geldig vanaf", "Valid from")), Width: 15, Format: workbook.DayOf, Must: true},
		},
	}
	for _, unit := range []billing.Unit{billing.Time, billing.Daypart} {
		for _, choice := range t.productList(unit).values {
			row := []workbook.Value{workbook.Text(choice[0]), workbook.Text(choice[1]), workbook.Text(t.say(perUnit(unit)))}
			if price := t.Book.PriceOn(t.Book.Product(choice[0]), unit, t.Provider, t.AsOf); price != nil {
				row = append(row, workbook.Price(price.Price), workbook.Day(price.From))
			}
			form.Filled = append(form.Filled, row)
		}
	}
	return t.book.AddForm(form)
}

func perUnit(unit billing.Unit) billing.Text {
	if unit == billing.Daypart {
		return both("dagdeel", "day-part")
	}
	return both("uur", "hour")
}
