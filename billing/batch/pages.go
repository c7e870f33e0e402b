package batch

import (
	"context"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// bars returns the function that reports whether a finding holds or rejects a record.
func bars(catalogue *billing.Catalogue) ledger.Bars {
	return func(r *billing.Record, code billing.Code) bool { return catalogue.SeverityOn(r, code) >= billing.Hold }
}

// keepForPages stores what the pages show of a run. Held and rejected rows were already stored along with their outcomes;
// if earlier runs stored none, as in an older version of the program, all of them are made here.
func (b *Batch) keepForPages(ctx context.Context, tx *ledger.Tx, run ledger.Run, ran bool, added *ledger.Added) error {
	if b.WithoutPages {
		return nil
	}
	whole, err := tx.PageTablesWhole(ctx)
	if err != nil {
		return err
	}
	switch {
	case !whole && ran:
		err = tx.RemakePageTables(ctx, bars(b.Catalogue))
	case !whole:
		err = tx.SetPageTablesWhole(ctx)
	}
	if err != nil || b.KeepSummary == nil {
		return err
	}
	return b.KeepSummary(ctx, tx, run, added)
}

// RemakeForPages rebuilds what is stored for the pages where it is missing, as after an older version of the program.
func (b *Batch) RemakeForPages(ctx context.Context) error {
	return b.Store.Write(ctx, func(tx *ledger.Tx) error {
		run, ran, err := tx.LastRun(ctx)
		if err != nil || !ran {
			return err
		}
		return b.keepForPages(ctx, tx, run, ran, nil)
	})
}

// verifyPageTables checks the page tables against the outcomes from which they follow.
func (b *Batch) verifyPageTables(ctx context.Context, p *proof, v *Verified) error {
	differ, err := p.tx.PageTablesDiffer(ctx, bars(b.Catalogue))
	for _, table := range differ {
		v.fault("Tabel %s, waaruit de pagina's lezen, is niet wat uit de uitkomsten volgt.", "Table %s, which the pages use, does not match the outcomes.", table)
	}
	return err
}

// verifySummaries checks the stored summaries of the last run and of every close by computing them again. A close does so
// only for those of which something was written since the close before it. The others were checked by the close that sealed
// them, and the seal still covers them and everything from which they follow.
func (b *Batch) verifySummaries(ctx context.Context, p *proof, v *Verified) error {
	if b.SummaryAgrees == nil {
		return nil
	}
	last, ran, err := p.tx.LastRun(ctx)
	if err != nil {
		return err
	}
	runs := slices.Clone(p.closed)
	if ran && !last.Closed() {
		runs = append(runs, last)
	}
	if p.open != nil {
		if runs, err = p.tx.SummarisedSince(ctx, p.closed, runs); err != nil {
			return err
		}
	}
	for _, run := range runs {
		agrees, err := b.SummaryAgrees(ctx, p.tx, run)
		if err != nil {
			return err
		}
		if !agrees {
			v.fault("De samenvatting van %s, waaruit de pagina's lezen, is niet wat uit zorgregels en declaratieregels volgt.", "The summary of %s, which the pages use, does not match the records and lines.", run.Month())
		}
	}
	return nil
}
