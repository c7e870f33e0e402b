package ijw

import (
	"strconv"

	"github.com/pxq-nl/pxq/billing"
)

// since is the first day on which a period in a message may begin (CS100).
var since = billing.NewDate(2021, 1, 1)

// The elements that rules of level 2 are about.
const (
	elementPeriod    = "Declaratie/DeclaratiePeriode"
	elementTotal     = "Declaratie/TotaalIngediendBedrag"
	elementProduct   = "ProductPeriode"
	elementReference = "ProductReferentie/ReferentieNummer"
	elementPrevious  = "ProductReferentie/VorigReferentieNummer"
	elementAmount    = "IngediendBedrag"
	elementTariff    = "ProductTarief"
	elementBSN       = "Bsn"
)

// notAfterDated reports a breach when the day lies after the message's dagtekening.
func (c *check) notAfterDated(element string, day Day) {
	if dated := c.Header.Identification.Dated; day.Date > dated.Date {
		c.breach(element, day.Date.String(), dated.Date.String())
	}
}

// endOfPeriod reports a breach when the period ends before it begins or after the message's dagtekening.
func (c *check) endOfPeriod(element string, span Span) {
	dated := c.Header.Identification.Dated.Date
	if span.Last.Date < span.First.Date || span.Last.Date > dated {
		c.breach(element, span.Last.Date.String(), span.First.Date.String(), dated.String())
	}
}

// beginSince reports a breach when the period begins before 2021.
func (c *check) beginSince(element string, span Span) {
	if span.First.Date < since {
		c.breach(element, span.First.Date.String())
	}
}

// zeroIsDebit reports a breach when an amount of 0 is a credit.
func (c *check) zeroIsDebit(element string, amount Amount) {
	if amount.Cents.Value == 0 && amount.Side == Credit {
		c.breach(element)
	}
}

func oneClientPerBSN(c *check, client *Client) {
	if first, ok := c.bsns[client.BSN]; ok {
		c.breach(elementBSN, strconv.Itoa(first))
	}
	type pair struct{ reference, previous string }
	seen := make(map[pair]int, len(client.Prestaties))
	for i := range client.Prestaties {
		prestatie := &client.Prestaties[i]
		key := pair{prestatie.Reference, prestatie.Previous}
		if first, ok := seen[key]; ok {
			c.breachAt(c.part(i, prestatie), elementReference, strconv.Itoa(first))
			continue
		}
		seen[key] = i + 1
	}
}

// part returns the place of the client's prestatie with that index.
func (c *check) part(index int, prestatie *Prestatie) Place {
	return Place{Client: c.place.Client, Part: index + 1, Line: prestatie.Line}
}

func oneDebitPerKey(c *check, client *Client) {
	seen := make(map[Key]int, len(client.Prestaties))
	for i := range client.Prestaties {
		prestatie := &client.Prestaties[i]
		if prestatie.IsCredit() {
			continue
		}
		key := prestatie.Key()
		if first, ok := seen[key]; ok {
			c.breachAt(c.part(i, prestatie), "", strconv.FormatInt(key.Referral, 10), strconv.Itoa(first))
			continue
		}
		seen[key] = i + 1
	}
}

func oneCreditPerDebit(c *check) {
	seen := make(map[string]bool, len(c.credits))
	for _, credit := range c.credits {
		if seen[credit.previous] {
			c.breachAt(credit.place, elementPrevious, billing.Mask(credit.previous))
		}
		seen[credit.previous] = true
	}
}

func noCreditOfThisMessage(c *check) {
	for _, credit := range c.credits {
		if c.references[credit.previous] {
			c.breachAt(credit.place, elementPrevious, billing.Mask(credit.previous))
		}
	}
}

func totalIsSum(c *check) {
	if total := c.Declaration.Total.Signed(); total != c.sum {
		c.breach(elementTotal, strconv.FormatInt(int64(total), 10), strconv.FormatInt(int64(c.sum), 10))
	}
}

func atMostFiveYears(c *check, p *Prestatie) {
	if earliest := earliestEnd(c.Declaration.Dated.Date); p.Period.Last.Date < earliest {
		c.breach(elementProduct, p.Period.Last.Date.String(), earliest.String())
	}
}

func previousOnlyOnCredit(c *check, p *Prestatie) {
	if p.IsCredit() != (p.Previous != "") {
		c.breach(elementPrevious, string(p.Amount.Side))
	}
}

func tariffUnlessEuros(c *check, p *Prestatie) {
	if p.Tariff.Given() == (p.Unit == Euros) {
		c.breach(elementTariff, string(p.Unit))
	}
}

func elevenTest(c *check, client *Client) {
	if !billing.ValidBSN(client.BSN) {
		c.breach(elementBSN)
	}
}

func inOneMonth(c *check, p *Prestatie) {
	if !p.Period.InOneMonth() {
		c.breach(elementProduct, p.Period.First.Date.String(), p.Period.Last.Date.String())
	}
}

func eurosAreTheAmount(c *check, p *Prestatie) {
	if p.Unit == Euros && p.Amount.Cents.Value != p.Volume.Value {
		c.breach(elementAmount, strconv.FormatInt(p.Amount.Cents.Value, 10), strconv.FormatInt(p.Volume.Value, 10))
	}
}

func wholeMonth(c *check) {
	if period := c.Declaration.Period; !period.WholeMonth() {
		c.breach(elementPeriod, period.First.Date.String(), period.Last.Date.String())
	}
}
