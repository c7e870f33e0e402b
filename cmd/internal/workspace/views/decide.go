package views

import (
	"context"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// DecidableHold is a hold with what is needed to write a decision on it.
type DecidableHold struct {
	Hold
	Written string // the reference as the provider writes it, unmasked: only for the file of decisions
	NoLift  bool   // the hold cannot be lifted
}

// DecidableHolds returns the holds with the given keys, for a controller who decides: those that are open, and those whose decision a
// run took into account and that may be revised. Keys that are neither any more are left out.
func (v *Views) DecidableHolds(ctx context.Context, scope Scope, keys []HoldKey) ([]DecidableHold, error) {
	if scope.Role != Controller {
		return nil, ErrNotThere
	}
	var asked []DecidableHold
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
			if rest := without(part, list); len(rest) > 0 {
				decided, err := tx.DecidedOf(ctx, asKeys(rest))
				if err != nil {
					return err
				}
				revisable, err := settled(ctx, tx, run, decided)
				if err != nil {
					return err
				}
				list, holds = append(list, decided...), append(holds, revisable...)
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
				asked = append(asked, DecidableHold{Hold: hold, Written: written[hold.Nr], NoLift: rule != nil && rule.NoLift})
			}
		}
		return nil
	})
	return asked, err
}

// without returns the keys that are not in list.
func without(keys []HoldKey, list []ledger.OpenHold) []HoldKey {
	return slices.DeleteFunc(slices.Clone(keys), func(key HoldKey) bool {
		return slices.ContainsFunc(list, func(hold ledger.OpenHold) bool { return hold.Record == key.Nr && hold.Code == key.Code })
	})
}

// settled returns the holds whose decision a run took into account and that may be revised, since the row still has their
// code.
func settled(ctx context.Context, tx *ledger.Tx, run ledger.Run, decided []ledger.OpenHold) ([]Hold, error) {
	refs := make([]ledger.RowRef, len(decided))
	for i, of := range decided {
		refs[i] = ledger.RowRef{Record: of.Record, BSN: of.BSN}
	}
	rows, err := tx.RowsByID(ctx, run, refs)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	keys := make([]billing.RecordKey, len(rows))
	for i, row := range rows {
		keys[i] = billing.RecordKeyOf(row.Provider, row.Reference)
	}
	decisions, err := tx.DecisionsOn(ctx, keys)
	if err != nil {
		return nil, err
	}
	var holds []Hold
	clients := tx.ClientNumbers(ctx)
	for _, of := range decided {
		at := slices.IndexFunc(rows, func(row *ledger.JudgedRow) bool { return row.Record.ID == of.Record })
		if at < 0 || !slices.Contains(strings.Fields(rows[at].Codes), of.Code.String()) {
			continue
		}
		row := rows[at]
		hold := Hold{
			HoldKey: HoldKey{of.Record, of.Code}, Version: row.Record.Version, Provider: row.Provider, Municipality: row.Municipality, Product: row.Product, Date: row.Record.First,
			Unit: row.Unit, Quantity: row.Quantity, Settled: true,
		}
		if hold.Reference, err = clients.MaskOf(bsn.Shown(row.Reference), row.BSN); err != nil {
			return nil, err
		}
		for _, decision := range decisions[keys[at]] {
			if decision.IsOn(row.Record) && decision.Code == of.Code {
				hold.Decided = decision.Word
			}
		}
		holds = append(holds, hold)
	}
	return holds, nil
}

// AllKeys returns the keys of the holds that a filter leaves, at most most, largest amount first.
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
