package views

import (
	"context"
	"slices"

	"github.com/pxq-nl/pxq/billing/ledger"
)

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
