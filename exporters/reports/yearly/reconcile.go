package yearly

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
)

// counted is what must be the same in every way of adding up.
type counted struct {
	lines         int
	debit, credit billing.Money
}

func countedOf(sum report.LineSum) counted { return counted{sum.Lines(), sum.Debit, sum.Credit} }

func (c *counted) merge(other counted) {
	c.lines += other.lines
	c.debit += other.debit
	c.credit += other.credit
}

// written returns the sums of the rows in a party's workbook.
func (p *yearParty) written() counted {
	return counted{int(sumOfYear(p, yearLines)), billing.Money(sumOfYear(p, yearDebit)), billing.Money(sumOfYear(p, yearCredit))}
}

// waiting returns the sums in a party's workbook of held records and of lines that are not closed.
func (p *yearParty) waiting() (held report.Sum, open billing.Money) {
	return report.Sum{Count: int(sumOfYear(p, yearHeld)), Amount: billing.Money(sumOfYear(p, heldAmount))}, billing.Money(sumOfYear(p, yearOpen))
}

func sumOfYear(p *yearParty, column yearColumn) int64 {
	return layout.SumUnder(p.rows, p.columns, column)
}

// sumOfParties returns the sum of the workbooks of all municipalities, or of all providers.
func sumOfParties(parties map[string]*yearParty) counted {
	var sum counted
	for _, party := range parties {
		sum.merge(party.written())
	}
	return sum
}

// sumOfShares returns the sum of what the closed periods declared.
func (y *yearly) sumOfShares(p *yearParty) counted {
	var sum counted
	for _, period := range y.year.Periods {
		if share := p.shares[period.Period]; share != nil && !period.ClosedOn.IsZero() {
			sum.merge(countedOf(share.LineSum))
		}
	}
	return sum
}

// reconcile compares the ways of adding up the year, for the region and for each party: the lines of the ledger one by one,
// the rows in the workbook, and the shares of the declaration periods.
func (y *yearly) reconcile() error {
	if err := y.reconcileParty(y.region, "de regio", "the region"); err != nil {
		return err
	}
	for _, code := range layout.SortedKeys(y.municipalities) {
		if err := y.reconcileParty(y.municipalities[code], "gemeente "+code, "municipality "+code); err != nil {
			return err
		}
	}
	for _, agb := range layout.SortedKeys(y.providers) {
		if err := y.reconcileParty(y.providers[agb], "aanbieder "+agb, "provider "+agb); err != nil {
			return err
		}
	}
	return layout.FirstError(
		y.reconcileSides(y.municipalities, "de gemeenten", "the municipalities"), y.reconcileSides(y.providers, "de aanbieders", "the providers"),
	)
}

func (y *yearly) reconcileParty(p *yearParty, dutch, english string) error {
	ledger := countedOf(p.ledger)
	return layout.FirstError(
		differCounted(ledger, p.written(), "grootboek en specificatie van "+dutch, "ledger and detail of "+english),
		differCounted(ledger, y.sumOfShares(p), "grootboek en declaratieperioden van "+dutch, "ledger and periods of "+english),
	)
}

// reconcileSides compares the region with the sum of its municipalities, or of its providers.
func (y *yearly) reconcileSides(parties map[string]*yearParty, dutch, english string) error {
	var held report.Sum
	open := billing.Money(0)
	for _, party := range parties {
		more, lines := party.waiting()
		held = held.Plus(more)
		open += lines
	}
	heldHere, openHere := y.region.waiting()
	return layout.FirstError(
		differCounted(y.region.written(), sumOfParties(parties), "de regio en de som van "+dutch, "the region and the sum of "+english),
		layout.Differ(heldHere.Count, held.Count, "zorgregels in uitval van de regio en van "+dutch, "held records of the region and of "+english),
		layout.Differ(heldHere.Amount, held.Amount, "bedrag in uitval van de regio en van "+dutch, "held amount of the region and of "+english),
		layout.Differ(openHere, open, "niet afgesloten bedrag van de regio en van "+dutch, "amount not closed of the region and of "+english),
	)
}

func differCounted(one, other counted, dutch, english string) error {
	return layout.FirstError(
		layout.Differ(one.lines, other.lines, "declaratieregels, "+dutch, "lines, "+english),
		layout.Differ(one.debit, other.debit, "debet, "+dutch, "debit, "+english),
		layout.Differ(one.credit, other.credit, "credit, "+dutch, "credit, "+english),
	)
}
