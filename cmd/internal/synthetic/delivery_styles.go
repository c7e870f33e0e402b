package synthetic

import (
	"strings"

	"github.com/pxq-nl/pxq/billing"
)

// style is the style in which one provider sends its care: the kind of file, its columns, and the notation of their contents.
type style struct {
	name      string
	csv       bool
	separator rune
	encoding  encoding
	sheet     string // of a workbook with one sheet
	split     bool   // sheets Uren and Dagdelen
	noUnits   bool   // the name of the sheet implies the unit
	above     bool   // the code of the provider stands once above the heading row
	preamble  bool   // name and month of the provider stand above the heading row

	quantity  quantityForm
	dates     dateForm
	times     timeForm
	homes     homeForm
	bsnNumber bool // as a number
	births    bool
	claims    bool
	remarks   bool
	point     bool // decimals with a point in texts

	totals      bool // a row Totaal at the end
	gaps        bool // empty rows in between
	hidden      bool // a hidden sheet with instructions
	explanation bool // a sheet with an explanation
	extras      []string

	numbers numberForm
	names   nameForm

	fields   []billing.Field // in the order of the columns; NoField is the next of extras
	headings [billing.FieldsEnd]string
	units    [3]string // hours, minutes, day-parts
}

type encoding uint8

const (
	utf8 encoding = iota
	utf8BOM
	windows1252
)

type quantityForm uint8

const (
	hoursNumber  quantityForm = iota // 1.25
	hoursText                        // 1,25 as text
	minutes                          // 75
	hoursClock                       // 1:15 as text
	hoursTime                        // 1:15 as an Excel time
	onlyTimes                        // empty: start and end say it
	hoursFormula                     // a formula of start and end
)

type dateForm uint8

const (
	dateCell  dateForm = iota // a real date
	dutchText                 // 03-10-2026
	shortText                 // 3-10-2026
	slashText                 // 03/10/2026
	isoText                   // 2026-10-03
	compact                   // 20261003
)

type timeForm uint8

const (
	noTimes timeForm = iota
	timeText
	timeCell
)

type homeForm uint8

const (
	noHome homeForm = iota
	homeName
	homeCode
	homeAlias
)

// numberForm is how a provider numbers its records.
type numberForm uint8

const (
	plainNumbers numberForm = iota // 2610000001
	dashNumbers                    // R2610-000001
	slashNumbers                   // 2026/10/0000001
	numberForms
)

// nameForm is how a provider names its files.
type nameForm uint8

const (
	fullNames  nameForm = iota // 99040008 Voorbeeld Gezinscoaching Morgen 2026-10.xlsx
	monthNamed                 // aanlevering 99040008 oktober 2026.xlsx
	codeNames                  // 99040008_2026-10.xlsx
	nameForms
)

func (w *style) hasTimes() bool { return w.times != noTimes }

// has reports whether the provider fills in the column.
func (w *style) has(field billing.Field) bool {
	for _, other := range w.fields {
		if other == field {
			return true
		}
	}
	return false
}

// styleOf returns the style of a provider; rank is its rank in size, from 0 for the largest.
func (p *plan) styleOf(c chance, rank int, inParts bool) *style {
	w := plainStyle()
	if all := styles(); !p.options.Plain {
		w = all[rank%len(all)]
	} else if c.maybe(50) || p.isCrowded() {
		w.times = timeText
	}
	w.numbers, w.names = numberForm(c.IntN(int(numberForms))), nameForm(c.IntN(int(nameForms)))
	w.setFields(inParts || p.options.Plain)
	if w.headings[billing.FieldReference] == "" {
		w.nameColumns(c)
	}
	return &w
}

// plainStyle returns the style of all providers in a plain workspace. Some of them write times as well; in a crowded one all
// do, because nothing else tells two sessions of a day apart (U07) and their findings would outgrow the records.
func plainStyle() style {
	return style{
		name: "plain", split: true, dates: dateCell, homes: homeName, births: true, claims: true, remarks: true,
		headings: billing.FieldHeadings, units: [3]string{"uur", "minuten", "dagdeel"},
	}
}

// setFields sets the columns in the order of the template. A style has no columns that it leaves empty, except the template
// and the plain one, which have them all.
func (w *style) setFields(inParts bool) {
	add := func(is bool, fields ...billing.Field) {
		if is {
			w.fields = append(w.fields, fields...)
		}
	}
	all := w.headings[billing.FieldReference] != ""
	add(true, billing.FieldReference)
	add(!w.above, billing.FieldProvider)
	add(true, billing.FieldBSN)
	add(w.births, billing.FieldBirthDate)
	add(true, billing.FieldReferral)
	add(w.homes != noHome, billing.FieldMunicipality)
	add(true, billing.FieldProduct, billing.FieldDate)
	add(w.hasTimes() || all, billing.FieldStart, billing.FieldEnd)
	add(all, billing.FieldBreak)
	add(inParts || all, billing.FieldDaypart)
	add(!w.noUnits, billing.FieldUnit)
	add(true, billing.FieldQuantity)
	add(w.claims, billing.FieldClaimedPrice, billing.FieldClaimedAmount)
	add(w.remarks, billing.FieldRemark)
}

// nameColumns chooses headings and an order for the columns of the provider, and adds its extra ones.
func (w *style) nameColumns(c chance) {
	for _, field := range w.fields {
		names := append([]string{billing.FieldHeadings[field]}, synonyms(field)...)
		w.headings[field] = oneOf(c, oneOf(c, names...), names[0])
		switch {
		case c.maybe(8):
			w.headings[field] = strings.ToUpper(w.headings[field])
		case c.maybe(8):
			w.headings[field] = " " + strings.ToLower(w.headings[field]) + " "
		}
	}
	for range w.extras {
		w.fields = append(w.fields, billing.NoField)
	}
	switch {
	case c.maybe(50): // the reference first, the others in any order
		c.Shuffle(len(w.fields)-1, func(i, j int) { w.fields[i+1], w.fields[j+1] = w.fields[j+1], w.fields[i+1] })
	case len(w.extras) > 0:
		last := len(w.fields) - 1
		w.fields[1], w.fields[last] = w.fields[last], w.fields[1]
	}
}

// synonyms returns the other headings under which a column is known.
func synonyms(field billing.Field) []string {
	switch field {
	case billing.FieldReference:
		return []string{"Referentie", "Referentienummer", "Regelnr"}
	case billing.FieldProvider:
		return []string{"AGB", "AGB aanbieder", "Aanbieder"}
	case billing.FieldBSN:
		return []string{"Burgerservicenummer"}
	case billing.FieldReferral:
		return []string{"Toewijzingnummer", "Beschikkingsnummer", "Verwijsnummer"}
	case billing.FieldMunicipality:
		return []string{"Gemeentecode", "Woonplaatsgemeente"}
	case billing.FieldProduct:
		return []string{"Product"}
	case billing.FieldDate:
		return []string{"Zorgdatum", "Leverdatum"}
	case billing.FieldStart:
		return []string{"Van"}
	case billing.FieldEnd:
		return []string{"Tot"}
	case billing.FieldQuantity:
		return []string{"Hoeveelheid"}
	}
	return nil
}

// styles returns the styles in which providers send their care, each used by some of them. The first is the template.
func styles() []style {
	return []style{
		template(),
		{
			name: "minuten", sheet: "Blad1", above: true, preamble: true, quantity: minutes, dates: dutchText, homes: homeCode,
			bsnNumber: true, totals: true, units: [3]string{"uur", "min", "dagdeel"},
		},
		{
			name: "ecd-export", csv: true, separator: ';', encoding: windows1252, quantity: hoursText, dates: isoText, homes: homeName,
			remarks: true, extras: []string{"Medewerker", "Locatie"}, units: [3]string{"uren", "minuten", "dagdelen"},
		},
		{
			name: "twee bladen", split: true, noUnits: true, dates: dateCell, homes: homeName, totals: true, preamble: true,
			claims: true, units: [3]string{"uur", "minuten", "dagdeel"},
		},
		{
			name: "komma", csv: true, separator: ',', quantity: minutes, dates: isoText, homes: homeCode, claims: true, point: true,
			births: true, times: timeText, units: [3]string{"04", "01", "16"},
		},
		{
			name: "agenda", sheet: "Registratie", quantity: onlyTimes, dates: dateCell, times: timeCell, homes: homeName, gaps: true,
			extras: []string{"Medewerker", "Soort contact"}, units: [3]string{"uur", "minuut", "dagdeel"},
		},
		{
			name: "klok", sheet: "Declaratie", quantity: hoursClock, dates: slashText, homes: homeName, hidden: true, births: true,
			remarks: true, units: [3]string{"Uur", "Minuten", "Dagdeel"},
		},
		{
			name: "tab", csv: true, separator: '\t', encoding: utf8BOM, quantity: hoursText, dates: compact, homes: homeName, births: true,
			units: [3]string{"4", "1", "16"},
		},
		{
			name: "exceltijd", sheet: "Productie", quantity: hoursTime, dates: dateCell, homes: homeAlias, births: true, explanation: true,
			times: timeCell, units: [3]string{"uren", "minuten", "dagdelen"},
		},
		{
			name: "formules", sheet: "Uren en dagdelen", quantity: hoursFormula, dates: dateCell, times: timeCell, homes: homeName, claims: true,
			totals: true, gaps: true, units: [3]string{"uur", "minuten", "dagdeel"},
		},
		{
			name: "getypt", sheet: "zorg", above: true, preamble: true, quantity: hoursText, dates: shortText, bsnNumber: true, gaps: true,
			explanation: true, units: [3]string{"u", "min", "dagdeel"},
		},
		{
			name: "boekhouding", csv: true, separator: ';', encoding: utf8BOM, above: true, preamble: true, quantity: minutes,
			dates: dutchText, homes: homeAlias, totals: true, units: [3]string{"uur", "min", "dagdeel"},
		},
	}
}

// template returns the style of providers that fill in the template of the region.
func template() style {
	w := plainStyle()
	w.name, w.times, w.explanation = "template", timeText, true
	return w
}
