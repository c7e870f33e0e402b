package synthetic

import (
	"slices"
	"strconv"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ijw"
)

// partMistakes is the percentage of prestaties with a mistake. Of the declarations one in onceIn is wrong as a whole, one in
// sentIn is sent again and one in sentIn is corrected.
const (
	partMistakes = 3.5
	onceIn       = 8
	sentIn       = 16
)

// mistakesInPart are the mistakes that providers make in a prestatie, each with the rule of the standard that finds it.
var mistakesInPart = []func(*ijw.Prestatie){
	func(p *ijw.Prestatie) { p.Referral = ijw.NumberOf(p.Referral.Value%1000 + 1) },                    // TR338: an unknown number
	func(p *ijw.Prestatie) { p.Category = otherCategory(p.Category) },                                  // TR339, TR381
	func(p *ijw.Prestatie) { p.Product = p.Product[:2] + "Z99" },                                       // TR381: an unknown code
	func(p *ijw.Prestatie) { p.Unit = ijw.FullDay },                                                    // TR341
	func(p *ijw.Prestatie) { p.Period.First = ijw.DayOf(p.Period.First.Date.AddDays(1)) },              // TR387: the first day of care
	func(p *ijw.Prestatie) { p.Period.Last = ijw.DayOf(p.Period.Last.Date - 1) },                       // TR388: the last day of care
	func(p *ijw.Prestatie) { p.Tariff = ijw.NumberOf(p.Tariff.Value + 1) },                             // TR418
	func(p *ijw.Prestatie) { p.Amount = ijw.AmountOf(billing.Money(p.Tariff.Value * p.Volume.Value)) }, // TR346: a rounded price per minute
	func(p *ijw.Prestatie) { p.Previous, p.Amount.Side = "ONBEKEND", ijw.Credit },                      // TR323: a credit of something unknown
}

func otherCategory(category string) string {
	if category == "45" {
		return "54"
	}
	return "45"
}

// mistakesInWhole are the mistakes that providers make in a declaration as a whole.
var mistakesInWhole = []func(*ijw.Message323){
	func(m *ijw.Message323) { m.Declaration.Total = ijw.AmountOf(m.Declaration.Total.Signed() + 1) },          // TR358
	func(m *ijw.Message323) { m.Declaration.Period.Last = ijw.DayOf(m.Declaration.Period.Last.Date - 1) },     // CS340
	func(m *ijw.Message323) { m.Clients[0].Prestaties[0].Tariff = ijw.Number{} },                              // CD087
	func(m *ijw.Message323) { m.Header.Identification.Dated = ijw.DayOf(m.Declaration.Period.Last.Date - 1) }, // TR137
	func(m *ijw.Message323) { // TR416: the same key twice
		first := m.Clients[0].Prestaties[0]
		first.Reference = strings.TrimSuffix(first.Reference, "-1") + "-2"
		m.Clients[0].Prestaties = append(m.Clients[0].Prestaties, first)
		m.Declaration.Total = ijw.AmountOf(sumOf(m))
	},
	func(m *ijw.Message323) { // CD060: a credit that does not say what it credits
		first(m).Amount.Side = ijw.Credit
		m.Declaration.Total = ijw.AmountOf(sumOf(m))
	},
	func(m *ijw.Message323) { // CS325: a credit of 0
		first(m).Amount, first(m).Previous = ijw.Amount{Cents: ijw.NumberOf(0), Side: ijw.Credit}, "ONBEKEND"
		m.Declaration.Total = ijw.AmountOf(sumOf(m))
	},
	func(m *ijw.Message323) { first(m).Period.First = monthBefore(first(m).Period).First }, // CS337: a period of two months
	func(m *ijw.Message323) { first(m).Unit, first(m).Tariff = ijw.Euros, ijw.Number{} },   // CS339: euros that are not the amount
	func(m *ijw.Message323) {
		m.Clients = append(m.Clients, ijw.Client{BSN: m.Clients[0].BSN, Prestaties: copyOfFirst(m)})
	}, // TR101, TR358: a client twice
	func(m *ijw.Message323) { first(m).Period = monthAfter(first(m).Period) }, // TR134, TR137: care in the future
	func(m *ijw.Message323) { // TR315: one debit credited twice
		twice := copyOfFirst(m)
		twice = append(twice, twice[0])
		for i := range twice {
			twice[i].Reference, twice[i].Previous, twice[i].Amount.Side = numbered(twice[i].Reference, 5+i), "ONBEKEND", ijw.Credit
		}
		m.Clients[0].Prestaties = append(m.Clients[0].Prestaties, twice...)
		m.Declaration.Total = ijw.AmountOf(sumOf(m))
	},
	func(m *ijw.Message323) { // TR316: a credit of a debit in the same declaration
		taken := copyOfFirst(m)[0]
		taken.Previous, taken.Reference, taken.Amount.Side = first(m).Reference, numbered(taken.Reference, 5), ijw.Credit
		m.Clients[0].Prestaties = append(m.Clients[0].Prestaties, taken)
		m.Declaration.Total = ijw.AmountOf(sumOf(m))
	},
	func(m *ijw.Message323) { first(m).Period = yearsBefore(first(m).Period, 5) },                   // TR335: more than sixty months ago
	func(m *ijw.Message323) { first(m).Period = ijw.SpanOf(firstMonth.First(), firstMonth.Last()) }, // CS100: care before 2021
	func(m *ijw.Message323) { m.Clients[0].BSN = "000000013" },                                      // CS002: a mistyped digit
	func(m *ijw.Message323) { m.Header.Receiver = "0344" },                                          // TR378: a municipality of another region
	func(m *ijw.Message323) { // TR135: a date in the future
		m.Header.Identification.Dated = ijw.DayOf(m.Header.Identification.Dated.Date.AddMonths(12))
	},
	func(m *ijw.Message323) { m.Clients[0].BSN = nobody },                                // TR304: a client unknown to the municipality
	func(m *ijw.Message323) { m.Declaration.Period = monthBefore(m.Declaration.Period) }, // TR319: care after the period
}

// first returns the first prestatie of a declaration.
func first(m *ijw.Message323) *ijw.Prestatie { return &m.Clients[0].Prestaties[0] }

// copyOfFirst returns a copy of the first prestatie under another reference.
func copyOfFirst(m *ijw.Message323) []ijw.Prestatie {
	again := *first(m)
	again.Reference = numbered(again.Reference, 2)
	return []ijw.Prestatie{again}
}

// firstMonth is a month before the messages of this standard existed.
var firstMonth = billing.PeriodOf(2020, 12)

// nobody is a citizen service number that passes the elfproef and that no client has.
const nobody = "000000012"

func monthBefore(period ijw.Span) ijw.Span {
	month := period.First.Date.Period().Add(-1)
	return ijw.SpanOf(month.First(), month.Last())
}

func monthAfter(period ijw.Span) ijw.Span {
	month := period.First.Date.Period().Add(2)
	return ijw.SpanOf(month.First(), month.Last())
}

func yearsBefore(period ijw.Span, years int) ijw.Span {
	month := period.First.Date.Period().Add(-12*years - 1)
	return ijw.SpanOf(month.First(), month.Last())
}

// mistakesInSending are the mistakes that providers make when they send a declaration again.
var mistakesInSending = []func(*ijw.Message323){
	func(m *ijw.Message323) { m.Header.Identification.ID = firstNumber(m) },              // TR056: the original identification
	func(m *ijw.Message323) { m.Declaration.Number = firstNumber(m) },                    // TR333: the original number
	func(m *ijw.Message323) { m.Declaration.Period = monthBefore(m.Declaration.Period) }, // TR318: an earlier period
	func(m *ijw.Message323) {
		eachPrestatie(m, func(p *ijw.Prestatie) { p.Reference = numbered(p.Reference, 1) })
	}, // TR314: the original references
	func(*ijw.Message323) {}, // TR389: the same claims again
}

// sentAgain returns the declaration as it is sent again: with new numbers and references, and then with the mistake.
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

// firstNumber returns the original number of a declaration: year, month and municipality.
func firstNumber(m *ijw.Message323) string { return m.Declaration.Number[:8] }

func eachPrestatie(m *ijw.Message323, change func(*ijw.Prestatie)) {
	for c := range m.Clients {
		for i := range m.Clients[c].Prestaties {
			change(&m.Clients[c].Prestaties[i])
		}
	}
}

// numbered returns a reference with another number at its end.
func numbered(reference string, number int) string {
	before, _, _ := strings.Cut(reference, "-")
	return before + "-" + strconv.Itoa(number)
}

// mistakesOnReferral are the mistakes in a prestatie that depend on its referral.
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

// rareMistakes are mistakes that only some referrals allow; each reports whether it was possible. Each is made on the
// firstRare-th prestatie that allows it, and from then on once in rareIn.
var rareMistakes = []func(*plan, *referral, *ijw.Prestatie) bool{
	func(_ *plan, r *referral, p *ijw.Prestatie) bool { // TR308: to the end of the month on a referral that ends before
		whole := p.Period.First.Date.Period().Last()
		if r.End.IsZero() || r.End >= whole {
			return false
		}
		p.Period.Last = ijw.DayOf(whole)
		return true
	},
	func(plan *plan, r *referral, p *ijw.Prestatie) bool { // TR340: another product, at its own price
		for i := range plan.book.Products {
			other := &plan.book.Products[i]
			price := plan.priceOn(other, r.unit, r.Provider, p.Period.First.Date)
			if r.Product == "" || other.Code == r.product.Code || other.Category != r.product.Category || other.Segment != r.product.Segment || price == 0 {
				continue
			}
			tariff, _ := ijw.TariffFor(price, p.Unit)
			p.Product, p.Tariff, p.Amount = other.Code, ijw.NumberOf(tariff), ijw.AmountOf(price.Times(p.Unit.Quantity(p.Volume.Value), r.unit))
			return true
		}
		return false
	},
	func(plan *plan, r *referral, p *ijw.Prestatie) bool { // TR369: more than the budget
		price := plan.priceOn(r.product, r.unit, r.Provider, p.Period.First.Date)
		one := price.Times(p.Unit.Quantity(1), r.unit)
		if !r.HasBudget || one <= 0 {
			return false
		}
		p.Volume = ijw.NumberOf(int64(r.Budget/one) + 60)
		p.Amount = ijw.AmountOf(price.Times(p.Unit.Quantity(p.Volume.Value), r.unit))
		return true
	},
}

const (
	firstRare = 2
	rareIn    = 400
)

// rareMistakeIn makes a rare mistake in a prestatie if one is due; it reports whether it did.
func (p *plan) rareMistakeIn(r *referral, prestatie *ijw.Prestatie) bool {
	for i, mistake := range rareMistakes {
		spoiled := *prestatie
		if !mistake(p, r, &spoiled) {
			continue
		}
		if p.rareMistakes[i]++; p.rareMistakes[i]%rareIn == firstRare {
			*prestatie = spoiled
			return true
		}
	}
	return false
}

// isDeleted reports whether the municipality deletes the referral after care was delivered on it (TR384).
func (p *plan) isDeleted(r *referral) bool { return r.index%rareIn == firstRare*firstRare }

// deletion returns the message that deletes an assignment.
func deletion(assigned *ijw.Message301) *ijw.Message301 {
	deleted := *assigned
	deleted.Header.Identification.ID += "V"
	product := assigned.Assigned.Products[0]
	product.Reason, product.End = "13", product.Start
	product.Decided.Day = ijw.DayOf(product.Decided.Day.Date + 1)
	deleted.Assigned.Products = []ijw.Assignment{product}
	return &deleted
}

// mistakeIn makes a mistake in a few prestaties.
func (p *plan) mistakeIn(c chance, r *referral, prestatie *ijw.Prestatie) {
	if p.rareMistakeIn(r, prestatie) || !c.maybe(partMistakes) {
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
