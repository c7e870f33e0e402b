package rates

import (
	"strconv"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/written"
)

// cell is one cell with its place. Its methods that read a value return the zero value for an empty cell (addRow has
// reported an empty mandatory cell), and report an unreadable one.
type cell struct {
	row     *row
	heading string
	text    string
}

// cell returns the row's cell under the heading; an empty one if the column is omitted or the row is too short.
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

// report adds a problem of the cell.
func (c cell) report(dutch, english string, args ...any) {
	c.row.reading.report(c.row.grid, c.row.number, c.heading, dutch, english, args...)
}

// yesNo reads ja or nee.
func (c cell) yesNo() bool {
	return c.oneOf("ja", "nee") == "ja"
}

// oneOf reads one of the words, ignoring case; "" if it is none of them.
func (c cell) oneOf(allowed ...string) string {
	if c.text == "" {
		return ""
	}
	for _, word := range allowed {
		if strings.EqualFold(c.text, word) {
			return word
		}
	}
	c.report("%s kan hier niet staan; kies %s%s", "%s is not allowed here; choose %s%s",
		quote(c.text), choice(allowed), suggest(c.text, allowed))
	return ""
}

// Limits of the values in a book. They catch typing errors and keep every sum within 64 bits.
const (
	dateMin   = 1900 // the year of the earliest date
	yearMin   = 2000 // for a calendar year, as opposed to a date
	yearMax   = 9999
	monthsMax = 1200
	ageMax    = 23 // youth care never lasts longer
	centsMax  = 999_999_999_999
)

// The range of numbers read as dates that lost their format in a spreadsheet: days since 30 December 1899.
const (
	serialMin = 36526 // 1 January 2000
	serialMax = 73050 // 31 December 2099
)

// date reads a date as people write it or, in a workbook, one that lost its number format.
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
			"%s is not a date like 31-01-2026 or 2026-01-31; write the day, month and year (four digits) of a day that exists", quote(c.text))
		return 0
	}
	if year, _, _ := day.Calendar(); year < dateMin {
		c.report("%s ligt vóór het jaar %d; kijk het jaar na", "%s is before the year %d; check the year",
			quote(c.text), dateMin)
		return 0
	}
	return day
}

// whole reads a whole number from least to most, optionally with decimals that are all zeros.
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
			"%s is not a whole number from %d to %d; correct it or leave the cell empty", quote(c.text), least, most)
		return 0
	}
	return number
}

// cents reads an amount in euros as people write it and returns it in cents: at most two decimals after a comma or a
// point, optionally a € before or after it and, in an amount (written.Amount, not written.Price), thousands marks. It returns false
// if the cell is empty or unreadable.
func (c cell) cents(style written.Style) (int64, bool) {
	if c.text == "" {
		return 0, false
	}
	amount, ok := written.Parse(c.text, style)
	decimals := amount.Decimals()
	switch {
	case !ok && style == written.Amount:
		c.report("%s is geen bedrag zoals 1.234,50 of 1234.50; schrijf cijfers met een komma of punt voor de decimalen",
			"%s is not an amount like 1,234.50 or 1234.50; write digits with a comma or a point before the decimals", quote(c.text))
		return 0, false
	case !ok || style == written.Price && amount.HasThousands():
		c.report("%s is geen tarief zoals 93,45 of 93.45; schrijf cijfers met een komma of punt voor de decimalen, zonder tekens voor duizendtallen",
			"%s is not a price like 93.45 or 93,45; write digits with a comma or a point before the decimals, without thousands separators", quote(c.text))
		return 0, false
	case len(decimals) == 3 && style == written.Price: // 1.234 may be meant as thousands
		c.report("%s heeft drie decimalen: een tarief heeft geen teken voor duizendtallen. Rond af op centen, of laat het teken weg",
			"%s has three decimals: a price has no thousands separator. Round to cents, or leave out the separator", quote(c.text))
		return 0, false
	case len(decimals) > 2:
		c.report("%s heeft meer dan twee decimalen; rond af op centen", "%s has more than two decimals; round to cents",
			quote(c.text))
		return 0, false
	}
	number, err := strconv.ParseInt(amount.Whole()+(decimals + "00")[:2], 10, 64)
	if err != nil || number > centsMax {
		c.report("%s is te groot; het hoogste bedrag is %s", "%s is too large; the largest amount is %s",
			quote(c.text), billing.Money(centsMax))
		return 0, false
	}
	if amount.Negative {
		number = -number
	}
	return number, true
}

// digits reads a code of count digits, restoring a single lost leading zero. It reports any other text, with the name of
// the code in both languages, and returns "".
func (c cell) digits(count int, dutch, english string) string {
	if c.text == "" {
		return ""
	}
	code := padded(c.text, count)
	if !isDigits(code, count) {
		c.report("%s is geen %s van %d cijfers; kijk de code na", "%s is not %s of %d digits; check the code",
			quote(c.text), billing.Text{Dutch: dutch, English: english}, count)
		return ""
	}
	return code
}

// agb reads an AGB code: 8 digits, or 7 that lost their leading zero.
func (c cell) agb() string { return c.digits(8, "AGB-code", "an AGB code") }
