package batch

import (
	"context"
	"errors"
	"runtime"
	"sync/atomic"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/parallel"
)

// RunInput is the input of a run or a close, apart from the store.
type RunInput struct {
	Period      billing.Period
	AsOf        billing.Date
	Book        *billing.Book
	Policy      billing.Policy
	Fingerprint string // of the book and the policy

	AllowExamples bool // a close may declare on prices and contracts that are marked as examples: in a workspace for trials
}

// onceOver reports whether the month was not over yet at a run and is over now. Then it is run again, even if nothing came in,
// so that it can be closed.
func (i *RunInput) onceOver(run ledger.Run) bool {
	last := i.Period.Last()
	return run.AsOf <= last && i.AsOf > last
}

// Judged is the result of a run.
type Judged struct {
	Run       ledger.Run
	Unchanged bool // nothing came in since the last run of this period: Run is that run, and nothing was judged
	Clients   int  // number judged
	Records   int  // number judged

	before  ledger.Run    // the previous run; the zero value if there was none
	choice  ledger.Choice // which clients to judge
	total   int           // number of these clients
	newRows int           // number of judged rows that came in since the previous run
	written int           // number of outcomes written
	added   *ledger.Added // the totals of the run; nil where they are not stored
}

// Run judges the clients of whom anything changed, or everyone after a change of book or policy, declares the difference
// with the ledger, and stores what changed, in one transaction. It reports to progress how many of the clients to judge are
// done.
func (b *Batch) Run(ctx context.Context, input RunInput, progress billing.Progress) (*Judged, error) {
	var judged *Judged
	err := b.Store.Write(ctx, func(tx *ledger.Tx) (err error) {
		judged, err = b.run(ctx, tx, input, progress)
		return err
	})
	if err != nil {
		return nil, err
	}
	return judged, nil
}

func (b *Batch) run(ctx context.Context, tx *ledger.Tx, input RunInput, progress billing.Progress) (*Judged, error) {
	if err := refusePeriod(ctx, tx, input.Period); err != nil {
		return nil, err
	}
	if err := refuseLosses(ctx, tx, input.Book); err != nil {
		return nil, err
	}
	last, ran, err := tx.LastRun(ctx)
	if err != nil {
		return nil, err
	}
	inputs, err := tx.Inputs(ctx, input.Fingerprint, b.Program)
	if err != nil {
		return nil, err
	}
	changed, err := tx.ChangedClients(ctx)
	if err != nil {
		return nil, err
	}
	if ran && !last.Closed() && last.Month() == input.Period && last.Inputs == inputs && changed == 0 && !input.onceOver(last) {
		return &Judged{Run: last, Unchanged: true}, nil
	}
	judged := &Judged{before: last, choice: b.choice(input, last, ran), Run: ledger.Run{
		Period: int32(input.Period), AsOf: input.AsOf, Inputs: inputs, Book: input.Fingerprint, Program: b.Program,
	}}
	if err := b.judge(ctx, tx, input, judged, progress); err != nil {
		return nil, err
	}
	if err := refuseUnaccounted(ctx, tx, judged); err != nil {
		return nil, err
	}
	return judged, b.keepForPages(ctx, tx, judged.Run, ran, judged.added)
}

// judge adds the run to the store, and judges the messages, the chosen clients and the ceilings.
func (b *Batch) judge(ctx context.Context, tx *ledger.Tx, input RunInput, judged *Judged, progress billing.Progress) (err error) {
	if judged.Run.LastFile, err = tx.LastFileID(ctx); err != nil {
		return err
	}
	if judged.Run.ID, err = tx.AddRun(ctx, judged.Run); err != nil {
		return err
	}
	judgedMessages, err := b.judgeMessages(ctx, tx, input, judged.Run.ID)
	if err != nil {
		return err
	}
	clients, err := b.clientsOf(ctx, tx, judged.choice, judgedMessages)
	if err != nil {
		return err
	}
	defer clients.end()
	if judged.total, err = tx.CountClients(ctx, judged.choice); err != nil {
		return err
	}
	if err := b.judgeAll(ctx, tx, input, clients, judged, progress); err != nil {
		return err
	}
	ceilings, err := b.signalCeilings(ctx, tx, input)
	if judged.added != nil {
		judged.added.Ceilings = ceilings
	}
	return err
}

// choice returns which clients a run judges. A judgement depends only on the period, the book, the policy and what is known of
// the client. So if these are the same as in the previous run, only clients of whom something changed can be judged differently.
func (b *Batch) choice(input RunInput, last ledger.Run, ran bool) ledger.Choice {
	switch {
	case !ran || last.Book != input.Fingerprint || last.Program != b.Program || last.Month().Year() != input.Period.Year() || last.Month() > input.Period:
		return ledger.Everyone
	case last.Month() == input.Period && !last.Closed():
		return ledger.Changed
	}
	return ledger.Unfinished
}

// refusePeriod refuses a period that is closed, or that lies before a closed one.
func refusePeriod(ctx context.Context, tx *ledger.Tx, period billing.Period) error {
	closed, ok, err := tx.LastClosed(ctx)
	if err != nil || !ok || period > closed.Month() {
		return err
	}
	return ledger.Refuse("Periode %s is afgesloten of ligt voor de laatst afgesloten periode (%s) en wordt niet opnieuw berekend. Kies een latere periode; wat later binnenkomt, wordt daarin verrekend.",
		"Period %s is closed or is before the last closed period (%s) and is not computed again. Choose a later period; what is received later is settled there.",
		period, closed.Month())
}

// judgement is a client as stored, with its new judgement.
type judgement struct {
	stored *ledger.StoredClient
	*billing.Judgement
}

// judgeAll judges the clients chunk by chunk. The next chunk is read, and the previous one written, while one is judged.
func (b *Batch) judgeAll(ctx context.Context, tx *ledger.Tx, input RunInput, clients *clientStream, judged *Judged, progress billing.Progress) error {
	writer, err := newWriter(ctx, tx, judged, input, b.Catalogue)
	if err != nil {
		return err
	}
	if b.WithoutPages {
		writer.pages = nil
	} else if err := tx.ClearPageTablesUnlessWhole(ctx); err != nil {
		return err
	}
	if b.KeepSummary != nil && !b.WithoutPages {
		if writer.totals, err = newTotals(ctx, tx, judged, input.Policy); err != nil {
			return err
		}
	}
	judge := &billing.Judge{Period: input.Period, Book: input.Book, Policy: input.Policy, Catalogue: b.Catalogue}
	wait := func() ([]judgement, error) { return nil, nil }
	for {
		next, err := clients.next()
		if err != nil {
			return errors.Join(err, discard(wait))
		}
		results, err := wait()
		if err == nil {
			err = judgeWhole(ctx, tx, judge, results)
		}
		if err != nil {
			return err
		}
		if len(next) > 0 {
			wait = judgeChunk(judge, next)
		}
		if err := writer.put(ctx, results); err != nil {
			return errors.Join(err, discard(wait))
		}
		judged.count(results)
		progress.Report(billing.Step{Done: judged.Clients, Total: judged.total, Rows: judged.Records})
		if len(next) == 0 {
			judged.newRows, judged.written, judged.added = writer.newRows, writer.outcomes.Written, writer.totals.added()
			return writer.flush(ctx)
		}
	}
}

// judgeWhole judges the clients that need it (NeedsWhole) again, together with their care at rest.
func judgeWhole(ctx context.Context, tx *ledger.Tx, judge *billing.Judge, results []judgement) error {
	for i := range results {
		if !results[i].NeedsWhole {
			continue
		}
		whole, err := tx.ClientOf(ctx, results[i].BSN)
		if err != nil {
			return err
		}
		results[i] = judgement{whole, judge.Judge(whole.Client)}
		if err := judge.Balanced(results[i].Judgement, whole.Client.Ledger); err != nil {
			return err
		}
	}
	return nil
}

// discard waits for judging that is still under way; its results are discarded.
func discard(wait func() ([]judgement, error)) error {
	_, err := wait()
	return err
}

func (j *Judged) count(results []judgement) {
	j.Clients += len(results)
	for _, result := range results {
		j.Records += len(result.Cases)
	}
}

// judgeChunk judges clients on all cores and returns a function that waits for the results, in order.
func judgeChunk(judge *billing.Judge, clients []*ledger.StoredClient) (wait func() ([]judgement, error)) {
	results := make([]judgement, len(clients))
	judging, _ := parallel.New(context.Background())
	var next atomic.Int64
	for range runtime.GOMAXPROCS(0) {
		judging.Go(func() error {
			for i := next.Add(1) - 1; i < int64(len(clients)); i = next.Add(1) - 1 {
				client := clients[i].Client
				results[i] = judgement{clients[i], judge.Judge(client)}
				if results[i].NeedsWhole {
					continue
				}
				if err := judge.Balanced(results[i].Judgement, client.Ledger); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return func() ([]judgement, error) { return results, judging.Wait() }
}

// refuseUnaccounted refuses a run if something was lost since the previous one: every kept row must have an outcome, and every file
// its rows. If the counts agree no row is looked up.
func refuseUnaccounted(ctx context.Context, tx *ledger.Tx, judged *Judged) error {
	last, rows := judged.before, 0
	agree, err := tx.CountsAgree(ctx, last.LastFile, judged.newRows, judged.Run.ID, judged.written)
	if err != nil {
		return err
	}
	files, err := tx.OtherCounts(ctx, last.LastFile, last.ID)
	if err == nil && !agree {
		rows, files, err = tx.Unaccounted(ctx, last.LastFile, last.ID)
	}
	if err != nil || rows == 0 && files == 0 {
		return err
	}
	return doesNotAgree(rows, files)
}

func doesNotAgree(rows, files int) error {
	return ledger.Refuse("De aansluiting klopt niet: regels zonder uitkomst: %d, bestanden met een ander aantal regels: %d. Er is niets gewijzigd. Meld dit als fout in pxq.",
		"The reconciliation does not agree: rows without an outcome: %d, files with a different number of rows: %d. Nothing was changed. Report this as a fault in pxq.", rows, files)
}
