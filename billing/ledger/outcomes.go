package ledger

import (
	"context"
	"fmt"

	"github.com/pxq-nl/pxq/billing"
)

// Outcome is what became of a row, as it is stored.
type Outcome struct {
	FirstRun     int64
	Outcome      billing.Outcome
	Codes        string // each once, sorted, joined by a space
	Findings     string // encoded
	OpenHolds    string // codes that still ask for a decision
	Referral     string // number of the one used
	Municipality string // CBS code of who is responsible
	Product      string // as the book spells it
	Price        billing.Price
}

// NewOutcome makes the outcome of a row of its facts.
func NewOutcome(outcome billing.Outcome, findings []billing.Finding, openHolds []billing.Code) Outcome {
	return Outcome{Outcome: outcome, Codes: Codes(findings), Findings: encodeFindings(findings), OpenHolds: encodeCodes(openHolds)}
}

// Same says whether two outcomes say the same, whenever they began.
func (o Outcome) Same(other Outcome) bool {
	other.FirstRun = o.FirstRun
	return o == other
}

var outcomeColumns = []string{
	"bsn", "record_id", "first_run", "last_run", "outcome", "codes", "findings", "open_holds", "referral", "municipality", "product", "price",
}

// OutcomeWriter writes the outcomes that changed in a run.
type OutcomeWriter struct {
	tx   *Tx
	run  int64
	rows *bulk
}

// OutcomeWriter makes a writer for the run.
func (t *Tx) OutcomeWriter(run int64) *OutcomeWriter {
	return &OutcomeWriter{tx: t, run: run, rows: t.bulk("outcomes", outcomeColumns...)}
}

// Put makes the outcome hold from this run on, when it differs from the one that holds now.
func (w *OutcomeWriter) Put(ctx context.Context, bsn string, record int64, before Outcome, had bool, after Outcome) error {
	if had {
		if before.Same(after) {
			return nil
		}
		statement, err := w.tx.prepared(ctx, "UPDATE outcomes SET last_run = ? WHERE bsn = ? AND record_id = ? AND first_run = ?")
		if err != nil {
			return err
		}
		if _, err := statement.ExecContext(ctx, w.run-1, bsn, record, before.FirstRun); err != nil {
			return err
		}
	}
	return w.rows.add(ctx, bsn, record, w.run, 0, int(after.Outcome), after.Codes, after.Findings, after.OpenHolds, after.Referral,
		after.Municipality, after.Product, int64(after.Price))
}

// Flush writes what is left.
func (w *OutcomeWriter) Flush(ctx context.Context) error { return w.rows.flush(ctx) }

func (r *ClientReader) outcomes(ctx context.Context, in string, values []any, dockets map[string]*StoredClient) error {
	rows, err := r.tx.QueryxContext(ctx, r.tx.store.dialect.bind("SELECT bsn, record_id, first_run, outcome, codes, findings, open_holds, referral, "+
		"municipality, product, price FROM outcomes WHERE "+in+" AND last_run = 0"), values...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var bsn string
		var record int64
		var o Outcome
		if err := rows.Scan(&bsn, &record, &o.FirstRun, &o.Outcome, &o.Codes, &o.Findings, &o.OpenHolds, &o.Referral, &o.Municipality,
			&o.Product, &o.Price); err != nil {
			return fmt.Errorf("read outcomes: %w", err)
		}
		dockets[bsn].Outcomes[record] = o
	}
	return rows.Err()
}

// CodesOf gives the codes of the findings that a row has since it was last judged; judged is false when it never was.
func (t *Tx) CodesOf(ctx context.Context, r *billing.Record) (codes string, judged bool, err error) {
	judged, err = none(t.GetContext(ctx, &codes, t.store.dialect.bind(
		"SELECT codes FROM outcomes WHERE bsn = ? AND record_id = ? AND last_run = 0"), r.BSN, r.ID))
	return codes, judged, err
}
