package batch

import (
	"context"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// writer stores the judgements of a run.
type writer struct {
	tx       *ledger.Tx
	period   billing.Period
	book     *billing.Book
	outcomes *ledger.OutcomeWriter
	signals  *ledger.SignalWriter
	forgets  bool // earlier runs of the period left signals, which must be removed
	lines    *ledger.LineWriter
	pages    *ledger.PageTableWriter // what the pages show of rows; nil where nothing is stored for the pages
	totals   *totals                 // nil where they are not added up
	changed  *changedReferrals
	touched  map[string]bool // providers with a row or a line that changed

	lastFile int64 // the last file of the previous run
	newRows  int   // number of judged rows of later files
}

func newWriter(ctx context.Context, tx *ledger.Tx, judged *Judged, input RunInput, catalogue *billing.Catalogue) (*writer, error) {
	run := judged.Run.ID
	earlier, err := tx.CountSignals(ctx, input.Period)
	if err != nil {
		return nil, err
	}
	changed, err := newChangedReferrals(ctx, tx, input.Book, catalogue)
	return &writer{
		tx: tx, period: input.Period, book: input.Book, outcomes: tx.OutcomeWriter(run), signals: tx.SignalWriter(input.Period), forgets: earlier > 0,
		lines: tx.LineWriter(run), pages: tx.PageTableWriter(run, bars(catalogue)), changed: changed, touched: make(map[string]bool), lastFile: judged.before.LastFile,
	}, err
}

func (w *writer) flush(ctx context.Context) error {
	if err := w.outcomes.Flush(ctx); err != nil {
		return err
	}
	if err := w.signals.Flush(ctx); err != nil {
		return err
	}
	if w.pages != nil {
		if err := w.pages.Flush(ctx); err != nil {
			return err
		}
	}
	if err := w.tx.Touch(ctx, w.touched); err != nil {
		return err
	}
	return w.lines.Flush(ctx)
}

func (w *writer) put(ctx context.Context, results []judgement) error {
	if err := w.forgetSignals(ctx, results); err != nil {
		return err
	}
	if err := w.totals.lookUp(ctx, w.tx, results); err != nil {
		return err
	}
	judged := make([]ledger.JudgedClient, len(results))
	for i, j := range results {
		if err := w.putClient(ctx, j); err != nil {
			return err
		}
		judged[i] = ledger.JudgedClient{BSN: j.stored.Client.BSN, MayChange: j.MayChange(), Rest: j.Rest, OnceClosed: j.OnceClosed}
	}
	return w.tx.Judged(ctx, judged)
}

// forgetSignals removes the signals of earlier runs of the period about these clients. Signals without a client are about
// contracts, and stay.
func (w *writer) forgetSignals(ctx context.Context, results []judgement) error {
	if !w.forgets {
		return nil
	}
	var clients []string
	for _, j := range results {
		if bsn := j.stored.Client.BSN; bsn != "" {
			clients = append(clients, bsn)
		}
	}
	return w.tx.ForgetSignals(ctx, w.period, clients)
}

func (w *writer) putClient(ctx context.Context, j judgement) error {
	bsn := j.stored.Client.BSN
	for i := range j.Cases {
		c := &j.Cases[i]
		if err := w.putOutcome(ctx, j, c.Record, outcomeOf(c, j.stored.Client.Decisions)); err != nil {
			return err
		}
	}
	for _, record := range j.stored.Settled {
		if err := w.putOutcome(ctx, j, record, w.outcomeOfSettled(j, record)); err != nil {
			return err
		}
	}
	if err := allPut(j); err != nil {
		return err
	}
	if err := w.lines.Put(ctx, j.stored.Open, j.Declaration); err != nil {
		return err
	}
	w.totals.lines(j)
	w.touchLines(j)
	retroactive, err := w.changed.signals(ctx, j)
	if err != nil {
		return err
	}
	if err := w.putSignals(ctx, bsn, append(j.Signals, retroactive...)); err != nil {
		return err
	}
	return w.noteStrays(ctx, j)
}

// touchLines notes the providers with lines that were added or removed.
func (w *writer) touchLines(j judgement) {
	balance := make(map[billing.DeclaredLine]int)
	for _, line := range j.stored.Open {
		balance[line.DeclaredLine]--
	}
	for _, line := range j.Declaration {
		balance[line]++
	}
	for line, times := range balance {
		if times != 0 {
			w.touched[line.Provider] = true
		}
	}
}

// noteStrays stores the numbers of referrals that the client's records name and that are not its own: when such a referral
// changes, the client must be judged again.
func (w *writer) noteStrays(ctx context.Context, j judgement) error {
	own := make(map[string]bool, len(j.stored.Client.Referrals))
	for _, referral := range j.stored.Client.Referrals {
		own[referral.Number] = true
	}
	for i := range j.Cases {
		record := j.Cases[i].Record
		number := record.ReferralNumber
		if number == "" || own[number] || record.Origin == billing.FromMessage || !record.Readable() {
			continue
		}
		own[number] = true
		if err := w.tx.AddStray(ctx, number, record.BSN); err != nil {
			return err
		}
	}
	return nil
}

// putOutcome stores the outcome of a record, and what follows from it for the pages.
func (w *writer) putOutcome(ctx context.Context, j judgement, record *billing.Record, outcome ledger.Outcome) error {
	before, had := j.stored.Outcomes[record.ID]
	if record.FileID > w.lastFile {
		w.newRows++
	}
	if !had || !before.Same(outcome) || len(j.stored.Client.Decisions) > 0 { // the provider may read the reason of a decision
		w.touched[record.Provider] = true
	}
	w.totals.row(record, before, had, outcome)
	if w.pages != nil {
		if err := w.pages.Put(ctx, record, before, had, outcome); err != nil {
			return err
		}
	}
	return w.outcomes.Put(ctx, j.stored.Client.BSN, record.ID, before, had, outcome)
}

// allPut refuses a client with outcomes of rows that do not exist, or with a row twice: there must be one outcome for each row.
func allPut(j judgement) error {
	rows := len(j.Cases) + len(j.stored.Settled)
	known := make(map[int64]bool, rows)
	for i := range j.Cases {
		known[j.Cases[i].Record.ID] = true
	}
	for _, record := range j.stored.Settled {
		known[record.ID] = true
	}
	stray := 0
	for record := range j.stored.Outcomes {
		if !known[record] {
			stray++
		}
	}
	if stray > 0 || len(known) != rows {
		return doesNotAgree(stray+rows-len(known), 0)
	}
	return nil
}

func (w *writer) putSignals(ctx context.Context, bsn string, signals []billing.ReferralSignal) error {
	if bsn == "" {
		return nil // signals without a client are about contracts
	}
	for _, signal := range signals {
		err := w.signals.Put(ctx, ledger.Signal{
			Code: signal.Code, BSN: bsn, Provider: signal.Referral.Provider, Subject: signal.Referral.Number,
			Municipality: signal.Municipality, Values: signal.Values,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// outcomeOfSettled returns the outcome to store for a row that is no longer judged, because it was replaced or withdraws one.
func (w *writer) outcomeOfSettled(j judgement, record *billing.Record) ledger.Outcome {
	settled := ledger.Outcome{Outcome: billing.Replaced, Product: record.Product, Municipality: j.stored.Outcomes[record.ID].Municipality}
	if j.stored.States[record.ID] == ledger.Withdrawn {
		settled.Outcome = billing.Withdrawn
	}
	if product := w.book.ProductOn(record.Product, record.First); product != nil {
		settled.Product = product.Code
	}
	return settled
}

// outcomeOf returns the outcome to store for a case.
func outcomeOf(c *billing.Case, decisions []billing.Decision) ledger.Outcome {
	outcome := ledger.NewOutcome(c.Outcome, c.Findings, c.OpenHolds(decisions))
	outcome.Product = c.Record.Product
	if c.Product != nil {
		outcome.Product = c.Product.Code
	}
	if c.Referral != nil {
		outcome.Referral = c.Referral.Number
	}
	if c.Municipality != nil {
		outcome.Municipality = c.Municipality.Code
	}
	if c.IsApproved() { // it keeps what it was approved on
		answer := c.Record.Prestatie.Answer
		outcome.Referral, outcome.Municipality, outcome.Product = answer.Referral, answer.Municipality, answer.Product
	}
	outcome.Price = c.Price
	return outcome
}
