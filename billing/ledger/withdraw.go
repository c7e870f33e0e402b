package ledger

import (
	"context"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
)

// FilesNamed returns the files with that base name that were taken in and not taken back, in order.
func (t *Tx) FilesNamed(ctx context.Context, name string) ([]File, error) {
	return t.files(ctx, "name = ? AND withdrawn = 0", name)
}

// FilesHashed returns the readings of the file with these bytes that were not taken back, in order.
func (t *Tx) FilesHashed(ctx context.Context, sha256 string) ([]File, error) {
	return t.files(ctx, "sha256 = ? AND withdrawn = 0", sha256)
}

// Files returns every file that was taken in, in order, taken back ones too.
func (t *Tx) Files(ctx context.Context) ([]File, error) { return t.files(ctx, "1 = 1") }

func (t *Tx) files(ctx context.Context, where string, values ...any) ([]File, error) {
	var files []File
	err := t.list(ctx, &files, "SELECT "+fileColumns+" FROM files WHERE "+where+" ORDER BY id", values...)
	return files, err
}

// RowsOfFiles returns the rows of files that were kept, in the order of taking in.
func (t *Tx) RowsOfFiles(ctx context.Context, files []int64) ([]StoredRecord, error) {
	names, err := t.fileNames(ctx)
	if err != nil {
		return nil, err
	}
	list, values := listOf(files)
	var rows []StoredRecord
	err = t.eachRecord(ctx, names, func(row StoredRecord) error {
		rows = append(rows, row)
		return nil
	}, "SELECT "+recordFields("records")+" FROM records WHERE state <> 'taken_back' AND file_id IN ("+list+") ORDER BY id", values...)
	return rows, err
}

// SettledBy returns what the rows are known by that these groups of files made no longer current.
func (t *Tx) SettledBy(ctx context.Context, groups []int64) ([]Key, error) {
	list, values := listOf(groups)
	var found []struct {
		Provider string `db:"provider"`
		KnownAs  string `db:"known_as"`
	}
	err := t.list(ctx, &found, "SELECT DISTINCT provider, known_as FROM records WHERE state <> 'taken_back' AND settled_by <> 0 AND settled_by IN ("+list+") ORDER BY provider, known_as", values...)
	keys := make([]Key, len(found))
	for i, row := range found {
		keys[i] = Key(row)
	}
	return keys, err
}

// firstRun returns the first run that judged a row; 0 for none.
func (t *Tx) firstRun(ctx context.Context, r *billing.Record) (int64, error) {
	var run int64
	err := t.get(ctx, &run, "SELECT coalesce(min(first_run), 0) FROM outcomes WHERE bsn = ? AND record_id = ?", r.BSN, r.ID)
	return run, err
}

// JudgedUntil returns the numbers of those of the records that a run judged, up to and including that one.
func (t *Tx) JudgedUntil(ctx context.Context, records []*billing.Record, run int64) (map[int64]bool, error) {
	judged := make(map[int64]bool)
	for part := range slices.Chunk(records, keysPerQuery) {
		var values []any
		for _, r := range part {
			values = append(values, r.BSN, r.ID)
		}
		var found []int64
		err := t.list(ctx, &found, judgedUntilStatement(len(part)), append(values, run)...)
		if err != nil {
			return nil, err
		}
		for _, id := range found {
			judged[id] = true
		}
	}
	return judged, nil
}

func judgedUntilStatement(records int) string {
	return "WITH wanted (bsn, record_id) AS (VALUES " + strings.TrimSuffix(strings.Repeat("(CAST(? AS TEXT), CAST(? AS BIGINT)),", records), ",") +
		") SELECT DISTINCT o.record_id FROM wanted w CROSS JOIN outcomes o WHERE o.bsn = w.bsn AND o.record_id = w.record_id AND o.first_run <= ?"
}

// TakeBack takes back a row: one that no run saw goes, another stays for what runs said of it.
func (t *Tx) TakeBack(ctx context.Context, r *billing.Record) error {
	seen, err := t.firstRun(ctx, r)
	if err != nil {
		return err
	}
	if seen == 0 {
		return t.remove(ctx, "records", "bsn = ? AND id = ?", r.BSN, r.ID)
	}
	last, err := t.LastRunID(ctx)
	if err != nil {
		return err
	}
	if err := t.exec(ctx, "UPDATE outcomes SET last_run = ? WHERE bsn = ? AND record_id = ? AND last_run = 0", last, r.BSN, r.ID); err != nil {
		return err
	}
	if err := t.forgetKept(ctx, r.ID); err != nil {
		return err
	}
	return t.SetState(ctx, r.BSN, r.ID, TakenBack, 0)
}

// Rewrite writes rows anew with what follows from the rows before them: their digests cover that.
func (t *Tx) Rewrite(ctx context.Context, rows []StoredRecord) error {
	writer := t.RecordWriter()
	for _, row := range rows {
		if err := t.remove(ctx, "records", "bsn = ? AND id = ?", row.BSN, row.ID); err != nil {
			return err
		}
	}
	for _, row := range rows {
		if err := writer.add(ctx, row); err != nil {
			return err
		}
	}
	if err := writer.Flush(ctx); err != nil {
		return err
	}
	for _, row := range rows {
		if row.SettledBy != 0 {
			if err := t.SetState(ctx, row.BSN, row.ID, row.State, row.SettledBy); err != nil {
				return err
			}
		}
	}
	return nil
}

// CountAlreadyReceived turns a row that a stored file counts as kept into one that was already received.
func (t *Tx) CountAlreadyReceived(ctx context.Context, r *billing.Record) error {
	if err := t.exec(ctx, "UPDATE files SET kept = kept - 1 WHERE id = ?", r.FileID); err != nil {
		return err
	}
	count, err := t.number(ctx, "SELECT count(*) FROM again WHERE "+againOf, r.FileID, r.Provider, r.Municipality)
	if err != nil {
		return err
	}
	time, dayparts := quantitiesOf(r)
	if count == 0 {
		return t.AddAlreadyReceived(ctx, AlreadyReceived{r.FileID, r.Provider, r.Municipality, 1, time, dayparts})
	}
	return t.update(ctx, "again", "row_count = row_count + 1, time_quantity = time_quantity + ?, daypart_quantity = daypart_quantity + ?",
		[]any{time, dayparts}, againOf, r.FileID, r.Provider, r.Municipality)
}

// TakeBackFile marks a file as taken back.
func (t *Tx) TakeBackFile(ctx context.Context, id int64) error {
	last, err := t.LastRunID(ctx)
	if err != nil {
		return err
	}
	var file File
	if err := t.get(ctx, &file, "SELECT "+fileColumns+" FROM files WHERE id = ?", id); err != nil {
		return err
	}
	t.did.AddFile(file.Name, file.SHA256)
	t.did.Count("withdrawn files", 1)
	return t.exec(ctx, "UPDATE files SET withdrawn = ? WHERE id = ?", last+1, id)
}

// ReadAgain makes a file readable once more.
func (t *Tx) ReadAgain(ctx context.Context, id int64) error {
	return t.exec(ctx, "UPDATE files SET reread = 1 WHERE id = ?", id)
}

// RepeatersAfter returns the files taken in after one that hold rows of these providers which were already received.
func (t *Tx) RepeatersAfter(ctx context.Context, id int64, providers []string) (map[int64]bool, error) {
	files := make(map[int64]bool)
	for _, provider := range providers {
		var found []int64
		err := t.list(ctx, &found, "SELECT DISTINCT file_id FROM again WHERE file_id > ? AND provider = ? AND row_count > 0", id, provider)
		if err != nil {
			return nil, err
		}
		for _, file := range found {
			files[file] = true
		}
	}
	return files, nil
}

// TakeBackDecisions removes the decisions that these files brought, and returns their clients, one for each decision.
func (t *Tx) TakeBackDecisions(ctx context.Context, files []int64) ([]string, error) {
	list, values := listOf(files)
	var clients []string
	if err := t.list(ctx, &clients, "SELECT bsn FROM decisions WHERE file_id IN ("+list+") ORDER BY bsn", values...); err != nil {
		return nil, err
	}
	return clients, t.remove(ctx, "decisions", "file_id IN ("+list+")", values...)
}

// ForgetDecision removes a decision.
func (t *Tx) ForgetDecision(ctx context.Context, d billing.Decision) error {
	return t.remove(ctx, "decisions", "id = ?", d.ID)
}

// MoveDecision makes a decision one on another version, which bears its record's new number.
func (t *Tx) MoveDecision(ctx context.Context, d billing.Decision, version int) error {
	var bsn string
	if err := t.get(ctx, &bsn, "SELECT bsn FROM decisions WHERE id = ?", d.ID); err != nil {
		return err
	}
	if err := t.ForgetDecision(ctx, d); err != nil {
		return err
	}
	d.Version = version
	return t.writeDecision(ctx, bsn, d)
}
