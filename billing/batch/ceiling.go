package batch

import (
	"context"
	"strconv"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// signalCeilings signals C05: what was declared on each contract with a ceiling, by the calendar years that
// this declaration touches, from the warning percentage on. It returns all of these contracts.
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
	signals := tx.SignalWriter(input.Period)
	for _, ceiling := range ceilings {
		if !ceiling.Reaches(input.Policy.CeilingWarning) {
			continue
		}
		contract := ceiling.Contract()
		err := signals.Put(ctx, ledger.Signal{Code: billing.C05, Provider: ceiling.Provider, Subject: contract, Values: []string{
			contract, strconv.FormatInt(int64(ceiling.Declared), 10), strconv.Itoa(ceiling.Year), strconv.Itoa(ceiling.Percentage()),
			strconv.FormatInt(int64(ceiling.Limit), 10),
		}})
		if err != nil {
			return nil, err
		}
	}
	return ceilings, signals.Flush(ctx)
}
