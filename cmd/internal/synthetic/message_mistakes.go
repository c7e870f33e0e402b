package synthetic

import (
	"slices"
	"strconv"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ijw"
)

// partMistakes is the share, in percent, of prestaties in which something is wrong; of the declarations one in so many is
// wrong as a whole.
const (
	partMistakes = 3.5
	onceIn       = 12
)

// mistakesInPart are what providers get wrong in a prestatie, by the rule of the standard that finds it.
var mistakesInPart = []func(*ijw.Prestatie){
	func(p *ijw.Prestatie) { p.Referral = ijw.NumberOf(p.Referral.Value%1000 + 1) },                    // TR338: a number of nobody
	func(p *ijw.Prestatie) { p.Category = otherCategory(p.Category) },                                  // TR339, TR381
	func(p *ijw.Prestatie) { p.Product = p.Product[:2] + "Z99" },                                       // TR381: an unknown code
	func(p *ijw.Prestatie) { p.Unit = ijw.FullDay },                                                    // TR341
	func(p *ijw.Prestatie) { p.Period.First = ijw.DayOf(p.Period.First.Date.AddDays(1)) },              // TR387: the first day of care
	func(p *ijw.Prestatie) { p.Period.Last = ijw.DayOf(p.Period.Last.Date - 1) },                       // TR388: the last
	func(p *ijw.Prestatie) { p.Tariff = ijw.NumberOf(p.Tariff.Value + 1) },                             // TR418
	func(p *ijw.Prestatie) { p.Amount = ijw.AmountOf(billing.Money(p.Tariff.Value * p.Volume.Value)) }, // TR346: a rounded price per minute
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
	func(m *ijw.Message323) { m.Clients[0].BSN = nobody },                                // TR304: a client whom the municipality does not know
	func(m *ijw.Message323) { m.Declaration.Period = monthBefore(m.Declaration.Period) }, // TR319: care of after the period
}

// nobody is a citizen service number that passes the elfproef and that no client has.
const nobody = "000000012"

func monthBefore(period ijw.Span) ijw.Span {
	month := period.First.Date.Period().Add(-1)
	return ijw.SpanOf(month.First(), month.Last())
}

// mistakesInSending are what goes wrong when a declaration is sent once more.
var mistakesInSending = []func(*ijw.Message323){
	func(m *ijw.Message323) { m.Header.Identification.ID = firstNumber(m) },              // TR056: the identification of the first
	func(m *ijw.Message323) { m.Declaration.Number = firstNumber(m) },                    // TR333: the number of the first
	func(m *ijw.Message323) { m.Declaration.Period = monthBefore(m.Declaration.Period) }, // TR318: an earlier period
	func(m *ijw.Message323) {
		eachPrestatie(m, func(p *ijw.Prestatie) { p.Reference = numbered(p.Reference, 1) })
	}, // TR314: the references of the first
	func(*ijw.Message323) {}, // TR389: the same claims once more
}

// sentAgain returns the declaration as it is sent once more: with numbers and references of its own, unless a mistake was
// made.
func sentAgain(m *ijw.Message323, mistake func(*ijw.Message323)) *ijw.Message323 {
	again := *m
	again.Clients = make([]ijw.Client, len(m.Clients))
	for i, client := range m.Clients {
		client.Prestaties = slices.Clone(client.Prestaties)
		again.Clients[i] = client
	}
	again.Header.Identification.ID, again.Declaration.Number = firstNumber(m)+"B", firstNumber(m)+"B"
	eachPrestatie(&again, func(p *ijw.Prestatie) { p.Reference = numbered(p.Reference, 2) })
	mistake(&again)
	return &again
}

// firstNumber returns the number that a declaration had when it was sent first: year, month and municipality.
func firstNumber(m *ijw.Message323) string { return m.Declaration.Number[:8] }

func eachPrestatie(m *ijw.Message323, change func(*ijw.Prestatie)) {
	for c := range m.Clients {
		for i := range m.Clients[c].Prestaties {
			change(&m.Clients[c].Prestaties[i])
		}
	}
}

// numbered returns a reference with another number behind it.
func numbered(reference string, number int) string {
	before, _, _ := strings.Cut(reference, "-")
	return before + "-" + strconv.Itoa(number)
}

// mistakesOnReferral are those that need to know the referral.
var mistakesOnReferral = []func(*plan, *referral, *ijw.Prestatie){
	func(_ *plan, r *referral, p *ijw.Prestatie) { // TR307: the month before the referral
		month := r.Start.Period().Add(-1)
		p.Period = ijw.SpanOf(month.First(), month.Last())
	},
	func(plan *plan, r *referral, p *ijw.Prestatie) { // TR321: minutes taken for hours
		p.Volume = ijw.NumberOf(p.Volume.Value * 60)
		price := plan.priceOn(r.product, r.unit, r.Provider, p.Period.First.Date)
		p.Amount = ijw.AmountOf(price.Times(p.Unit.Quantity(p.Volume.Value), r.unit))
	},
}

// mistakeIn spoils a few prestaties.
func (p *plan) mistakeIn(c chance, r *referral, prestatie *ijw.Prestatie) {
	if !c.maybe(partMistakes) {
		return
	}
	kind := p.partMistakes % (len(mistakesInPart) + len(mistakesOnReferral)) // in turn, so that a workspace of some size has every kind
	p.partMistakes++
	if kind < len(mistakesInPart) {
		mistakesInPart[kind](prestatie)
	} else {
		mistakesOnReferral[kind-len(mistakesInPart)](p, r, prestatie)
	}
}
