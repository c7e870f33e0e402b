package workspace

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/intake"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// knownVersions is the name under which the versions that the workspace knows are read before the files that are checked.
const knownVersions = "(werkmap)"

// withKnown is a reader that also reads the versions that a workspace knows, as a file that came before.
type withKnown struct {
	reader
	records []*billing.Record
}

func (k withKnown) Hash(path string) (string, error) {
	if path == knownVersions {
		return knownVersions, nil
	}
	return k.reader.Hash(path)
}

func (k withKnown) Read(ctx context.Context, path string, asOf billing.Date, sink billing.Sink) (*billing.FileSummary, error) {
	if path != knownVersions {
		return k.reader.Read(ctx, path, asOf, sink)
	}
	for _, record := range k.records {
		if err := sink.Record(record); err != nil {
			return nil, err
		}
	}
	return &billing.FileSummary{
		Name: knownVersions, SHA256: knownVersions, Sheets: []billing.SheetSummary{{Kind: billing.SubmissionSheet, HeadingRow: 1, Rows: len(k.records)}},
	}, nil
}

// takeInKnown takes in the versions that the workspace knows of the references in some files, as a file that came when the
// first of them did.
func (f *Folder) takeInKnown(ctx context.Context, in *intake.Intake, files []string, options CheckOptions) error {
	records, err := f.known(ctx, options.Database, files, options.AsOf)
	if err != nil || len(records) == 0 {
		return err
	}
	first := options.AsOf
	for _, record := range records {
		first = min(first, record.FirstReceived)
	}
	known := *in
	known.Reader, known.Messages = withKnown{records: records}, nil // what is known stands in no file that could be a message
	_, err = known.Import(ctx, [][]string{{knownVersions}}, first, nil)
	return err
}

// known returns the current versions that the database holds of the references in some files; none while there is no
// database.
func (f *Folder) known(ctx context.Context, database string, files []string, asOf billing.Date) ([]*billing.Record, error) {
	if path, ok := strings.CutPrefix(f.address(database), "sqlite:"); ok {
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			return nil, nil
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
	var records []*billing.Record
	err = w.store.Read(ctx, func(tx *ledger.Tx) error {
		history, err := tx.History(ctx, references.keys)
		for _, key := range references.keys {
			for _, stored := range history[key] {
				if stored.State == ledger.Current && stored.Readable() && stored.Origin == billing.FromSpreadsheet {
					records = append(records, asRead(stored.Record))
				}
			}
		}
		return err
	})
	return records, errors.Join(err, w.Close())
}

// asRead returns a record as a file would bring it, without what is known of it since.
func asRead(stored *billing.Record) *billing.Record {
	record := *stored
	record.ID, record.FileID, record.Version = 0, 0, 0
	record.File, record.Sheet = knownVersions, ""
	record.Ambiguous, record.HasPrior, record.Declared = false, false, 0
	return &record
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
