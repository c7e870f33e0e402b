package ledger

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/database"
	"github.com/pxq-nl/pxq/billing/ledger/proof"
	"github.com/pxq-nl/pxq/billing/ledger/sums"
)

// The rows of clients as a proof passes them to its visitors.
type (
	ProvenClient  = proof.Client
	ProvenRecord  = proof.Record
	ProvenOutcome = proof.Outcome
	ProvenLine    = proof.Line
	ProvenAnswer  = proof.Answer
	// ChangedRows are the rows of a table that do not match their digest.
	ChangedRows = proof.Changed
)

// ClientProof checks everything that is stored about the clients, part by part: it counts the rows in a tally, checks each
// against its digest, and checks columns that may change against the data they are derived from.
type ClientProof struct {
	Changed map[string]ChangedRows // by table, once End was called
	Counts  map[string]int         // number of contradictions, by what contradicts

	prover   *proof.Prover
	tally    *Tally
	visitors []func(*ProvenClient) error // of the parts
	found    []*proof.Found
}

// ClientProof starts a proof. It calls visitor once for each part, in order; the result visits the clients of that part.
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

// Parts returns the number of parts.
func (p *ClientProof) Parts() int { return len(p.found) }

// Prove checks a part.
func (p *ClientProof) Prove(ctx context.Context, reader *Tx, part int) (err error) {
	p.found[part], err = p.prover.Prove(ctx, reader.view.db, p.tally, part, p.visitors[part])
	p.visitors[part] = nil // release what it remembers
	return err
}

// End adds up the results of the parts.
func (p *ClientProof) End(ctx context.Context, tx *Tx) error {
	p.Changed, p.Counts = make(map[string]ChangedRows), make(map[string]int)
	last, first := int64(0), make(proof.FirstRows)
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
			first.Note(day, id)
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

// Concurrently runs read-only tasks, concurrently if the database allows it: see database.Tx.Concurrently. The transaction must not
// have written yet; each reader sees the same state as it does.
func (t *Tx) Concurrently(ctx context.Context, tasks int, work func(ctx context.Context, reader *Tx, task int) error) error {
	return t.db.Concurrently(ctx, tasks, func(ctx context.Context, reader *database.Tx, task int) error {
		if reader == t.db {
			return work(ctx, t, task)
		}
		return work(ctx, newTx(reader), task)
	})
}

// Tampered visits the rows of a table whose digest does not match their content; where identifies the row, without a BSN.
// It adds all rows, by their real content, to the tally.
func (v *view) Tampered(ctx context.Context, table string, tally *Tally, visit func(where string) error) error {
	columns := columnsOf(table)
	part := slices.Index(columns, summed[table].Part)
	parts := v.db.DigestParts(table, columns)
	values := make([]any, len(columns)+1)
	targets := make([]any, len(values))
	for i := range values {
		targets[i] = &values[i]
	}
	return v.db.Each(ctx, "SELECT "+strings.Join(columns, ", ")+", digest FROM "+table, nil, func(scan database.Scan) error {
		if err := scan(targets...); err != nil {
			return err
		}
		holds := database.Digest(parts, values[:len(columns)])
		tally.Add(table, database.AsNumber(values[part]), holds)
		if holds == database.AsText(values[len(columns)]) {
			return nil
		}
		return visit(proof.Where(columns, func(column int) string { return database.AsText(values[column]) }))
	})
}

// Tally counts the rows that are present, to check them against the stored sums.
type Tally = database.Tally

// NewTally returns an empty tally.
func (t *Tx) NewTally(ctx context.Context) (*Tally, error) { return t.db.NewTally(ctx) }

// Count counts the rows of the sums that neither Tampered nor ClientProof counts.
func (t *Tx) Count(ctx context.Context, c *Tally) error {
	return t.db.Count(ctx, c, slices.Concat(DigestedTables(), provenTables.Names()))
}

// Difference is a sum that the rows which are present do not match.
type Difference struct {
	Name   string
	Period billing.Period // in which the rows were written; the one after the last close if still open; 0 for all of history
	Rows   int64          // surplus rows; negative if rows are missing
}

// Differences compares what was counted with the stored sums.
func (t *Tx) Differences(ctx context.Context, c *Tally) ([]Difference, error) {
	found, err := t.db.Differences(ctx, c)
	differences := make([]Difference, len(found))
	for i, d := range found {
		differences[i] = Difference{d.Name, billing.Period(d.Period), d.Rows}
	}
	return differences, err
}

// ProveSeals recomputes the seals of the closed periods, which must be ordered oldest first, and returns the periods whose
// seal does not match.
func (t *Tx) ProveSeals(ctx context.Context, closed []Run) ([]billing.Period, error) {
	var broken []billing.Period
	epoch := int64(0)
	for _, run := range closed {
		if run.Seal != "" {
			seal, err := t.db.SealOf(ctx, epoch)
			if err != nil {
				return nil, err
			}
			if seal != run.Seal {
				broken = append(broken, run.Month())
			}
		}
		epoch = run.ID
	}
	return broken, nil
}

// FakedReports returns the names of the stored workbooks and messages whose bytes do not match their hash.
func (v *view) FakedReports(ctx context.Context) ([]string, error) {
	var faked []string
	for _, statement := range []string{
		"SELECT name, sha256, content FROM reports WHERE content IS NOT NULL ORDER BY period, name",
		"SELECT f.name, f.sha256, m.content FROM messages m JOIN files f ON f.id = m.file_id ORDER BY f.id",
	} {
		var name, hash string
		var content []byte
		err := v.db.Each(ctx, statement, nil, func(scan database.Scan) error {
			if err := scan(&name, &hash, &content); err != nil {
				return err
			}
			if sum := sha256.Sum256(content); hex.EncodeToString(sum[:]) != hash {
				faked = append(faked, name)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return faked, nil
}

// PageTablesDiffer returns the names of the page tables that do not match the outcomes and records.
func (t *Tx) PageTablesDiffer(ctx context.Context, bars Bars) ([]string, error) {
	if whole, err := t.PageTablesWhole(ctx); err != nil || !whole {
		return nil, err
	}
	holds, returned := newGathered("open_holds", openHoldColumns), newGathered("returned_rows", returnedRowColumns)
	if err := t.gatherPageTables(ctx, &PageTableWriter{tx: t, bars: bars, holds: holds, returned: returned}); err != nil {
		return nil, err
	}
	var differ []string
	for _, made := range []*gathered{holds, returned} {
		same, err := t.holdsExactly(ctx, made)
		if err != nil {
			return nil, err
		}
		if !same {
			differ = append(differ, made.table)
		}
	}
	return differ, nil
}

// gathered sums the rows that a table should have.
type gathered struct {
	table   string
	columns []string
	sum     sums.Sum
}

func newGathered(table string, columns []string) *gathered {
	return &gathered{table: table, columns: columns}
}

func (g *gathered) Add(_ context.Context, values ...any) error {
	g.sum.Add(g.table, rowText(values))
	return nil
}

func (g *gathered) Flush(context.Context) error { return nil }

// holdsExactly reports whether a table holds the gathered rows and no others.
func (t *Tx) holdsExactly(ctx context.Context, made *gathered) (bool, error) {
	width := len(made.columns)
	values, targets := make([]any, width), make([]any, width)
	for i := range values {
		targets[i] = &values[i]
	}
	var held sums.Sum
	err := t.db.Each(ctx, "SELECT "+strings.Join(made.columns, ", ")+" FROM "+made.table, nil, func(scan database.Scan) error {
		if err := scan(targets...); err != nil {
			return err
		}
		held.Add(made.table, rowText(values))
		return nil
	})
	return held == made.sum, err
}

func rowText(values []any) string {
	text := make([]byte, 0, 256)
	for _, value := range values {
		text = append(database.AppendValue(text, value), database.DigestSeparator...)
	}
	return string(text)
}
