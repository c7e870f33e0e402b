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
	yearMin   = 2000
	yearMax   = 9999
	monthsMax = 1200
	ageMax    = 23 // youth care never lasts longer
	centsMax  = 999_999_999_999
)

// date reads 2026-01-31.
func (c cell) date() billing.Date {
	if c.text == "" {
		return 0
	}
	day, err := billing.ParseDate(c.text)
	if err != nil || day.IsZero() {
		c.report("%s is geen datum zoals 2026-01-31; schrijf jaar, maand en dag van een bestaande dag",
			"%s is not a date like 2026-01-31; write year, month and day of an existing day", quote(c.text))
		return 0
	}
	if year, _, _ := day.Calendar(); year < yearMin {
		c.report("%s ligt vóór het jaar %d; kijk het jaar na", "%s lies before the year %d; look at the year",
			quote(c.text), yearMin)
		return 0
	}
	return day
}

// whole reads a whole number within the bounds.
func (c cell) whole(least, most int) int {
	if c.text == "" {
		return 0
	}
	number, err := strconv.Atoi(c.text)
	if err != nil || number < least || number > most || !isDigits(c.text, len(c.text)) {
		c.report("%s is geen heel getal van %d tot en met %d; verbeter het of laat de cel leeg",
			"%s is not a whole number from %d to %d; mend it or leave the cell empty", quote(c.text), least, most)
		return 0
	}
	return number
}

// cents reads an amount in euros with a point and at most two decimals; false when there is none to use.
func (c cell) cents() (int64, bool) {
	if c.text == "" {
		return 0, false
	}
	euros, decimals, point := strings.Cut(strings.TrimPrefix(c.text, "-"), ".")
	if !isDigits(euros, len(euros)) || euros == "" || !isDigits(decimals, len(decimals)) || point && decimals == "" {
		c.report("%s is geen bedrag zoals 1234.50; schrijf cijfers met een punt voor de decimalen, zonder € en zonder punten voor duizendtallen",
			"%s is not an amount like 1234.50; write digits with a point before the decimals, without € and thousands marks",
			quote(c.text))
		return 0, false
	}
	if len(decimals) > 2 {
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
	if strings.HasPrefix(c.text, "-") {
		number = -number
	}
	return number, true
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
