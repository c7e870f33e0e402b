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
		for _, check := range []func(context.Context, *ledger.Tx, *Verified, []ledger.Run) error{
			verifyRows, verifyChain, verifyColumns, b.verifyTotals, verifyTrail, b.verifyKept,
		} {
			if err := check(ctx, tx, v, closed); err != nil {
				return err
			}
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

// faultsPerTable bounds how many rows of a table are named.
const faultsPerTable = 20

// verifyRows holds every row against the digest that it carries, what all rows come to against what was kept of that, and
// what was kept against the seals of the closed periods.
func verifyRows(ctx context.Context, tx *ledger.Tx, v *Verified, closed []ledger.Run) error {
	tally, err := tx.NewTally(ctx)
	if err != nil {
		return err
	}
	if err := v.digests(ctx, tx, ledger.Everything, tally); err != nil {
		return err
	}
	if err := tx.Count(ctx, tally); err != nil {
		return err
	}
	differences, err := tx.Differences(ctx, tally, false)
	if err != nil {
		return err
	}
	v.differ(differences)
	faked, err := tx.FakedReports(ctx)
	for _, name := range faked {
		v.fault("Het bewaarde bestand %s is niet wat pxq schreef of inlas.", "The kept file %s is not what pxq wrote or took in.", name)
	}
	if err != nil {
		return err
	}
	broken, err := tx.ProveSeals(ctx, closed)
	v.brokenSeals(broken)
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
func verifyTrail(ctx context.Context, tx *ledger.Tx, v *Verified, _ []ledger.Run) error {
	check := trail.NewCheck()
	if err := tx.EachEntry(ctx, func(entry *trail.Entry) error {
		check.Add(entry)
		return nil
	}); err != nil {
		return err
	}
	head, err := tx.AuditHead(ctx)
	if head != "" && head != check.Head {
		check.Miss()
	}
	v.Faults = append(v.Faults, check.Faults...)
	return err
}

// digests holds the rows in scope against the digest that each carries, and counts them.
func (v *Verified) digests(ctx context.Context, tx *ledger.Tx, scope ledger.Scope, tally *ledger.Tally) error {
	for _, table := range ledger.DigestedTables() {
		count := 0
		err := tx.Tampered(ctx, scope, table, tally, func(where string) error {
			if count++; count <= faultsPerTable {
				v.fault("Tabel %s: een rij is buiten pxq om gewijzigd (%s).", "Table %s: a row was changed behind pxq's back (%s).", table, where)
			}
			return nil
		})
		if err != nil {
			return err
		}
		if count > faultsPerTable {
			v.fault("Tabel %s: en nog %d rijen.", "Table %s: and %d rows more.", table, count-faultsPerTable)
		}
	}
	return nil
}

func verifyChain(ctx context.Context, tx *ledger.Tx, v *Verified, closed []ledger.Run) error {
	proof, err := tx.ProveChain(ctx, closed, func(*billing.DeclaredLine) {})
	if err != nil {
		return err
	}
	v.Lines = proof.Lines
	v.Faults = append(v.Faults, proof.Faults...)
	return nil
}

func verifyColumns(ctx context.Context, tx *ledger.Tx, v *Verified, _ []ledger.Run) error {
	return v.columns(ctx, tx, ledger.Everything)
}

// columns holds the columns in scope that may change against what they follow from.
func (v *Verified) columns(ctx context.Context, tx *ledger.Tx, scope ledger.Scope) error {
	counts, err := tx.Contradictions(ctx, scope)
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		v.fault("Kolom %s: %d rijen spreken tegen waar zij uit volgen.", "Column %s: %d rows contradict what they follow from.", name, counts[name])
	}
	return err
}

// verifyTotals computes the lines of every closed period again from the rows that it accepted, and holds them
// against the ledger.
func (b *Batch) verifyTotals(ctx context.Context, tx *ledger.Tx, v *Verified, closed []ledger.Run) error {
	for _, stored := range closed {
		book, policy, ok, err := tx.Book(ctx, stored)
		if err != nil {
			return err
		}
		if !ok {
			v.fault("Het contractenboek van %s is niet bewaard.", "The contract book of %s was not kept.", stored.Month())
			continue
		}
		if b.Fingerprint != nil && stored.Seal != "" && b.Fingerprint(book, policy) != stored.Book {
			v.fault("Het bewaarde contractenboek van %s is niet dat waarmee is afgesloten.", "The kept contract book of %s is not that with which it was closed.", stored.Month())
		}
		again := newRecount(&billing.Run{Period: stored.Month(), Book: book, Policy: policy, Catalogue: b.Catalogue})
		if err := again.target(ctx, tx, ledger.Everything, stored); err != nil {
			return err
		}
		if err := tx.EachFinal(ctx, ledger.Everything, stored.Month(), again.declared); err != nil {
			return err
		}
		v.Rows += again.rows
		again.compare(v, false)
	}
	return nil
}
