package intake

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// Known is what a store knows, row by row with what became of each. It is put into an empty store, in which files are
// checked that are not taken in: so a number that was paid, a change of a version that stands and content that was
// followed are seen as a run would see them. What messages brought is left out: it is nothing without its prestatie.
type Known struct {
	rows  map[int64]ledger.StoredRecord // by number
	files map[int64]int                 // how many of the rows each file brought
}

// NewKnown returns nothing known.
func NewKnown() *Known {
	return &Known{make(map[int64]ledger.StoredRecord), make(map[int64]int)}
}

// AddReferences adds every row that a store keeps of some references.
func (k *Known) AddReferences(ctx context.Context, tx *ledger.Tx, keys []ledger.Key) error {
	history, err := tx.History(ctx, keys)
	for _, rows := range history {
		k.Add(rows)
	}
	return err
}

// Add adds rows, each once.
func (k *Known) Add(rows []ledger.StoredRecord) {
	for _, row := range rows {
		if _, has := k.rows[row.ID]; has || row.Origin != billing.FromSpreadsheet {
			continue
		}
		k.rows[row.ID] = row
		k.files[row.FileID]++
	}
}

// LastFile returns the number of the newest file that brought any of it; 0 when nothing is known. Files that are taken in
// behind it have higher numbers.
func (k *Known) LastFile() int64 {
	last := int64(0)
	for file := range k.files {
		last = max(last, file)
	}
	return last
}

// Keep writes it into an empty store.
func (k *Known) Keep(ctx context.Context, tx *ledger.Tx) error {
	for _, id := range slices.Sorted(maps.Keys(k.files)) {
		// The file's own hash is left away: whoever checks a file that came in before is told so row by row.
		file := ledger.File{ID: id, SHA256: fmt.Sprintf("known %d", id), Kind: ledger.SubmissionFile, Group: id, Rows: k.files[id], Kept: k.files[id]}
		if err := tx.AddFile(ctx, file, nil); err != nil {
			return err
		}
	}
	writer, last, clients := tx.RecordWriter(), int64(0), make(map[string]bool)
	for _, id := range slices.Sorted(maps.Keys(k.rows)) {
		row := k.rows[id]
		if err := writer.AddStored(ctx, row); err != nil {
			return err
		}
		last, clients[row.BSN] = id, true
	}
	if last == 0 {
		return nil
	}
	if err := writer.Flush(ctx); err != nil {
		return err
	}
	if err := tx.MarkClients(ctx, clients); err != nil {
		return err
	}
	return tx.SetNextRecordID(ctx, last+1)
}

// References gathers the references of the records in files that are read to it.
type References struct {
	Keys []ledger.Key // each once, in the order of the files
	seen map[ledger.Key]bool
}

// Record takes the reference of a record.
func (r *References) Record(record *billing.Record) error {
	key := ledger.KeyOf(record.Provider, record.Reference)
	if !record.Identified() || r.seen[key] {
		return nil
	}
	if r.seen == nil {
		r.seen = make(map[ledger.Key]bool)
	}
	r.seen[key] = true
	r.Keys = append(r.Keys, key)
	return nil
}

// Referral takes nothing.
func (r *References) Referral(*billing.ReferralRow) error { return nil }

// Decision takes nothing.
func (r *References) Decision(*billing.DecisionRow) error { return nil }
