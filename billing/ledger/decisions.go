package ledger

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/database"
	"github.com/pxq-nl/pxq/billing/ledger/words"
)

// decisionTable are the columns of the table decisions.
var decisionTable = []string{
	"id", "bsn", "provider", "reference", "version", "code", "word", "reason", "decided_by", "decided_on", "file_id", "known_as", "decided_second",
}

const decisionColumns = "d.id, d.provider, d.reference, d.version, d.code, d.word, d.reason, d.decided_by, d.decided_on, d.file_id, d.decided_second"

// AddDecision stores a decision on a record of the client.
func (t *Tx) AddDecision(ctx context.Context, bsn string, d billing.Decision, fileID int64) error {
	id, err := t.db.Number(ctx, "SELECT coalesce(max(id), 0) + 1 FROM decisions")
	if err != nil {
		return err
	}
	d.ID, d.FileID = id, fileID
	return t.writeDecision(ctx, bsn, d)
}

func (t *Tx) writeDecision(ctx context.Context, bsn string, d billing.Decision) error {
	values := []any{d.ID, bsn, d.Provider, d.Reference, d.Version, d.Code.String(), d.Word, d.Reason, d.By, int32(d.On), d.FileID, billing.KnownAs(d.Reference), d.Second}
	sealed := t.db.RowDigest("decisions", decisionTable, values)
	t.db.Sum("decisions", d.FileID, sealed)
	return t.db.Exec(ctx, "INSERT INTO decisions ("+strings.Join(decisionTable, ", ")+", digest) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)", append(values, sealed)...)
}

// decisionsOfRecord is the condition on decisions about one record; it is indexed.
const decisionsOfRecord = "d.provider = ? AND d.known_as = ?"

func decisionsWhere(where string) string {
	return "SELECT d.bsn, " + decisionColumns + " FROM decisions d WHERE " + where + " ORDER BY d.bsn, d.id"
}

func (v *view) eachDecision(ctx context.Context, names *names, where string, visit func(bsn string, decision billing.Decision) error, values ...any) error {
	return v.db.Each(ctx, decisionsWhere(where), values, func(scan database.Scan) error {
		var decision billing.Decision
		var bsn string
		if err := scan(&bsn, &decision.ID, &decision.Provider, &decision.Reference, &decision.Version, words.CodeIn(&decision.Code), &decision.Word,
			&decision.Reason, &decision.By, &decision.On, &decision.FileID, &decision.Second); err != nil {
			return fmt.Errorf("read decisions: %w", err)
		}
		decision.File = names.file(decision.FileID)
		return visit(bsn, decision)
	})
}

// DecisionsOf returns the decisions on one record, in order.
func (t *Tx) DecisionsOf(ctx context.Context, key billing.RecordKey) ([]billing.Decision, error) {
	names, err := t.fileNames(ctx)
	if err != nil {
		return nil, err
	}
	var decisions []billing.Decision
	err = t.eachDecision(ctx, names, decisionsOfRecord, func(_ string, d billing.Decision) error {
		decisions = append(decisions, d)
		return nil
	}, key.Provider, key.KnownAs)
	return decisions, err
}

// DecisionsIn counts the decisions that were taken in with a file.
func (t *Tx) DecisionsIn(ctx context.Context, file int64) (int, error) {
	count, err := t.db.Number(ctx, "SELECT count(*) FROM decisions WHERE file_id = ?", file)
	return int(count), err
}

// EarlierFinding returns the finding with that code on a row, as the last run that had it made it; nil if no run did.
func (t *Tx) EarlierFinding(ctx context.Context, r *billing.Record, code billing.Code) (*billing.Finding, error) {
	var had *billing.Finding
	err := t.db.Each(ctx, "SELECT findings FROM outcomes WHERE bsn = ? AND record_id = ? AND ' ' || codes || ' ' LIKE ? ORDER BY first_run DESC LIMIT 1",
		[]any{r.BSN, r.ID, "% " + code.String() + " %"}, func(scan database.Scan) error {
			var text string
			if err := scan(&text); err != nil {
				return err
			}
			findings, err := words.Findings(text, 0)
			for i := range findings {
				if findings[i].Code == code {
					had = &findings[i]
				}
			}
			return err
		})
	return had, err
}

// refusals completes the decisions with which a controller rejected a declared version: whether they came after the close
// that declared it, and the finding they are about, which the rules may no longer give.
func (r *ClientReader) refusals(ctx context.Context, clients []*StoredClient) error {
	for _, stored := range clients {
		for i := range stored.Client.Decisions {
			decision := &stored.Client.Decisions[i]
			if decision.Word != billing.Refuse {
				continue
			}
			for _, record := range stored.Client.Records {
				if record.Declared == 0 || !decision.IsOn(record) {
					continue
				}
				if err := r.refusal(ctx, decision, record); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (r *ClientReader) refusal(ctx context.Context, decision *billing.Decision, record *billing.Record) (err error) {
	if r.closes == nil {
		closed, err := r.tx.ClosedRuns(ctx)
		if err != nil {
			return err
		}
		r.closes = make(map[billing.Period]int64, len(closed))
		for _, run := range closed {
			r.closes[run.Month()] = run.LastFile
		}
	}
	decision.AfterClose = decision.FileID > r.closes[record.Declared]
	decision.Had, err = r.tx.EarlierFinding(ctx, record, decision.Code)
	return err
}

// DecisionsOn returns the decisions on records, by record and in order.
func (t *Tx) DecisionsOn(ctx context.Context, keys []billing.RecordKey) (map[billing.RecordKey][]billing.Decision, error) {
	decisions := make(map[billing.RecordKey][]billing.Decision)
	if held, err := t.holdsAny(ctx, "decisions"); err != nil || !held {
		return decisions, err // the common case, which avoids a lookup for each row
	}
	names, err := t.fileNames(ctx)
	if err != nil {
		return nil, err
	}
	err = database.EachPart(keys, func(part []billing.RecordKey) error {
		where, values := decisionsOn(part)
		return t.eachDecision(ctx, names, where, func(_ string, d billing.Decision) error {
			key := billing.RecordKeyOf(d.Provider, d.Reference)
			decisions[key] = append(decisions[key], d)
			return nil
		}, values...)
	})
	return decisions, err
}

func decisionsOn(keys []billing.RecordKey) (where string, values []any) {
	for _, key := range keys {
		values = append(values, key.Provider, key.KnownAs)
	}
	return "(d.provider, d.known_as) IN (VALUES " + database.Typed(len(keys), "TEXT", "TEXT") + ")", values
}

// DecisionsNewest returns a page of all decisions, newest first.
func (t *Tx) DecisionsNewest(ctx context.Context, offset, limit int) ([]billing.Decision, error) {
	names, err := t.fileNames(ctx)
	if err != nil {
		return nil, err
	}
	var decisions []billing.Decision
	err = t.eachDecision(ctx, names, "d.id IN (SELECT id FROM decisions ORDER BY id DESC LIMIT ? OFFSET ?)", func(_ string, d billing.Decision) error {
		decisions = append(decisions, d)
		return nil
	}, limit, offset)
	slices.SortFunc(decisions, func(a, b billing.Decision) int { return cmp.Compare(b.ID, a.ID) })
	return decisions, err
}

// DecisionCount returns the number of decisions.
func (v *view) DecisionCount(ctx context.Context) (int, error) {
	count, err := v.db.Number(ctx, "SELECT count(*) FROM decisions")
	return int(count), err
}
