package views

import (
	"context"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// HoldKey identifies a hold: a code on a record that asks for a decision.
type HoldKey struct {
	Nr   int64 // of the record
	Code billing.Code
}

// HoldFilter narrows a list of holds. Zero fields do not narrow it, except that Decided and Either choose between decided and
// undecided holds.
type HoldFilter struct {
	Code         billing.Code
	Provider     string
	Municipality string
	From         billing.Money // smallest amount
	Before       billing.Date  // open since before this day
	Decided      bool          // only those decided since the last run; false means only those that are undecided
	Either       bool          // both decided and undecided ones
	Without      []HoldKey     // to be left out
	Only         []HoldKey     // the only ones; nil for all
	Order        string        // amount, waiting or provider; anything else means amount
}

// Hold is a code on a record that asks for a decision. A BSN in its reference is masked.
type Hold struct {
	HoldKey
	Version      int
	Provider     string
	Municipality string
	Product      string
	Reference    string
	Date         billing.Date
	Unit         billing.Unit
	Quantity     billing.Quantity
	Amount       billing.Money
	Since        billing.Date
	Decided      string // the word of the decision since the last run; "" for none
	Settled      bool   // the last run took the decision into account; it may be revised, and Amount is unknown
}

// Holds is a page of a list of holds, with totals of the whole list.
type Holds struct {
	List   []Hold
	Count  int
	Amount billing.Money
	Oldest billing.Date
	AsOf   billing.Date
	Period billing.Period
}

// holdScope returns the filter that limits holds to a scope; ok is false when the scope may see none.
func holdScope(scope Scope) (filter ledger.HoldFilter, ok bool) {
	switch scope.Role {
	case Controller:
		return ledger.HoldFilter{}, true
	case Municipality:
		return ledger.HoldFilter{Municipalities: append([]string{}, scope.Codes...)}, true
	}
	return filter, false
}

func (f *HoldFilter) narrow(filter *ledger.HoldFilter, run ledger.Run, runs []ledger.Run) {
	filter.Code, filter.Provider, filter.Municipality, filter.From = f.Code, f.Provider, f.Municipality, f.From
	filter.DecidedAfter, filter.OnlyDecided = run.LastFile, f.Decided
	if f.Either || run.LastFile == 0 && !f.Decided {
		filter.DecidedAfter, filter.OnlyDecided = 0, false
	}
	if !f.Before.IsZero() {
		filter.Until = -1
		for _, r := range runs {
			if r.AsOf < f.Before {
				filter.Until = r.ID
			}
		}
	}
	filter.Without, filter.Only = asKeys(f.Without), asKeys(f.Only)
}

func asKeys(keys []HoldKey) []ledger.HoldKey {
	if keys == nil {
		return nil
	}
	list := make([]ledger.HoldKey, len(keys))
	for i, key := range keys {
		list[i] = ledger.HoldKey{Record: key.Nr, Code: key.Code}
	}
	return list
}

// Holds returns at most limit holds from offset, for controllers and municipalities.
func (v *Views) Holds(ctx context.Context, scope Scope, filter HoldFilter, offset, limit int) (*Holds, error) {
	in, ok := holdScope(scope)
	if !ok {
		return nil, ErrNotThere
	}
	holds := &Holds{}
	err := v.store.Read(ctx, func(tx *ledger.Tx) error {
		run, runs, err := lastRuns(ctx, tx)
		if err != nil || run.ID == 0 {
			return err
		}
		holds.AsOf, holds.Period = run.AsOf, run.Month()
		filter.narrow(&in, run, runs)
		total, err := recall(ctx, &v.memory, tx, func() (ledger.HoldTotal, error) { return tx.HoldsTotal(ctx, &in) }, "holds", run.ID, in)
		if err != nil {
			return err
		}
		holds.Count, holds.Amount, holds.Oldest = total.Count, total.Amount, asOfRun(runs, total.Since)
		order := ledger.HoldOrder(filter.Order)
		if !slices.Contains([]ledger.HoldOrder{ledger.HoldsByAmount, ledger.HoldsByWaiting, ledger.HoldsByProvider}, order) {
			order = ledger.HoldsByAmount
		}
		list, err := tx.OpenHolds(ctx, &in, order, offset, limit)
		if err != nil {
			return err
		}
		holds.List, err = withRows(ctx, tx, run, runs, list)
		return err
	})
	return holds, err
}

func lastRuns(ctx context.Context, tx *ledger.Tx) (ledger.Run, []ledger.Run, error) {
	runs, err := tx.Runs(ctx)
	if err != nil || len(runs) == 0 {
		return ledger.Run{}, nil, err
	}
	return runs[len(runs)-1], runs, nil
}

func asOfRun(runs []ledger.Run, id int64) billing.Date {
	for _, run := range runs {
		if run.ID == id {
			return run.AsOf
		}
	}
	return 0
}

// withRows completes holds of the ledger with their rows, and with decisions since the last run.
func withRows(ctx context.Context, tx *ledger.Tx, run ledger.Run, runs []ledger.Run, list []ledger.OpenHold) ([]Hold, error) {
	refs := make([]ledger.RowRef, len(list))
	for i, hold := range list {
		refs[i] = ledger.RowRef{Record: hold.Record, BSN: hold.BSN}
	}
	rows, err := tx.RowsByID(ctx, run, refs)
	if err != nil {
		return nil, err
	}
	byID := make(map[int64]*billing.Record, len(rows))
	var keys []billing.RecordKey
	for _, row := range rows {
		byID[row.Record.ID] = row.Record
		keys = append(keys, billing.RecordKeyOf(row.Provider, row.Reference))
	}
	decisions := make(map[billing.RecordKey][]billing.Decision)
	if len(keys) > 0 {
		if decisions, err = tx.DecisionsOn(ctx, keys); err != nil {
			return nil, err
		}
	}
	var holds []Hold
	clients := tx.ClientNumbers(ctx)
	for _, of := range list {
		hold := Hold{
			HoldKey: HoldKey{of.Record, of.Code}, Version: of.Version, Provider: of.Provider, Municipality: of.Municipality, Product: of.Product, Date: of.Date,
			Amount: of.Amount, Since: asOfRun(runs, of.Since),
		}
		if record := byID[of.Record]; record != nil {
			hold.Unit, hold.Quantity = record.Unit, record.Quantity
			if hold.Reference, err = clients.MaskOf(bsn.Shown(record.Reference), record.BSN); err != nil {
				return nil, err
			}
			for _, decision := range decisions[billing.RecordKeyOf(record.Provider, record.Reference)] {
				if decision.IsOn(record) && decision.Code == of.Code && decision.FileID > run.LastFile {
					hold.Decided = decision.Word
				}
			}
		}
		holds = append(holds, hold)
	}
	return holds, nil
}

// HoldGroup is the number and amount of the holds with one code, provider or municipality, which is its Name.
type HoldGroup struct {
	Name   string
	Count  int
	Amount billing.Money
}

// HoldGroups counts holds by "code", "provider" and "municipality", which are the keys of the result.
func (v *Views) HoldGroups(ctx context.Context, scope Scope, filter HoldFilter) (groups map[string][]HoldGroup, err error) {
	in, ok := holdScope(scope)
	if !ok {
		return nil, ErrNotThere
	}
	groups = make(map[string][]HoldGroup)
	err = v.store.Read(ctx, func(tx *ledger.Tx) error {
		run, runs, err := lastRuns(ctx, tx)
		if err != nil || run.ID == 0 {
			return err
		}
		for _, column := range []string{"code", "provider", "municipality"} {
			narrowed, part := in, filter
			switch column { // the counts for one choice are narrowed by the other choices only
			case "code":
				part.Code = billing.NoCode
			case "provider":
				part.Provider = ""
			case "municipality":
				part.Municipality = ""
			}
			part.narrow(&narrowed, run, runs)
			totals, err := recall(ctx, &v.memory, tx, func() ([]ledger.HoldTotal, error) { return tx.HoldsBy(ctx, column, &narrowed) }, "holds by", run.ID, column, narrowed)
			if err != nil {
				return err
			}
			for _, total := range totals {
				groups[column] = append(groups[column], HoldGroup{total.Name, total.Count, total.Amount})
			}
		}
		return nil
	})
	return groups, err
}
