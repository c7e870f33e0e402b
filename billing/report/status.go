package report

import (
	"context"
	"math"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// Status is the state of a workspace.
type Status struct {
	Periods   []PeriodStatus
	Providers []ProviderStatus // since the last close
	Missing   []string         // providers that had lines in the last closed period and sent nothing since
	Unsent    []string         // providers whose rows came only from files that pxq read again by itself
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

// ProviderStatus counts the rows of a provider: those that came in since the last close, and earlier ones that are
// held or whose outcome changed since. Received − Again + Earlier = Accepted + Held + Rejected + Other + Unseen.
type ProviderStatus struct {
	Provider                 string
	Received                 int // since the last close
	Again                    int // of Received, those already received, which change nothing
	Earlier                  int // rows that came in before the last close
	Accepted, Held, Rejected int
	Other                    int // pending, replaced or withdrawn
	Unseen                   int // not yet judged by any run
}

// OnlyAgain returns the providers that since the last close sent only rows already received, in order.
func (s *Status) OnlyAgain() []string {
	var providers []string
	for i := range s.Providers {
		if sent := &s.Providers[i]; sent.Provider != "" && sent.Again > 0 && sent.Again == sent.Received && !slices.Contains(s.Unsent, sent.Provider) {
			providers = append(providers, sent.Provider)
		}
	}
	return providers
}

// Status returns the status of the workspace; fingerprint is that of the current book and policy.
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
			Period: run.Month(), Closed: run.Closed(), ClosedOn: run.ClosedOn, Head: run.Head, Declared: declared, Lines: lines,
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
	if err := countRows(ctx, tx, runs, since, at); err != nil {
		return err
	}
	received := make(map[string]ledger.Received)
	for _, count := range counts {
		s.Providers = append(s.Providers, *count)
		if count.Received > 0 {
			received[count.Provider] = ledger.Received{Kept: count.Received - count.Again, Again: count.Again}
		}
	}
	slices.SortFunc(s.Providers, func(a, b ProviderStatus) int { return strings.Compare(a.Provider, b.Provider) })
	if s.Unsent, err = unsent(ctx, tx, since, ledger.SoFar, received); err != nil {
		return err
	}
	s.Missing, err = missing(ctx, tx, since, received, s.Unsent)
	return err
}

// countRows counts the rows of providers since a close. The last run has stored the counts of the rows it judged, so only the
// rows that came in after it are counted in the store. All rows are counted if a file was taken back since, or the run has
// stored no counts.
func countRows(ctx context.Context, tx *ledger.Tx, runs []ledger.Run, since ledger.Since, at func(provider string) *ProviderStatus) error {
	seen, err := summarySince(ctx, tx, runs, since)
	if err != nil {
		return err
	}
	last := ledger.Run{}
	if len(runs) > 0 {
		last = runs[len(runs)-1]
	}
	var received map[string]ledger.Received // rows counted in the store
	if seen != nil {
		received, err = tx.ReceivedAfter(ctx, last.LastFile, ledger.SoFar)
	} else {
		received, err = tx.ReceivedSince(ctx, since, last, ledger.SoFar)
	}
	if err != nil {
		return err
	}
	for provider, rows := range received {
		sum := at(provider)
		sum.Received, sum.Again, sum.Unseen = rows.Kept+rows.Again, rows.Again, rows.Kept
	}
	switch {
	case seen != nil:
		countSeen(seen, at)
		return nil
	case len(runs) == 0:
		return nil
	}
	rows, err := tx.RowTotals(ctx, last, since, 0)
	for i := range rows.Rows {
		if row := &rows.Rows[i]; !row.TakenBack {
			sum := at(row.Provider)
			if !row.Earlier {
				sum.Unseen -= row.Rows
			}
			sum.count(row.Outcome, row.Rows, row.Earlier)
		}
	}
	return err
}

// countSeen adds the counts that the last run stored.
func countSeen(seen *PageSummary, at func(provider string) *ProviderStatus) {
	for _, again := range seen.Again {
		sum := at(again.Provider)
		sum.Received, sum.Again = sum.Received+again.Rows, sum.Again+again.Rows
	}
	for i := range seen.Rows {
		rows := &seen.Rows[i]
		sum := at(rows.Provider)
		if !rows.Earlier {
			sum.Received += rows.Count
		}
		sum.count(rows.Outcome, rows.Count, rows.Earlier)
	}
}

// summarySince returns the page summary of the last run, if that was made since the close and is still up to date; else nil.
func summarySince(ctx context.Context, tx *ledger.Tx, runs []ledger.Run, since ledger.Since) (*PageSummary, error) {
	if len(runs) == 0 || runs[len(runs)-1].ID <= since.Closed {
		return nil, nil
	}
	last := runs[len(runs)-1]
	if back, err := tx.TakenBackAfter(ctx, last.ID); err != nil || back {
		return nil, err
	}
	return PageSummaryOf(ctx, tx, last)
}

func (p *ProviderStatus) count(outcome billing.Outcome, rows int, earlier bool) {
	if earlier {
		p.Earlier += rows
	}
	switch outcome {
	case billing.Accepted:
		p.Accepted += rows
	case billing.Held:
		p.Held += rows
	case billing.Rejected:
		p.Rejected += rows
	default:
		p.Other += rows
	}
}
