package batch

import (
	"context"
	"fmt"
	"runtime"
	"sync"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// RunInput says what is to be judged and with what.
type RunInput struct {
	Period      billing.Period
	AsOf        billing.Date
	Book        *billing.Book
	Policy      billing.Policy
	Fingerprint string // of the book and the policy
}

// Judged says what a run did.
type Judged struct {
	Run       ledger.Run
	Unchanged bool // nothing came in since the last run of this period: it stands as it was
	Clients   int  // judged
	Records   int  // judged
}

// Run judges the clients of whom anything changed, or everyone after a change of book or policy, declares the
// difference with the ledger, and keeps what changed, in one transaction.
func (b *Batch) Run(ctx context.Context, order RunInput) (*Judged, error) {
	last, ran, err := b.Store.LastRun(ctx)
	if err != nil {
		return nil, err
	}
	if err := b.refusePeriod(ctx, order.Period); err != nil {
		return nil, err
	}
	inputs, err := b.inputs(ctx, order)
	if err != nil {
		return nil, err
	}
	changed, err := b.Store.ChangedClients(ctx)
	if err != nil {
		return nil, err
	}
	if ran && !last.Closed() && last.Month() == order.Period && last.Inputs == inputs && changed == 0 && !order.afterTheMonth(last) {
		return &Judged{Run: last, Unchanged: true}, nil
	}
	judged := &Judged{}
	everyone := !ran || last.Book != order.Fingerprint || last.Program != b.Program || last.Month().Year() != order.Period.Year()
	err = b.Store.Write(ctx, func(tx *ledger.Tx) error {
		*judged = Judged{Run: ledger.Run{
			Period: int32(order.Period), AsOf: int32(order.AsOf), Inputs: inputs, Book: order.Fingerprint, Program: b.Program,
		}}
		return b.judgeAll(ctx, tx, order, everyone, judged)
	})
	if err != nil {
		return nil, err
	}
	return judged, nil
}

// inputs is the fingerprint of what a run judges.
func (b *Batch) inputs(ctx context.Context, order RunInput) (string, error) {
	files, err := b.Store.FilesAfter(ctx, 0)
	if err != nil {
		return "", err
	}
	last := int64(0)
	if len(files) > 0 {
		last = files[len(files)-1].ID
	}
	came := fmt.Sprint(last)
	if back := withdrawnFiles(files); back > 0 {
		came += fmt.Sprintf("-%d", back)
	}
	return fmt.Sprintf("%s/%s/%s", order.Fingerprint, came, b.Program), nil
}

// refusePeriod refuses a period that is closed, or that lies before a closed one.
func (b *Batch) refusePeriod(ctx context.Context, period billing.Period) error {
	closed, ok, err := b.Store.LastClosed(ctx)
	if err != nil || !ok || period > closed.Month() {
		return err
	}
	return &ledger.Problem{
		Dutch: fmt.Sprintf("Periode %s is afgesloten of ligt voor de laatst afgesloten periode (%s) en wordt niet opnieuw berekend. Kies een latere periode; wat later binnenkomt, wordt daarin verrekend.",
			period, closed.Month()),
		English: fmt.Sprintf("Period %s is closed or lies before the last closed period (%s) and is not computed again. Choose a later period; what comes in later is settled there.",
			period, closed.Month()),
	}
}

// judgement is a client with what it came to.
type judgement struct {
	docket *ledger.StoredClient
	*billing.Judgement
}

func (b *Batch) judgeAll(ctx context.Context, tx *ledger.Tx, order RunInput, everyone bool, judged *Judged) error {
	var err error
	if judged.Run.LastFile, err = tx.LastFileID(ctx); err != nil {
		return err
	}
	if judged.Run.ID, err = tx.AddRun(ctx, judged.Run); err != nil {
		return err
	}
	run := &billing.Run{Period: order.Period, Book: order.Book, Policy: order.Policy, Catalogue: b.Catalogue}
	clients, err := tx.ClientReader(ctx, everyone)
	if err != nil {
		return err
	}
	writer, err := newWriter(ctx, tx, judged.Run.ID, order)
	if err != nil {
		return err
	}
	var pending func() ([]judgement, error)
	for {
		dockets, err := clients.Next(ctx) // while the chunk before it is being judged
		if err != nil {
			return err
		}
		if pending != nil {
			results, err := pending()
			if err != nil {
				return err
			}
			if err := writer.put(ctx, results); err != nil {
				return err
			}
			judged.Clients += len(results)
			records := 0
			for _, result := range results {
				records += len(result.Cases)
			}
			judged.Records += records
			b.Progress.done(records)
		}
		if len(dockets) == 0 {
			break
		}
		pending = judgeChunk(run, dockets)
	}
	if err := writer.flush(ctx); err != nil {
		return err
	}
	if err := b.signalCeilings(ctx, tx, order); err != nil {
		return err
	}
	return accounted(ctx, tx)
}

// judgeChunk judges clients on all cores and gives a function that waits for the results, in order.
func judgeChunk(run *billing.Run, dockets []*ledger.StoredClient) func() ([]judgement, error) {
	results := make([]judgement, len(dockets))
	problems := make([]error, len(dockets))
	var next sync.Mutex
	at := 0
	var working sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		working.Go(func() {
			for {
				next.Lock()
				i := at
				at++
				next.Unlock()
				if i >= len(dockets) {
					return
				}
				client := dockets[i].Client
				results[i] = judgement{dockets[i], run.Judge(client)}
				problems[i] = run.Balanced(results[i].Judgement, client.Ledger)
			}
		})
	}
	return func() ([]judgement, error) {
		working.Wait()
		for _, err := range problems {
			if err != nil {
				return nil, err
			}
		}
		return results, nil
	}
}

// accounted checks that nothing was lost: every row kept has one outcome, every file its rows.
func accounted(ctx context.Context, tx *ledger.Tx) error {
	rows, files, err := tx.Unaccounted(ctx)
	if err != nil {
		return err
	}
	if rows != 0 || files != 0 {
		return &ledger.Problem{
			Dutch:   fmt.Sprintf("De aansluiting klopt niet: %d regels zonder uitkomst, %d bestanden met een ander aantal regels. Er is niets gewijzigd. Meld dit als fout in pxq.", rows, files),
			English: fmt.Sprintf("The reconciliation does not hold: %d rows without an outcome, %d files with another number of rows. Nothing was changed. Report this as a defect of pxq.", rows, files),
		}
	}
	return nil
}
