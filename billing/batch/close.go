package batch

import (
	"context"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// Close makes the declaration of a period final. It is refused when Closable would refuse it, and when a check of the
// whole store finds a fault.
func (b *Batch) Close(ctx context.Context, input RunInput) (ledger.Run, error) {
	var run ledger.Run
	err := b.Store.Write(ctx, func(tx *ledger.Tx) error {
		last, head, err := b.closable(ctx, tx, input)
		if err != nil {
			return err
		}
		if err := b.prove(ctx, tx, last, input); err != nil {
			return err
		}
		if run, err = tx.Close(ctx, last, input.AsOf, head, input.Book, input.Policy); err != nil || b.KeepSummary == nil {
			return err
		}
		return b.KeepSummary(ctx, tx, run, nil)
	})
	if err != nil {
		return ledger.Run{}, err
	}
	return run, nil
}

// Closable returns the run whose declaration a close would make final, or as an error why the period cannot be closed:
// the month is not over or was not at its last run, it is not the month after the last closed one, it has no run,
// something came in after the run, the book lacks what closed periods depend on, or a line depends on an example.
func (b *Batch) Closable(ctx context.Context, input RunInput) (ledger.Run, error) {
	var run ledger.Run
	err := b.Store.Read(ctx, func(tx *ledger.Tx) (err error) {
		run, _, err = b.closable(ctx, tx, input)
		return err
	})
	return run, err
}

// closable does what Closable does in a transaction. It also returns the head of the chain to which the lines will be added.
func (b *Batch) closable(ctx context.Context, tx *ledger.Tx, input RunInput) (run ledger.Run, head string, err error) {
	if head, err = b.nextToClose(ctx, tx, input); err != nil {
		return run, head, err
	}
	if run, err = b.upToDate(ctx, tx, input); err != nil {
		return run, head, err
	}
	return run, head, refuseExamples(ctx, tx, run, input)
}

// nextToClose returns the head of the chain of closed periods, or an error if the period is not the next to be closed.
func (b *Batch) nextToClose(ctx context.Context, tx *ledger.Tx, input RunInput) (head string, err error) {
	period := input.Period
	closed, anyClosed, err := tx.LastClosed(ctx)
	if err != nil {
		return "", err
	}
	switch {
	case anyClosed && period <= closed.Month():
		return "", ledger.Refuse("Periode %s is al afgesloten.", "Period %s is already closed.", period)
	case anyClosed && period != closed.Month().Add(1):
		return "", ledger.Refuse("Periode %s kan nog niet worden afgesloten: na %s komt eerst %s.", "Period %s cannot be closed yet: after %s comes %s.",
			period, closed.Month(), closed.Month().Add(1))
	case input.AsOf <= period.Last():
		return "", ledger.Refuse("Periode %s is op %s nog niet voorbij. Sluit af na %s.", "Period %s is not over on %s. Close it after %s.",
			period, input.AsOf.Dutch(), period.Last().Dutch())
	case anyClosed:
		return closed.Head, nil
	}
	return ledger.ChainStart, nil
}

// upToDate returns the last run, or an error if its declaration is not that of the whole month with all that came in.
func (b *Batch) upToDate(ctx context.Context, tx *ledger.Tx, input RunInput) (ledger.Run, error) {
	run, ran, err := tx.LastRun(ctx)
	if err != nil {
		return ledger.Run{}, err
	}
	if !ran {
		return ledger.Run{}, ledger.Refuse("Er is nog geen run. Doe eerst ‘pxq run --period %s’.", "There is no run yet. First do “pxq run --period %s”.", input.Period)
	}
	if run.Month() != input.Period { // whether an earlier run of this month is still up to date cannot be known
		return ledger.Run{}, ledger.Refuse("De laatste run is van %s. Doe eerst ‘pxq run --period %s’ en bekijk de uitkomst; een run van een verkeerde maand vergeet u met ‘pxq forget’.",
			"The last run is of %s. First do “pxq run --period %s” and look at the result; use “pxq forget” to forget a run of the wrong month.", run.Month(), input.Period)
	}
	if err := refuseLosses(ctx, tx, input.Book); err != nil {
		return ledger.Run{}, err
	}
	inputs, err := tx.Inputs(ctx, input.Fingerprint, b.Program)
	if err != nil {
		return ledger.Run{}, err
	}
	changed, err := tx.ChangedClients(ctx)
	if err != nil {
		return ledger.Run{}, err
	}
	if changed > 0 || inputs != run.Inputs {
		return ledger.Run{}, ledger.Refuse("Na de laatste run van %s is er nog iets binnengekomen of gewijzigd (bestand, toewijzing, besluit, contractenboek of beleid). Doe eerst ‘pxq run --period %[1]s’ en bekijk de uitkomst.",
			"Since the last run of %s something was received or changed (a file, a referral, a decision, the contract book or the policy). First do “pxq run --period %[1]s” and look at the result.", input.Period)
	}
	if ran := run.AsOf; ran <= input.Period.Last() {
		return ledger.Run{}, ledger.Refuse("De laatste run van %s gold op %s, toen de maand nog niet voorbij was. Doe ‘pxq run --period %[1]s’ na %[3]s en bekijk de uitkomst.",
			"The last run of %s was as of %s, when the month was not over yet. Do “pxq run --period %[1]s” after %[3]s and look at the result.",
			input.Period, ran.Dutch(), input.Period.Last().Dutch())
	}
	return run, nil
}

// prove refuses to close a store in which verify would find a fault, and a declaration that does not follow from the rows
// that the run accepted: every line of it is computed again.
func (b *Batch) prove(ctx context.Context, tx *ledger.Tx, run ledger.Run, input RunInput) error {
	closed, err := tx.ClosedRuns(ctx)
	if err != nil {
		return err
	}
	open := &recountedMonth{id: run.ID, book: true, open: true, judge: &billing.Judge{Period: input.Period, Book: input.Book, Policy: input.Policy, Catalogue: b.Catalogue}}
	v, err := b.proveAll(ctx, &proof{tx: tx, closed: closed, open: open})
	if err != nil {
		return err
	}
	return v.refuseClose(input.Period)
}

// faultsNamed is the largest number of faults that a refusal to close names.
const faultsNamed = 5

// refuseClose returns the refusal to close a period because of faults; nil if there are none.
func (v *Verified) refuseClose(period billing.Period) error {
	if len(v.Faults) == 0 {
		return nil
	}
	var dutch, english strings.Builder
	for _, fault := range v.Faults[:min(faultsNamed, len(v.Faults))] {
		dutch.WriteString("\n  " + fault.Dutch)
		english.WriteString("\n  " + fault.English)
	}
	return ledger.Refuse("Periode %[1]s is niet afgesloten: wat bewaard is, is niet wat pxq schreef (afwijkingen: %[2]d).%[3]s\n"+
		"Kijk wie er buiten pxq om in de database schreef, zet de laatste goede reservekopie terug en doe ‘pxq run --period %[1]s’. ‘pxq verify’ noemt alles.",
		"Period %[1]s was not closed: what is stored is not what pxq wrote (differences: %[2]d).%[4]s\n"+
			"Find out who wrote to the database outside pxq, restore the last good backup and do “pxq run --period %[1]s”. “pxq verify” lists everything.",
		period, len(v.Faults), dutch.String(), english.String())
}
