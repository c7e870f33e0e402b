package webstore

import (
	"context"
	"strings"

	"github.com/jmoiron/sqlx"
)

// The states of an upload.
const (
	Checking  = "wordt gecontroleerd"
	Refused   = "geweigerd"
	Checked   = "gecontroleerd"
	Sent      = "ingestuurd"
	TakenIn   = "ingelezen"
	TakenBack = "ingetrokken"
	Gone      = "verlopen"
)

// Upload is a set of files that a provider uploaded together.
type Upload struct {
	ID       string `db:"id"`
	Account  string `db:"account"`
	Name     string `db:"name"` // of the account, as others see it
	Provider string `db:"code"` // AGB code
	Made     int64  `db:"made"`
	AsOf     int64  `db:"as_of"`
	State    string `db:"state"`
	Step     string `db:"step"`
	Done     int64  `db:"done"`
	Total    int64  `db:"total"`
	Files    string `db:"files"`  // names and hashes, as JSON
	Counts   string `db:"counts"` // result of the check without its rows, as JSON
	Message  string `db:"message"`
	SentAt   int64  `db:"sent"`
	SentBy   string `db:"sent_by"`
	Job      string `db:"job"` // the job that takes it in, or back; "" for none
}

const uploadColumns = "id, account, name, code, made, as_of, state, step, done, total, files, counts, message, sent, sent_by, job"

// AddUpload stores a new upload and sets its time.
func (s *Store) AddUpload(ctx context.Context, u *Upload) error {
	u.Made = s.now()
	_, err := s.db.NamedExecContext(ctx, "INSERT INTO uploads ("+uploadColumns+") VALUES (:id, :account, :name, :code, :made, :as_of, :state, :step, :done, :total, :files, :counts, :message, :sent, :sent_by, :job)", u)
	return err
}

// Upload returns an upload by its identifier.
func (s *Store) Upload(ctx context.Context, id string) (*Upload, bool, error) {
	upload := &Upload{}
	found, err := s.get(ctx, upload, "SELECT "+uploadColumns+" FROM uploads WHERE id = ?", id)
	return upload, found, err
}

// Uploads returns a page of the uploads of providers, newest first, and the number of all of them.
func (s *Store) Uploads(ctx context.Context, providers []string, offset, limit int) (uploads []Upload, count int, err error) {
	if len(providers) == 0 {
		return nil, 0, nil
	}
	of := "code IN (?" + strings.Repeat(",?", len(providers)-1) + ")"
	values := make([]any, len(providers))
	for i, provider := range providers {
		values[i] = provider
	}
	if _, err := s.get(ctx, &count, "SELECT count(*) FROM uploads WHERE "+of, values...); err != nil {
		return nil, 0, err
	}
	err = s.list(ctx, &uploads, "SELECT "+uploadColumns+" FROM uploads WHERE "+of+" ORDER BY made DESC, id LIMIT ? OFFSET ?", append(values, limit, offset)...)
	return uploads, count, err
}

// UploadsIn returns the uploads in a state, oldest first.
func (s *Store) UploadsIn(ctx context.Context, state string) ([]Upload, error) {
	var uploads []Upload
	err := s.list(ctx, &uploads, "SELECT "+uploadColumns+" FROM uploads WHERE state = ? ORDER BY made", state)
	return uploads, err
}

// UploadsSince returns the number of uploads of an account since a time in Unix seconds.
func (s *Store) UploadsSince(ctx context.Context, account string, since int64) (count int, err error) {
	_, err = s.get(ctx, &count, "SELECT count(*) FROM uploads WHERE account = ? AND made >= ?", account, since)
	return count, err
}

// TellUpload stores the progress of a check.
func (s *Store) TellUpload(ctx context.Context, id, step string, done, total int) error {
	_, err := s.exec(ctx, "UPDATE uploads SET step = ?, done = ?, total = ? WHERE id = ?", step, done, total, id)
	return err
}

// EndCheck stores the result of a check; it does nothing if the upload is not in state Checking.
func (s *Store) EndCheck(ctx context.Context, id, state, counts string) error {
	_, err := s.exec(ctx, "UPDATE uploads SET state = ?, counts = ? WHERE id = ? AND state = '"+Checking+"'", state, counts, id)
	return err
}

// MoveUpload moves an upload from one state to another; moved is false if it is not in state from.
func (s *Store) MoveUpload(ctx context.Context, id, from, to string) (moved bool, err error) {
	count, err := s.exec(ctx, "UPDATE uploads SET state = ? WHERE id = ? AND state = ?", to, id, from)
	return count == 1, err
}

// TakeUploadBack records the job that takes an upload back.
func (s *Store) TakeUploadBack(ctx context.Context, id, job string) error {
	_, err := s.exec(ctx, "UPDATE uploads SET job = ? WHERE id = ?", job, id)
	return err
}

// AddSending queues the job that takes an upload in, and records when and by whom it was sent, in one transaction.
func (s *Store) AddSending(ctx context.Context, id, by string, job *Job) error {
	return s.write(ctx, func(tx *sqlx.Tx) error {
		if err := s.addJob(ctx, tx, job); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, s.bind("UPDATE uploads SET sent = ?, sent_by = ?, job = ? WHERE id = ?"), s.now(), by, job.ID, id)
		return err
	})
}

// KeepFiles stores the files of an upload, as JSON.
func (s *Store) KeepFiles(ctx context.Context, id, files string) error {
	_, err := s.exec(ctx, "UPDATE uploads SET files = ? WHERE id = ?", files, id)
	return err
}

// SetMessage stores the message that is shown with an upload.
func (s *Store) SetMessage(ctx context.Context, id, message string) error {
	_, err := s.exec(ctx, "UPDATE uploads SET message = ? WHERE id = ?", message, id)
	return err
}
