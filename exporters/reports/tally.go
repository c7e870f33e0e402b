package reports

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
)

// count is a number of rows with the care in them.
type count struct {
	rows           int
	time, dayparts billing.Quantity
	amount         billing.Money // of records by themselves, for show
}

func (c *count) add(row *report.Row) {
	c.rows++
	c.amount += row.Amount
	if !row.Record.HasQuantity {
		return
	}
	switch row.Record.Unit {
	case billing.Time:
		c.time += row.Record.Quantity
	case billing.Daypart:
		c.dayparts += row.Record.Quantity
	}
}

func (c *count) merge(other count) {
	c.rows += other.rows
	c.time += other.time
	c.dayparts += other.dayparts
	c.amount += other.amount
}

// outcomes are all there are, in the order in which they are shown.
var outcomes = [...]billing.Outcome{
	billing.Accepted, billing.Held, billing.Rejected, billing.Pending, billing.Replaced, billing.Withdrawn,
}

// tally is what was read for the region, a municipality or a provider, and what became of it.
type tally struct {
	fresh     count // kept since the last close
	before    count // from before it: changed or still held
	again     count // already received
	totals    int   // rows with totals, skipped
	empty     int   // empty rows, skipped
	byOutcome [len(outcomes) + 1]count
}

func (t *tally) addRow(row *report.Row) {
	if row.Before == billing.NoOutcome {
		t.fresh.add(row)
	} else {
		t.before.add(row)
	}
	t.byOutcome[row.Outcome].add(row)
}

func (t *tally) addAgain(again *report.AlreadyReceived) {
	t.again.merge(count{rows: again.Rows, time: again.Time, dayparts: again.Dayparts})
}

func (t *tally) addSkipped(file *report.FileIn) {
	t.totals += file.Totals
	t.empty += file.Empty
}

func (t *tally) skipped() int { return t.totals + t.empty }

// read is what there is to account for; skipped rows hold no care.
func (t *tally) read() count {
	all := count{rows: t.skipped()}
	all.merge(t.fresh)
	all.merge(t.before)
	all.merge(t.again)
	return all
}

// accounted is what became of it. A row without an outcome is not accounted for.
func (t *tally) accounted() count {
	all := count{rows: t.skipped()}
	for _, outcome := range outcomes {
		all.merge(t.byOutcome[outcome])
	}
	all.merge(t.again)
	return all
}

// received is how many rows were sent for a party, whatever became of them.
func (t *tally) received() int { return t.fresh.rows + t.before.rows + t.again.rows }

func (t *tally) of(outcome billing.Outcome) *count { return &t.byOutcome[outcome] }
