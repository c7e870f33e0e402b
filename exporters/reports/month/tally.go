package month

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
)

// Count is a number of rows, with the care and the amount in them.
type Count struct {
	Rows           int
	Time, Dayparts billing.Quantity
	Amount         billing.Money // of records on their own, for display
}

// Add adds a row.
func (c *Count) Add(row *report.Row) {
	c.Rows++
	c.Amount += row.Amount
	if !row.Record.HasQuantity {
		return
	}
	switch row.Record.Unit {
	case billing.Time:
		c.Time += row.Record.Quantity
	case billing.Daypart:
		c.Dayparts += row.Record.Quantity
	}
}

// Merge adds other rows.
func (c *Count) Merge(other Count) {
	c.Rows += other.Rows
	c.Time += other.Time
	c.Dayparts += other.Dayparts
	c.Amount += other.Amount
}

// In returns the count in a language, for a message that two counts differ.
func (c Count) In(language string) string {
	return billing.Texts("%d regels (%d minuten en %d dagdelen, beide ×100; %s euro)", "%d rows (%d minutes and %d day-parts, both ×100; %s euros)",
		c.Rows, c.Time, c.Dayparts, c.Amount).In(language)
}

// outcomes are all outcomes, in the order in which they are shown.
var outcomes = [...]billing.Outcome{
	billing.Accepted, billing.Held, billing.Rejected, billing.Pending, billing.Replaced, billing.Withdrawn,
}

// Tally counts the rows that were read for the region, a municipality or a provider, and their outcomes.
type Tally struct {
	Fresh     Count // kept since the last close
	Before    Count // kept before it: changed or still held
	Again     Count // already received
	totals    int   // rows with totals, skipped
	empty     int   // empty rows, skipped
	byOutcome [len(outcomes) + 1]Count
}

// addRow adds a row that was kept.
func (t *Tally) addRow(row *report.Row) {
	if row.Before == billing.NoOutcome {
		t.Fresh.Add(row)
	} else {
		t.Before.Add(row)
	}
	t.byOutcome[row.Outcome].Add(row)
}

// AddAgain adds rows that were already received.
func (t *Tally) AddAgain(again *report.AlreadyReceived) {
	t.Again.Merge(Count{Rows: again.Rows, Time: again.Time, Dayparts: again.Dayparts})
}

// AddSkipped adds the rows of a file that were skipped.
func (t *Tally) AddSkipped(file *report.FileIn) {
	t.totals += file.Totals
	t.empty += file.Empty
}

// Skipped returns how many rows were skipped.
func (t *Tally) Skipped() int { return t.totals + t.empty }

// read counts everything that must be accounted for; skipped rows hold no care.
func (t *Tally) read() Count {
	all := Count{Rows: t.Skipped()}
	all.Merge(t.Fresh)
	all.Merge(t.Before)
	all.Merge(t.Again)
	return all
}

// Accounted counts everything that was skipped, already received or has an outcome.
func (t *Tally) Accounted() Count {
	all := Count{Rows: t.Skipped()}
	for _, outcome := range outcomes {
		all.Merge(t.byOutcome[outcome])
	}
	all.Merge(t.Again)
	return all
}

// Kept returns how many rows the party has in the report: new ones, and earlier ones that changed or are still held.
func (t *Tally) Kept() int { return t.Fresh.Rows + t.Before.Rows }

// Gone returns how many rows were replaced or withdraw a record.
func (t *Tally) Gone() int { return t.Of(billing.Replaced).Rows + t.Of(billing.Withdrawn).Rows }

// Of returns the count of rows with that outcome.
func (t *Tally) Of(outcome billing.Outcome) *Count { return &t.byOutcome[outcome] }

// Merge adds the rows of another party.
func (t *Tally) Merge(other *Tally) {
	t.Fresh.Merge(other.Fresh)
	t.Before.Merge(other.Before)
	t.Again.Merge(other.Again)
	t.totals += other.totals
	t.empty += other.empty
	for i := range t.byOutcome {
		t.byOutcome[i].Merge(other.byOutcome[i])
	}
}

// Reconcile returns a *layout.Difference if not everything that was read is accounted for. The texts name the party.
func (t *Tally) Reconcile(dutch, english string) error {
	read, accounted := t.read(), t.Accounted()
	return layout.FirstError(
		layout.Differ(read.Rows, accounted.Rows, "gelezen en verantwoorde regels van "+dutch, "rows read and accounted for of "+english),
		layout.Differ(read.Time, accounted.Time, "gelezen en verantwoorde minuten (×100) van "+dutch, "minutes (×100) read and accounted for of "+english),
		layout.Differ(read.Dayparts, accounted.Dayparts, "gelezen en verantwoorde dagdelen (×100) van "+dutch, "day-parts (×100) read and accounted for of "+english),
	)
}
