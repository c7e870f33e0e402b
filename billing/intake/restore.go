package intake

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// addedAtOnce is how many rows are held in memory at a time that are to be kept after all.
const addedAtOnce = 100_000

// restored is a file that was read once more, because a file that it repeated was taken back.
type restored struct {
	*readAgain
	path    string
	kept    int // rows that are kept after all
	records int
	summary *billing.FileSummary
}

// waitsUntil reports whether a row of the file waited for a day that has come.
func (r *restored) waitsUntil(day billing.Date) bool {
	return r != nil && r.waiting != 0 && r.waiting <= day
}

// asImported returns what became of the file.
func (r *restored) asImported(path string) *ImportedFile {
	file := &ImportedFile{
		Path: path, Name: nameOf(path), Own: r.summary.Own, Sheets: r.summary.Sheets, Records: r.records, Kept: r.kept, AlreadyReceived: r.records - r.kept,
	}
	for _, sheet := range file.Sheets {
		file.Totals += sheet.Totals
		file.Empty += sheet.Empty
	}
	return file
}

// restoring puts rows in their place that only repeated what a file said that is taken back since: into the group in
// which their own file came, as if they had been kept at once. What follows from them for rows that came later is decided
// anew. The files are read before anything else of an import, for what is new comes after them.
type restoring struct {
	*replaying
	im    *importing
	files []*restored
	added map[ledger.Key][]*billing.Record
	next  int64  // the number of the next record
	part  uint64 // of the references, that is looked at
	parts uint64 // into which the references are divided, so that they can be held in memory
}

// restore puts the rows of the files in their place that are to be read once more.
func (im *importing) restore(ctx context.Context, groups [][]string) error {
	im.restored = make(map[string]*restored)
	wanted := make(map[string]bool)
	err := im.Store.Read(ctx, func(tx *ledger.Tx) error {
		files, err := tx.FilesToReadAgain(ctx)
		for _, file := range files {
			wanted[file.SHA256] = file.Kind == ledger.SubmissionFile || file.Kind == ledger.MixedFile
		}
		return err
	})
	if err != nil || len(wanted) == 0 {
		return err
	}
	paths := make(map[string]string)
	for _, path := range slices.Concat(groups...) {
		hash, err := im.Reader.Hash(path)
		if err == nil && wanted[hash] { // why another cannot be read is told when it is taken in
			paths[hash] = path
		}
	}
	if len(paths) == 0 {
		return nil
	}
	return im.Store.Write(ctx, func(tx *ledger.Tx) error {
		anew, err := newReplaying(ctx, tx)
		if err != nil {
			return err
		}
		r := &restoring{replaying: anew, im: im}
		return r.do(paths)
	})
}

func (r *restoring) do(paths map[string]string) (err error) {
	rows := 0
	for _, hash := range slices.Sorted(maps.Keys(paths)) {
		again, err := readAgainOf(r.ctx, r.tx, hash)
		if err != nil {
			return err
		}
		rows += again.file.Rows - len(again.places)
		r.files = append(r.files, &restored{readAgain: again, path: paths[hash]})
	}
	if r.next, err = r.tx.NextRecordID(r.ctx); err != nil {
		return err
	}
	r.parts = uint64(1 + max(0, rows)/addedAtOnce)
	for ; r.part < r.parts; r.part++ {
		if err := r.addPart(); err != nil {
			return err
		}
	}
	for _, file := range r.files {
		file.kept = r.kept[file.file.ID]
		if err := r.finish(file); err != nil {
			return err
		}
	}
	if err := r.tx.SetNextRecordID(r.ctx, r.next); err != nil {
		return err
	}
	return r.tx.MarkClients(r.ctx, r.clients)
}

// addPart reads the files for one part of the references.
func (r *restoring) addPart() error {
	r.added = make(map[ledger.Key][]*billing.Record)
	var read []*restored
	for _, file := range r.files {
		file.records = 0
		summary, err := r.im.Reader.Read(r.ctx, file.path, billing.Date(file.file.Received), &repeatedRows{r, file})
		if refusal, ok := errors.AsType[Refusal](err); ok && refusal != nil {
			r.forget(file.file.ID) // it is told when the file is taken in
			continue
		}
		if err != nil {
			return fmt.Errorf("%s: %w", bsn.FileName(nameOf(file.path)), err)
		}
		file.summary = summary
		read = append(read, file)
	}
	r.files = read
	keys := slices.SortedFunc(maps.Keys(r.added), func(a, b ledger.Key) int {
		return cmp.Or(strings.Compare(a.Provider, b.Provider), strings.Compare(a.KnownAs, b.KnownAs))
	})
	for some := range slices.Chunk(keys, rowsPerChunk) {
		if err := r.replay(some, r.added); err != nil {
			return err
		}
	}
	return nil
}

// forget forgets the rows of a file that is refused.
func (r *restoring) forget(file int64) {
	for key, rows := range r.added {
		r.added[key] = slices.DeleteFunc(rows, func(row *billing.Record) bool { return row.FileID == file })
	}
}

// finish notes that a file was read once more. One that holds referrals or decisions too is read for them when its group is
// taken in.
func (r *restoring) finish(file *restored) error {
	r.im.restored[file.file.SHA256] = file
	r.tx.DidReadAgain(&file.file, file.kept)
	if file.file.Kind != ledger.SubmissionFile {
		return nil
	}
	return file.done(r.ctx, r.tx)
}

// repeatedRows takes the rows of a file that were not kept.
type repeatedRows struct {
	*restoring
	file *restored
}

// Record takes a row unless it was kept: then it stands in its place.
func (s *repeatedRows) Record(r *billing.Record) error {
	s.file.records++
	if !r.Identified() || s.file.places[place{r.Sheet, r.Row}] {
		return nil
	}
	key := ledger.KeyOf(r.Provider, r.Reference)
	if s.fingerprints.Reference(key.Provider, key.KnownAs)[0]%s.parts != s.part {
		return nil
	}
	r.ID = s.next
	s.next++
	r.FileID, r.Received, r.FirstReceived = s.file.file.ID, billing.Date(s.file.file.Received), billing.Date(s.file.file.Received)
	s.added[key] = append(s.added[key], r)
	return nil
}

// Referral takes nothing: referrals and decisions come with the group of the file.
func (s *repeatedRows) Referral(*billing.ReferralRow) error { return nil }

// Decision takes nothing.
func (s *repeatedRows) Decision(*billing.DecisionRow) error { return nil }
