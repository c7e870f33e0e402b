package rules

import (
	"strconv"
	"strings"

	"github.com/pxq-nl/pxq/billing"
)

// Message returns the text of a finding of the rule: the rule's message with the finding's values filled in. Values
// are stored as facts, so that a finding reads well in either language.
func Message(rule *billing.Rule, values []string, language string) string {
	return fill(rule.Message.In(language), values, language)
}

// Remedy returns the text on how to put a finding of the rule right.
func Remedy(rule *billing.Rule, values []string, language string) string {
	return fill(rule.Remedy.In(language), values, language)
}

// Subject returns what a finding is about, for programs: its first value, a quantity as hours with four decimals or
// day-parts with two.
func Subject(rule *billing.Rule, values []string) string {
	if len(values) == 0 {
		return ""
	}
	isQuantity := strings.Contains(rule.Message.Dutch, "{1:qty}") || strings.Contains(rule.Message.Dutch, "{1:minutes}")
	if value := values[0]; isQuantity && value != "" {
		if number, unit, ok := quantityOf(value); ok {
			return number.Format(unit)
		}
	}
	return values[0]
}

// fill replaces {1} by the first value as it is, and {2:date} by the second one formatted as a date.
func fill(template string, values []string, language string) string {
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(template, "{")
		out.WriteString(before)
		if !found {
			return out.String()
		}
		field, after, _ := strings.Cut(rest, "}")
		position, form, _ := strings.Cut(field, ":")
		number, err := strconv.Atoi(position)
		switch _, worded := forms[form]; {
		case err == nil && number >= 1 && number <= len(values):
			out.WriteString(Show(form, values[number-1], language))
		case worded:
			out.WriteString(Show(form, "", language)) // an older finding, from before the rule had this value
		}
		template = after
	}
}

// Show formats one value of a finding. The form is date, month, eur (cents), amount (euros as claimed), qty (t6000 is an
// hour, d100 a day-part), minutes (t150 is one and a half) or a key of forms, for a value shown in words. A value in any
// other form is returned unchanged.
func Show(form, value, language string) string {
	english := language == "en"
	switch form {
	case "date":
		return showDate(value)
	case "month":
		return showMonth(value)
	case "eur":
		cents, err := strconv.ParseInt(value, 10, 64)
		if err != nil {
			return value
		}
		return showEuros(billing.Money(cents).String(), english)
	case "amount":
		return showEuros(value, english)
	case "qty":
		return showQuantity(value, english)
	case "minutes":
		return showMinutes(value, english)
	}
	if words, ok := forms[form]; ok {
		if word, ok := words[value]; ok {
			return word.In(language)
		}
		return strings.ReplaceAll(words["*"].In(language), "*", value)
	}
	return value
}

// forms hold the words for values that are shown in words, by form and value; * stands for any other value.
var forms = map[string]map[string]billing.Text{
	"found": { // the text of a cell; #? is a formula whose result the file does not hold
		"#?": text("‘#?’ (een formule zonder uitkomst; open het bestand in Excel en bewaar het)", "“#?” (a formula without a result; open the file in Excel and save it)"),
		"*":  text("‘*’", "“*”"),
	},
	"unit": {
		"hour":    text("uur of minuten", "hours or minutes"),
		"daypart": text("dagdelen", "day-parts"),
		"*":       text("*", "*"),
	},
	"unitclash": { // what contradicts the unit of a cell
		"":     text("is niet uur, minuut of dagdeel", "is not hour, minute or day-part"),
		"blad": text("past niet bij het blad waarop de regel staat", "does not fit the sheet that the row is on"),
		"kop":  text("past niet bij de kop van de kolom met het aantal", "does not fit the heading of the quantity column"),
		"*":    text("past niet bij *", "does not fit *"),
	},
	"named": { // the code of the product whose name was filled in
		"":  text("", ""),
		"*": text("; het is de naam van product *", "; it is the name of product *"),
	},
	"several": {
		"several": text(" Meer gemeenten hebben een toewijzing met dit nummer; vul de gemeente in.", " Several municipalities have a referral with this number; fill in the municipality."),
		"*":       text("", ""),
	},
	"bsn": {
		"lengte":   text("geen 9 cijfers", "not 9 digits"),
		"elfproef": text("de elfproef klopt niet", "it fails the elfproef"),
		"*":        text("niet leesbaar", "unreadable"),
	},
	"times": {
		"volgorde": text("staan niet in volgorde.", "are not in order."),
		"verschil": text("geven een ander aantal dan de kolom Aantal.", "give a different quantity than the column Aantal."),
		"pauze":    text("laten zonder de pauze geen tijd over.", "leave no time once the break is taken off."),
		"*":        text("kloppen niet.", "do not agree."),
	},
	"kind": {
		"begeleiding": text("begeleiding", "guidance"),
		"behandeling": text("behandeling", "treatment"),
		"*":           text("*", "*"),
	},
	"own": {
		"own": text("; ook een eigen plaatsing moet gemeld zijn", "; a placement in the provider's own home must be reported too"),
		"*":   text("", ""),
	},
	"raise": {
		"new":    text("er was geen eerdere leesbare versie", "there was no earlier version that can be read"),
		"raised": text("verhoogt het aantal", "raises the quantity"),
		"*":      text("*", "*"),
	},
	"referral": {
		"":  text("Er is geen toewijzingsnummer ingevuld, en er past niet precies één toewijzing.", "No referral number is filled in, and there is not exactly one referral that fits."),
		"*": text("Toewijzing * is niet bekend.", "Referral * is not known."),
	},
	"change": {
		"approved":  text("ingetrokken terwijl er goedgekeurde prestaties op staan (TR385), die blijven tot hun credit", "was withdrawn while it has approved prestaties (TR385), which stay until they are credited"),
		"withdrawn": text("ingetrokken", "was withdrawn"),
		"moved":     text("naar een andere gemeente gegaan", "moved to another municipality"),
		"ended":     text("eerder beëindigd", "ends earlier"),
		"*":         text("*", "*"),
	},
}

// showDate turns 2026-10-02 into 02-10-2026.
func showDate(iso string) string {
	if len(iso) != len("2006-01-02") {
		return iso
	}
	return iso[8:] + "-" + iso[5:7] + "-" + iso[:4]
}

// showMonth turns 2026-10 into 10-2026.
func showMonth(iso string) string {
	if len(iso) != len("2006-01") {
		return iso
	}
	return iso[5:] + "-" + iso[:4]
}

// showEuros turns 1234.5 into € 1.234,50 or €1,234.50; a negative amount becomes € -5,00 or -€5.00.
func showEuros(plain string, english bool) string {
	sign, digits := "", plain
	if rest, negative := strings.CutPrefix(plain, "-"); negative {
		sign, digits = "-", rest
	}
	whole, decimals, _ := strings.Cut(digits, ".")
	for len(decimals) < 2 {
		decimals += "0"
	}
	thousands, point, lead := ".", ",", "€ "
	if english {
		thousands, point, lead = ",", ".", "€"
	}
	whole = grouped(whole, thousands)
	if english {
		return sign + lead + whole + point + decimals
	}
	return lead + sign + whole + point + decimals
}

// showQuantity turns t9000 into 1,50 uur and d150 into 1,50 dagdelen.
func showQuantity(value string, english bool) string {
	if value == "" {
		return value
	}
	number, unit, ok := quantityOf(value)
	if !ok {
		return value
	}
	word := "uur"
	if unit == billing.Daypart {
		word = "dagdelen"
	}
	shown := number.Format(unit)
	if unit == billing.Time {
		shown = strings.TrimSuffix(shown, "00") // four decimals only where two are not exact
	}
	if english {
		if unit == billing.Daypart {
			return shown + " day-parts"
		}
		return shown + " hours"
	}
	return strings.ReplaceAll(shown, ".", ",") + " " + word
}

// showMinutes turns t150 into 1,5 minuten.
func showMinutes(value string, english bool) string {
	if value == "" {
		return value
	}
	number, _, ok := quantityOf(value)
	if !ok {
		return value
	}
	shown := strings.TrimSuffix(strings.TrimRight(number.Format(billing.Daypart), "0"), ".") // Daypart formats hundredths as they are
	if english {
		return shown + " minutes"
	}
	return strings.ReplaceAll(shown, ".", ",") + " minuten"
}
