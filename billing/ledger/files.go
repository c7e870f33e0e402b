package ledger

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/database"
	"github.com/pxq-nl/pxq/billing/ledger/words"
)

// File is a file that was taken in.
type File struct {
	ID        int64        `db:"id"`
	SHA256    string       `db:"sha256"`
	Name      string       `db:"name"`
	Received  billing.Date `db:"received"`  // as-of date of the import
	Kind      string       `db:"kind"`      // SubmissionFile etc.
	Rows      int          `db:"row_count"` // rows of records read
	Kept      int          `db:"kept"`
	Totals    int          `db:"totals"`
	Empty     int          `db:"empty_rows"`
	Provider  string       `db:"provider"`  // the one with most rows in it
	Sheets    string       `db:"sheets"`    // see words.WriteSheets
	Future    billing.Date `db:"future"`    // the first care date that was F09; 0 for none
	Group     int64        `db:"group_id"`  // number of the first file of its group, whose files count as equally late
	Withdrawn int64        `db:"withdrawn"` // 0, or 1 more than the last run before it was taken back
	Reread    bool         `db:"reread"`    // if it comes again its rows are looked at again: another file was taken back, or the message counts as never sent
	ReadAgain bool         `db:"-"`         // pxq itself read the same bytes again, nobody sent them; only set by FilesSince
}

// The stored kinds of file.
const (
	SubmissionFile = "submission"
	MessageFile    = "message" // JW323
	ReferralFile   = "referrals"
	DecisionFile   = "decisions"
	MixedFile      = "mixed" // several kinds of sheets, or none
)

// SheetSummaries returns the summaries of the file's sheets.
func (f *File) SheetSummaries() ([]billing.SheetSummary, error) {
	sheets, err := words.Sheets(f.Sheets)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.Name, err)
	}
	return sheets, nil
}

// HoldsCare reports whether the file may hold rows of care.
func (f *File) HoldsCare() bool { return f.Kind == SubmissionFile || f.Kind == MixedFile }

// GoneBy reports whether the file had been taken back when the run with that number was made.
func (f *File) GoneBy(run int64) bool { return f.Withdrawn != 0 && f.Withdrawn <= run }

// fileTable are the columns of the table files.
var fileTable = []string{
	"id", "sha256", "name", "received", "kind", "row_count", "kept", "totals", "empty_rows", "provider", "sheets", "future", "group_id", "withdrawn", "reread",
}

var fileColumns = strings.Join(fileTable, ", ")

// KnownFile returns the last file with these bytes that was taken in and not taken back; ok is false if there is none. All its
// fields are set if it may have to be read again, otherwise only ID: a month checks every file that ever came in, from a cache.
func (t *Tx) KnownFile(ctx context.Context, sha256 string) (file File, ok bool, err error) {
	names, err := t.fileNames(ctx)
	if err != nil {
		return File{}, false, err
	}
	if file, ok = names.known[sha256]; !ok || file.Future == 0 && !file.Reread {
		return file, ok, nil
	}
	err = t.db.Get(ctx, &file, "SELECT "+fileColumns+" FROM files WHERE id = ?", file.ID)
	return file, true, err
}

// NextFileID returns the number for the next file.
func (t *Tx) NextFileID(ctx context.Context) (int64, error) {
	return t.db.Number(ctx, "SELECT coalesce(max(id), 0) + 1 FROM files")
}

// AddFile stores a file that was taken in. The summaries of its sheets are separate from it.
func (t *Tx) AddFile(ctx context.Context, file File, sheets []billing.SheetSummary) error {
	encoded, err := words.WriteSheets(sheets)
	if err != nil {
		return err
	}
	if t.names != nil {
		t.names.add(file)
	}
	t.db.Did.AddFile(file.Name, file.SHA256)
	t.db.Did.Count("rows", int64(file.Rows))
	t.db.Did.Count("kept", int64(file.Kept))
	values := []any{file.ID, file.SHA256, file.Name, int32(file.Received), file.Kind, file.Rows, file.Kept, file.Totals, file.Empty, file.Provider,
		encoded, int32(file.Future), file.Group, file.Withdrawn, database.Flag(file.Reread)}
	sealed := t.db.RowDigest("files", fileTable, values)
	t.db.Sum("files", file.ID, sealed)
	return t.db.Exec(ctx, "INSERT INTO files ("+fileColumns+", digest) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", append(values, sealed)...)
}

// AlreadyReceived counts the rows of one file that were already received, by provider and municipality as written.
type AlreadyReceived struct {
	FileID       int64  `db:"file_id"`
	Provider     string `db:"provider"`
	Municipality string `db:"municipality"`
	Rows         int    `db:"row_count"`
	Time         int64  `db:"time_quantity"`
	Dayparts     int64  `db:"daypart_quantity"`
}

var againColumns = []string{"file_id", "provider", "municipality", "row_count", "time_quantity", "daypart_quantity"}

// againOf is the condition on the count for a file, a provider and a municipality.
const againOf = "file_id = ? AND provider = ? AND municipality = ?"

// AddAlreadyReceived stores a count.
func (t *Tx) AddAlreadyReceived(ctx context.Context, a AlreadyReceived) error {
	values := []any{a.FileID, a.Provider, a.Municipality, a.Rows, a.Time, a.Dayparts}
	t.db.Sum("again", a.FileID, values...)
	return t.db.Exec(ctx, "INSERT INTO again ("+strings.Join(againColumns, ", ")+") VALUES (?,?,?,?,?,?)", values...)
}

// HoldsFiles reports whether a file was ever taken in.
func (v *view) HoldsFiles(ctx context.Context) (bool, error) { return v.holdsAny(ctx, "files") }

// FilesAfter returns the files with a higher number than id, including those taken back. A message that counts as never
// sent has no rows.
func (v *view) FilesAfter(ctx context.Context, id int64) ([]File, error) {
	return v.filesWithout(ctx, "refused = 1 AND file_id > ?", []any{id}, "id > ?", id)
}

// filesWithout returns the files that match where, with row counts of 0 for those of the messages that match messages.
func (v *view) filesWithout(ctx context.Context, messages string, ofMessages []any, where string, values ...any) ([]File, error) {
	files, without := []File(nil), []int64(nil)
	err := v.db.List(ctx, &files, "SELECT "+fileColumns+" FROM files WHERE "+where+" ORDER BY id", values...)
	if err == nil {
		err = v.db.List(ctx, &without, "SELECT file_id FROM messages WHERE "+messages, ofMessages...)
	}
	for i := range files {
		if slices.Contains(without, files[i].ID) {
			files[i].Rows, files[i].Kept = 0, 0
		}
	}
	return files, err
}

// AgainAfter returns the counts of rows already received in files with a higher number than id.
func (v *view) AgainAfter(ctx context.Context, id int64) ([]AlreadyReceived, error) {
	var again []AlreadyReceived
	err := v.db.List(ctx, &again, "SELECT "+strings.Join(againColumns, ", ")+" FROM again WHERE file_id > ? ORDER BY file_id, provider, municipality", id)
	return again, err
}

// quantitiesOf returns the quantity of a row split as in AlreadyReceived: time in hundredths of a minute, or hundredths of
// a day-part.
func quantitiesOf(r *billing.Record) (time, dayparts int64) {
	if r.Unit == billing.Time {
		return int64(r.Quantity), 0
	}
	return 0, int64(r.Quantity)
}

// KeepAlreadyReceived turns a row that a stored file counts as already received into one that is kept.
func (t *Tx) KeepAlreadyReceived(ctx context.Context, r *billing.Record) error {
	if err := t.db.Exec(ctx, "UPDATE files SET kept = kept + 1 WHERE id = ?", r.FileID); err != nil {
		return err
	}
	time, dayparts := quantitiesOf(r)
	return t.db.Update(ctx, "again", "row_count = row_count - 1, time_quantity = time_quantity - ?, daypart_quantity = daypart_quantity - ?",
		[]any{time, dayparts}, againOf, r.FileID, r.Provider, r.Municipality)
}

// LastFileID returns the number of the last file taken in; 0 for none.
func (t *Tx) LastFileID(ctx context.Context) (int64, error) {
	return t.db.Number(ctx, "SELECT coalesce(max(id), 0) FROM files")
}

// LeftOut is a row of an earlier file that a later file of the same provider leaves out, while it repeats more than half of
// that file. The row stays valid.
type LeftOut struct {
	FileID    int64 // the later file, which leaves it out
	EarlierID int64 // the earlier file, which has it
	BSN       string
	Provider  string
	Reference string // as in the earlier file
	Sheet     string
	Row       int // as a spreadsheet shows it

	File, Earlier string // names of the files
}

var leftOutColumns = []string{"file_id", "earlier_id", "bsn", "provider", "known_as", "reference", "sheet", "row_number", "back_in"}

const leftOutFields = "SELECT l.file_id, l.earlier_id, l.bsn, l.provider, l.reference, l.sheet, l.row_number, f.name, e.name " +
	"FROM left_out l JOIN files f ON f.id = l.file_id JOIN files e ON e.id = l.earlier_id WHERE "

func (v *view) leftOut(ctx context.Context, where string, values ...any) ([]LeftOut, error) {
	var rows []LeftOut
	err := v.db.Each(ctx, leftOutFields+where+" ORDER BY l.provider, l.file_id, l.earlier_id, l.sheet, l.row_number", values, func(scan database.Scan) error {
		var row LeftOut
		err := scan(&row.FileID, &row.EarlierID, &row.BSN, &row.Provider, &row.Reference, &row.Sheet, &row.Row, &row.File, &row.Earlier)
		rows = append(rows, row)
		return err
	})
	return rows, err
}

// LeftOutOf returns the rows of a provider that a later file left out and that have not come again since.
func (t *Tx) LeftOutOf(ctx context.Context, provider string) ([]LeftOut, error) {
	return t.leftOut(ctx, "l.provider = ? AND l.back_in = 0", provider)
}

// LeftOutSince returns the rows left out by files with numbers in (after, until], and not brought again by a file up to
// until.
func (v *view) LeftOutSince(ctx context.Context, after, until int64) ([]LeftOut, error) {
	return v.leftOut(ctx, "l.file_id > ? AND l.file_id <= ? AND (l.back_in = 0 OR l.back_in > ?)", after, until, until)
}

// AddLeftOut stores that a file leaves out a row of an earlier one.
func (t *Tx) AddLeftOut(ctx context.Context, row LeftOut) error {
	values := []any{row.FileID, row.EarlierID, row.BSN, row.Provider, billing.KnownAs(row.Reference), row.Reference, row.Sheet, row.Row, 0}
	t.db.Sum("left_out", row.FileID, values...)
	return t.db.Exec(ctx, "INSERT INTO left_out ("+strings.Join(leftOutColumns, ", ")+") VALUES (?,?,?,?,?,?,?,?,?)", values...)
}

// BackAgain notes that a left-out row came again in a group of files.
func (t *Tx) BackAgain(ctx context.Context, row LeftOut, group int64) error {
	return t.db.Update(ctx, "left_out", "back_in = ?", []any{group}, "file_id = ? AND provider = ? AND known_as = ?",
		row.FileID, row.Provider, billing.KnownAs(row.Reference))
}

// ForgetLeftOut undoes, for a file that is taken back, what it left out, what others left out of it, and that its group
// brought rows again. What files up to closed left out is kept, but only for the closed periods that show it.
func (t *Tx) ForgetLeftOut(ctx context.Context, file, group, closed int64) error {
	next, err := t.NextFileID(ctx)
	if err != nil {
		return err
	}
	if err := t.db.Remove(ctx, "left_out", "(file_id = ? OR earlier_id = ?) AND file_id > ?", file, file, closed); err != nil {
		return err
	}
	if err := t.db.Update(ctx, "left_out", "back_in = ?", []any{next}, "(file_id = ? OR earlier_id = ?) AND back_in = 0", file, file); err != nil {
		return err
	}
	if group <= closed {
		return nil
	}
	return t.db.Update(ctx, "left_out", "back_in = 0", nil, "back_in = ?", group)
}

// ReferencesOfFile counts the different references of a provider's kept rows in a file, up to most. Because the provider
// column is part of an expression SQLite does not use its index, which would lead through all records of the provider.
func (t *Tx) ReferencesOfFile(ctx context.Context, file int64, provider string, most int) (int, error) {
	count, err := t.db.Number(ctx, "SELECT count(*) FROM (SELECT DISTINCT known_as FROM records WHERE file_id = ? AND provider || '' = ? AND known_as <> '' AND state <> 'taken_back' LIMIT ?) AS borne", file, provider, most)
	return int(count), err
}

// FilesNamed returns the files with that base name that were not taken back, in order.
func (t *Tx) FilesNamed(ctx context.Context, name string) ([]File, error) {
	return t.files(ctx, "name = ? AND withdrawn = 0", name)
}

// FilesHashed returns the files with these bytes that were not taken back, in order.
func (t *Tx) FilesHashed(ctx context.Context, sha256 string) ([]File, error) {
	return t.files(ctx, "sha256 = ? AND withdrawn = 0", sha256)
}

// FilesToReadAgain returns the files whose rows must be looked at again, because another file was taken back or a message
// counts as never sent.
func (t *Tx) FilesToReadAgain(ctx context.Context) ([]File, error) {
	return t.files(ctx, "reread = 1 AND withdrawn = 0")
}

// Files returns every file that was taken in, in order, including those taken back.
func (t *Tx) Files(ctx context.Context) ([]File, error) { return t.files(ctx, "1 = 1") }

func (t *Tx) files(ctx context.Context, where string, values ...any) ([]File, error) {
	var files []File
	err := t.db.List(ctx, &files, "SELECT "+fileColumns+" FROM files WHERE "+where+" ORDER BY id", values...)
	return files, err
}

// FilesByID returns files by their numbers.
func (t *Tx) FilesByID(ctx context.Context, ids []int64) (map[int64]File, error) {
	files := make(map[int64]File, len(ids))
	err := database.EachPart(ids, func(part []int64) error {
		list, values := database.ListOf(part)
		found, err := t.files(ctx, "id IN ("+list+")", values...)
		for _, file := range found {
			files[file.ID] = file
		}
		return err
	})
	return files, err
}
