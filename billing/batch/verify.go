package batch

import (
	"context"
	"maps"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/ledger/trail"
)

// Verified is the result of a proof of a store.
type Verified struct {
	Periods int            // number of closed periods
	Lines   int            // number of final lines whose hash was recomputed
	Rows    int            // number of rows whose lines were recomputed
	Head    string         // of the hash chain, at the last close
	Faults  []billing.Text // what differs; none when all is as pxq wrote it
}

func (v *Verified) fault(dutch, english string, values ...any) {
	v.Faults = append(v.Faults, billing.Texts(dutch, english, values...))
}

// Verify recomputes the digests of rows, the hash chain, the reconciliation and the totals of every closed
// period from the stored records. head, unless it is "", must be the head of the chain at one of the closes.
func (b *Batch) Verify(ctx context.Context, head string) (*Verified, error) {
	var v *Verified
	err := b.Store.Read(ctx, func(tx *ledger.Tx) error {
		closed, err := tx.ClosedRuns(ctx)
		if err != nil {
			return err
		}
		if v, err = b.proveAll(ctx, &proof{tx: tx, closed: closed}); err != nil {
			return err
		}
		v.Periods = len(closed)
		if last := len(closed) - 1; last >= 0 {
			v.Head = closed[last].Head
		}
		if head != "" && !slices.ContainsFunc(closed, func(run ledger.Run) bool { return run.Head == head }) {
			v.fault("De keten eindigt nergens op het opgegeven hoofd %s: het grootboek is opnieuw opgebouwd of van een andere regio.",
				"The chain does not end at the given head %s anywhere: the ledger was rebuilt or belongs to another region.", head)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return v, nil
}

// proof is what the checks of a proof share.
type proof struct {
	tx     *ledger.Tx
	closed []ledger.Run
	open   *recountedMonth // the month that is about to be closed; nil for verify
	tally  *ledger.Tally
}

// proveAll proves a store. Verify and Close run the same checks, so that nothing can be closed in which verify finds a fault:
// a close only adds the month that it closes, and leaves out summaries that were sealed before (see verifySummaries). The
// checks run concurrently where the database allows it.
func (b *Batch) proveAll(ctx context.Context, p *proof) (*Verified, error) {
	v := &Verified{}
	months, err := b.months(ctx, p, v)
	if err != nil {
		return nil, err
	}
	if p.tally, err = p.tx.NewTally(ctx); err != nil {
		return nil, err
	}
	clients, err := p.tx.ClientProof(ctx, p.tally, months.visitor)
	if err != nil {
		return nil, err
	}
	checks := []func(context.Context, *proof, *Verified) error{
		verifyDigests, verifyFiles, verifySeals, verifyChain, verifyColumns, verifyTrail, b.verifySummaries, b.verifyPageTables,
	}
	found := make([]Verified, len(checks))
	err = p.tx.Concurrently(ctx, len(checks)+clients.Parts(), func(ctx context.Context, reader *ledger.Tx, task int) error {
		if check := len(checks) - 1 - task; check >= 0 { // in reverse, because the last ones take longest
			return checks[check](ctx, &proof{reader, p.closed, p.open, p.tally}, &found[check])
		}
		return clients.Prove(ctx, reader, task-len(checks))
	})
	if err != nil {
		return nil, err
	}
	if err := v.rows(ctx, p, clients); err != nil {
		return nil, err
	}
	months.faultsInto(v)
	for check := range found {
		v.Faults = append(v.Faults, found[check].Faults...)
		v.Lines += found[check].Lines
	}
	return v, nil
}

// faultsPerTable is the largest number of rows of a table, or differences in a month, that are named.
const faultsPerTable = 20

// months returns the months to recount: the closed ones with their stored books, and the one that is about to be closed. It
// adds faults for stored books that are missing or have another fingerprint.
func (b *Batch) months(ctx context.Context, p *proof, v *Verified) (*recountedMonths, error) {
	months := &recountedMonths{}
	for _, stored := range p.closed {
		book, policy, ok, err := p.tx.Book(ctx, stored)
		if err != nil {
			return nil, err
		}
		if ok && b.Fingerprint != nil && stored.Seal != "" && b.Fingerprint(book, policy) != stored.Book {
			v.fault("Het bewaarde contractenboek van %s is niet dat waarmee is afgesloten.", "The saved contract book of %s is not the one it was closed with.", stored.Month())
		}
		if !ok {
			v.fault("Het contractenboek van %s is niet bewaard.", "The contract book of %s was not saved.", stored.Month())
		}
		months.add(recountedMonth{id: stored.ID, book: ok, judge: &billing.Judge{Period: stored.Month(), Book: book, Policy: policy, Catalogue: b.Catalogue}})
	}
	if p.open != nil {
		months.add(*p.open)
	}
	return months, nil
}

// rows adds faults for rows of clients that differ from their digest or contradict what they follow from, and for sums that do
// not agree with the rows. All rows must have been counted before.
func (v *Verified) rows(ctx context.Context, p *proof, clients *ledger.ClientProof) error {
	if err := clients.End(ctx, p.tx); err != nil {
		return err
	}
	for _, table := range slices.Sorted(maps.Keys(clients.Changed)) {
		v.changed(table, clients.Changed[table].Rows, clients.Changed[table].Where)
	}
	differences, err := p.tx.Differences(ctx, p.tally)
	v.differ(differences)
	v.columns(clients.Counts)
	return err
}

// verifyDigests checks the rows that belong to no client against their digests, and counts these and all other rows without a
// client.
func verifyDigests(ctx context.Context, p *proof, v *Verified) error {
	for _, table := range ledger.DigestedTables() {
		rows, where := 0, []string(nil)
		err := p.tx.Tampered(ctx, table, p.tally, func(at string) error {
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
	return p.tx.Count(ctx, p.tally)
}

// verifyFiles checks the stored files against their hashes.
func verifyFiles(ctx context.Context, p *proof, v *Verified) error {
	faked, err := p.tx.FakedReports(ctx)
	for _, name := range faked {
		v.fault("Het bewaarde bestand %s is niet wat pxq schreef of inlas.", "The saved file %s is not what pxq wrote or imported.", name)
	}
	return err
}

// verifySeals checks what is stored against the seals of the closed periods.
func verifySeals(ctx context.Context, p *proof, v *Verified) error {
	broken, err := p.tx.ProveSeals(ctx, p.closed)
	v.brokenSeals(broken)
	return err
}

// brokenSeals adds a fault for each period whose seal does not agree.
func (v *Verified) brokenSeals(periods []billing.Period) {
	for _, period := range periods {
		v.fault("Het zegel van %s klopt niet: wat van deze periode is vastgelegd over regels, besluiten, toewijzingen, bestanden en werkboeken is gewijzigd.",
			"The seal of %s does not match: what was saved about the rows, decisions, referrals, files and workbooks of this period was changed.", period)
	}
}

// differ adds a fault for each sum that does not agree with the rows.
func (v *Verified) differ(differences []ledger.Difference) {
	for _, d := range differences {
		what, kept := billing.Text{Dutch: "er is iets gewijzigd", English: "something was changed"}, billing.Text{}
		if d.Rows != 0 {
			what = billing.Texts("%+d rijen", "%+d rows", d.Rows)
		}
		if d.Period != 0 {
			kept = billing.Text{Dutch: ", periode " + d.Period.String(), English: ", period " + d.Period.String()}
		}
		v.Faults = append(v.Faults, billing.Text{
			Dutch:   "Tabel " + d.Name + kept.Dutch + ": buiten pxq om is iets toegevoegd, verwijderd of gewijzigd (" + what.Dutch + ").",
			English: "Table " + d.Name + kept.English + ": something was added, removed or changed outside pxq (" + what.English + ").",
		})
	}
}

// verifyTrail recomputes the hashes of the audit trail, which must end at the stored head.
func verifyTrail(ctx context.Context, p *proof, v *Verified) error {
	check := trail.NewCheck()
	if err := p.tx.EachEntry(ctx, func(entry *trail.Entry) error {
		check.Add(entry)
		return nil
	}); err != nil {
		return err
	}
	head, err := p.tx.AuditHead(ctx)
	check.EndsAt(head)
	v.Faults = append(v.Faults, check.Faults...)
	return err
}

// changed adds faults for the rows of a table that do not agree with their digests.
func (v *Verified) changed(table string, rows int, where []string) {
	for _, at := range where[:min(len(where), faultsPerTable)] {
		v.fault("Tabel %s: een rij is buiten pxq om gewijzigd (%s).", "Table %s: a row was changed outside pxq (%s).", table, at)
	}
	if rows > faultsPerTable {
		v.fault("Tabel %s: nog meer rijen: %d.", "Table %s: more rows: %d.", table, rows-faultsPerTable)
	}
}

// verifyChain recomputes the hash of every final line and of every close, and the totals of each close.
func verifyChain(ctx context.Context, p *proof, v *Verified) error {
	chain, err := p.tx.ProveChain(ctx, p.closed, func(*billing.DeclaredLine) {})
	if err != nil {
		return err
	}
	v.Lines, v.Faults = chain.Lines, chain.Faults
	if chain.Totals > 0 {
		v.columns(map[string]int{"closed_totals": chain.Totals})
	}
	return nil
}

// verifyColumns checks columns that no digest covers, because they may change, against what they follow from.
func verifyColumns(ctx context.Context, p *proof, v *Verified) error {
	counts, err := p.tx.Contradictions(ctx)
	v.columns(counts)
	return err
}

// columns adds a fault for each column that contradicts what it follows from.
func (v *Verified) columns(counts map[string]int) {
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		v.fault("Kolom %s: rijen die tegenspreken waar zij uit volgen: %d.", "Column %s: rows that contradict what they are derived from: %d.", name, counts[name])
	}
}
