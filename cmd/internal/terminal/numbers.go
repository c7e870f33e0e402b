package terminal

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/rules"
)

// euros writes an amount as people of the language do.
func (p *Printer) euros(amount billing.Money) string {
	return rules.Show("eur", strconv.FormatInt(int64(amount), 10), p.Language)
}

// count writes a number with marks between its thousands.
func (p *Printer) count(number int) string {
	mark := "."
	if p.Language == "en" {
		mark = ","
	}
	digits := strconv.Itoa(number)
	sign := ""
	if rest, negative := strings.CutPrefix(digits, "-"); negative {
		sign, digits = "-", rest
	}
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + mark + digits[at:]
	}
	return sign + digits
}

// lines is the word for so many declaration lines.
func (p *Printer) lines(count int) string {
	if count == 1 {
		return p.text("declaratieregel", "line")
	}
	return p.text("declaratieregels", "lines")
}

// date writes a day as people of the language do.
func (p *Printer) date(day billing.Date) string { return rules.Show("date", day.String(), p.Language) }

// qty writes a quantity with its unit.
func (p *Printer) qty(quantity billing.Quantity, unit billing.Unit) string {
	if unit == billing.NoUnit {
		return p.text("aantal onleesbaar", "quantity unreadable")
	}
	prefix := "t"
	if unit == billing.Daypart {
		prefix = "d"
	}
	return rules.Show("qty", fmt.Sprintf("%s%d", prefix, quantity), p.Language)
}
