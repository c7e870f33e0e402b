package ledger

import (
	"context"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/database"
	"github.com/pxq-nl/pxq/billing/ledger/packed"
	"github.com/pxq-nl/pxq/billing/ledger/words"
)

// RowTotal counts rows of a run that are alike.
type RowTotal struct {
	Outcome      billing.Outcome
	Before       billing.Outcome // at the close before the run; none if it came in since
	Earlier      bool            // it came in before that close
	TakenBack    bool            // its file was, since the run
	Prestatie    bool            // of a message (JW323)
	Municipality string
	Provider     string
	Codes        string
	Unit         billing.Unit
	Price        billing.Price
	Quantity     billing.Quantity // of each
	Rows         int
}

// Amount returns price × quantity of each of the rows, rounded by row and added up.
func (t *RowTotal) Amount() billing.Money {
	return billing.Money(t.Rows) * t.Price.Times(t.Quantity, t.Unit)
}

// Recounted counts rows that were accepted at a close and since got another outcome or another price.
type Recounted struct {
	Outcome            billing.Outcome
	Unit               billing.Unit
	Price, PriceBefore billing.Price
	Quantity           billing.Quantity // of each
	Rows               int
}

// RowTotals counts the rows of a report (see EachReportRow) by all that a total is about: fine enough to add up amounts
// that are rounded by row, coarse enough to hold. Beside them it counts, of care from a month on, the rows that were
// accepted at the close before the run and that it left with another outcome or another price.
func (v *view) RowTotals(ctx context.Context, run Run, since Since, from billing.Period) ([]RowTotal, []Recounted, error) {
	parts, err := v.reportedIn(ctx, run, since, Clients{})
	if err != nil {
		return nil, nil, err
	}
	return v.rowTotals(ctx, parts, since, from)
}

// RowTotalsSince counts what came to the totals of a run and what went from those of a run of the same period before it,
// since which nothing was taken back: only the outcomes that began after that run are read, and what stood in their place.
func (v *view) RowTotalsSince(ctx context.Context, run, before Run, since Since, from billing.Period) (came, went RowCounts, err error) {
	parts, gone := changedAfter(run, before, since)
	if came.Totals, came.Recounted, err = v.rowTotals(ctx, parts, since, from); err != nil {
		return came, went, err
	}
	went.Totals, went.Recounted, err = v.rowTotals(ctx, gone, since, from)
	return came, went, err
}

// RowCounts are the totals of some rows.
type RowCounts struct {
	Totals    []RowTotal
	Recounted []Recounted
}

// changedAfter returns the outcomes that began after a run and hold in a later one, and those of the same rows that held
// in the first.
func changedAfter(run, before Run, since Since) (came, went []reported) {
	const began = "first_run > ? AND first_run <= ?"
	came = []reported{since.chosen(run, Clients{}, "bsn", began, before.ID, run.ID)}
	joined, closed, of := since.joined()
	went = []reported{{
		from:   " FROM (SELECT DISTINCT bsn, record_id FROM outcomes WHERE " + began + ") AS k CROSS JOIN outcomes o" + itsRecord + joined,
		where:  " WHERE o.bsn = k.bsn AND o.record_id = k.record_id AND o.first_run <= ? AND o.last_run >= ?",
		values: slices.Concat([]any{before.ID, run.ID}, closed, []any{before.ID, before.ID}), before: of,
	}}
	return came, went
}

func (v *view) rowTotals(ctx context.Context, parts []reported, since Since, from billing.Period) ([]RowTotal, []Recounted, error) {
	totals, recounted := make(map[RowTotal]int), make(map[Recounted]int)
	first := billing.Date(0)
	if from != 0 {
		first = from.First()
	}
	for _, of := range parts {
		var row string
		statement := "SELECT " + packed.Row([]string{"o.outcome", of.before("outcome", "''"), of.before("price", "0"), "r.file_id", "r.state", "o.codes", "o.open_holds",
			"r.unit", "o.price", "r.quantity", "r.last_date", "r.care_date"}, []string{"r.provider", "o.municipality"})
		err := v.db.Each(ctx, statement+of.from+of.where, of.values, func(scan database.Scan) error {
			if err := scan(&row); err != nil {
				return err
			}
			u := packed.Unpack(row)
			t := RowTotal{Outcome: packed.Value(&u, words.Outcome), Before: packed.Value(&u, words.Outcome)}
			priceBefore, file := billing.Price(u.Number()), u.Number()
			t.Earlier, t.TakenBack, t.Codes = file <= since.LastFile, packed.Value(&u, words.State) == TakenBack, u.Word()
			holds := u.Word()
			t.Unit, t.Price, t.Quantity, t.Prestatie = u.Unit(), billing.Price(u.Number()), billing.Quantity(u.Number()), u.Number() != 0
			day := billing.Date(u.Number())
			u.Texts(&t.Provider, &t.Municipality)
			if u.Err != nil {
				return u.Err
			}
			if inReport(since, file, t.Outcome, t.Before, holds) {
				totals[t]++
			}
			if !of.waiting && t.Before == billing.Accepted && day >= first && (t.Outcome != billing.Accepted || t.Price != priceBefore) {
				recounted[Recounted{Outcome: t.Outcome, Unit: t.Unit, Price: t.Price, PriceBefore: priceBefore, Quantity: t.Quantity}]++
			}
			return nil
		})
		if err != nil {
			return nil, nil, err
		}
	}
	list := make([]RowTotal, 0, len(totals))
	for total, rows := range totals {
		total.Rows = rows
		list = append(list, total)
	}
	changed := make([]Recounted, 0, len(recounted))
	for count, rows := range recounted {
		count.Rows = rows
		changed = append(changed, count)
	}
	return list, changed, nil
}

// RowsGoingOn counts the rows that the last run left held, and those that it left pending, by unit, price and quantity:
// they go on to the next period.
func (v *view) RowsGoingOn(ctx context.Context) ([]RowTotal, error) {
	const of = "SELECT o.outcome, r.unit, o.price, r.quantity, count(*) FROM "
	const counted = " CROSS JOIN records r WHERE r.bsn = o.bsn AND r.id = o.record_id AND o.last_run = 0 AND o.outcome = "
	const by = " GROUP BY o.outcome, r.unit, o.price, r.quantity"
	var totals []RowTotal
	add := func(scan database.Scan) error {
		var t RowTotal
		err := scan(words.OutcomeIn(&t.Outcome), words.UnitIn(&t.Unit), &t.Price, &t.Quantity, &t.Rows)
		totals = append(totals, t)
		return err
	}
	err := v.db.Each(ctx, of+"(SELECT * FROM outcomes WHERE "+waiting+") AS o"+counted+"'held'"+by, nil, add)
	if err != nil {
		return nil, err
	}
	// Whoever has a pending record is to be judged again, so that SQLite, which keeps to the order of a CROSS JOIN,
	// reads the outcomes of no others.
	err = v.db.Each(ctx, of+"clients c CROSS JOIN outcomes o"+counted+"'pending' AND o.bsn = c.bsn AND (c.changed = 1 OR c.undeclared = 1)"+by, nil, add)
	return totals, err
}

// HeldTotals counts the records of the care months from first to last that a run left held, and those that it left
// accepted, because they were declared before, but asks a decision for.
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

// WaitingClients counts the clients with care in the months from first to last of whom something changed since
// they were last judged.
func (v *view) WaitingClients(ctx context.Context, first, last billing.Period) (int, error) {
	count, err := v.db.Number(ctx, "SELECT count(*) FROM clients c WHERE c.changed = 1 AND EXISTS "+
		"(SELECT 1 FROM records r WHERE r.bsn = c.bsn AND r.care_date >= ? AND r.care_date <= ?)", int32(first.First()), int32(last.Last()))
	return int(count), err
}
