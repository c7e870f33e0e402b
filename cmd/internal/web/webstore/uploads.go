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

// Upload is what a provider put up to be checked.
type Upload struct {
	ID       string `db:"id"`
	Account  string `db:"account"`
	Name     string `db:"name"` // of who did
	Provider string `db:"code"` // by its AGB code
	Made     int64  `db:"made"`
	AsOf     int64  `db:"as_of"`
	State    string `db:"state"`
	Step     string `db:"step"`
	Done     int64  `db:"done"`
	Total    int64  `db:"total"`
	Files    string `db:"files"`  // names and hashes, as JSON
	Counts   string `db:"counts"` // as JSON
	Message  string `db:"message"`
	SentAt   int64  `db:"sent"`
	SentBy   string `db:"sent_by"`
	Job      string `db:"job"` // that takes it in, or back
}

const uploadColumns = "id, account, name, code, made, as_of, state, step, done, total, files, counts, message, sent, sent_by, job"

// AddUpload keeps a new upload.
func (s *Store) AddUpload(ctx context.Context, u *Upload) error {
	u.Made = s.now()
	_, err := s.db.NamedExecContext(ctx, "INSERT INTO uploads ("+uploadColumns+") VALUES (:id, :account, :name, :code, :made, :as_of, :state, :step, :done, :total, :files, :counts, :message, :sent, :sent_by, :job)", u)
	return err
}

// Upload returns an upload.
func (s *Store) Upload(ctx context.Context, id string) (*Upload, bool, error) {
	upload := &Upload{}
	found, err := s.get(ctx, upload, "SELECT "+uploadColumns+" FROM uploads WHERE id = ?", id)
	return upload, found, err
}

// Uploads returns a part of the uploads of providers, the newest first, and how many there are.
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

// UploadsIn returns the uploads in a state.
func (s *Store) UploadsIn(ctx context.Context, state string) ([]Upload, error) {
	var uploads []Upload
	err := s.list(ctx, &uploads, "SELECT "+uploadColumns+" FROM uploads WHERE state = ? ORDER BY made", state)
	return uploads, err
}

// UploadsSince counts the uploads of an account since a moment.
func (s *Store) UploadsSince(ctx context.Context, account string, since int64) (count int, err error) {
	_, err = s.get(ctx, &count, "SELECT count(*) FROM uploads WHERE account = ? AND made >= ?", account, since)
	return count, err
}

// TellUpload keeps how far the check is.
func (s *Store) TellUpload(ctx context.Context, id, step string, done, total int) error {
	_, err := s.exec(ctx, "UPDATE uploads SET step = ?, done = ?, total = ? WHERE id = ?", step, done, total, id)
	return err
}

// EndCheck keeps what a check came to.
func (s *Store) EndCheck(ctx context.Context, id, state, files, counts, message string) error {
	_, err := s.exec(ctx, "UPDATE uploads SET state = ?, files = ?, counts = ?, message = ? WHERE id = ? AND state = '"+Checking+"'", state, files, counts, message, id)
	return err
}

// MoveUpload brings an upload from one state to another; moved is false when it is in another by now.
func (s *Store) MoveUpload(ctx context.Context, id, from, to string) (moved bool, err error) {
	count, err := s.exec(ctx, "UPDATE uploads SET state = ? WHERE id = ? AND state = ?", to, id, from)
	return count == 1, err
}

// TakeUploadBack notes the job that takes back what was sent; when that was, and by whom, stays as it is.
func (s *Store) TakeUploadBack(ctx context.Context, id, job string) error {
	_, err := s.exec(ctx, "UPDATE uploads SET job = ? WHERE id = ?", job, id)
	return err
}

// AddSending asks for the job that takes an upload in, and notes that it was sent and by whom: both or neither.
func (s *Store) AddSending(ctx context.Context, id, by string, job *Job) error {
	return s.write(ctx, func(tx *sqlx.Tx) error {
		if err := s.addJob(ctx, tx, job); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, s.bind("UPDATE uploads SET sent = ?, sent_by = ?, job = ? WHERE id = ?"), s.now(), by, job.ID, id)
		return err
	})
}

// KeepFiles keeps what is known of the files of an upload.
func (s *Store) KeepFiles(ctx context.Context, id, files string) error {
	_, err := s.exec(ctx, "UPDATE uploads SET files = ? WHERE id = ?", files, id)
	return err
}

// SetMessage keeps what is said of an upload.
func (s *Store) SetMessage(ctx context.Context, id, message string) error {
	_, err := s.exec(ctx, "UPDATE uploads SET message = ? WHERE id = ?", message, id)
	return err
}
