package intake

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// addedAtOnce is roughly the maximum number of rows to be kept after all that are in memory at once.
const addedAtOnce = 100_000

// restored is a file that was read again because a file that it repeated was taken back.
type restored struct {
	*readAgain
	path     string
	reading  ledger.File // the new reading, in the group of the first
	rows     map[string]int
	received receivedRows
	summary  *billing.FileSummary
}

// asImported returns the file's result for an import.
func (r *restored) asImported(path string) *ImportedFile {
	return &ImportedFile{
		Path: path, Name: nameOf(path), WrittenAs: r.summary.WrittenAs, Sheets: r.summary.Sheets, Records: r.reading.Rows, Kept: r.reading.Kept,
		AlreadyReceived: r.reading.Rows - r.reading.Kept, Totals: r.reading.Totals, Empty: r.reading.Empty,
	}
}

// restoring keeps rows after all that were not kept because they only repeated a file that was taken back since. They are
// added to the group in which their own file came in, as if they had been kept then, and rows that came later are decided
// on again. It reads these files before anything else in an import, because what is new comes after them.
type restoring struct {
	*replaying
	im    *importing
	files []*restored
	added map[billing.RecordKey][]*billing.Record
	next  int64  // number for the next record
	part  uint64 // index of the part of the references that is being restored
	parts uint64 // number of parts, so that one fits in memory
}

// restore restores the care of the files that are to be read again.
func (im *importing) restore(ctx context.Context, groups [][]string) error {
	im.restored = make(map[string]*restored)
	wanted := make(map[string]bool)
	err := im.Store.Read(ctx, func(tx *ledger.Tx) error {
		files, err := tx.FilesToReadAgain(ctx)
		for _, file := range files {
			if file.HoldsCare() {
				wanted[file.SHA256] = true
			}
		}
		return err
	})
	if err != nil || len(wanted) == 0 {
		return err
	}
	paths := make(map[string]string)
	for _, path := range slices.Concat(groups...) {
		hash, err := im.Reader.Hash(path)
		if err == nil && wanted[hash] { // errors of other files are returned when they are taken in
			paths[hash] = path
		}
	}
	im.readAgain = paths
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
	for hash, path := range paths {
		again, err := readAgainOf(r.ctx, r.tx, hash)
		if err != nil {
			return err
		}
		rows += again.file.Rows - len(again.places)
		r.files = append(r.files, &restored{readAgain: again, path: path, rows: make(map[string]int), received: make(receivedRows)})
	}
	slices.SortFunc(r.files, func(a, b *restored) int { return cmp.Compare(a.file.ID, b.file.ID) })
	if err := r.number(); err != nil {
		return err
	}
	r.parts = uint64(1 + max(0, rows)/addedAtOnce)
	for ; r.part < r.parts; r.part++ {
		if err := r.addPart(); err != nil {
			return err
		}
	}
	for _, file := range r.files {
		if err := r.finish(file); err != nil {
			return err
		}
	}
	if err := r.tx.SetNextRecordID(r.ctx, r.next); err != nil {
		return err
	}
	return r.tx.MarkClients(r.ctx, r.clients)
}

// number gives each file the number of a new reading, in the group in which the file first came in.
func (r *restoring) number() (err error) {
	if r.next, err = r.tx.NextRecordID(r.ctx); err != nil {
		return err
	}
	id, err := r.tx.NextFileID(r.ctx)
	if err != nil {
		return err
	}
	readings := make(map[int64]*restored)
	for _, file := range r.files {
		file.reading = file.file
		file.reading.ID, file.reading.Received = id, r.im.asOf
		file.reading.Kept, file.reading.Rows, file.reading.Totals, file.reading.Empty = 0, 0, 0, 0
		readings[id] = file
		r.add(file.reading)
		id++
	}
	r.kept = func(row *billing.Record) {
		file := readings[row.FileID]
		file.reading.Kept++
		file.received.count(row, -1)
	}
	return nil
}

// addPart reads the files for one part of the references.
func (r *restoring) addPart() error {
	r.added = make(map[billing.RecordKey][]*billing.Record)
	var read []*restored
	for _, file := range r.files {
		summary, err := r.im.Reader.Read(r.ctx, file.path, file.file.Received, &repeatedRows{r, file})
		if _, refused := errors.AsType[Refusal](err); refused {
			r.forget(file.reading.ID) // the refusal is reported when the file is taken in
			continue
		}
		if err != nil {
			return fmt.Errorf("%s: %w", nameOf(file.path), err)
		}
		file.summary = summary
		read = append(read, file)
	}
	r.files = read
	keys := slices.SortedFunc(maps.Keys(r.added), billing.CompareRecordKeys)
	for some := range slices.Chunk(keys, rowsPerChunk) {
		if err := r.replay(some, r.added); err != nil {
			return err
		}
	}
	return nil
}

// forget drops the rows of a file that is refused.
func (r *restoring) forget(file int64) {
	for key, rows := range r.added {
		r.added[key] = slices.DeleteFunc(rows, func(row *billing.Record) bool { return row.FileID == file })
	}
}

// finish stores the new reading of a file. If the file may also hold referrals or decisions, it is read for those when its
// group is taken in.
func (r *restoring) finish(file *restored) error {
	r.im.restored[file.file.SHA256] = file
	for _, sheet := range file.summary.Sheets {
		file.reading.Totals += sheet.Totals
		file.reading.Empty += sheet.Empty
	}
	ids := []int64{file.reading.ID}
	for _, reading := range file.readings {
		ids = append(ids, reading.ID)
	}
	rows, err := r.tx.RowsOfFiles(r.ctx, ids)
	if err != nil {
		return err
	}
	file.reading.Future, file.reading.Provider = firstWaiting(rows), mostRows(file.rows)
	if err := file.done(r.ctx, r.tx); err != nil {
		return err
	}
	file.reading.Reread = file.file.Kind != ledger.SubmissionFile
	if err := r.tx.AddFile(r.ctx, file.reading, file.summary.Sheets); err != nil {
		return err
	}
	return file.received.keep(r.ctx, r.tx, file.reading.ID)
}

// repeatedRows is a sink for the rows of a file that were not kept.
type repeatedRows struct {
	*restoring
	file *restored
}

// Record adds a row, unless it was kept before.
func (s *repeatedRows) Record(r *billing.Record) error {
	if s.part == 0 {
		s.file.reading.Rows++
		s.file.rows[r.Provider]++
		s.file.received.count(r, 1)
	}
	if !r.Identified() || s.file.places[placeOf(r.Sheet, r.Row)] {
		return nil
	}
	key := billing.RecordKeyOf(r.Provider, r.Reference)
	if s.fingerprints.Reference(key.Provider, key.KnownAs)[0]%s.parts != s.part {
		return nil
	}
	r.ID = s.next
	s.next++
	r.FileID, r.Received, r.FirstReceived = s.file.reading.ID, s.file.file.Received, s.file.file.Received
	s.added[key] = append(s.added[key], r)
	return nil
}

// Referral does nothing: referrals and decisions are taken with the file's group.
func (s *repeatedRows) Referral(*billing.ReferralRow) error { return nil }

// Decision does nothing.
func (s *repeatedRows) Decision(*billing.DecisionRow) error { return nil }
