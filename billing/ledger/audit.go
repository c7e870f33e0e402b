package ledger

import (
	"context"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/database"
	"github.com/pxq-nl/pxq/billing/ledger/proof"
)

// What a proof of the rows of clients shows.
type (
	ProvenClient  = proof.Client
	ProvenRecord  = proof.Record
	ProvenOutcome = proof.Outcome
	ProvenLine    = proof.Line
	ProvenAnswer  = proof.Answer
	// ChangedRows are rows of a table that are not what their digest says.
	ChangedRows = proof.Changed
)

// provenTables are the tables that are proven client by client.
var provenTables = proof.Tables{
	Records:    proof.Table{Name: "records", Columns: recordColumns, Part: "file_id", Key: "bsn, id", Digests: true},
	Outcomes:   proof.Table{Name: "outcomes", Columns: outcomeColumns, Part: "first_run", Key: "bsn, record_id, first_run", Digests: true},
	Lines:      proof.Table{Name: "lines", Columns: lineColumns, Part: "first_run", Key: "bsn", Digests: true},
	Referrals:  proof.Table{Name: "referrals", Columns: referralColumns, Part: "file_id", Key: "bsn, number, version", Digests: true},
	Prestaties: proof.Table{Name: "prestaties", Columns: prestatieTable, Part: "file_id", Key: "bsn, record_id"},
}

// ProvenRows is what the proof of the rows of all clients found.
type ProvenRows struct {
	Changed map[string]ChangedRows // by table
	Counts  map[string]int         // of contradictions, by the name of what contradicts
}

// ProveClients goes through all that is kept of the clients, part by part and some of them at a time: it counts the rows in
// the tally, holds each against its digest, and what may change against what it follows from. Each part is shown to a
// visitor of its own, made in the order of the parts.
func (t *Tx) ProveClients(ctx context.Context, tally *Tally, visitor func() func(*ProvenClient) error) (*ProvenRows, error) {
	prover, err := proof.New(ctx, t.db, provenTables)
	if err != nil {
		return nil, err
	}
	found := make([]*proof.Found, prover.Parts())
	visitors := make([]func(*ProvenClient) error, prover.Parts())
	for part := range visitors {
		visitors[part] = visitor()
	}
	err = t.db.Beside(ctx, prover.Parts(), func(ctx context.Context, view *database.View, part int) error {
		var err error
		found[part], err = prover.Prove(ctx, view, tally, part, visitors[part])
		visitors[part] = nil // with all that it remembers
		return err
	})
	if err != nil {
		return nil, err
	}
	all := &ProvenRows{make(map[string]ChangedRows), make(map[string]int)}
	last, first := int64(0), make(map[billing.Date]int64)
	for _, part := range found {
		part.AddTo(tally)
		for table, rows := range part.Changed {
			known := all.Changed[table]
			known.Rows, known.Where = known.Rows+rows.Rows, append(known.Where, rows.Where...)
			all.Changed[table] = known
		}
		for name, count := range part.Counts {
			all.Counts[name] += count
		}
		last = max(last, part.LastRecord)
		for day, id := range part.FirstRows {
			if lowest, known := first[day]; !known || id < lowest {
				first[day] = id
			}
		}
	}
	if all.Counts["meta.first_row"], err = t.firstRowsBehind(ctx, first); err != nil {
		return nil, err
	}
	if all.Counts["meta.first_row"] == 0 {
		delete(all.Counts, "meta.first_row")
	}
	behind, err := t.db.Number(ctx, "SELECT count(*) FROM meta WHERE CASE WHEN name = '"+nextRecord+"' THEN CAST(value AS BIGINT) <= ? ELSE 1 = 0 END", last)
	if behind > 0 {
		all.Counts["meta.next_record"] = int(behind)
	}
	return all, err
}

// Contradictions adds to counts what columns that may change say against what they follow from, of the tables that are not
// proven client by client; each count has a name.
func (v *view) Contradictions(ctx context.Context, counts map[string]int) error {
	for name, statement := range contradictions {
		count, err := v.db.Number(ctx, statement)
		if err != nil {
			return err
		}
		if count > 0 {
			counts[name] = int(count)
		}
	}
	return nil
}

// contradictions are counts that are all 0 in a sound store.
var contradictions = map[string]string{
	"decisions.known_as": "SELECT count(*) FROM decisions WHERE known_as <> " + knownAs,
	"files.withdrawn": "SELECT count(*) FROM files f WHERE withdrawn < 0 OR withdrawn > 1 + (SELECT coalesce(max(id), 0) FROM runs) OR (withdrawn > 0 AND (EXISTS (SELECT 1 FROM records r WHERE r.file_id = f.id " +
		"AND r.state <> 'taken_back') OR EXISTS (SELECT 1 FROM referrals r WHERE r.file_id = f.id AND r.taken_after = 0))) " +
		"OR (withdrawn = 0 AND EXISTS (SELECT 1 FROM records r WHERE r.file_id = f.id AND r.state = 'taken_back' AND r.last_date = 0) AND NOT EXISTS (SELECT 1 FROM files w WHERE w.withdrawn > 0))",
	"files.reread": "SELECT count(*) FROM files WHERE reread <> 0 AND NOT EXISTS (SELECT 1 FROM files w WHERE w.withdrawn > 0)",
	"declared_on": "SELECT count(*) FROM (SELECT DISTINCT provider, product, municipality, care_month FROM lines WHERE sequence > 0) l WHERE NOT EXISTS " +
		"(SELECT 1 FROM declared_on d WHERE d.provider = l.provider AND d.product = l.product AND d.municipality = l.municipality AND d.care_month = l.care_month)",
	"sums.epoch": "SELECT count(*) FROM sums WHERE epoch <> 0 AND epoch NOT IN (SELECT id FROM runs WHERE closed_on > 0)",
	"closed_totals": "SELECT count(*) FROM (" + strings.ReplaceAll(totalsOfLines, "?", "0") + ") l FULL JOIN closed_totals k ON k.period = l.period AND k.municipality = l.municipality " +
		"AND k.provider = l.provider AND k.product = l.product AND k.unit = l.unit AND k.care_month = l.care_month AND k.kind = l.kind " +
		"WHERE l.period IS NULL OR k.period IS NULL OR k.line_count <> l.line_count OR k.quantity <> l.quantity OR k.amount <> l.amount",
	"files.kept": strings.ReplaceAll(otherCounts, "?", "0"),
}

// knownAs is billing.KnownAs of the column reference.
const knownAs = "CASE WHEN reference = '' OR ltrim(reference, '0123456789') <> '' THEN reference WHEN ltrim(reference, '0') = '' THEN '0' ELSE ltrim(reference, '0') END"
