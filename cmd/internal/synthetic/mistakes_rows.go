package synthetic

import (
	"strconv"
	"strings"

	"github.com/pxq-nl/pxq/billing"
)

// misreport makes the mistake of a visit show in its row. A mistake that is in the plan already, such as a date
// after the referral's end, needs nothing more.
func (p *plan) misreport(c chance, w *row) {
	switch w.visit.flaw {
	case billing.F01, billing.F02, billing.F03, billing.F04, billing.F05, billing.F06, billing.F07, billing.F08, billing.F11:
		p.spoilCell(c, w)
	case billing.F10:
		w.contradictTimes(p.styleOfVisit(w.visit), c)
	case billing.R01:
		w.number = strconv.Itoa(c.between(10_000, 99_999)) // a number from an older administration
	case billing.R02:
		w.bsn = p.otherClient(c, w.bsn)
	case billing.R03:
		w.number = p.elsewhere(w.visit).Number
	case billing.R04, billing.R05:
		w.product = p.otherProduct(w.visit).Code
	case billing.R06, billing.P01:
		w.otherUnit()
	case billing.R10:
		w.municipality = p.otherHome(c, w.municipality)
	case billing.R13:
		w.number = ""
	case billing.R14:
		w.birth = w.birth.AddMonths(c.between(1, 11))
	case billing.C01:
		w.agb = p.unknownProvider(c)
	case billing.P03:
		w.price += billing.Price(c.between(5, 400))
		w.amount = w.price.Times(w.quantity, w.unit)
	case billing.P04:
		w.amount += billing.Money(c.between(1, 3000))
	}
}

// otherClient returns the number of another client, if there is one.
func (p *plan) otherClient(c chance, bsn string) string {
	at := c.IntN(len(p.clients))
	if p.clients[at].bsn == bsn {
		at = (at + 1) % len(p.clients)
	}
	return p.clients[at].bsn
}

// spoilCell writes nonsense, or nothing, into one cell.
func (p *plan) spoilCell(c chance, w *row) {
	spoil := func(field billing.Field, texts ...string) { w.spoiled, w.instead = field, oneOf(c, texts...) }
	switch w.visit.flaw {
	case billing.F01:
		spoil(oneOf(c, billing.FieldBSN, billing.FieldBSN, billing.FieldProduct, billing.FieldProduct, billing.FieldDate, billing.FieldReference), "")
	case billing.F02:
		year, month, day := w.date.Calendar()
		spoil(billing.FieldDate, "31-02-"+strconv.Itoa(year), strconv.Itoa(year)+"-"+strconv.Itoa(month+20)+"-01",
			strconv.Itoa(day)+"-"+strconv.Itoa(month)+"-"+strconv.Itoa(year%100), "volgt", strconv.Itoa(day)+" "+monthNames[month])
	case billing.F03:
		spoil(billing.FieldQuantity, "?", "-1", "geen", "nvt", "0", "1,5,0")
	case billing.F04:
		spoil(billing.FieldBSN, brokenBSN(c, w.bsn))
	case billing.F05:
		spoil(billing.FieldProvider, w.agb[:6], w.agb+"1", "AGB "+w.agb[:4])
	case billing.F06:
		spoil(billing.FieldUnit, "stuks", "sessie", "etmaal", "week", "15")
	case billing.F07:
		spoil(billing.FieldProduct, "45A99", "54001", "begeleiding", strings.Replace(w.product, "X", "XX", 1)+"9")
	case billing.F08:
		spoil(billing.FieldMunicipality, "Breda", "Eindhoven", "Breda", "0772", "Den Bosch")
	case billing.F11:
		spoil(billing.FieldClaimedPrice, "n.t.b.", "zie contract", "?")
	}
}

// monthNames are the Dutch names, by month.
var monthNames = [13]string{"", "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"}

// brokenBSN returns a number that is no BSN: with two digits exchanged, one wrong or one too many.
func brokenBSN(c chance, bsn string) string {
	if c.maybe(20) {
		return bsn + "0"
	}
	digits := []byte(bsn)
	at := 6 + c.IntN(2)
	if digits[at] == digits[at+1] {
		digits[at] = '0' + (digits[at]-'0'+1)%10
	} else {
		digits[at], digits[at+1] = digits[at+1], digits[at]
	}
	for billing.ValidBSN(string(digits)) {
		digits[8] = '0' + (digits[8]-'0'+1)%10
	}
	return string(digits)
}

// contradictTimes makes the end come before the start, or differ from the quantity.
func (w *row) contradictTimes(style *style, c chance) {
	if computed := style.quantity == onlyTimes || style.quantity == hoursFormula; computed || c.maybe(50) {
		w.start, w.end = w.end, w.start
		return
	}
	w.end += 30
}

// otherUnit turns hours into day-parts or the other way round.
func (w *row) otherUnit() {
	w.start, w.end, w.part = -1, -1, ""
	if w.unit == billing.Time {
		w.unit, w.quantity = billing.Daypart, wholeDaypart
	} else {
		w.unit, w.quantity = billing.Time, 4*6000
	}
	w.price, w.amount = 0, 0
}

// otherHome returns another municipality of the region.
func (p *plan) otherHome(c chance, home *billing.Municipality) *billing.Municipality {
	for at := c.IntN(len(p.homes)); ; at++ {
		if other := p.homes[at%len(p.homes)].Municipality; other != home || len(p.homes) == 1 {
			return other
		}
	}
}

// unknownProvider returns a code that is not in the book.
func (p *plan) unknownProvider(c chance) string {
	for {
		if agb := "9909" + strconv.Itoa(c.between(1000, 9999)); p.book.Provider(agb) == nil {
			return agb
		}
	}
}
