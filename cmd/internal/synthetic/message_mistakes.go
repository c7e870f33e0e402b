package synthetic

import (
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ijw"
)

// partMistakes is the share, in percent, of prestaties in which something is wrong; of the declarations one in so many is
// wrong as a whole.
const (
	partMistakes = 3.5
	onceIn       = 16
)

// mistakesInPart are what providers get wrong in a prestatie, by the rule of the standard that finds it.
var mistakesInPart = []func(*ijw.Prestatie){
	func(p *ijw.Prestatie) { p.Referral = ijw.NumberOf(p.Referral.Value%1000 + 1) },                    // TR338: a number of nobody
	func(p *ijw.Prestatie) { p.Category = otherCategory(p.Category) },                                  // TR339, TR381
	func(p *ijw.Prestatie) { p.Product = p.Product[:2] + "Z99" },                                       // TR381: an unknown code
	func(p *ijw.Prestatie) { p.Unit = ijw.FullDay },                                                    // TR341
	func(p *ijw.Prestatie) { p.Period.First = ijw.DayOf(p.Period.First.Date.AddDays(1)) },              // TR387: the first day of care
	func(p *ijw.Prestatie) { p.Period.Last = ijw.DayOf(p.Period.Last.Date - 1) },                       // TR388: the last
	func(p *ijw.Prestatie) { p.Period.First = ijw.DayOf(p.Period.First.Date.Period().First()) },        // TR307, where the referral began later
	func(p *ijw.Prestatie) { p.Tariff = ijw.NumberOf(p.Tariff.Value + 1) },                             // TR418
	func(p *ijw.Prestatie) { p.Amount = ijw.AmountOf(billing.Money(p.Tariff.Value * p.Volume.Value)) }, // TR346: a rounded price per minute
	func(p *ijw.Prestatie) { p.Volume = ijw.NumberOf(p.Volume.Value * 60) },                            // TR321, TR346: minutes taken for hours
	func(p *ijw.Prestatie) { p.Previous, p.Amount.Side = "ONBEKEND", ijw.Credit },                      // TR323: a credit of nothing
}

func otherCategory(category string) string {
	if category == "45" {
		return "54"
	}
	return "45"
}

// mistakesInWhole are what providers get wrong in a declaration as a whole.
var mistakesInWhole = []func(*ijw.Message323){
	func(m *ijw.Message323) { m.Declaration.Total = ijw.AmountOf(m.Declaration.Total.Signed() + 1) },          // TR358
	func(m *ijw.Message323) { m.Declaration.Period.Last = ijw.DayOf(m.Declaration.Period.Last.Date - 1) },     // CS340
	func(m *ijw.Message323) { m.Clients[0].Prestaties[0].Tariff = ijw.Number{} },                              // CD087
	func(m *ijw.Message323) { m.Header.Identification.Dated = ijw.DayOf(m.Declaration.Period.Last.Date - 1) }, // TR137
	func(m *ijw.Message323) { // TR416: one key twice
		first := m.Clients[0].Prestaties[0]
		first.Reference = strings.TrimSuffix(first.Reference, "-1") + "-2"
		m.Clients[0].Prestaties = append(m.Clients[0].Prestaties, first)
		m.Declaration.Total = ijw.AmountOf(sumOf(m))
	},
	func(m *ijw.Message323) { m.Header.Receiver = "0344" }, // TR378: a municipality of another region
	func(m *ijw.Message323) { // TR135: of a day that is to come
		m.Header.Identification.Dated = ijw.DayOf(m.Header.Identification.Dated.Date.AddMonths(12))
	},
}

// mistakeIn spoils a few prestaties.
func (p *plan) mistakeIn(c chance, prestatie *ijw.Prestatie) {
	if c.maybe(partMistakes) {
		one(c, mistakesInPart...)(prestatie)
	}
}
