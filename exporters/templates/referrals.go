package templates

import (
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// Referrals writes the workbook in which a municipality fills in referrals.
func Referrals(path string, head Head) error {
	title := both("Toewijzingen", "Referrals")
	return makeTemplate(path, head, "referrals", title, func(t *template) error {
		fields := t.referralFields()
		page := t.page(t.say(title), 6, 27, 11, 88, 22)
		page.Chapter(t.say(both("Zo vult u dit werkboek in", "How to fill in this workbook")))
		steps(page,
			t.say(both("Eén rij per toewijzing op het blad Toewijzingen. Een later bestand met hetzelfde nummer vervangt de eerdere versie.",
				"One row per referral on the sheet Toewijzingen. A later file with the same number replaces the earlier version.")),
			t.say(both("Noem een product, een productcategorie of een budget. Zonder product geldt de toewijzing voor de hele categorie.",
				"Name a product, a product category or a budget. Without a product the referral is for the whole category.")),
			t.say(both("Bij een volume horen een eenheid en een frequentie.", "A volume needs a unit and a frequency.")),
			t.say(both("Een kolom die u weglaat behoudt haar eerdere waarde; een lege cel wist haar.", "A column you leave out keeps its earlier value; an empty cell clears it.")),
		)
		t.steer(page, [2]string{"Toewijzingen", t.say(both("Hier vult u de toewijzingen in.", "Fill in the referrals here."))}, t.steerToLists())
		t.explainFields(page, t.say(both("De kolommen, met een voorbeeldregel", "The columns, with an example row")), fields, t.say(both("Voorbeeld", "Example")))
		if err := page.Close(); err != nil {
			return err
		}
		if err := t.book.AddForm(t.referralForm(fields)); err != nil {
			return err
		}
		return t.lists(append(t.referralLists(), elfLists()...))
	})
}

func (t *template) referralForm(fields []formField) *workbook.Form {
	form := &workbook.Form{
		Sheet: "Toewijzingen", Name: "tbl_toewijzingen", Title: t.say(both("Toewijzingen", "Referrals")), Columns: t.columns(fields),
		Explain: t.say(darkHeadings),
	}
	total := func(field billing.ReferralField, shown workbook.Format, formula string) {
		form.Columns[field].Total, form.Columns[field].Shown = formula, shown
	}
	total(billing.ReferralBSN, workbook.Faulty, wrongBSNs(form.Range(int(billing.ReferralBSN))))
	total(billing.ReferralStart, workbook.RowCount, "COUNTA("+form.Range(int(billing.ReferralStart))+")")
	return form
}

// referralFields returns the columns of a file of referrals.
func (t *template) referralFields() []formField {
	start := billing.NewDate(t.AsOf.Period().Year(), 1, 1)
	product, category := "", ""
	if list := t.referralProducts(); len(list.values) > 0 {
		product, category = list.values[0][0], t.Book.Product(list.values[0][0]).Category
	}
	yesNo := func() *workbook.Check { return t.checkList("lijst_ja_nee", false) }
	end := start.AddDays(364)
	fields := []formField{
		{width: 20, must: true, example: "900101", twice: true, check: t.checkOnce(), about: both("Nummer van de toewijzing, uniek.", "Unique number of the referral.")},
		{width: 14, must: true, example: "999990019", check: t.checkBSN(), alarm: elfproefFails, about: both("Burgerservicenummer van de cliënt.", "Citizen service number of the client.")},
		{width: 15, format: workbook.DayOf, example: "15-03-2014", check: t.checkDay(true), about: both("Geboortedatum van de cliënt.", "Birth date of the client.")},
		{width: 18, must: true, example: t.firstMunicipality(), check: t.checkList("lijst_gemeenten", true), about: both("Verantwoordelijke gemeente, naam of CBS-code.", "Responsible municipality, name or CBS code.")},
		{width: 12, must: true, example: "01234567", check: t.checkAGB(), about: both("AGB-code van de aanbieder, acht cijfers.", "AGB code of the provider, eight digits.")},
		{width: 14, example: product, check: t.checkList("lijst_producten", true), about: both("Productcode; of laat leeg en noem een categorie of budget.", "Product code; or leave it empty and name a category or budget.")},
		{width: 18, example: category, check: t.checkList("lijst_categorieen", true), about: both("Productcategorie, twee cijfers.", "Product category, two digits.")},
		{width: 14, format: workbook.DayOf, must: true, example: start.Dutch(), check: t.checkDay(false), about: both("Eerste dag van de toewijzing.", "First day of the referral.")},
		{width: 13, format: workbook.DayOf, example: end.Dutch(), check: t.checkDay(false), about: both("Laatste dag; leeg is zonder einde.", "Last day; empty means no end date.")},
		{width: 11, format: workbook.Number, example: "4,5", check: t.checkNumber(), about: both("Toegewezen omvang, met eenheid en frequentie.", "Volume, with unit and frequency.")},
		{width: 11, example: "uur", check: t.checkList("lijst_eenheden", true), about: both("Eenheid van het volume: uur, minuut of dagdeel.", "Unit of the volume: uur, minuut or dagdeel.")},
		{width: 13, example: "per week", check: t.checkList("lijst_frequenties", true), about: both("Waarover het volume telt: per dag, per week, per maand of totaal.", "The time the volume is for: per dag, per week, per maand or totaal.")},
		{width: 13, format: workbook.Euro, check: t.checkNumber(), about: both("Budget in euro's voor de hele toewijzing.", "Budget in euros for the whole referral.")},
		{width: 24, example: "huisarts", check: t.checkList("lijst_verwijzers", true), about: both("Wie verwees.", "Who made the referral.")},
		{width: 18, format: workbook.DayOf, example: start.AddDays(-12).Dutch(), check: t.checkDay(false), about: both("Dag van het besluit.", "Day of the decision.")},
		{width: 13, example: "actief", check: t.checkList("lijst_status", false), about: both("Actief, gewijzigd of verwijderd.", "Actief, gewijzigd or verwijderd.")},
		{width: 17, about: both("Registratienummer of datum van het regionale coördinatiepunt, bij een gezinshuis.", "Registration number or date from the regional coordination point, for a family home (gezinshuis).")},
		{width: 16, check: yesNo(), about: both("Plaatsing uit de eigen behandelgroep in het eigen huis: ja of nee.", "Placement from the provider's own treatment group in its own home: ja or nee.")},
		{width: 22, format: workbook.DayOf, check: t.checkDay(false), about: both("Tot en met welke dag de maximale duur is verlengd.", "Last day of the extended maximum duration.")},
		{width: 19, check: yesNo(), about: both("Verlengde jeugdhulp na 18 jaar: ja of nee.", "Extended youth care after 18: ja or nee.")},
		{width: 16, format: workbook.DayOf, check: t.checkDay(false), about: both("Na een verhuizing: tot en met welke dag aanbieder en prijs blijven.", "After a move: last day on which provider and price stay the same.")},
		{width: 20, format: workbook.Number, check: t.checkNumber(), about: both("Wat elders al gedeclareerd is, in de eenheid van het volume.", "What was already declared elsewhere, in the unit of the volume.")},
		{width: 26, format: workbook.Euro, check: t.checkNumber(), about: both("Bedrag dat elders al gedeclareerd is.", "Amount already declared elsewhere.")},
	}
	for i := range fields {
		fields[i].heading = billing.ReferralHeadings[i]
	}
	return fields
}

func (t *template) referralProducts() choices {
	list := choices{name: "lijst_producten", heading: both("Keuze van product", "Choice of product"), meaning: both("Naam van het product", "Name of the product")}
	for _, p := range t.Book.Products {
		list.values = append(list.values, [2]string{p.Code, p.Name})
	}
	sortChoices(list.values)
	return list
}

func (t *template) referralLists() []choices {
	categories := choices{name: "lijst_categorieen", heading: both("Keuze van categorie", "Choice of category"), meaning: both("Segment", "Segment")}
	for _, p := range t.Book.Products {
		if !slices.ContainsFunc(categories.values, func(v [2]string) bool { return v[0] == p.Category }) {
			categories.values = append(categories.values, [2]string{p.Category, p.Segment})
		}
	}
	sortChoices(categories.values)
	return []choices{
		t.municipalityList(), t.referralProducts(), categories,
		t.words("lijst_eenheden", both("Keuze van eenheid", "Choice of unit"), "uur", "hour", "minuut", "minute", "dagdeel", "day-part"),
		t.words("lijst_frequenties", both("Keuze van frequentie", "Choice of frequency"),
			"per dag", "per day", "per week", "per week", "per maand", "per month", "totaal", "in total"),
		t.words("lijst_verwijzers", both("Keuze van verwijzer", "Choice of referrer"),
			"gemeente", "municipality, local access", "huisarts", "general practitioner", "jeugdarts", "youth doctor",
			"gecertificeerde instelling", "certified institution (GI)", "medisch specialist", "medical specialist", "zelfverwijzer", "self-referred",
			"rechter", "judge"),
		t.words("lijst_status", both("Keuze van status", "Choice of status"), "actief", "active", "gewijzigd", "changed", "verwijderd", "withdrawn"),
		t.words("lijst_ja_nee", both("Ja of nee", "Yes or no"), "ja", "yes", "nee", "no"),
	}
}

// words returns a list of Dutch words, from pairs of a word and its English, which an English template shows.
func (t *template) words(name string, heading billing.Text, pairs ...string) choices {
	list := choices{name: name, heading: heading}
	list.meaning.English = heading.English + ": meaning"
	for pair := range slices.Chunk(pairs, 2) {
		list.values = append(list.values, [2]string{pair[0], pair[1]})
	}
	return list
}
