package ledger

import (
	"context"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/database"
	"github.com/pxq-nl/pxq/billing/ledger/packed"
)

// RowsOfFiles returns the kept rows of files, in the order in which they were taken in.
func (t *Tx) RowsOfFiles(ctx context.Context, files []int64) ([]StoredRecord, error) {
	names, err := t.fileNames(ctx)
	if err != nil {
		return nil, err
	}
	list, values := database.ListOf(files)
	var rows []StoredRecord
	err = t.eachRecord(ctx, names, func(row StoredRecord) error {
		rows = append(rows, row)
		return nil
	}, "SELECT "+packed.Under("records").Record()+" FROM records WHERE state <> 'taken_back' AND file_id IN ("+list+") ORDER BY id", values...)
	return rows, err
}

// SettledBy returns the keys of the rows that these groups of files made no longer current.
func (t *Tx) SettledBy(ctx context.Context, groups []int64) ([]billing.RecordKey, error) {
	list, values := database.ListOf(groups)
	var found []struct {
		Provider string `db:"provider"`
		KnownAs  string `db:"known_as"`
	}
	err := t.db.List(ctx, &found, "SELECT DISTINCT provider, known_as FROM records WHERE state <> 'taken_back' AND settled_by <> 0 AND settled_by IN ("+list+") ORDER BY provider, known_as", values...)
	keys := make([]billing.RecordKey, len(found))
	for i, row := range found {
		keys[i] = billing.RecordKey(row)
	}
	return keys, err
}

// firstRun returns the number of the first run that judged a row; 0 for none.
func (t *Tx) firstRun(ctx context.Context, r *billing.Record) (int64, error) {
	var run int64
	err := t.db.Get(ctx, &run, "SELECT coalesce(min(first_run), 0) FROM outcomes WHERE bsn = ? AND record_id = ?", r.BSN, r.ID)
	return run, err
}

// JudgedUntil returns the numbers of those of the records that were judged by a run up to and including the given one.
func (t *Tx) JudgedUntil(ctx context.Context, records []*billing.Record, run int64) (map[int64]bool, error) {
	judged := make(map[int64]bool)
	err := database.EachPart(records, func(part []*billing.Record) error {
		var values []any
		for _, r := range part {
			values = append(values, r.BSN, r.ID)
		}
		var found []int64
		err := t.db.List(ctx, &found, judgedUntilStatement(len(part)), append(values, run)...)
		for _, id := range found {
			judged[id] = true
		}
		return err
	})
	return judged, err
}

func judgedUntilStatement(records int) string {
	return "WITH wanted (bsn, record_id) AS (VALUES " + database.Typed(records, "TEXT", "BIGINT") +
		") SELECT DISTINCT o.record_id FROM wanted w CROSS JOIN outcomes o WHERE o.bsn = w.bsn AND o.record_id = w.record_id AND o.first_run <= ?"
}

// SharedWith returns the keys of the spreadsheet rows that have a reference of a message.
func (t *Tx) SharedWith(ctx context.Context, message int64) ([]billing.RecordKey, error) {
	var found []struct {
		Provider string `db:"provider"`
		KnownAs  string `db:"known_as"`
	}
	err := t.db.List(ctx, &found, "SELECT DISTINCT o.provider, o.known_as FROM records m CROSS JOIN records o WHERE m.file_id = ? AND o.provider = m.provider AND "+
		"o.known_as = m.known_as AND o.state <> 'taken_back' AND "+fromSpreadsheet+" ORDER BY o.provider, o.known_as", message)
	keys := make([]billing.RecordKey, len(found))
	for i, row := range found {
		keys[i] = billing.RecordKey(row)
	}
	return keys, err
}

// TakeBack takes back a row. A row that no run judged is removed; another is marked, and its outcome ends with run last, so
// that earlier runs can still be read back.
func (t *Tx) TakeBack(ctx context.Context, r *billing.Record, last int64) error {
	seen, err := t.firstRun(ctx, r)
	if err != nil {
		return err
	}
	if seen == 0 {
		return t.db.Remove(ctx, "records", "bsn = ? AND id = ?", r.BSN, r.ID)
	}
	if err := t.db.Exec(ctx, "UPDATE outcomes SET last_run = ? WHERE bsn = ? AND record_id = ? AND last_run = 0", last, r.BSN, r.ID); err != nil {
		return err
	}
	if err := t.forgetInPageTables(ctx, r.ID); err != nil {
		return err
	}
	return t.SetState(ctx, r.BSN, r.ID, TakenBack, 0)
}

// Rewrite replaces rows whose content, which their digest covers, follows from the rows before them.
func (t *Tx) Rewrite(ctx context.Context, rows []StoredRecord) error {
	for _, row := range rows {
		if err := t.db.Remove(ctx, "records", "bsn = ? AND id = ?", row.BSN, row.ID); err != nil {
			return err
		}
		// An outcome that does not change is not rewritten, while the version of its row may have changed.
		if err := t.db.Exec(ctx, "UPDATE open_holds SET version = ? WHERE record_id = ?", row.Version, row.ID); err != nil {
			return err
		}
	}
	return t.AddRecords(ctx, rows)
}

// AddRecords writes new rows with the state they have.
func (t *Tx) AddRecords(ctx context.Context, rows []StoredRecord) error {
	writer := t.RecordWriter()
	for _, row := range rows {
		if err := writer.AddStored(ctx, row); err != nil {
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

// CountAlreadyReceived turns a kept row of a stored file into one that was already received.
func (t *Tx) CountAlreadyReceived(ctx context.Context, r *billing.Record) error {
	if err := t.db.Exec(ctx, "UPDATE files SET kept = kept - 1 WHERE id = ?", r.FileID); err != nil {
		return err
	}
	count, err := t.db.Number(ctx, "SELECT count(*) FROM again WHERE "+againOf, r.FileID, r.Provider, r.Municipality)
	if err != nil {
		return err
	}
	time, dayparts := quantitiesOf(r)
	if count == 0 {
		return t.AddAlreadyReceived(ctx, AlreadyReceived{r.FileID, r.Provider, r.Municipality, 1, time, dayparts})
	}
	return t.db.Update(ctx, "again", "row_count = row_count + 1, time_quantity = time_quantity + ?, daypart_quantity = daypart_quantity + ?",
		[]any{time, dayparts}, againOf, r.FileID, r.Provider, r.Municipality)
}

// TakeBackFile marks a file as taken back.
func (t *Tx) TakeBackFile(ctx context.Context, id int64) error {
	last, err := t.LastRunID(ctx)
	if err != nil {
		return err
	}
	var file File
	if err := t.db.Get(ctx, &file, "SELECT "+fileColumns+" FROM files WHERE id = ?", id); err != nil {
		return err
	}
	t.db.Did.AddFile(file.Name, file.SHA256)
	t.db.Did.Count("withdrawn files", 1)
	t.names = nil // an earlier file with the same bytes may count again
	return t.db.Exec(ctx, "UPDATE files SET withdrawn = ? WHERE id = ?", last+1, id)
}

// TakenBackAfter reports whether a file or a row was taken back after a run.
func (v *view) TakenBackAfter(ctx context.Context, run int64) (bool, error) {
	count, err := v.db.Number(ctx, "SELECT (SELECT count(*) FROM files WHERE withdrawn > ?) + (SELECT count(*)"+takenBack+takenBackSince+")", run, run)
	return count > 0, err
}

// WasTakenBack reports whether files with these bytes were taken in and all of them were taken back.
func (t *Tx) WasTakenBack(ctx context.Context, sha256 string) (bool, error) {
	names, err := t.fileNames(ctx)
	if err != nil {
		return false, err
	}
	_, stands := names.known[sha256]
	return names.back[sha256] && !stands, nil
}

// ReadAgain marks a file to be read again.
func (t *Tx) ReadAgain(ctx context.Context, id int64) error { return t.setReread(ctx, id, true) }

// WasReadAgain marks a file as not to be read again.
func (t *Tx) WasReadAgain(ctx context.Context, id int64) error { return t.setReread(ctx, id, false) }

func (t *Tx) setReread(ctx context.Context, id int64, reread bool) error {
	t.names = nil
	return t.db.Exec(ctx, "UPDATE files SET reread = ? WHERE id = ?", database.Flag(reread), id)
}

// RepeatersAfter returns the files numbered above id that hold already received rows of these providers.
func (t *Tx) RepeatersAfter(ctx context.Context, id int64, providers []string) (map[int64]bool, error) {
	files := make(map[int64]bool)
	for _, provider := range providers {
		var found []int64
		err := t.db.List(ctx, &found, "SELECT DISTINCT file_id FROM again WHERE file_id > ? AND provider = ? AND row_count > 0", id, provider)
		if err != nil {
			return nil, err
		}
		for _, file := range found {
			files[file] = true
		}
	}
	return files, nil
}

// TakeBackDecisions removes the decisions that came in with these files, and returns their clients, one for each decision.
func (t *Tx) TakeBackDecisions(ctx context.Context, files []int64) ([]string, error) {
	list, values := database.ListOf(files)
	var clients []string
	if err := t.db.List(ctx, &clients, "SELECT bsn FROM decisions WHERE file_id IN ("+list+") ORDER BY bsn", values...); err != nil {
		return nil, err
	}
	return clients, t.db.Remove(ctx, "decisions", "file_id IN ("+list+")", values...)
}

// ForgetDecision removes a decision.
func (t *Tx) ForgetDecision(ctx context.Context, d billing.Decision) error {
	return t.db.Remove(ctx, "decisions", "id = ?", d.ID)
}

// MoveDecision moves a decision to the new version number of its record.
func (t *Tx) MoveDecision(ctx context.Context, d billing.Decision, version int) error {
	var bsn string
	if err := t.db.Get(ctx, &bsn, "SELECT bsn FROM decisions WHERE id = ?", d.ID); err != nil {
		return err
	}
	if err := t.ForgetDecision(ctx, d); err != nil {
		return err
	}
	d.Version = version
	return t.writeDecision(ctx, bsn, d)
}

// ReferralsOfFiles returns the referrals of which these files brought a version that was not taken back.
func (t *Tx) ReferralsOfFiles(ctx context.Context, files []int64) ([]billing.ReferralKey, error) {
	var referrals []billing.ReferralKey
	list, values := database.ListOf(files)
	err := t.db.Each(ctx, "SELECT DISTINCT bsn, number FROM referrals WHERE taken_after = 0 AND file_id IN ("+list+") ORDER BY number, bsn", values, func(scan database.Scan) error {
		var of billing.ReferralKey
		err := scan(&of.Client, &of.Number)
		referrals = append(referrals, of)
		return err
	})
	return referrals, err
}

// TakeBackReferral takes back a version of a referral. A version that a closed period used stays stored, only for that
// period.
func (t *Tx) TakeBackReferral(ctx context.Context, r *billing.Referral, closed int64) error {
	if err := t.markStrays(ctx, []string{r.Number}); err != nil {
		return err
	}
	runs, err := t.LastRunID(ctx)
	if err != nil {
		return err
	}
	t.takenBack = -1
	if err := t.db.Remove(ctx, "referrals", "bsn = ? AND number = ? AND version = ? AND added_after >= ?", r.BSN, r.Number, r.Version, closed); err != nil {
		return err
	}
	return t.db.Exec(ctx, "UPDATE referrals SET is_latest = 0, taken_after = ? WHERE bsn = ? AND number = ? AND version = ?", runs+1, r.BSN, r.Number, r.Version)
}

// MakeLatest makes a stored version of a referral the latest.
func (t *Tx) MakeLatest(ctx context.Context, r *billing.Referral) error {
	return t.db.Exec(ctx, "UPDATE referrals SET is_latest = 1 WHERE bsn = ? AND number = ? AND version = ?", r.BSN, r.Number, r.Version)
}
