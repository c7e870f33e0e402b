package synthetic

import (
	"strconv"

	"github.com/pxq-nl/pxq/billing"
)

// recordsPerClient is how many records a client has in a month, unless so many records were asked for that it needs more.
const recordsPerClient = 6

// makeClients makes the clients and their referrals: first those with a mistake built in, then one client of
// every provider, then others at random.
func (p *plan) makeClients() error {
	c := p.chance(streamPeople)
	numbers := p.freeNumbers(testBSNs(c))
	from := len(p.clients) // those whose care goes on
	total := min(from+len(numbers), clientsMax, max(1, p.options.Records/recordsPerClient))
	for _, s := range scenarios() {
		for range min(p.scenarioCount(s, total), (total-len(p.clients))/2) {
			for tries := 0; tries < 8 && !s.build(p, c, s.code); tries++ {
				continue // another municipality may allow the mistake
			}
		}
	}
	for number := range p.providers {
		if len(p.clients) < total {
			p.ordinaryClient(c, number)
		}
	}
	for len(p.clients) < total {
		p.ordinaryClient(c, anyProvider)
	}
	for _, client := range p.clients[from:] {
		numbers = p.giveNumber(client, numbers)
	}
	return nil
}

// scenarioCount returns how many clients get the mistake built in: only a few if it takes much care.
func (p *plan) scenarioCount(s scenario, clients int) int {
	if s.share > 0 {
		return p.share(clients, s.share)
	}
	if p.options.Records < everyMistakeFrom {
		return 0
	}
	return min(20, 1+p.options.Records/50_000)
}

const anyProvider = -1

// ordinaryClient makes a client with one to three referrals, each at another provider and for other care.
func (p *plan) ordinaryClient(c chance, provider int) {
	here := p.homeFor(c, func(h *home) bool { return provider == anyProvider || h.has(provider) })
	if here == nil {
		return
	}
	first := here.choose(c, func(o offer) bool { return provider == anyProvider || o.provider == provider })
	client := p.newClient(here, p.birthFor(c, first.product))
	p.ordinaryReferral(c, client, first)
	for range p.moreReferrals(c) {
		next := here.choose(c, client.mayAlsoHave)
		if next == (offer{}) {
			break
		}
		p.ordinaryReferral(c, client, next)
	}
}

// recordsOfThree is how many records fit on three referrals for each client.
const recordsOfThree = 3_000_000

// moreReferrals returns how many referrals a client has besides the first; more in a workspace with much care per client.
func (p *plan) moreReferrals(c chance) int {
	switch {
	case p.options.Records > recordsOfThree:
		return 2 + 2*(p.options.Records-1)/recordsOfThree
	case p.isCrowded():
		return 2
	case c.maybe(8):
		return 2
	case c.maybe(30):
		return 1
	}
	return 0
}

// isCrowded reports whether so many records were asked for that a client has several of one referral on a day.
func (p *plan) isCrowded() bool { return p.options.Records > clientsMax*recordsPerClient*4 }

// mayAlsoHave reports whether a client may also have an offer: not if it would live in two places, or have a product or
// provider twice.
func (c *client) mayAlsoHave(o offer) bool {
	for _, r := range c.referrals {
		if r.provider == o.provider || r.product == o.product || r.product.Residential && o.product.Residential {
			return false
		}
		if o.product.Residential && r.product.AgeLimitOrDefault() != o.product.AgeLimitOrDefault() {
			return false
		}
	}
	return true
}

// newClient adds a client, whose citizen service number is set later.
func (p *plan) newClient(here *home, birth billing.Date) *client {
	made := &client{birth: birth, home: here.Municipality}
	p.clients = append(p.clients, made)
	return made
}

// homeFor picks a municipality that passes, in proportion to its inhabitants; nil if there is none with any care.
func (p *plan) homeFor(c chance, passes func(*home) bool) *home {
	var w wheel
	for i := range p.homes {
		weight := 0.0
		if here := &p.homes[i]; here.any() && passes(here) {
			weight = inhabitants(here.Code)
		}
		w.add(weight)
	}
	if w.empty() {
		return nil
	}
	return &p.homes[w.spin(c)]
}

// any reports whether any care is offered here.
func (h *home) any() bool {
	return len(h.offers[session].list)+len(h.offers[dayCare].list)+len(h.offers[stay].list) > 0
}

// has reports whether the provider offers anything here.
func (h *home) has(provider int) bool {
	for _, kind := range h.offers {
		for _, o := range kind.list {
			if o.provider == provider {
				return true
			}
		}
	}
	return false
}

// choose picks an offer that passes: mostly sessions, sometimes a stay; the zero offer if none passes.
func (h *home) choose(c chance, passes func(offer) bool) offer {
	kind := session
	switch at := c.between(1, 100); {
	case at <= 5:
		kind = stay
	case at <= 19:
		kind = dayCare
	}
	for range classes {
		if found := h.chooseOf(c, kind, passes); found != (offer{}) {
			return found
		}
		kind = (kind + 1) % classes
	}
	return offer{}
}

// chooseOf picks an offer of a class that passes, the zero offer if none does.
func (h *home) chooseOf(c chance, kind class, passes func(offer) bool) offer {
	var w wheel
	for i, o := range h.offers[kind].list {
		weight := 0.0
		if passes(o) {
			weight = h.offers[kind].weights[i]
		}
		w.add(weight)
	}
	if w.empty() {
		return offer{}
	}
	return h.offers[kind].list[w.spin(c)]
}

// birthFor returns a birth date that fits the product on every day of care.
func (p *plan) birthFor(c chance, product *billing.Product) billing.Date {
	limit := product.AgeLimitOrDefault()
	youngest, oldest := 3, limit-1
	switch classOf(product) {
	case stay:
		if youngest = 1; product.AllowsTime {
			youngest = oldest - 1 // for products that prepare for living on one's own
		}
	case session:
		if limit < p.policy.AgeMaximum-1 && c.maybe(9) {
			youngest, oldest = limit, p.policy.AgeMaximum-2 // with extended youth care
		}
	}
	return p.bornBetween(c, youngest, oldest)
}

// bornBetween returns the birth date of somebody whose age is from youngest to oldest on every day of care.
func (p *plan) bornBetween(c chance, youngest, oldest int) billing.Date {
	return c.dayBetween(p.horizon().AddMonths(-12*(oldest+1))+2, p.period.Add(-4).First().AddMonths(-12*youngest))
}

// The range of citizen service numbers that is kept for tests: no person has one of them.
const (
	testBSNFirst = 999_900_006
	testBSNLast  = 999_999_990
)

// clientsMax is how many clients a workspace has at most; the range holds 9 091 valid numbers.
const clientsMax = 9000

// testBSNs returns every valid number of the range, in an order that depends on the seed.
func testBSNs(c chance) []string {
	var numbers []string
	for number := testBSNFirst; number <= testBSNLast; number++ {
		if text := strconv.Itoa(number); billing.ValidBSN(text) {
			numbers = append(numbers, text)
		}
	}
	c.Shuffle(len(numbers), func(i, j int) { numbers[i], numbers[j] = numbers[j], numbers[i] })
	return numbers
}
