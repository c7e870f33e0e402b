package batch

import (
	"context"
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

// Status gives where the workspace stands; fingerprint is of the book and policy as they are now.
func (b *Batch) Status(ctx context.Context, fingerprint string) (*Status, error) {
	runs, err := b.Store.Runs(ctx)
	if err != nil {
		return nil, err
	}
	status := &Status{}
	latest := make(map[int32]ledger.Run)
	for _, run := range runs {
		latest[run.Period] = run
	}
	for _, run := range runs {
		if latest[run.Period].ID != run.ID {
			continue
		}
		period, err := b.periodStatus(ctx, run)
		if err != nil {
			return nil, err
		}
		status.Periods = append(status.Periods, period)
	}
	slices.SortFunc(status.Periods, func(a, b PeriodStatus) int { return int(a.Period - b.Period) })
	if err := b.stale(ctx, status, runs, fingerprint); err != nil {
		return nil, err
	}
	return status, b.providerStatus(ctx, status)
}

func (b *Batch) periodStatus(ctx context.Context, run ledger.Run) (PeriodStatus, error) {
	period := PeriodStatus{Period: run.Month(), Closed: run.Closed(), ClosedOn: billing.Date(run.ClosedOn), Head: run.Head}
	totals, err := b.Store.LineTotals(ctx, run)
	for _, total := range totals {
		period.Declared += billing.Money(total.Amount)
		period.Lines += total.Lines
	}
	return period, err
}

func (b *Batch) stale(ctx context.Context, status *Status, runs []ledger.Run, fingerprint string) error {
	changed, err := b.Store.ChangedClients(ctx)
	if err != nil {
		return err
	}
	status.Stale = changed > 0 && len(runs) > 0
	if last := len(runs) - 1; last >= 0 && !runs[last].Closed() {
		inputs, err := b.inputs(ctx, RunInput{Fingerprint: fingerprint})
		if err != nil {
			return err
		}
		status.Stale = status.Stale || inputs != runs[last].Inputs
	}
	return nil
}

// providerStatus counts the rows since the last close by provider.
func (b *Batch) providerStatus(ctx context.Context, status *Status) error {
	since := sinceClose{}
	closed, anyClosed, err := b.Store.LastClosed(ctx)
	if err != nil {
		return err
	}
	if anyClosed {
		since = sinceClose{closed.ID, closed.LastFile, closed.Month()}
	}
	counts := make(map[string]*ProviderStatus)
	at := func(provider string) *ProviderStatus {
		if counts[provider] == nil {
			counts[provider] = &ProviderStatus{Provider: provider}
		}
		return counts[provider]
	}
	received, err := b.Store.ReceivedAfter(ctx, since.lastFile)
	if err != nil {
		return err
	}
	for provider, rows := range received {
		at(provider).Received = rows
	}
	last, ran, err := b.Store.LastRun(ctx)
	if err != nil {
		return err
	}
	if ran {
		rows, err := b.Store.RowTotals(ctx, last, since.closed, since.lastFile)
		if err != nil {
			return err
		}
		for _, row := range rows {
			at(row.Provider).count(row.Outcome, row.Rows)
		}
	}
	for _, count := range counts {
		status.Providers = append(status.Providers, *count)
	}
	slices.SortFunc(status.Providers, func(a, b ProviderStatus) int { return strings.Compare(a.Provider, b.Provider) })
	if anyClosed {
		head := &ReportHead{}
		err = b.missing(ctx, head, ledger.Run{Period: int32(closed.Month().Add(1))}, since)
		status.Missing = head.Missing
	}
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
