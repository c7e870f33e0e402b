package rates

import (
	"strconv"
	"strings"

	"github.com/pxq-nl/pxq/billing"
)

// cell is one cell with its place. Its readers give the zero value for an empty cell, silently (an empty
// mandatory cell was reported before), and report what they cannot read.
type cell struct {
	row     *row
	heading string
	text    string
}

// cell returns the row's cell under the heading; an empty one when the column is left out or the row is short.
func (r *row) cell(heading string) cell {
	c := cell{row: r, heading: heading}
	if order := r.grid.order(heading); order < len(r.grid.columns) {
		if at := r.grid.places[order]; at >= 0 && at < len(r.cells) {
			c.text = r.cells[at]
		}
	}
	return c
}

// source returns where the row comes from.
func (r *row) source() string { return r.cell(sourceHeading).text }

// report notes a problem of the cell.
func (c cell) report(dutch, english string, args ...any) {
	c.row.reading.report(c.row.grid, c.row.number, c.heading, dutch, english, args...)
}

// yesNo reads ja or nee.
func (c cell) yesNo() bool {
	return c.oneOf("ja", "nee") == "ja"
}

// oneOf reads one of the words, in any case; "" when it is another.
func (c cell) oneOf(allowed ...string) string {
	if c.text == "" {
		return ""
	}
	for _, word := range allowed {
		if strings.EqualFold(c.text, word) {
			return word
		}
	}
	c.report("%s kan hier niet staan; kies %s%s", "%s cannot stand here; choose %s%s",
		quote(c.text), choice(allowed), suggest(c.text, allowed))
	return ""
}

// Bounds of what a book may hold. They catch slips of the keyboard and keep every sum within 64 bits.
const (
	dateMin   = 1900 // the year of the earliest date
	yearMin   = 2000 // of a calendar year by itself
	yearMax   = 9999
	monthsMax = 1200
	ageMax    = 23 // youth care never lasts longer
	centsMax  = 999_999_999_999
)

// Dates that lost their format in a spreadsheet are whole numbers of days since 30 December 1899.
const (
	serialMin = 36526 // 1 January 2000
	serialMax = 73050 // 31 December 2099
)

// date reads a date as people write it, and in a workbook one that lost its format.
func (c cell) date() billing.Date {
	if c.text == "" {
		return 0
	}
	day, ok := billing.ReadDate(c.text)
	if serial, err := strconv.Atoi(c.text); !ok && err == nil && c.row.grid.sheet != "" && serial >= serialMin && serial <= serialMax {
		day, ok = billing.NewDate(1899, 12, 30).AddDays(serial), true
	}
	if !ok {
		c.report("%s is geen datum zoals 31-01-2026 of 2026-01-31; schrijf dag, maand en jaar (vier cijfers) van een bestaande dag",
			"%s is not a date like 31-01-2026 or 2026-01-31; write day, month and year (four digits) of an existing day", quote(c.text))
		return 0
	}
	if year, _, _ := day.Calendar(); year < dateMin {
		c.report("%s ligt vóór het jaar %d; kijk het jaar na", "%s lies before the year %d; look at the year",
			quote(c.text), dateMin)
		return 0
	}
	return day
}

// whole reads a whole number within the bounds; decimals of nothing but zeros may stand behind it.
func (c cell) whole(least, most int) int {
	if c.text == "" {
		return 0
	}
	digits := c.text
	if at := strings.IndexAny(digits, ".,"); at >= 0 && at+1 < len(digits) && strings.Trim(digits[at+1:], "0") == "" {
		digits = digits[:at]
	}
	number, err := strconv.Atoi(digits)
	if err != nil || number < least || number > most || !isDigits(digits, len(digits)) {
		c.report("%s is geen heel getal van %d tot en met %d; verbeter het of laat de cel leeg",
			"%s is not a whole number from %d to %d; mend it or leave the cell empty", quote(c.text), least, most)
		return 0
	}
	return number
}

// cents reads an amount in euros as people write it, with at most two decimals: a comma or a point before them, € before
// or after it, and marks between the thousands where those are allowed. It returns false when there is none to use.
func (c cell) cents(thousands bool) (int64, bool) {
	if c.text == "" {
		return 0, false
	}
	euros, decimals, negative, ok := splitAmount(c.text, thousands)
	switch {
	case !ok && thousands:
		c.report("%s is geen bedrag zoals 1.234,50 of 1234.50; schrijf cijfers met een komma of punt voor de decimalen",
			"%s is not an amount like 1,234.50 or 1234.50; write digits with a comma or point before the decimals", quote(c.text))
		return 0, false
	case !ok:
		c.report("%s is geen tarief zoals 93,45 of 93.45; schrijf cijfers met een komma of punt voor de decimalen, zonder tekens voor duizendtallen",
			"%s is not a price like 93.45 or 93,45; write digits with a comma or point before the decimals, without thousands marks", quote(c.text))
		return 0, false
	case len(decimals) == 3 && !thousands: // one who writes 1.234 may mean thousands
		c.report("%s heeft drie decimalen: een tarief heeft geen teken voor duizendtallen. Rond af op centen, of laat het teken weg",
			"%s has three decimals: a price has no thousands mark. Round to cents, or leave out the mark", quote(c.text))
		return 0, false
	case len(decimals) > 2:
		c.report("%s heeft meer dan twee decimalen; rond af op centen", "%s has more than two decimals; round to cents",
			quote(c.text))
		return 0, false
	}
	number, err := strconv.ParseInt(euros+(decimals + "00")[:2], 10, 64)
	if err != nil || number > centsMax {
		c.report("%s is te groot; het hoogste bedrag is %s", "%s is too large; the largest amount is %s",
			quote(c.text), billing.Money(centsMax))
		return 0, false
	}
	if negative {
		number = -number
	}
	return number, true
}

// splitAmount takes an amount apart into the digits before and after its decimal mark. Of two kinds of mark the last is
// the decimal one; a single kind more than once parts thousands, and so does a single mark after one to three digits and
// before exactly three, where thousands may be marked at all. A price has no thousands mark: there it means decimals.
func splitAmount(text string, thousands bool) (euros, decimals string, negative, ok bool) {
	text, negative = strings.CutPrefix(text, "-")
	if rest, euro := cutEuro(text); euro {
		text = rest
		if !negative {
			text, negative = strings.CutPrefix(text, "-")
		}
	}
	euros = text
	if at := strings.LastIndexAny(text, ".,"); at >= 0 {
		lone := strings.IndexAny(text, ".,") == at
		sameKind := strings.Count(text, text[at:at+1])
		parts := !lone && sameKind > 1 || lone && thousands && at <= 3 && len(text)-at == 4
		if !parts {
			euros, decimals = text[:at], text[at+1:]
			if decimals == "" {
				return "", "", false, false
			}
		}
	}
	if strings.ContainsAny(euros, ".,") {
		if !thousands || strings.Contains(euros, ".") && strings.Contains(euros, ",") || !inThrees(euros) {
			return "", "", false, false
		}
		euros = strings.NewReplacer(".", "", ",", "").Replace(euros)
	}
	ok = euros != "" && isDigits(euros, len(euros)) && isDigits(decimals, len(decimals))
	return euros, decimals, negative, ok
}

// cutEuro takes away a € before or after an amount, with the spaces between.
func cutEuro(text string) (rest string, found bool) {
	const euro = "€"
	if rest, found = strings.CutPrefix(text, euro); !found {
		rest, found = strings.CutSuffix(text, euro)
	}
	return trim(rest), found
}

// inThrees reports whether marks part the digits in threes from the right: 1.234.567.
func inThrees(text string) bool {
	groups := strings.FieldsFunc(text, func(r rune) bool { return r == '.' || r == ',' })
	if len(groups) != strings.Count(text, ".")+strings.Count(text, ",")+1 || len(groups[0]) > 3 {
		return false
	}
	for _, group := range groups[1:] {
		if len(group) != 3 {
			return false
		}
	}
	return true
}

// digits reads a code of that many digits; one digit less gets its leading zero. It gives "" for another text.
func (c cell) digits(count int, dutch, english string) string {
	if c.text == "" {
		return ""
	}
	code := padded(c.text, count)
	if !isDigits(code, count) {
		c.report("%s is geen %s van %d cijfers; kijk de code na", "%s is not %s of %d digits; look the code up",
			quote(c.text), words{dutch, english}, count)
		return ""
	}
	return code
}

// agb reads an AGB code: 8 digits, of 7 the leading zero was lost.
func (c cell) agb() string { return c.digits(8, "AGB-code", "an AGB code") }
