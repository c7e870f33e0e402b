package views

import (
	"context"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/report"
)

// Story is a record with all that is known of it.
type Story struct {
	Nr int64
	*report.Explanation
	Holds  []Hold  // open ones; if there are none, those that may be revised
	Masked string  // the reference with a BSN masked
	Others []Other // see othersOf
}

// Other is another row of the same client that a finding may be about.
type Other struct {
	Reference, Provider string
	Date                billing.Date
	Product             string
	Unit                billing.Unit
	Quantity            billing.Quantity
	Outcome             billing.Outcome
}

// Hold returns the story of a record with a hold: all of it for a controller, the rows and lines of its own for a municipality.
func (v *Views) Hold(ctx context.Context, scope Scope, nr int64) (*Story, error) {
	in, ok := holdScope(scope)
	if !ok || nr <= 0 {
		return nil, ErrNotThere
	}
	in.Record = nr
	story := &Story{Nr: nr}
	var about report.Subject
	err := v.store.Read(ctx, func(tx *ledger.Tx) error {
		run, runs, err := lastRuns(ctx, tx)
		if err != nil || run.ID == 0 {
			return notThere(err)
		}
		list, err := tx.OpenHolds(ctx, &in, ledger.HoldsByAmount, 0, 50)
		if err == nil && len(list) == 0 && scope.Role == Controller {
			if list, err = tx.DecidedOn(ctx, nr); err == nil {
				story.Holds, err = settled(ctx, tx, run, list)
			}
		} else if err == nil {
			story.Holds, err = withRows(ctx, tx, run, runs, list)
		}
		if err != nil || len(story.Holds) == 0 {
			return notThere(err)
		}
		story.Masked = story.Holds[0].Reference
		rows, err := tx.RowsByID(ctx, run, []ledger.RowRef{{Record: nr, BSN: list[0].BSN}})
		if err != nil || len(rows) == 0 {
			return notThere(err)
		}
		about = report.Subject{Provider: rows[0].Provider, Reference: rows[0].Reference, Row: nr}
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
	if story.Explanation, err = v.reporter().Explain(ctx, about, setting); err != nil || scope.Role == Controller {
		return story, err
	}
	story.Versions = slices.DeleteFunc(story.Versions, func(row *report.Row) bool { return !scope.has(row.Municipality) })
	return story, nil
}

// othersOf returns rows of the same client near the care date, with which rules such as those on overlap compare the row.
func othersOf(ctx context.Context, tx *ledger.Tx, run ledger.Run, row *ledger.JudgedRow) ([]Other, error) {
	rows, err := tx.RowsOfClient(ctx, run, row.BSN)
	if err != nil || row.BSN == "" {
		return nil, err
	}
	var others []Other
	clients := tx.ClientNumbers(ctx)
	const near = 7 // days
	for _, other := range rows {
		r := other.Record
		if r.ID == row.Record.ID || other.Outcome.Outcome == billing.Replaced || other.Outcome.Outcome == billing.Withdrawn || r.First < row.First-near || r.First > row.First+near {
			continue
		}
		reference, err := clients.MaskOf(bsn.Shown(r.Reference), r.BSN)
		if err != nil {
			return nil, err
		}
		others = append(others, Other{
			Reference: reference, Provider: r.Provider, Date: r.First, Product: other.Outcome.Product, Unit: r.Unit, Quantity: r.Quantity,
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

// Decision is a decision that was taken. A BSN in its texts is masked.
type Decision struct {
	Nr                  int64 // of the row on which it was taken; 0 when the row is gone
	Provider, Reference string
	Version             int
	Code                billing.Code
	Word, Reason, By    string
	On                  billing.Date
	File                string
}

// Decisions returns at most limit decisions from offset, newest first; count is the number of all decisions.
func (v *Views) Decisions(ctx context.Context, scope Scope, offset, limit int) (list []Decision, count int, err error) {
	if scope.Role != Controller {
		return nil, 0, ErrNotThere
	}
	err = v.store.Read(ctx, func(tx *ledger.Tx) (err error) {
		if count, err = tx.DecisionCount(ctx); err != nil {
			return err
		}
		decisions, err := tx.DecisionsNewest(ctx, offset, limit)
		if err != nil {
			return err
		}
		ids := make([]int64, len(decisions))
		for i := range decisions {
			ids[i] = decisions[i].ID
		}
		rows, err := tx.RowsDecided(ctx, ids)
		clients := tx.ClientNumbers(ctx)
		for _, d := range decisions {
			reference, failed := clients.Mask(bsn.Shown(d.Reference))
			if failed != nil {
				return failed
			}
			list = append(list, Decision{
				Nr: rows[d.ID], Provider: d.Provider, Reference: reference, Version: d.Version, Code: d.Code, Word: d.Word, Reason: bsn.MaskText(d.Reason), By: bsn.MaskText(d.Deciders()),
				On: d.On, File: d.File,
			})
		}
		return err
	})
	return list, count, err
}

// Reasons returns the five latest different reasons for decisions on a code. A BSN in a reason, which may have come from a
// file, is masked.
func (v *Views) Reasons(ctx context.Context, scope Scope, code billing.Code) ([]string, error) {
	if scope.Role != Controller {
		return nil, ErrNotThere
	}
	var reasons []string
	err := v.store.Read(ctx, func(tx *ledger.Tx) (err error) {
		reasons, err = tx.ReasonsGiven(ctx, code, 5)
		for i := range reasons {
			reasons[i] = bsn.MaskText(reasons[i])
		}
		return err
	})
	return reasons, err
}

// BSN returns the BSN of the client of a record with a hold, for a controller who chose to see it.
func (v *Views) BSN(ctx context.Context, scope Scope, nr int64) (string, error) {
	if scope.Role != Controller {
		return "", ErrNotThere
	}
	number := ""
	err := v.store.Read(ctx, func(tx *ledger.Tx) error {
		list, err := tx.OpenHolds(ctx, &ledger.HoldFilter{Record: nr}, ledger.HoldsByAmount, 0, 1)
		if err == nil && len(list) == 0 {
			list, err = tx.DecidedOn(ctx, nr)
		}
		if err != nil || len(list) == 0 {
			return notThere(err)
		}
		number = list[0].BSN
		return nil
	})
	return number, err
}

// FindHolds returns the keys of the holds on records whose reference is sought, or whose client has sought as BSN; at most 200.
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
