package report

import (
	"context"
	"math"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// Status says where a workspace stands.
type Status struct {
	Periods   []PeriodStatus
	Providers []ProviderStatus // since the last close
	Missing   []string         // had lines in the last closed period and sent nothing since
	Stale     bool             // something came in or changed since the last run
}

// PeriodStatus is the last run of a period.
type PeriodStatus struct {
	Period   billing.Period
	Closed   bool
	ClosedOn billing.Date
	Head     string
	Declared billing.Money
	Lines    int
}

// ProviderStatus counts the rows of a provider as the last run left them; rows that no run saw are Received
// only.
type ProviderStatus struct {
	Provider                           string
	Received, Accepted, Held, Rejected int
}

// Status returns where the workspace stands; fingerprint is of the book and policy as they are now.
func (r *Reporter) Status(ctx context.Context, fingerprint string) (*Status, error) {
	status := &Status{}
	err := r.Store.Read(ctx, func(tx *ledger.Tx) error {
		runs, err := tx.Runs(ctx)
		if err != nil {
			return err
		}
		if err := status.addPeriods(ctx, tx, runs); err != nil {
			return err
		}
		if status.Stale, err = r.stale(ctx, tx, runs, fingerprint); err != nil {
			return err
		}
		return status.addProviders(ctx, tx, runs)
	})
	return status, err
}

// addPeriods adds the last run of each period.
func (s *Status) addPeriods(ctx context.Context, tx *ledger.Tx, runs []ledger.Run) error {
	seen := make(map[int32]bool)
	for _, run := range slices.Backward(runs) {
		if seen[run.Period] {
			continue
		}
		seen[run.Period] = true
		lines, declared, err := tx.DeclaredTotal(ctx, run)
		if err != nil {
			return err
		}
		s.Periods = append(s.Periods, PeriodStatus{
			Period: run.Month(), Closed: run.Closed(), ClosedOn: billing.Date(run.ClosedOn), Head: run.Head, Declared: declared, Lines: lines,
		})
	}
	slices.SortFunc(s.Periods, func(a, b PeriodStatus) int { return int(a.Period - b.Period) })
	return nil
}

// stale reports whether something came in or changed since the last run.
func (r *Reporter) stale(ctx context.Context, tx *ledger.Tx, runs []ledger.Run, fingerprint string) (bool, error) {
	if len(runs) == 0 {
		return false, nil
	}
	changed, err := tx.ChangedClients(ctx)
	last := runs[len(runs)-1]
	if err != nil || changed > 0 || last.Closed() {
		return changed > 0, err
	}
	inputs, err := tx.Inputs(ctx, fingerprint, r.Program)
	return inputs != last.Inputs, err
}

// addProviders counts the rows since the last close by provider.
func (s *Status) addProviders(ctx context.Context, tx *ledger.Tx, runs []ledger.Run) error {
	since, err := tx.SinceClose(ctx, math.MaxInt64)
	if err != nil {
		return err
	}
	counts := make(map[string]*ProviderStatus)
	at := func(provider string) *ProviderStatus {
		if counts[provider] == nil {
			counts[provider] = &ProviderStatus{Provider: provider}
		}
		return counts[provider]
	}
	received, err := tx.ReceivedAfter(ctx, since.LastFile)
	if err != nil {
		return err
	}
	for provider, rows := range received {
		at(provider).Received = rows
	}
	if len(runs) > 0 {
		rows, err := tx.RowTotals(ctx, runs[len(runs)-1], since)
		if err != nil {
			return err
		}
		for _, row := range rows {
			at(row.Provider).count(row.Outcome, row.Rows)
		}
	}
	for _, count := range counts {
		s.Providers = append(s.Providers, *count)
	}
	slices.SortFunc(s.Providers, func(a, b ProviderStatus) int { return strings.Compare(a.Provider, b.Provider) })
	s.Missing, err = missing(ctx, tx, since)
	return err
}

func (p *ProviderStatus) count(outcome billing.Outcome, rows int) {
	switch outcome {
	case billing.Accepted:
		p.Accepted += rows
	case billing.Held:
		p.Held += rows
	case billing.Rejected:
		p.Rejected += rows
	}
}
