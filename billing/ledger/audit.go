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

// ClientProof goes through all that is kept of the clients, part by part: it counts the rows in a tally, holds each against
// its digest, and what may change against what it follows from.
type ClientProof struct {
	Changed map[string]ChangedRows // by table, once all parts are proven
	Counts  map[string]int         // of contradictions, by the name of what contradicts

	prover   *proof.Prover
	tally    *Tally
	visitors []func(*ProvenClient) error // of the parts
	found    []*proof.Found
}

// ClientProof begins such a proof. Each part is shown to a visitor of its own, made in the order of the parts.
func (t *Tx) ClientProof(ctx context.Context, tally *Tally, visitor func() func(*ProvenClient) error) (*ClientProof, error) {
	prover, err := proof.New(ctx, t.db, provenTables)
	if err != nil {
		return nil, err
	}
	p := &ClientProof{prover: prover, tally: tally, visitors: make([]func(*ProvenClient) error, prover.Parts()), found: make([]*proof.Found, prover.Parts())}
	for part := range p.visitors {
		p.visitors[part] = visitor()
	}
	return p, nil
}

// Parts returns how many parts there are.
func (p *ClientProof) Parts() int { return len(p.found) }

// Prove proves a part.
func (p *ClientProof) Prove(ctx context.Context, reader *Tx, part int) (err error) {
	p.found[part], err = p.prover.Prove(ctx, reader.view.db, p.tally, part, p.visitors[part])
	p.visitors[part] = nil // with all that it remembers
	return err
}

// End adds up the parts.
func (p *ClientProof) End(ctx context.Context, tx *Tx) error {
	p.Changed, p.Counts = make(map[string]ChangedRows), make(map[string]int)
	last, first := int64(0), make(map[billing.Date]int64)
	for _, part := range p.found {
		part.AddTo(p.tally)
		for table, rows := range part.Changed {
			known := p.Changed[table]
			known.Rows, known.Where = known.Rows+rows.Rows, append(known.Where, rows.Where...)
			p.Changed[table] = known
		}
		for name, count := range part.Counts {
			p.Counts[name] += count
		}
		last = max(last, part.LastRecord)
		for day, id := range part.FirstRows {
			if lowest, known := first[day]; !known || id < lowest {
				first[day] = id
			}
		}
	}
	unknown, err := tx.firstRowsBehind(ctx, first)
	if err != nil {
		return err
	}
	if unknown > 0 {
		p.Counts["meta.first_row"] = unknown
	}
	behind, err := tx.db.Number(ctx, "SELECT count(*) FROM meta WHERE CASE WHEN name = '"+nextRecord+"' THEN CAST(value AS BIGINT) <= ? ELSE 1 = 0 END", last)
	if behind > 0 {
		p.Counts["meta.next_record"] = int(behind)
	}
	return err
}

// Beside does tasks that only read, some of them at a time where the database lets them: see database.Tx. A transaction that
// has not written yet gives each a reader that sees what it sees.
func (t *Tx) Beside(ctx context.Context, tasks int, work func(ctx context.Context, reader *Tx, task int) error) error {
	return t.db.Beside(ctx, tasks, func(ctx context.Context, reader *database.Tx, task int) error {
		if reader == t.db {
			return work(ctx, t, task)
		}
		return work(ctx, newTx(reader), task)
	})
}

// Contradictions counts what columns that may change say against what they follow from, of the tables that are not proven
// client by client; each count has a name.
func (v *view) Contradictions(ctx context.Context) (map[string]int, error) {
	counts := make(map[string]int)
	for name, statement := range contradictions {
		count, err := v.db.Number(ctx, statement)
		if err != nil {
			return nil, err
		}
		if count > 0 {
			counts[name] = int(count)
		}
	}
	return counts, nil
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
