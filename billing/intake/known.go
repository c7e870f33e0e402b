package intake

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// Known is a copy of what a store knows of some references: their rows and the results. Stored in an empty store, it lets
// files be checked without taking them in: a number that was paid, a change of a standing version and content that comes
// back are then found as a run would find them.
type Known struct {
	rows     map[int64]ledger.StoredRecord // by number
	files    map[int64]int                 // number of the rows from each file
	messages map[int64]*ledger.Message     // by file
}

// NewKnown returns an empty Known.
func NewKnown() *Known {
	return &Known{make(map[int64]ledger.StoredRecord), make(map[int64]int), make(map[int64]*ledger.Message)}
}

// AddReferences adds every row that a store has of the references.
func (k *Known) AddReferences(ctx context.Context, tx *ledger.Tx, keys []billing.RecordKey) error {
	history, err := tx.History(ctx, keys)
	for _, rows := range history {
		if err := k.Add(ctx, tx, rows); err != nil {
			return err
		}
	}
	return err
}

// AddMessages adds the provider's messages that count as sent, for the identifications, numbers and months that they used.
func (k *Known) AddMessages(ctx context.Context, tx *ledger.Tx, provider string) error {
	messages, err := tx.MessagesOf(ctx, provider)
	for i := range messages {
		if m := &messages[i]; !m.Refused {
			k.messages[m.FileID] = m
			k.files[m.FileID] += 0 // store the file even if none of its rows is added
		}
	}
	return err
}

// Add adds rows of a store, without duplicates.
func (k *Known) Add(ctx context.Context, tx *ledger.Tx, rows []ledger.StoredRecord) error {
	if err := tx.AddPrestaties(ctx, rows); err != nil {
		return err
	}
	for _, row := range rows {
		if _, has := k.rows[row.ID]; has || row.Origin == billing.FromMessage && row.Prestatie == nil {
			continue
		}
		k.rows[row.ID] = row
		k.files[row.FileID]++
	}
	return nil
}

// LastFile returns the highest number of the files involved; 0 if nothing is known. Files that are taken in after it have
// higher numbers.
func (k *Known) LastFile() int64 {
	last := int64(0)
	for file := range k.files {
		last = max(last, file)
	}
	return last
}

// Keep writes it to an empty store.
func (k *Known) Keep(ctx context.Context, tx *ledger.Tx) error {
	for _, id := range slices.Sorted(maps.Keys(k.files)) {
		// Not the file's real hash: a file that came in before must be checked row by row, and not be recognised as a
		// whole.
		file := ledger.File{ID: id, SHA256: fmt.Sprintf("known %d", id), Kind: ledger.SubmissionFile, Group: id, Rows: k.files[id], Kept: k.files[id]}
		if k.messages[id] != nil {
			file.Kind = ledger.MessageFile
		}
		if err := tx.AddFile(ctx, file, nil); err != nil {
			return err
		}
		if k.messages[id] != nil {
			if err := tx.AddStoredMessage(ctx, k.messages[id]); err != nil {
				return err
			}
		}
	}
	prestaties := tx.PrestatieWriter()
	writer, last, clients := tx.RecordWriter(), int64(0), make(map[string]bool)
	for _, id := range slices.Sorted(maps.Keys(k.rows)) {
		row := k.rows[id]
		if err := writer.AddStored(ctx, row); err != nil {
			return err
		}
		if row.Prestatie != nil {
			if err := prestaties.AddStored(ctx, row.Record); err != nil {
				return err
			}
		}
		last, clients[row.BSN] = id, true
	}
	if last == 0 {
		return nil
	}
	if err := writer.Flush(ctx); err != nil {
		return err
	}
	if err := prestaties.Flush(ctx); err != nil {
		return err
	}
	if err := tx.MarkClients(ctx, clients); err != nil {
		return err
	}
	return tx.SetNextRecordID(ctx, last+1)
}

// References is a sink that collects the references of the records in files.
type References struct {
	Keys []billing.RecordKey // without duplicates, in the order of the files
	seen map[billing.RecordKey]bool
}

// Record adds the reference of a record.
func (r *References) Record(record *billing.Record) error {
	key := billing.RecordKeyOf(record.Provider, record.Reference)
	if !record.Identified() || r.seen[key] {
		return nil
	}
	if r.seen == nil {
		r.seen = make(map[billing.RecordKey]bool)
	}
	r.seen[key] = true
	r.Keys = append(r.Keys, key)
	return nil
}

// Referral does nothing.
func (r *References) Referral(*billing.ReferralRow) error { return nil }

// Decision does nothing.
func (r *References) Decision(*billing.DecisionRow) error { return nil }
