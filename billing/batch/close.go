package batch

import (
	"context"
	"fmt"

	"github.com/pxq-nl/pxq/billing/ledger"
)

// Close makes the declaration of a period final. It is refused when the month is not over, when something
// came in after the last run, when the period is not the one after the last closed one, or has no run.
func (b *Batch) Close(ctx context.Context, order RunInput) (ledger.Run, error) {
	run, err := b.closable(ctx, order)
	if err != nil {
		return ledger.Run{}, err
	}
	head := ledger.ChainStart
	if closed, ok, err := b.Store.LastClosed(ctx); err != nil {
		return ledger.Run{}, err
	} else if ok {
		head = closed.Head
	}
	err = b.Store.Write(ctx, func(tx *ledger.Tx) error {
		closed, err := tx.Close(ctx, run, order.AsOf, head)
		if err != nil {
			return err
		}
		run = closed
		return tx.KeepBook(ctx, run, order.Book, order.Policy)
	})
	return run, err
}

// closable gives the run that can be closed, or why it cannot.
func (b *Batch) closable(ctx context.Context, order RunInput) (ledger.Run, error) {
	period := order.Period
	closed, anyClosed, err := b.Store.LastClosed(ctx)
	if err != nil {
		return ledger.Run{}, err
	}
	switch {
	case anyClosed && period <= closed.Month():
		return ledger.Run{}, refuse("Periode %s is al afgesloten.", "Period %s is closed already.", period)
	case anyClosed && period != closed.Month().Add(1):
		return ledger.Run{}, refuse("Periode %s kan nog niet worden afgesloten: na %s komt eerst %s.", "Period %s cannot be closed yet: after %s comes %s.",
			period, closed.Month(), closed.Month().Add(1))
	case order.AsOf <= period.Last():
		return ledger.Run{}, refuse("Periode %s is op %s nog niet voorbij. Sluit af na %s.", "Period %s is not over on %s. Close it after %s.",
			period, order.AsOf, period.Last())
	}
	run, ran, err := b.Store.LastRun(ctx)
	if err != nil {
		return ledger.Run{}, err
	}
	if !ran || run.Month() != period {
		return ledger.Run{}, refuse("Periode %s heeft geen laatste run. Doe eerst ‘pxq run --period %[1]s’.", "Period %s has no last run. First do “pxq run --period %[1]s”.", period)
	}
	inputs, err := b.inputs(ctx, order)
	if err != nil {
		return ledger.Run{}, err
	}
	changed, err := b.Store.ChangedClients(ctx)
	if err != nil {
		return ledger.Run{}, err
	}
	if changed > 0 || inputs != run.Inputs {
		return ledger.Run{}, refuse("Na de laatste run van %s is er nog iets binnengekomen of gewijzigd (bestand, toewijzing, besluit, contractenboek of beleid). Doe eerst ‘pxq run --period %[1]s’ en bekijk de uitkomst.",
			"After the last run of %s something came in or changed (a file, a referral, a decision, the contract book or the policy). First do “pxq run --period %[1]s” and look at the result.", period)
	}
	return run, nil
}

func refuse(dutch, english string, values ...any) *ledger.Problem {
	return &ledger.Problem{Dutch: fmt.Sprintf(dutch, values...), English: fmt.Sprintf(english, values...)}
}

// SettingOf gives what a run is shown with: of a closed one the book and the policy that were kept at its close.
func (b *Batch) SettingOf(ctx context.Context, run ledger.Run, setting Setting) (Setting, error) {
	if !run.Closed() {
		return setting, nil
	}
	book, policy, ok, err := b.Store.Book(ctx, run)
	if err != nil || !ok {
		return setting, err
	}
	setting.Book, setting.Policy, setting.Fingerprint = book, policy, run.Book
	return setting, nil
}
