package month

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
)

// Part is what plain rows add to a party, kept so that it can be added later without reading the rows.
type Part struct {
	Fresh, Before   Count
	Settlement      settlement
	Late, Corrected int // of the fresh rows
}

// Add adds a plain row; way is the result of Month.WayOf.
func (p *Part) Add(row *report.Row, period billing.Period, way Way) {
	p.Settlement.addRow(row, way)
	if row.Before != billing.NoOutcome {
		p.Before.Add(row)
		return
	}
	p.Fresh.Add(row)
	if IsLate(row, period) {
		p.Late++
	}
	if IsNewer(row) {
		p.Corrected++
	}
}

// IsLate reports whether a row is of care before the period.
func IsLate(row *report.Row, period billing.Period) bool {
	return !row.Record.First.IsZero() && row.Record.First.Period() < period
}

// IsNewer reports whether a row replaces an earlier row or withdraws it.
func IsNewer(row *report.Row) bool { return row.Record.Version > 1 }

// AddPart adds the plain rows of a part.
func (p *Party) AddPart(part *Part) {
	p.Tally.Fresh.Merge(part.Fresh)
	p.Tally.Before.Merge(part.Before)
	p.Tally.byOutcome[billing.Accepted].Merge(part.Fresh)
	p.Tally.byOutcome[billing.Accepted].Merge(part.Before)
	p.settlement.merge(&part.Settlement)
}
