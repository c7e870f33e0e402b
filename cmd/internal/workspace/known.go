package workspace

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// known is what a workspace knows of the references in some files.
type known struct {
	records []ledger.StoredRecord
	rows    map[int64]int // by the number of the file that brought them
}

// lastFile returns the number of the newest file that brought any of it; 0 when nothing is known.
func (k *known) lastFile() int64 {
	last := int64(0)
	for file := range k.rows {
		last = max(last, file)
	}
	return last
}

// keep writes it into an empty store as it stands in the workspace: each version with what became of it, so that a number
// that was paid, a change of a version that stands and content that was followed are seen as a run would see them.
func (k *known) keep(ctx context.Context, store *ledger.Store) error {
	if len(k.records) == 0 {
		return nil
	}
	return store.Write(ctx, func(tx *ledger.Tx) error {
		for _, id := range slices.Sorted(maps.Keys(k.rows)) {
			// The file's own hash is left away: whoever checks a file that was sent before is told so row by row.
			file := ledger.File{ID: id, SHA256: fmt.Sprintf("known %d", id), Kind: ledger.SubmissionFile, Group: id, Rows: k.rows[id], Kept: k.rows[id]}
			if err := tx.AddFile(ctx, file, nil); err != nil {
				return err
			}
		}
		writer, last, clients := tx.RecordWriter(), int64(0), make(map[string]bool)
		for _, record := range k.records {
			if err := writer.AddStored(ctx, record); err != nil {
				return err
			}
			last, clients[record.BSN] = max(last, record.ID), true
		}
		if err := writer.Flush(ctx); err != nil {
			return err
		}
		if err := tx.MarkClients(ctx, clients); err != nil {
			return err
		}
		return tx.SetNextRecordID(ctx, last+1)
	})
}

// known returns what the database holds of the references in some files; nothing while there is no database.
func (f *Folder) known(ctx context.Context, database string, files []string, asOf billing.Date) (*known, error) {
	if path, ok := strings.CutPrefix(f.address(database), "sqlite:"); ok {
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			return &known{}, nil
		}
	}
	references := &referenceList{seen: make(map[ledger.Key]bool)}
	for _, file := range files {
		_, err := reader{}.Read(ctx, file, asOf, references)
		if err != nil && ctx.Err() != nil {
			return nil, ctx.Err() // else the file is refused when it is checked
		}
	}
	w, err := f.Open(ctx, Options{Database: database})
	if err != nil {
		return nil, err
	}
	found := &known{rows: make(map[int64]int)}
	err = w.store.Read(ctx, func(tx *ledger.Tx) error {
		history, err := tx.History(ctx, references.keys)
		for _, key := range references.keys {
			for _, stored := range history[key] {
				if stored.Origin == billing.FromSpreadsheet { // what a message brought is not without its prestatie
					found.records = append(found.records, stored)
					found.rows[stored.FileID]++
				}
			}
		}
		return err
	})
	return found, errors.Join(err, w.Close())
}

// referenceList gathers the references of the records in files.
type referenceList struct {
	keys []ledger.Key
	seen map[ledger.Key]bool
}

func (l *referenceList) Record(r *billing.Record) error {
	key := ledger.KeyOf(r.Provider, r.Reference)
	if r.Identified() && !l.seen[key] {
		l.seen[key] = true
		l.keys = append(l.keys, key)
	}
	return nil
}

func (l *referenceList) Referral(*billing.ReferralRow) error { return nil }

func (l *referenceList) Decision(*billing.DecisionRow) error { return nil }
