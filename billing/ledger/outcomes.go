package ledger

import (
	"context"
	"fmt"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/words"
)

// Outcome is what became of a row, as it is stored.
type Outcome struct {
	FirstRun     int64
	Outcome      billing.Outcome
	Codes        string // each once, sorted, joined by a space
	Findings     string // see words.WriteFindings
	OpenHolds    string // codes that still ask for a decision, joined by a space
	Referral     string // number of the one used
	Municipality string // CBS code of who is responsible
	Product      string // as the book spells it
	Price        billing.Price
}

// NewOutcome makes the outcome of a row of its facts.
func NewOutcome(outcome billing.Outcome, findings []billing.Finding, openHolds []billing.Code) Outcome {
	return Outcome{
		Outcome: outcome, Codes: words.CodesOf(findings), Findings: words.WriteFindings(findings), OpenHolds: words.WriteCodes(openHolds),
	}
}

// Same reports whether two outcomes say the same, whenever they began.
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

// OutcomeWriter returns a writer for the run.
func (t *Tx) OutcomeWriter(run int64) *OutcomeWriter {
	return &OutcomeWriter{tx: t, run: run, rows: t.bulk("outcomes", outcomeColumns...)}
}

// Put makes the outcome hold from this run on, when it differs from the one that holds now.
func (w *OutcomeWriter) Put(ctx context.Context, bsn string, record int64, before Outcome, had bool, after Outcome) error {
	if had {
		if before.Same(after) {
			return nil
		}
		if err := w.tx.exec(ctx, "UPDATE outcomes SET last_run = ? WHERE bsn = ? AND record_id = ? AND first_run = ?",
			w.run-1, bsn, record, before.FirstRun); err != nil {
			return err
		}
	}
	return w.rows.add(ctx, bsn, record, w.run, 0, after.Outcome.String(), after.Codes, after.Findings, after.OpenHolds, after.Referral,
		after.Municipality, after.Product, int64(after.Price))
}

// Flush writes what is left.
func (w *OutcomeWriter) Flush(ctx context.Context) error { return w.rows.flush(ctx) }

func (r *ClientReader) outcomes(ctx context.Context, numbers []string, clients map[string]*StoredClient) error {
	in, values := within("c.bsn", numbers)
	var bsn, rest string
	var o Outcome
	targets := []any{&bsn, &o.Findings, &o.Referral, &o.Municipality, &o.Product, &rest}
	statement := "SELECT o.bsn, o.findings, o.referral, o.municipality, o.product, " + packed("o.record_id", "o.first_run", "o.outcome", "o.codes", "o.open_holds", "o.price")
	if r.whole {
		statement += " FROM clients c CROSS JOIN outcomes o WHERE " + in + " AND o.bsn = c.bsn AND o.last_run = 0"
	} else {
		statement += " FROM clients c CROSS JOIN records r CROSS JOIN outcomes o WHERE " + in + " AND r.bsn = c.bsn" + r.unrested("r") +
			" AND o.bsn = r.bsn AND o.record_id = r.id AND o.last_run = 0"
	}
	return r.tx.each(ctx, statement, values, func(scan scanner) error {
		if err := scan(targets...); err != nil {
			return fmt.Errorf("read outcomes: %w", err)
		}
		u := unpack(rest)
		record := u.number()
		o.FirstRun, o.Outcome, o.Codes, o.OpenHolds, o.Price = u.number(), unpackWord(&u, words.Outcome), u.word(), u.word(), billing.Price(u.number())
		if u.err != nil {
			return u.err
		}
		clients[bsn].Outcomes[record] = o
		return nil
	})
}

// CodesOf returns the codes of the findings that a row has since it was last judged; judged is false when it never was.
func (t *Tx) CodesOf(ctx context.Context, r *billing.Record) (codes string, judged bool, err error) {
	judged, err = none(t.get(ctx, &codes, "SELECT codes FROM outcomes WHERE bsn = ? AND record_id = ? AND last_run = 0", r.BSN, r.ID))
	return codes, judged, err
}

// Signal is a signal that belongs to no record.
type Signal struct {
	Code         billing.Code
	BSN          string // of the client it is about; "" for a contract
	Provider     string
	Subject      string // referral number or contract
	Municipality string
	Values       []string
}

var signalColumns = []string{"period", "bsn", "code", "provider", "subject", "municipality", "found"}

// ForgetSignals removes the signals of a client in a period, or those about contracts when bsn is "".
func (t *Tx) ForgetSignals(ctx context.Context, period billing.Period, bsn string) error {
	return t.remove(ctx, "signals", "period = ? AND bsn = ?", int32(period), bsn)
}

// AddSignal keeps a signal of a period.
func (t *Tx) AddSignal(ctx context.Context, period billing.Period, s Signal) error {
	values := []any{int32(period), s.BSN, s.Code.String(), s.Provider, s.Subject, s.Municipality, words.WriteTexts(s.Values)}
	t.sum("signals", int64(period), values...)
	return t.exec(ctx, "INSERT INTO signals ("+strings.Join(signalColumns, ", ")+") VALUES (?,?,?,?,?,?,?)", values...)
}

// Signals returns the signals of a period that belong to no record, by code, provider and subject.
func (v *view) Signals(ctx context.Context, period billing.Period) ([]Signal, error) {
	var signals []Signal
	err := v.each(ctx, "SELECT bsn, code, provider, subject, municipality, found FROM signals WHERE period = ? ORDER BY code, provider, subject, found",
		[]any{int32(period)}, func(scan scanner) error {
			var signal Signal
			err := scan(&signal.BSN, codeIn(&signal.Code), &signal.Provider, &signal.Subject, &signal.Municipality, textsIn(&signal.Values))
			signals = append(signals, signal)
			return err
		})
	return signals, err
}

// CountSignals counts the signals of a period that belong to no record.
func (v *view) CountSignals(ctx context.Context, period billing.Period) (int, error) {
	count, err := v.number(ctx, "SELECT count(*) FROM signals WHERE period = ?", int32(period))
	return int(count), err
}
