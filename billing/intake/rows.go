// From the cell to the euro, 2 of 8. A record arrives here from the reader (importers/submission.go), is looked up with
// what is known of its reference, and is stored as what billing/versions/reference.go decides it is.

package intake

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/versions"
)

// rowsPerChunk is the number of rows that are looked up in the store at a time.
const rowsPerChunk = 2000

// Record adds a row of a submission to the file.
func (g *group) Record(r *billing.Record) error {
	if g.file.again != nil { // restoring has already stored the rows of such a file: here they are only counted
		g.file.result.Records++
		g.file.rows[r.Provider]++
		g.countReceived(r, 1)
		return nil
	}
	g.file.buffer = append(g.file.buffer, r)
	if len(g.file.buffer) < rowsPerChunk {
		return nil
	}
	return g.takeBuffer()
}

// takeBuffer takes the buffered rows, in the order of the file.
func (g *group) takeBuffer() error {
	if err := g.lookUp(g.file.buffer); err != nil {
		return err
	}
	for _, r := range g.file.buffer {
		if err := g.take(r); err != nil {
			return err
		}
	}
	g.progress.addRows(len(g.file.buffer))
	clear(g.file.buffer)
	g.file.buffer = g.file.buffer[:0]
	return nil
}

// lookUp fetches what was kept before under the references of these rows.
func (g *group) lookUp(rows []*billing.Record) error {
	clear(g.file.shown)
	keys, err := g.toLookUp(rows)
	if err != nil || len(keys) == 0 {
		return err
	}
	found, err := g.earlier.History(g.ctx, keys)
	if err != nil {
		return err
	}
	for key, kept := range found {
		if err := g.addKept(key, kept); err != nil {
			return err
		}
	}
	for _, r := range rows {
		if key := billing.RecordKeyOf(r.Provider, r.Reference); r.ReturnedVersion != 0 {
			g.file.shown[key] = found[key]
		}
	}
	return nil
}

// toLookUp returns the references in these rows that must be looked up, without duplicates: those that the group has not
// looked up yet and, because they are compared with the version that they show, those of all rows of a return file.
// Providers without earlier rows need no lookup.
func (g *group) toLookUp(rows []*billing.Record) ([]billing.RecordKey, error) {
	var keys []billing.RecordKey
	wanted := make(map[billing.RecordKey]bool)
	for _, r := range rows {
		key := billing.RecordKeyOf(r.Provider, r.Reference)
		if !r.Identified() || !g.providers[r.Provider] || wanted[key] {
			continue
		}
		known, err := g.references.has(key)
		if err != nil {
			return nil, err
		}
		if known && r.ReturnedVersion == 0 {
			continue
		}
		wanted[key] = true
		keys = append(keys, key)
	}
	return keys, nil
}

// addKept adds the kept rows of a reference to the group's references, unless it was added before.
func (g *group) addKept(key billing.RecordKey, kept []ledger.StoredRecord) error {
	if kept = g.withoutPrestaties(kept); len(kept) == 0 {
		return nil
	}
	known, err := g.references.has(key)
	if err != nil || known {
		return err
	}
	if err := g.references.addKnown(key, knownOf(g.references.Fingerprints, kept)); err != nil {
		return err
	}
	g.countRepeated(key, kept)
	return nil
}

// untouched reports whether a row of a return file still equals the version that it shows.
func (g *group) untouched(r *billing.Record) bool {
	var kept []*billing.Record
	for _, row := range g.file.shown[billing.RecordKeyOf(r.Provider, r.Reference)] {
		if row.FileID < g.firstFile && row.Origin != billing.FromMessage {
			kept = append(kept, row.Record)
		}
	}
	return g.references.Untouched(r, kept)
}

// take keeps a row, or counts it as already received. Only a row with a valid reference can be a version.
func (g *group) take(r *billing.Record) error {
	r.FileID, r.Received = g.file.id, g.file.due.receivedOn(r, g.asOf)
	r.FirstReceived = r.Received
	g.file.result.Records++
	g.file.rows[r.Provider]++
	g.noteFuture(r)
	switch {
	case !r.Identified() && g.file.due != nil: // it was kept when the file was first read
		g.countReceived(r, 1)
		return nil
	case !r.Identified(): // it cannot be recognised later: it is kept, and never replaced
		r.Version = 1
		return g.keep(r)
	}
	return g.takeVersion(r)
}

// takeVersion keeps a row as what it is among the versions of its reference, or counts it as already received.
func (g *group) takeVersion(r *billing.Record) error {
	ref, err := g.references.find(billing.RecordKeyOf(r.Provider, r.Reference))
	if err != nil {
		return err
	}
	if g.file.due.skips(r) || g.untouched(r) {
		g.countReceived(r, 1)
		return g.references.keep(ref, versions.Row{}, versions.Verdict{})
	}
	r.ID = g.nextRecord // used if it is kept
	row := g.references.Row(r)
	row.Claimed = g.isClaimed(r)
	if r.ReturnedVersion == 0 { // a return file may correct the client of a row: that is no new numbering
		g.file.count(r.Provider, ref.Known(), row)
	}
	if err := g.references.expect(ref, row); err != nil {
		return err
	}
	verdict := ref.Take(row)
	if err := g.carryOut(r, ref, verdict); err != nil {
		return err
	}
	return g.references.keep(ref, row, verdict)
}

// carryOut applies the verdict on a row.
func (g *group) carryOut(r *billing.Record, ref *reference, verdict versions.Verdict) error {
	switch verdict.First {
	case versions.FirstAmbiguous:
		g.ambiguous = append(g.ambiguous, verdict.FirstRow)
	case versions.FirstKept:
		if err := g.keepRepetition(billing.RecordKeyOf(r.Provider, r.Reference), ref.repetition, verdict); err != nil {
			return err
		}
	}
	if verdict.Kind == versions.AlreadyReceived {
		if ref.OnlyRepeats() && ref.repetition == nil {
			ref.repetition = newRepetition(r, verdict.Repeats)
		}
		g.countReceived(r, 1)
		return nil
	}
	verdict.Note(r)
	return g.keep(r)
}

// keep writes a row and gives it the next number.
func (g *group) keep(r *billing.Record) error {
	r.ID = g.nextRecord
	g.nextRecord++
	g.file.result.Kept++
	g.markRow(r)
	return g.records.Add(g.ctx, r, versions.Current)
}

// noteFuture records the first care date that lies in the future: the file must be read again on that day.
func (g *group) noteFuture(r *billing.Record) {
	if r.LiesInFuture() && (g.file.future == 0 || r.First < g.file.future) {
		g.file.future = r.First
	}
}

// countReceived counts a row as already received; rows is 1, or -1 to undo it.
func (g *group) countReceived(r *billing.Record, rows int) {
	g.file.result.AlreadyReceived += rows
	g.file.received.count(r, rows)
}
