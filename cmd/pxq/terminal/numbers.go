package terminal

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/rules"
)

// euros returns an amount in the notation of the language.
func (p *Printer) euros(amount billing.Money) string {
	return rules.Show("eur", strconv.FormatInt(int64(amount), 10), p.Language)
}

// count returns a number with separators between the thousands.
func (p *Printer) count(number int) string { return rules.Count(number, p.Language) }

// many returns a number with the singular or plural of a word.
func (p *Printer) many(number int, oneDutch, dutch, oneEnglish, english string) string {
	if number == 1 {
		return "1 " + p.text(oneDutch, oneEnglish)
	}
	return p.count(number) + " " + p.text(dutch, english)
}

// rows, records, lines and files return a number of rows of files, care records, lines of a declaration, or files.
func (p *Printer) rows(number int) string { return p.many(number, "regel", "regels", "row", "rows") }
func (p *Printer) records(number int) string {
	return p.many(number, "zorgregel", "zorgregels", "care record", "care records")
}
func (p *Printer) lines(number int) string {
	return p.many(number, "declaratieregel", "declaratieregels", "line", "lines")
}
func (p *Printer) files(number int) string {
	return p.many(number, "bestand", "bestanden", "file", "files")
}

// date returns a day in the notation of the language.
func (p *Printer) date(day billing.Date) string { return rules.Show("date", day.String(), p.Language) }

// qty returns a quantity with its unit.
func (p *Printer) qty(quantity billing.Quantity, unit billing.Unit) string {
	if unit == billing.NoUnit {
		return p.text("aantal onleesbaar", "quantity unreadable")
	}
	prefix := "t"
	if unit == billing.Daypart {
		prefix = "d"
	}
	shown := rules.Show("qty", fmt.Sprintf("%s%d", prefix, quantity), p.Language)
	if unit == billing.Daypart && int64(quantity) == unit.PerWhole() {
		shown = strings.NewReplacer("dagdelen", "dagdeel", "day-parts", "day-part").Replace(shown)
	}
	return shown
}
