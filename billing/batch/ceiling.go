package batch

import (
	"context"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// signalCeilings stores the C05 signals of a run: for each contract with a ceiling and each calendar year that the
// declaration touches, the amount declared, if that reaches the warning percentage. It returns the ceilings of all these
// contracts.
func (b *Batch) signalCeilings(ctx context.Context, tx *ledger.Tx, input RunInput) ([]billing.Ceiling, error) {
	if err := tx.ForgetSignals(ctx, input.Period, []string{""}); err != nil {
		return nil, err
	}
	earliest, err := tx.FirstCareMonth(ctx, input.Period)
	if err != nil {
		return nil, err
	}
	first := billing.PeriodOf(earliest.Year(), 1)
	spendings, err := tx.SpendingsNow(ctx, first, input.Period, input.Book.SplitMonths(first, input.Period))
	if err != nil {
		return nil, err
	}
	ceilings := billing.Ceilings(input.Book, spendings, input.Period)
	rule, signals := b.Catalogue.Rule(billing.C05), tx.SignalWriter(input.Period)
	for i := range ceilings {
		ceiling := &ceilings[i]
		values, found := rule.Ceiling(ceiling, input.Policy)
		if !found {
			continue
		}
		err := signals.Put(ctx, ledger.Signal{Code: rule.Code, Provider: ceiling.Provider, Subject: ceiling.Contract(), Values: values})
		if err != nil {
			return nil, err
		}
	}
	return ceilings, signals.Flush(ctx)
}
