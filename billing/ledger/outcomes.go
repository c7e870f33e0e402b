package ledger

import (
	"context"
	"fmt"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/database"
	"github.com/pxq-nl/pxq/billing/ledger/packed"
	"github.com/pxq-nl/pxq/billing/ledger/words"
)

// Outcome is the stored outcome of a row.
type Outcome struct {
	FirstRun     int64
	Outcome      billing.Outcome
	Codes        string // sorted, without duplicates, joined by a space
	Findings     string // see words.WriteFindings
	OpenHolds    string // codes that need a decision, joined by a space
	Referral     string // number of the referral used
	Municipality string // CBS code of the responsible municipality
	Product      string // as spelled in the book
	Price        billing.Price
}

// NewOutcome returns an outcome with its findings and open holds in their stored form.
func NewOutcome(outcome billing.Outcome, findings []billing.Finding, openHolds []billing.Code) Outcome {
	return Outcome{
		Outcome: outcome, Codes: words.CodesOf(findings), Findings: words.WriteFindings(findings), OpenHolds: words.WriteCodes(openHolds),
	}
}

// Same reports whether two outcomes are equal apart from their first run.
func (o Outcome) Same(other Outcome) bool {
	other.FirstRun = o.FirstRun
	return o == other
}

var outcomeColumns = []string{
	"bsn", "record_id", "first_run", "last_run", "outcome", "codes", "findings", "open_holds", "referral", "municipality", "product", "price",
}

// OutcomeWriter writes the outcomes that changed in a run.
type OutcomeWriter struct {
	Written int // number of outcomes written

	tx   *Tx
	run  int64
	rows *database.Bulk
}

// OutcomeWriter returns a writer for the run.
func (t *Tx) OutcomeWriter(run int64) *OutcomeWriter {
	return &OutcomeWriter{tx: t, run: run, rows: t.db.Bulk("outcomes", outcomeColumns...)}
}

// Put stores a record's outcome from this run on, if it differs from before, the current one; had is false if there is none.
func (w *OutcomeWriter) Put(ctx context.Context, bsn string, record int64, before Outcome, had bool, after Outcome) error {
	if had {
		if before.Same(after) {
			return nil
		}
		if err := w.tx.db.Exec(ctx, "UPDATE outcomes SET last_run = ? WHERE bsn = ? AND record_id = ? AND first_run = ?",
			w.run-1, bsn, record, before.FirstRun); err != nil {
			return err
		}
	}
	w.Written++
	return w.rows.Add(ctx, bsn, record, w.run, 0, after.Outcome.String(), after.Codes, after.Findings, after.OpenHolds, after.Referral,
		after.Municipality, after.Product, int64(after.Price))
}

// Flush writes the outcomes that are still collected.
func (w *OutcomeWriter) Flush(ctx context.Context) error { return w.rows.Flush(ctx) }

// outcomes reads the outcomes of the rows that were read. Both are stored in the same order, so outcomes are scanned, not
// looked up per row; those of records at rest among them are skipped.
func (r *ClientReader) outcomes(ctx context.Context, in string, values []any, clients map[string]*StoredClient) error {
	from := []string{"outcomes o WHERE " + onClient(in) + " AND o.bsn = c.bsn AND o.last_run = 0"}
	if !r.whole {
		from[0] += " AND o.record_id >= " + r.rests.row
		from = append(from, "records r CROSS JOIN outcomes o WHERE "+onClient(in)+" AND r.bsn = c.bsn"+r.unrested()[1]+" AND o.bsn = r.bsn AND o.record_id = r.id AND o.last_run = 0")
	}
	var bsn, row string
	var o Outcome
	fields := packed.Row([]string{"o.record_id", "o.first_run", "o.outcome", "o.codes", "o.open_holds", "o.price"},
		[]string{"o.bsn", "o.findings", "o.referral", "o.municipality", "o.product"})
	for _, of := range from {
		err := r.tx.db.Each(ctx, "SELECT "+fields+" FROM clients c CROSS JOIN "+of, values, func(scan database.Scan) error {
			if err := scan(&row); err != nil {
				return fmt.Errorf("read outcomes: %w", err)
			}
			u := packed.Unpack(row)
			record := u.Number()
			o.FirstRun, o.Outcome, o.Codes, o.OpenHolds, o.Price = u.Number(), packed.Value(&u, words.Outcome), u.Word(), u.Word(), billing.Price(u.Number())
			u.Texts(&bsn, &o.Findings, &o.Referral, &o.Municipality, &o.Product)
			if u.Err != nil {
				return u.Err
			}
			if client := clients[bsn]; r.whole || client.reads(record) {
				client.Outcomes[record] = o
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// CodesOf returns the codes of a row's current findings; judged is false if the row was never judged.
func (t *Tx) CodesOf(ctx context.Context, r *billing.Record) (codes string, judged bool, err error) {
	judged, err = database.Found(t.db.Get(ctx, &codes, "SELECT codes FROM outcomes WHERE bsn = ? AND record_id = ? AND last_run = 0", r.BSN, r.ID))
	return codes, judged, err
}

// Signal is a signal that belongs to no record.
type Signal struct {
	Code         billing.Code
	BSN          string // of the client concerned; "" for a contract
	Provider     string
	Subject      string // referral number or contract
	Municipality string
	Values       []string
}

var signalColumns = []string{"period", "bsn", "code", "provider", "subject", "municipality", "found"}

// ForgetSignals removes the signals of clients in a period; "" stands for those about contracts.
func (t *Tx) ForgetSignals(ctx context.Context, period billing.Period, clients []string) error {
	return database.EachPart(clients, func(part []string) error {
		list, values := database.ListOf(part)
		return t.db.Remove(ctx, "signals", "period = ? AND bsn IN ("+list+")", append([]any{int32(period)}, values...)...)
	})
}

// SignalWriter writes signals of a period.
type SignalWriter struct {
	period billing.Period
	rows   *database.Bulk
}

// SignalWriter returns a writer for the period.
func (t *Tx) SignalWriter(period billing.Period) *SignalWriter {
	return &SignalWriter{period, t.db.Bulk("signals", signalColumns...)}
}

// Put writes a signal.
func (w *SignalWriter) Put(ctx context.Context, s Signal) error {
	return w.rows.Add(ctx, int32(w.period), s.BSN, s.Code.String(), s.Provider, s.Subject, s.Municipality, words.WriteTexts(s.Values))
}

// Flush writes the signals that are still collected.
func (w *SignalWriter) Flush(ctx context.Context) error { return w.rows.Flush(ctx) }

// Signals returns the signals of a period, by code, provider and subject.
func (v *view) Signals(ctx context.Context, period billing.Period) ([]Signal, error) {
	var signals []Signal
	err := v.db.Each(ctx, "SELECT bsn, code, provider, subject, municipality, found FROM signals WHERE period = ? ORDER BY code, provider, subject, found",
		[]any{int32(period)}, func(scan database.Scan) error {
			var signal Signal
			err := scan(&signal.BSN, words.CodeIn(&signal.Code), &signal.Provider, &signal.Subject, &signal.Municipality, words.TextsIn(&signal.Values))
			signals = append(signals, signal)
			return err
		})
	return signals, err
}

// CountSignals counts the signals of a period.
func (v *view) CountSignals(ctx context.Context, period billing.Period) (int, error) {
	count, err := v.db.Number(ctx, "SELECT count(*) FROM signals WHERE period = ?", int32(period))
	return int(count), err
}

// standing returns the condition on outcomes or lines that hold in a run; its two parameters are the number of that run,
// twice. Table is the name or alias of the table.
func standing(table string) string {
	return table + ".first_run <= ? AND (" + table + ".last_run = 0 OR " + table + ".last_run >= ?)"
}

// waiting is the condition on outcomes that are held or need a decision, written like its index.
const waiting = "(outcome = 'held' OR open_holds <> '')"

// asking is the condition on outcomes with a hold that needs a decision in a run; its two parameters are the number of that
// run, twice. The holds are written as an expression, because SQLite would otherwise use the index on notable outcomes.
const asking = waiting + " AND open_holds || '' <> '' AND first_run <= ? AND (last_run = 0 OR last_run >= ?)"

// HeldSince returns, for every row with a hold that needs a decision in the run, by record number, the run since which each
// of its holds has been open without interruption.
func (v *view) HeldSince(ctx context.Context, run Run) (map[int64]map[billing.Code]int64, error) {
	since := make(map[int64]map[billing.Code]int64)
	err := v.db.Each(ctx, "SELECT o.record_id, o.first_run, o.last_run, o.open_holds FROM (SELECT bsn, record_id FROM outcomes WHERE "+asking+") AS h "+
		"JOIN outcomes o ON o.bsn = h.bsn AND o.record_id = h.record_id WHERE o.open_holds <> '' AND o.first_run <= ? ORDER BY o.record_id, o.first_run DESC",
		[]any{run.ID, run.ID, run.ID}, func(scan database.Scan) error {
			var record, first, last int64
			var open []billing.Code
			if err := scan(&record, &first, &last, words.CodesIn(&open)); err != nil {
				return err
			}
			current := last == 0 || last >= run.ID
			if current {
				since[record] = make(map[billing.Code]int64)
			}
			for _, code := range open {
				if known, ok := since[record][code]; current || ok && known == last+1 {
					since[record][code] = first
				}
			}
			return nil
		})
	return since, err
}

// ReferralUse is what the accepted rows of one month and unit use of a referral.
type ReferralUse struct {
	billing.ReferralKey
	Month    billing.Period
	Unit     billing.Unit
	Quantity billing.Quantity
	Spent    int64 // price × quantity: cents × hundredths of a minute or of a day-part
}

// EachReferralUse visits what is used, in a run, of the referrals of every row with a hold that needs a decision. It sums
// the declaration lines, which are the totals of accepted rows. That does not hold for products rounded to whole hours and
// for care months before a frozen one: there it sums the rows. CROSS JOIN makes SQLite start with the rows that need a
// decision.
func (v *view) EachReferralUse(ctx context.Context, run Run, rounded []string, frozen billing.Period, visit func(*ReferralUse)) error {
	each := func(statement string, values ...any) error {
		return v.db.Each(ctx, statement, values, func(scan database.Scan) error {
			var use ReferralUse
			var day billing.Date
			err := scan(&use.Client, &use.Number, &use.Month, &day, words.UnitIn(&use.Unit), &use.Quantity, &use.Spent)
			if day != 0 {
				use.Month = day.Period()
			}
			visit(&use)
			return err
		})
	}
	const asked = "(SELECT DISTINCT bsn, referral FROM outcomes WHERE referral <> '' AND " + asking + ") AS h"
	list, products := database.ListOf(append([]string{""}, rounded...))
	sign := "CASE l.kind WHEN '" + string(billing.Credit) + "' THEN -1 ELSE 1 END"
	err := each("SELECT l.bsn, l.referral, l.care_month, 0, l.unit, CAST(sum("+sign+" * l.quantity) AS BIGINT), CAST(sum("+sign+" * l.price * l.quantity) AS BIGINT) FROM "+
		asked+" CROSS JOIN lines l WHERE l.bsn = h.bsn AND l.referral = h.referral AND (l.sequence > 0 AND l.period < ? OR l.period = ? AND "+standing("l")+") "+
		"AND l.care_month >= ? AND l.product NOT IN ("+list+") GROUP BY l.bsn, l.referral, l.care_month, l.unit ORDER BY l.bsn, l.referral, l.care_month, l.unit",
		slices.Concat([]any{run.ID, run.ID, run.Period, run.Period, run.ID, run.ID, int32(frozen)}, products)...)
	if err != nil || len(rounded) == 0 && frozen == 0 {
		return err
	}
	return each("SELECT o.bsn, o.referral, 0, r.care_date, r.unit, CAST(sum(r.quantity) AS BIGINT), CAST(sum(o.price * r.quantity) AS BIGINT) FROM "+
		asked+" CROSS JOIN outcomes o CROSS JOIN records r WHERE o.bsn = h.bsn AND o.referral = h.referral AND r.bsn = o.bsn AND r.id = o.record_id "+
		"AND o.outcome = 'accepted' AND "+standing("o")+" AND (r.care_date < ? OR o.product IN ("+list+")) GROUP BY o.bsn, o.referral, r.care_date, r.unit "+
		"ORDER BY o.bsn, o.referral, r.care_date, r.unit", slices.Concat([]any{run.ID, run.ID, run.ID, run.ID, int32(frozen.First())}, products)...)
}
