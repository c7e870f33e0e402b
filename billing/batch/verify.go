package batch

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/ledger/trail"
)

// Verified is what the proof of a store found.
type Verified struct {
	Periods int // closed
	Lines   int // final lines whose hash was recomputed
	Rows    int // rows whose lines were recomputed
	Head    string
	Faults  []billing.Text // what differs; none when all is as pxq wrote it
}

func (v *Verified) fault(dutch, english string, values ...any) {
	v.Faults = append(v.Faults, billing.Text{Dutch: fmt.Sprintf(dutch, values...), English: fmt.Sprintf(english, values...)})
}

// Verify recomputes the digests of rows, the hash chain, the reconciliation and the totals of every closed
// period from the stored records. head, when given, must be the head of the chain at one of its closes.
func (b *Batch) Verify(ctx context.Context, head string) (*Verified, error) {
	v := &Verified{}
	err := b.Store.Read(ctx, func(tx *ledger.Tx) error {
		closed, err := tx.ClosedRuns(ctx)
		if err != nil {
			return err
		}
		if err := b.proveAll(ctx, &proof{Verified: v, tx: tx, closed: closed}); err != nil {
			return err
		}
		v.Periods = len(closed)
		if last := len(closed) - 1; last >= 0 {
			v.Head = closed[last].Head
		}
		if head != "" && !slices.ContainsFunc(closed, func(run ledger.Run) bool { return run.Head == head }) {
			v.fault("De keten eindigt nergens op het opgegeven hoofd %s: het grootboek is opnieuw opgebouwd of van een andere regio.",
				"The chain ends nowhere at the given head %s: the ledger was rebuilt or belongs to another region.", head)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return v, nil
}

// proof is the proof of a store: of all that is kept, and of a month that is about to be closed.
type proof struct {
	*Verified
	tx     *ledger.Tx
	closed []ledger.Run
	open   *recounted // that month; nil for verify

	rows   *ledger.ProvenRows
	counts recounts
}

// proveAll proves a store. It is one list for verify and for a close, so that nothing that verify finds can be closed: a
// close only adds the month that it closes, and makes anew no summary that was sealed before it (see verifySummaries).
func (b *Batch) proveAll(ctx context.Context, p *proof) error {
	for _, check := range []func(context.Context, *proof) error{
		b.verifyRows, verifyFiles, verifySeals, verifyChain, verifyColumns, verifyTotals, verifyTrail, b.verifyKept,
	} {
		if err := check(ctx, p); err != nil {
			return err
		}
	}
	return nil
}

// faultsPerTable bounds how many rows of a table are named.
const faultsPerTable = 20

// verifyRows holds every row against the digest that it carries, and what all rows come to against what was kept of that.
func (b *Batch) verifyRows(ctx context.Context, p *proof) error {
	tally, err := p.tx.NewTally(ctx)
	if err != nil {
		return err
	}
	if err := b.months(ctx, p); err != nil {
		return err
	}
	if p.rows, err = p.tx.ProveClients(ctx, tally, p.counts.visitor); err != nil {
		return err
	}
	for _, table := range slices.Sorted(maps.Keys(p.rows.Changed)) {
		changed := p.rows.Changed[table]
		p.changed(table, changed.Rows, changed.Where)
	}
	if err := p.digests(ctx, p.tx, tally); err != nil {
		return err
	}
	if err := p.tx.Count(ctx, tally); err != nil {
		return err
	}
	differences, err := p.tx.Differences(ctx, tally)
	p.differ(differences)
	return err
}

// months finds what is recounted: the closed months with the books that were kept of them, and that about to be closed.
func (b *Batch) months(ctx context.Context, p *proof) error {
	for _, stored := range p.closed {
		book, policy, ok, err := p.tx.Book(ctx, stored)
		if err != nil {
			return err
		}
		if ok && b.Fingerprint != nil && stored.Seal != "" && b.Fingerprint(book, policy) != stored.Book {
			p.fault("Het bewaarde contractenboek van %s is niet dat waarmee is afgesloten.", "The kept contract book of %s is not that with which it was closed.", stored.Month())
		}
		if !ok {
			p.fault("Het contractenboek van %s is niet bewaard.", "The contract book of %s was not kept.", stored.Month())
		}
		p.counts.add(recounted{id: stored.ID, book: ok, run: &billing.Run{Period: stored.Month(), Book: book, Policy: policy, Catalogue: b.Catalogue}})
	}
	if p.open != nil {
		p.counts.add(*p.open)
	}
	return nil
}

// verifyFiles holds what is kept of files against their hashes.
func verifyFiles(ctx context.Context, p *proof) error {
	faked, err := p.tx.FakedReports(ctx)
	for _, name := range faked {
		p.fault("Het bewaarde bestand %s is niet wat pxq schreef of inlas.", "The kept file %s is not what pxq wrote or took in.", name)
	}
	return err
}

// verifySeals holds what was kept of the rows against the seals of the closed periods.
func verifySeals(ctx context.Context, p *proof) error {
	broken, err := p.tx.ProveSeals(ctx, p.closed)
	p.brokenSeals(broken)
	return err
}

// brokenSeals adds a fault for each period of which the seal does not agree.
func (v *Verified) brokenSeals(periods []billing.Period) {
	for _, period := range periods {
		v.fault("Het zegel van %s klopt niet: wat van deze periode is vastgelegd over regels, besluiten, toewijzingen, bestanden en werkboeken is gewijzigd.",
			"The seal of %s does not agree: what was kept of this period on rows, decisions, referrals, files and workbooks was changed.", period)
	}
}

// differ adds a fault for each sum with which the rows do not agree.
func (v *Verified) differ(differences []ledger.Difference) {
	for _, d := range differences {
		what, kept := billing.Text{Dutch: "er is iets gewijzigd", English: "something was changed"}, billing.Text{}
		if d.Rows != 0 {
			what = billing.Text{Dutch: fmt.Sprintf("%+d rijen", d.Rows), English: fmt.Sprintf("%+d rows", d.Rows)}
		}
		if d.Period != 0 {
			kept = billing.Text{Dutch: ", periode " + d.Period.String(), English: ", period " + d.Period.String()}
		}
		v.Faults = append(v.Faults, billing.Text{
			Dutch:   "Tabel " + d.Name + kept.Dutch + ": buiten pxq om is iets toegevoegd, verwijderd of gewijzigd (" + what.Dutch + ").",
			English: "Table " + d.Name + kept.English + ": something was added, removed or changed behind pxq's back (" + what.English + ").",
		})
	}
}

// verifyTrail recomputes the audit trail, which must end where it was left.
func verifyTrail(ctx context.Context, p *proof) error {
	check := trail.NewCheck()
	if err := p.tx.EachEntry(ctx, func(entry *trail.Entry) error {
		check.Add(entry)
		return nil
	}); err != nil {
		return err
	}
	head, err := p.tx.AuditHead(ctx)
	if head != "" && head != check.Head {
		check.Miss()
	}
	p.Faults = append(p.Faults, check.Faults...)
	return err
}

// digests holds the rows that are of no client against the digest that each carries, and counts them.
func (v *Verified) digests(ctx context.Context, tx *ledger.Tx, tally *ledger.Tally) error {
	for _, table := range ledger.DigestedTables() {
		rows, where := 0, []string(nil)
		err := tx.Tampered(ctx, table, tally, func(at string) error {
			if rows++; rows <= faultsPerTable {
				where = append(where, at)
			}
			return nil
		})
		if err != nil {
			return err
		}
		v.changed(table, rows, where)
	}
	return nil
}

// changed adds a fault for the rows of a table that are not what their digest says.
func (v *Verified) changed(table string, rows int, where []string) {
	for _, at := range where[:min(len(where), faultsPerTable)] {
		v.fault("Tabel %s: een rij is buiten pxq om gewijzigd (%s).", "Table %s: a row was changed behind pxq's back (%s).", table, at)
	}
	if rows > faultsPerTable {
		v.fault("Tabel %s: en nog %d rijen.", "Table %s: and %d rows more.", table, rows-faultsPerTable)
	}
}

// verifyChain recomputes the hash of every final line and of every close.
func verifyChain(ctx context.Context, p *proof) error {
	proof, err := p.tx.ProveChain(ctx, p.closed, func(*billing.DeclaredLine) {})
	if err != nil {
		return err
	}
	p.Lines = proof.Lines
	p.Faults = append(p.Faults, proof.Faults...)
	return nil
}

// verifyColumns holds the columns that may change against what they follow from.
func verifyColumns(ctx context.Context, p *proof) error {
	counts := p.rows.Counts
	err := p.tx.Contradictions(ctx, counts)
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		p.fault("Kolom %s: %d rijen spreken tegen waar zij uit volgen.", "Column %s: %d rows contradict what they follow from.", name, counts[name])
	}
	return err
}

// verifyTotals holds the lines of every closed period, computed again from the rows that it accepted, against the ledger.
func verifyTotals(_ context.Context, p *proof) error {
	p.counts.faultsInto(p.Verified)
	return nil
}
