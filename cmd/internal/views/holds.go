package views

import (
	"context"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/report"
)

// HoldKey names a decision that is asked.
type HoldKey struct {
	Nr   int64 // of the record
	Code billing.Code
}

// HoldFilter narrows a list of decisions that are asked.
type HoldFilter struct {
	Code         billing.Code
	Provider     string
	Municipality string
	From         billing.Money
	Days         int       // waiting at least so long
	Decided      bool      // those decided since the last run, instead of those that nobody decided
	Without      []HoldKey // those that wait elsewhere
	Only         []HoldKey // those alone; nil for all
	Order        string    // amount, waiting or provider
}

// Hold is a decision that is asked. Its reference does not show the client's number.
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
}

// Holds is a part of a list of decisions that are asked.
type Holds struct {
	List   []Hold
	Count  int
	Amount billing.Money
	Oldest billing.Date
	AsOf   billing.Date
	Period billing.Period
}

// holdScope returns the filter of a scope; ok is false when it sees none.
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
	if run.LastFile == 0 && !f.Decided {
		filter.DecidedAfter = 0
	}
	if f.Days > 0 {
		filter.Until = -1
		for _, r := range runs {
			if billing.Date(r.AsOf) <= billing.Date(run.AsOf).AddDays(-f.Days) {
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

// Holds returns decisions that are asked.
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
		holds.AsOf, holds.Period = billing.Date(run.AsOf), run.Month()
		filter.narrow(&in, run, runs)
		total, err := tx.HoldsTotal(ctx, &in)
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
			return billing.Date(run.AsOf)
		}
	}
	return 0
}

// withRows adds what the rows say themselves.
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
	var keys []ledger.Key
	for _, row := range rows {
		byID[row.Record.ID] = row.Record
		keys = append(keys, ledger.KeyOf(row.Provider, row.Reference))
	}
	decisions := make(map[ledger.Key][]billing.Decision)
	if len(keys) > 0 {
		if decisions, err = tx.DecisionsOn(ctx, keys); err != nil {
			return nil, err
		}
	}
	var holds []Hold
	for _, of := range list {
		hold := Hold{
			HoldKey: HoldKey{of.Record, of.Code}, Version: of.Version, Provider: of.Provider, Municipality: of.Municipality, Product: of.Product, Date: of.Date,
			Amount: of.Amount, Since: asOfRun(runs, of.Since),
		}
		if record := byID[of.Record]; record != nil {
			hold.Reference, hold.Unit, hold.Quantity = bsn.MaskOf(bsn.Shown(record.Reference), record.BSN), record.Unit, record.Quantity
			for _, decision := range decisions[ledger.KeyOf(record.Provider, record.Reference)] {
				if decision.Version == record.Version && decision.Code == of.Code && decision.FileID > run.LastFile {
					hold.Decided = decision.Word
				}
			}
		}
		holds = append(holds, hold)
	}
	return holds, nil
}

// HoldGroup counts decisions that are asked by one reason, provider or municipality.
type HoldGroup struct {
	Name   string
	Count  int
	Amount billing.Money
}

// HoldGroups counts the decisions that are asked by code, provider and municipality.
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
			switch column { // each list of choices shows what the other choices leave
			case "code":
				part.Code = billing.NoCode
			case "provider":
				part.Provider = ""
			case "municipality":
				part.Municipality = ""
			}
			part.narrow(&narrowed, run, runs)
			totals, err := tx.HoldsBy(ctx, column, &narrowed)
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

// Asked is what a decision is written on: the reference as it stands in the store.
type Asked struct {
	Hold
	Written string // the reference as the provider writes it, for the file of decisions alone
	NoLift  bool
}

// AskedOf returns the decisions that are asked and named, for who decides. What is not asked any more is left out.
func (v *Views) AskedOf(ctx context.Context, scope Scope, keys []HoldKey) ([]Asked, error) {
	if scope.Role != Controller {
		return nil, ErrNotThere
	}
	var asked []Asked
	err := v.store.Read(ctx, func(tx *ledger.Tx) error {
		run, runs, err := lastRuns(ctx, tx)
		if err != nil || run.ID == 0 {
			return err
		}
		for part := range slices.Chunk(keys, 300) {
			list, err := tx.OpenHolds(ctx, &ledger.HoldFilter{Only: asKeys(part)}, ledger.HoldsByAmount, 0, len(part))
			if err != nil {
				return err
			}
			holds, err := withRows(ctx, tx, run, runs, list)
			if err != nil {
				return err
			}
			refs := make([]ledger.RowRef, len(list))
			for i, hold := range list {
				refs[i] = ledger.RowRef{Record: hold.Record, BSN: hold.BSN}
			}
			rows, err := tx.RowsByID(ctx, run, refs)
			if err != nil {
				return err
			}
			written := make(map[int64]string)
			for _, row := range rows {
				written[row.Record.ID] = row.Reference
			}
			for _, hold := range holds {
				rule := v.Catalogue.Rule(hold.Code)
				asked = append(asked, Asked{Hold: hold, Written: written[hold.Nr], NoLift: rule != nil && rule.NoLift})
			}
		}
		return nil
	})
	return asked, err
}

// AllKeys returns the decisions that a filter leaves, with the versions that they are about; at most so many.
func (v *Views) AllKeys(ctx context.Context, scope Scope, filter HoldFilter, most int) ([]HoldKey, error) {
	in, ok := holdScope(scope)
	if !ok || scope.Role != Controller {
		return nil, ErrNotThere
	}
	var keys []HoldKey
	err := v.store.Read(ctx, func(tx *ledger.Tx) error {
		run, runs, err := lastRuns(ctx, tx)
		if err != nil || run.ID == 0 {
			return err
		}
		filter.narrow(&in, run, runs)
		list, err := tx.OpenHolds(ctx, &in, ledger.HoldsByAmount, 0, most)
		for _, hold := range list {
			keys = append(keys, HoldKey{hold.Record, hold.Code})
		}
		return err
	})
	return keys, err
}

// Story is a record with all that is known of it.
type Story struct {
	Nr int64
	*report.Explanation
	Holds  []Hold // that ask for a decision
	Masked string // the reference without the client's number
	Others []Other
}

// Other is another row that a finding is about.
type Other struct {
	Reference, Provider string
	Date                billing.Date
	Product             string
	Unit                billing.Unit
	Quantity            billing.Quantity
	Outcome             billing.Outcome
}

// Hold returns the story of a record on which a decision is asked.
func (v *Views) Hold(ctx context.Context, scope Scope, nr int64) (*Story, error) {
	in, ok := holdScope(scope)
	if !ok || nr <= 0 {
		return nil, ErrNotThere
	}
	in.Record = nr
	story := &Story{Nr: nr}
	var key ledger.Key
	err := v.store.Read(ctx, func(tx *ledger.Tx) error {
		run, runs, err := lastRuns(ctx, tx)
		if err != nil || run.ID == 0 {
			return notThere(err)
		}
		list, err := tx.OpenHolds(ctx, &in, ledger.HoldsByAmount, 0, 50)
		if err != nil || len(list) == 0 {
			return notThere(err)
		}
		if story.Holds, err = withRows(ctx, tx, run, runs, list); err != nil {
			return err
		}
		story.Masked = story.Holds[0].Reference
		rows, err := tx.RowsByID(ctx, run, []ledger.RowRef{{Record: nr, BSN: list[0].BSN}})
		if err != nil || len(rows) == 0 {
			return notThere(err)
		}
		key = ledger.KeyOf(rows[0].Provider, rows[0].Reference)
		if scope.Role != Controller {
			return nil
		}
		story.Others, err = othersOf(ctx, tx, run, rows[0])
		return err
	})
	if err != nil {
		return nil, err
	}
	setting, err := v.setting()
	if err != nil {
		return nil, err
	}
	if story.Explanation, err = v.reporter().Explain(ctx, key, setting); err != nil || scope.Role == Controller {
		return story, err
	}
	story.Versions = slices.DeleteFunc(story.Versions, func(row *report.Row) bool { return !scope.has(row.Municipality) })
	story.Earlier = slices.DeleteFunc(story.Earlier, func(line billing.DeclaredLine) bool { return !scope.has(line.Municipality) })
	return story, nil
}

// othersOf returns the rows of the client around the care date, which rules about other rows compare with.
func othersOf(ctx context.Context, tx *ledger.Tx, run ledger.Run, row *ledger.JudgedRow) ([]Other, error) {
	rows, err := tx.RowsOfClient(ctx, run, row.BSN)
	if err != nil || row.BSN == "" {
		return nil, err
	}
	var others []Other
	const near = 7 // days
	for _, other := range rows {
		r := other.Record
		if r.ID == row.Record.ID || other.Outcome.Outcome == billing.Replaced || other.Outcome.Outcome == billing.Withdrawn || r.First < row.First-near || r.First > row.First+near {
			continue
		}
		others = append(others, Other{
			Reference: bsn.MaskOf(bsn.Shown(r.Reference), r.BSN), Provider: r.Provider, Date: r.First, Product: other.Outcome.Product, Unit: r.Unit, Quantity: r.Quantity,
			Outcome: other.Outcome.Outcome,
		})
	}
	const most = 20
	return others[:min(most, len(others))], nil
}

func notThere(err error) error {
	if err == nil {
		return ErrNotThere
	}
	return err
}

// Decision is a decision that was taken. It names no client.
type Decision struct {
	Provider, Reference string
	Version             int
	Code                billing.Code
	Word, Reason, By    string
	On                  billing.Date
	File                string
	Web                 bool // taken on a page
}

// Decisions returns decisions, the newest first.
func (v *Views) Decisions(ctx context.Context, scope Scope, offset, limit int) ([]Decision, error) {
	if scope.Role != Controller {
		return nil, ErrNotThere
	}
	var list []Decision
	err := v.store.Read(ctx, func(tx *ledger.Tx) error {
		decisions, err := tx.DecisionsNewest(ctx, offset, limit)
		for _, d := range decisions {
			list = append(list, Decision{
				Provider: d.Provider, Reference: billing.Mask(bsn.Shown(d.Reference)), Version: d.Version, Code: d.Code, Word: d.Word, Reason: billing.Mask(d.Reason), By: d.By,
				On: d.On, File: d.File,
			})
		}
		return err
	})
	return list, err
}

// Reasons returns the reasons that were given last for decisions on a code, each once.
func (v *Views) Reasons(ctx context.Context, scope Scope, code billing.Code) ([]string, error) {
	if scope.Role != Controller {
		return nil, ErrNotThere
	}
	var reasons []string
	err := v.store.Read(ctx, func(tx *ledger.Tx) (err error) {
		reasons, err = tx.ReasonsGiven(ctx, code, 5)
		return err
	})
	return reasons, err
}

// BSN returns the number of the client of a record on which a decision is asked, for a controller who asked to see it.
func (v *Views) BSN(ctx context.Context, scope Scope, nr int64) (string, error) {
	if scope.Role != Controller {
		return "", ErrNotThere
	}
	number := ""
	err := v.store.Read(ctx, func(tx *ledger.Tx) error {
		list, err := tx.OpenHolds(ctx, &ledger.HoldFilter{Record: nr}, ledger.HoldsByAmount, 0, 1)
		if err != nil || len(list) == 0 {
			return notThere(err)
		}
		number = list[0].BSN
		return nil
	})
	return number, err
}

// FindHolds returns the decisions asked on records that bear a reference, or on those of the client with a number.
func (v *Views) FindHolds(ctx context.Context, scope Scope, sought string) ([]HoldKey, error) {
	if scope.Role != Controller {
		return nil, ErrNotThere
	}
	var keys []HoldKey
	if sought == "" {
		return nil, nil
	}
	err := v.store.Read(ctx, func(tx *ledger.Tx) error {
		found, err := tx.FindHolds(ctx, sought, 200)
		for _, key := range found {
			keys = append(keys, HoldKey{key.Record, key.Code})
		}
		return err
	})
	return keys, err
}
