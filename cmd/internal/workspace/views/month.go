package views

import (
	"cmp"
	"context"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/report"
)

// PeriodState is a period with the result of its last run.
type PeriodState struct {
	Period   billing.Period
	Run      int64
	Closed   bool
	ClosedOn billing.Date
	AsOf     billing.Date
	Head     string
	Amount   billing.Money
	Lines    int
}

// Periods returns the periods that were run, newest first, with the amounts that the scope may see.
func (v *Views) Periods(ctx context.Context, scope Scope) ([]PeriodState, error) {
	var periods []PeriodState
	err := v.store.Read(ctx, func(tx *ledger.Tx) error {
		runs, err := tx.Runs(ctx)
		if err != nil {
			return err
		}
		seen := make(map[int32]bool)
		for _, run := range slices.Backward(runs) {
			if seen[run.Period] {
				continue
			}
			seen[run.Period] = true
			state := PeriodState{Period: run.Month(), Run: run.ID, Closed: run.Closed(), ClosedOn: run.ClosedOn, AsOf: run.AsOf}
			if scope.Role == Region {
				state.Head = run.Head
			}
			if kept, err := v.summaryOf(ctx, tx, run); err != nil {
				return err
			} else if kept != nil {
				for _, line := range kept.Lines {
					if scope.seesRow(line.Provider, line.Municipality) {
						state.Amount += line.Amount
						state.Lines += line.Lines
					}
				}
			}
			periods = append(periods, state)
		}
		return nil
	})
	slices.SortFunc(periods, func(a, b PeriodState) int { return cmp.Compare(b.Period, a.Period) })
	return periods, err
}

// summaryOf returns the summary that a run stored for the pages, cached if it was read before; nil when there is none.
func (v *Views) summaryOf(ctx context.Context, tx *ledger.Tx, run ledger.Run) (*report.PageSummary, error) {
	v.mutex.Lock()
	kept := v.summaries[run.ID]
	v.mutex.Unlock()
	if kept != nil && kept.Closed() == run.Closed() && kept.Inputs == run.Inputs {
		return kept, nil
	}
	kept, err := report.PageSummaryOf(ctx, tx, run)
	if err != nil || kept == nil {
		return nil, err
	}
	v.mutex.Lock()
	defer v.mutex.Unlock()
	const most = 36
	if len(v.summaries) > most {
		clear(v.summaries)
	}
	v.summaries[run.ID] = kept
	return kept, nil
}

// Month is the totals of a period that a scope may see.
type Month struct {
	State          PeriodState
	Before         *Month // the previous period; nil when it was not run
	Outcomes       map[billing.Outcome]report.Sum
	Again          int                  // rows that repeat earlier ones
	Received       []report.ReceivedSum // by day
	Reasons        []report.Reason      // largest amount first
	Municipalities []Party
	Providers      []Party
	Products       []ProductSum
	Kinds          map[billing.LineKind]report.Sum
	Declared       billing.Money
	Lines          int
	ToPay          billing.Money
	Payments       []report.Payment
	Ceilings       []billing.Ceiling
	Causes         []report.CauseSum
	Summary        *report.PageSummary // for the region only; nil for others
	NotSent        []report.NotSent    // declarations that count as never sent: all for the region, for a provider its own
}

// Party is the totals of a provider or municipality.
type Party struct {
	Code                     string
	Accepted, Held, Rejected report.Sum
	Declared                 billing.Money
}

// ProductSum is what was declared of a product in a unit.
type ProductSum struct {
	Product  string
	Unit     billing.Unit
	Quantity billing.Quantity
	Amount   billing.Money
	Lines    int
}

// Only narrows totals to one provider, municipality, or both; "" leaves all that the scope may see.
type Only struct{ Provider, Municipality string }

// Month returns the totals of a period; the zero period means the newest.
func (v *Views) Month(ctx context.Context, scope Scope, period billing.Period, only Only) (*Month, error) {
	if scope.Role == Administrator {
		return nil, ErrNotThere
	}
	var month *Month
	err := v.store.Read(ctx, func(tx *ledger.Tx) error {
		run, ok, err := runOf(ctx, tx, period)
		if err != nil {
			return err
		}
		if !ok {
			return ErrNotThere
		}
		if month, err = v.monthOf(ctx, tx, run, scope, only); err != nil {
			return err
		}
		if month.NotSent, err = v.notSentIn(ctx, tx, run, scope, only); err != nil {
			return err
		}
		before, ok, err := tx.RunOf(ctx, run.Month().Add(-1))
		if err != nil || !ok {
			return err
		}
		month.Before, err = v.monthOf(ctx, tx, before, scope, only)
		return err
	})
	if err != nil {
		return nil, err
	}
	return month, nil
}

// notSentIn returns the declarations that count as never sent: for a provider its own, for the region all, without their
// findings.
func (v *Views) notSentIn(ctx context.Context, tx *ledger.Tx, run ledger.Run, scope Scope, only Only) (list []report.NotSent, err error) {
	if scope.Role != Region && scope.Role != Provider || only.Municipality != "" {
		return nil, nil
	}
	all, err := v.reporter().NotSentIn(ctx, tx, run)
	for _, message := range all {
		switch {
		case only.Provider != "" && only.Provider != message.Provider:
		case scope.Role == Provider && scope.has(message.Provider):
			list = append(list, message)
		case scope.Role == Region:
			list = append(list, report.NotSent{Provider: message.Provider, Municipality: message.Municipality, Prestaties: message.Prestaties, Claimed: message.Claimed})
		}
	}
	return list, err
}

func runOf(ctx context.Context, tx *ledger.Tx, period billing.Period) (ledger.Run, bool, error) {
	if period.IsZero() {
		return tx.LastRun(ctx)
	}
	return tx.RunOf(ctx, period)
}

func (v *Views) monthOf(ctx context.Context, tx *ledger.Tx, run ledger.Run, scope Scope, only Only) (*Month, error) {
	kept, err := v.summaryOf(ctx, tx, run)
	if err != nil {
		return nil, err
	}
	if kept == nil {
		kept = &report.PageSummary{Run: run.ID, Period: run.Month(), AsOf: run.AsOf}
	}
	return v.fold(kept, scope, only), nil
}

// sees reports whether totals of a provider and municipality are within the scope and o.
func (o Only) sees(scope Scope, provider, municipality string) bool {
	return scope.seesRow(provider, municipality) && (o.Provider == "" || o.Provider == provider) && (o.Municipality == "" || o.Municipality == municipality)
}
