package ledger

import (
	"context"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/database"
	"github.com/pxq-nl/pxq/billing/ledger/packed"
	"github.com/pxq-nl/pxq/billing/ledger/words"
)

// RowTotal counts rows of a run that are alike, and sums their amounts: price × quantity, rounded per row.
type RowTotal struct {
	RowsAlike
	Rows   int
	Amount billing.Money
}

// RowsAlike is the key of a RowTotal.
type RowsAlike struct {
	Outcome      billing.Outcome
	Before       billing.Outcome // at the close before the run; NoOutcome if it came in since
	Earlier      bool            // it was a row at that close
	TakenBack    bool            // its file was taken back since the run
	Prestatie    bool            // from a message (JW323)
	Municipality string
	Provider     string
	Codes        string // of rows that are held or rejected
}

// RowTotals are the totals of the rows of a report (see EachReportRow), or the difference between two runs' totals.
type RowTotals struct {
	Rows []RowTotal

	// Changed is the change, since the close before, in the amount of rows that were accepted at it, due to their outcome
	// or price. It excludes care in frozen months, which is not credited.
	Changed billing.Money
}

// RowCounter adds up rows to totals.
type RowCounter struct {
	since   Since
	from    billing.Date // care before it is frozen
	totals  map[RowsAlike]*RowTotal
	changed billing.Money
	last    *RowTotal // total of the last row counted: successive rows are often alike
}

// NewRowCounter returns a counter of rows since a close, with care months before from frozen; 0 freezes none.
func NewRowCounter(since Since, from billing.Period) *RowCounter {
	c := &RowCounter{since: since, totals: make(map[RowsAlike]*RowTotal)}
	if from != 0 {
		c.from = from.First()
	}
	return c
}

// Totals returns the totals of the counted rows.
func (c *RowCounter) Totals() RowTotals {
	totals := RowTotals{Rows: make([]RowTotal, 0, len(c.totals)), Changed: c.changed}
	for _, total := range c.totals {
		if total.Rows != 0 || total.Amount != 0 {
			totals.Rows = append(totals.Rows, *total)
		}
	}
	return totals
}

// Count adds a record with its outcome and its outcome at the close before, empty if it came in since. A negative times
// subtracts it.
func (c *RowCounter) Count(r *billing.Record, outcome, before Outcome, times int) {
	c.count(r, outcome, before, false, times)
}

func (c *RowCounter) count(r *billing.Record, outcome, before Outcome, takenBack bool, times int) {
	amount := outcome.Price.Times(r.Quantity, r.Unit)
	if before.Outcome == billing.Accepted && r.First >= c.from {
		change := -before.Price.Times(r.Quantity, r.Unit)
		if outcome.Outcome == billing.Accepted {
			change += amount
		}
		c.changed += billing.Money(times) * change
	}
	if !inReport(c.since, r.FileID, outcome.Outcome, before.Outcome, outcome.OpenHolds) {
		return
	}
	alike := RowsAlike{Outcome: outcome.Outcome, Before: before.Outcome, Earlier: before.Outcome != billing.NoOutcome, TakenBack: takenBack, Prestatie: !r.Last.IsZero(),
		Municipality: outcome.Municipality, Provider: r.Provider}
	if outcome.Outcome == billing.Held || outcome.Outcome == billing.Rejected {
		alike.Codes = outcome.Codes
	}
	if c.last == nil || c.last.RowsAlike != alike {
		if c.last = c.totals[alike]; c.last == nil {
			c.last = &RowTotal{RowsAlike: alike}
			c.totals[alike] = c.last
		}
	}
	c.last.Rows += times
	c.last.Amount += billing.Money(times) * amount
}

// RowTotals adds up the rows of a report, with care months before from frozen.
func (v *view) RowTotals(ctx context.Context, run Run, since Since, from billing.Period) (RowTotals, error) {
	counter := NewRowCounter(since, from)
	parts, err := v.reportedIn(ctx, run, since, Clients{})
	if err == nil {
		err = v.count(ctx, counter, 1, parts...)
	}
	return counter.Totals(), err
}

// count adds the rows in parts of the outcomes, times times.
func (v *view) count(ctx context.Context, counter *RowCounter, times int, parts ...reported) error {
	for _, of := range parts {
		var row string
		statement := "SELECT " + packed.Row([]string{"o.outcome", of.before("outcome", "''"), of.before("price", "0"), "r.file_id", "r.state", "o.codes", "o.open_holds",
			"r.unit", "o.price", "r.quantity", "r.last_date", "r.care_date"}, []string{"r.provider", "o.municipality"})
		var r billing.Record
		var outcome, before Outcome
		err := v.db.Each(ctx, statement+of.from+of.where, of.values, func(scan database.Scan) error {
			if err := scan(&row); err != nil {
				return err
			}
			u := packed.Unpack(row)
			outcome.Outcome, before.Outcome, before.Price = packed.Value(&u, words.Outcome), packed.Value(&u, words.Outcome), billing.Price(u.Number())
			r.FileID = u.Number()
			takenBack := packed.Value(&u, words.State) == TakenBack
			outcome.Codes, outcome.OpenHolds = u.Word(), u.Word()
			r.Unit, outcome.Price, r.Quantity, r.Last, r.First = u.Unit(), billing.Price(u.Number()), billing.Quantity(u.Number()), billing.Date(u.Number()), billing.Date(u.Number())
			u.Texts(&r.Provider, &outcome.Municipality)
			if u.Err == nil {
				counter.count(&r, outcome, before, takenBack, times)
			}
			return u.Err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// CountHeld counts the rows that the first report since a close starts with, before any client is judged: those that are
// held or need a decision.
func (v *view) CountHeld(ctx context.Context, counter *RowCounter, run Run) error {
	return v.count(ctx, counter, 1, counter.since.heldAtClose(run, Clients{}))
}

// takenBack joins the rows that were ever taken back, found by their files; takenBackSince selects those whose outcome ended with
// the last run, or with the number of a later run that was forgotten.
const (
	takenBack      = " FROM files f CROSS JOIN records r CROSS JOIN outcomes o"
	takenBackSince = " WHERE r.file_id = f.id AND r.state = 'taken_back' AND o.bsn = r.bsn AND o.record_id = r.id AND o.last_run >= ?"
)

// TakeOffTakenBack subtracts the rows that were taken back since before, the last run but the present one.
func (v *view) TakeOffTakenBack(ctx context.Context, counter *RowCounter, before Run) error {
	joined, closed, of := counter.since.joined()
	return v.count(ctx, counter, -1, reported{
		from: takenBack + joined, where: takenBackSince, values: append(closed, before.ID), before: of,
	})
}

// AtClose returns the outcomes of records at a close, by record number.
func (v *view) AtClose(ctx context.Context, since Since, records []RowRef) (map[int64]Outcome, error) {
	found := make(map[int64]Outcome, len(records))
	err := database.EachPart(records, func(part []RowRef) error {
		var values []any
		for _, record := range part {
			values = append(values, record.BSN, record.Record)
		}
		return v.db.Each(ctx, "SELECT o.record_id, o.outcome, o.price FROM (VALUES "+database.Typed(len(part), "TEXT", "BIGINT")+") AS wanted CROSS JOIN outcomes o "+
			"WHERE o.bsn = column1 AND o.record_id = column2 AND "+standing("o"), append(values, since.Closed, since.Closed), func(scan database.Scan) error {
			var id int64
			var o Outcome
			err := scan(&id, words.OutcomeIn(&o.Outcome), &o.Price)
			found[id] = o
			return err
		})
	})
	return found, err
}

// Added holds the totals of a run, as added up while its rows were judged.
type Added struct {
	Before   Run // the run whose row totals it adds to, and whose line totals if of the same period; zero if the totals are complete
	Rows     RowTotals
	Lines    []LineTotal
	Ceilings []billing.Ceiling
}

// RemainingRows counts the rows that the last run left held or pending, which carry over to the next period.
func (v *view) RemainingRows(ctx context.Context) ([]RowTotal, error) {
	const of = "SELECT o.outcome, r.unit, o.price, r.quantity, count(*) FROM "
	const counted = " CROSS JOIN records r WHERE r.bsn = o.bsn AND r.id = o.record_id AND o.last_run = 0 AND o.outcome = "
	const by = " GROUP BY o.outcome, r.unit, o.price, r.quantity"
	var totals []RowTotal
	add := func(scan database.Scan) error {
		var t RowTotal
		var unit billing.Unit
		var price billing.Price
		var quantity billing.Quantity // of each row
		err := scan(words.OutcomeIn(&t.Outcome), words.UnitIn(&unit), &price, &quantity, &t.Rows)
		t.Amount = billing.Money(t.Rows) * price.Times(quantity, unit)
		totals = append(totals, t)
		return err
	}
	err := v.db.Each(ctx, of+"(SELECT * FROM outcomes WHERE "+waiting+") AS o"+counted+"'held'"+by, nil, add)
	if err != nil {
		return nil, err
	}
	// A client with a pending record is always to be judged again; SQLite keeps to the order of a CROSS JOIN, and so reads
	// no other clients' outcomes.
	err = v.db.Each(ctx, of+"clients c CROSS JOIN outcomes o"+counted+"'pending' AND o.bsn = c.bsn AND (c.changed = 1 OR c.undeclared = 1)"+by, nil, add)
	return totals, err
}

// HeldTotal counts held records that are alike: each has this quantity at this price, so their amount is Records times the
// rounded amount of one.
type HeldTotal struct {
	Outcome      billing.Outcome // held, or accepted: declared before a hold was found on it
	Municipality string
	Provider     string
	Product      string
	Unit         billing.Unit
	CareMonth    billing.Period
	Price        billing.Price
	Quantity     billing.Quantity // of each record
	Records      int
}

// waitingIn selects the rows, with a care date between two days, that a run held or that need a decision in it.
const waitingIn = " FROM (SELECT * FROM outcomes WHERE " + waiting + ") AS o JOIN records r ON r.bsn = o.bsn AND r.id = o.record_id " +
	"WHERE o.first_run <= ? AND (o.last_run = 0 OR o.last_run >= ?) AND r.care_date >= ? AND r.care_date <= ?"

// HeldTotals counts the records in care months first to last that a run left held, or left accepted (because they were
// declared before) but in need of a decision.
func (v *view) HeldTotals(ctx context.Context, run Run, first, last billing.Period) ([]HeldTotal, error) {
	totals := make(map[HeldTotal]int)
	err := v.db.Each(ctx, "SELECT o.outcome, o.municipality, r.provider, o.product, r.unit, r.care_date, o.price, r.quantity"+waitingIn,
		[]any{run.ID, run.ID, int32(first.First()), int32(last.Last())}, func(scan database.Scan) error {
			var t HeldTotal
			var date billing.Date
			err := scan(words.OutcomeIn(&t.Outcome), &t.Municipality, &t.Provider, &t.Product, words.UnitIn(&t.Unit), &date, &t.Price, &t.Quantity)
			t.CareMonth = date.Period()
			totals[t]++
			return err
		})
	list := make([]HeldTotal, 0, len(totals))
	for total, records := range totals {
		total.Records = records
		list = append(list, total)
	}
	return list, err
}

// WaitingClients counts the clients with care in the months first to last that changed since they were last judged.
func (v *view) WaitingClients(ctx context.Context, first, last billing.Period) (int, error) {
	count, err := v.db.Number(ctx, "SELECT count(*) FROM clients c WHERE c.changed = 1 AND EXISTS "+
		"(SELECT 1 FROM records r WHERE r.bsn = c.bsn AND r.care_date >= ? AND r.care_date <= ?)", int32(first.First()), int32(last.Last()))
	return int(count), err
}
