package webstore

import (
	"context"
	"strings"

	"github.com/jmoiron/sqlx"
)

// The states of a job.
const (
	Waiting   = "wacht"
	Busy      = "bezig"
	Done      = "klaar"
	Failed    = "mislukt"
	Cancelled = "afgebroken"
)

// Job is a piece of work in the background.
type Job struct {
	ID      string `db:"id"`
	Number  int64  `db:"number"` // jobs are done in this order
	Kind    string `db:"kind"`
	Subject string `db:"subject"` // an upload, a period, a year
	Account string `db:"account"`
	Name    string `db:"name"` // of the account, as others see it
	Role    string `db:"role"` // of the account; "" for a nightly run
	Asked   int64  `db:"asked"`
	AsOf    int64  `db:"as_of"`
	State   string `db:"state"`
	Step    string `db:"step"`
	Done    int64  `db:"done"`
	Total   int64  `db:"total"`
	Message string `db:"message"`
	Result  string `db:"result"`
	Ended   int64  `db:"ended"`
}

// IsOver reports whether the job has ended, with whatever result.
func (j *Job) IsOver() bool { return j.State == Done || j.State == Failed || j.State == Cancelled }

const jobColumns = "id, number, kind, subject, account, name, role, asked, as_of, state, step, done, total, message, result, ended"

// AddJob queues a job. It sets its number, time and state, and its identifier if it has none.
func (s *Store) AddJob(ctx context.Context, job *Job) error {
	return s.write(ctx, func(tx *sqlx.Tx) error { return s.addJob(ctx, tx, job) })
}

func (s *Store) addJob(ctx context.Context, tx *sqlx.Tx, job *Job) error {
	if s.postgres {
		if _, err := tx.ExecContext(ctx, "SELECT pg_advisory_xact_lock(hashtext('pxq/web/jobs'), hashtext(current_schema()))"); err != nil {
			return err
		}
	}
	if job.ID == "" {
		job.ID = NewID()
	}
	job.Asked, job.State = s.now(), Waiting
	if err := tx.GetContext(ctx, &job.Number, "SELECT coalesce(max(number), 0) + 1 FROM jobs"); err != nil {
		return err
	}
	_, err := tx.NamedExecContext(ctx, "INSERT INTO jobs ("+jobColumns+") VALUES (:id, :number, :kind, :subject, :account, :name, :role, :asked, :as_of, :state, :step, :done, :total, :message, :result, :ended)", job)
	return err
}

// Job returns a job by its identifier.
func (s *Store) Job(ctx context.Context, id string) (*Job, bool, error) {
	job := &Job{}
	found, err := s.get(ctx, job, "SELECT "+jobColumns+" FROM jobs WHERE id = ?", id)
	return job, found, err
}

// Jobs returns jobs of some kinds and an account, newest first. No kinds stand for all kinds, and "" for all accounts.
func (s *Store) Jobs(ctx context.Context, account string, kinds []string, offset, limit int) ([]Job, error) {
	where, values := "1 = 1", []any(nil)
	if account != "" {
		where, values = "account = ?", []any{account}
	}
	if len(kinds) > 0 {
		where += " AND kind IN (?" + strings.Repeat(",?", len(kinds)-1) + ")"
		for _, kind := range kinds {
			values = append(values, kind)
		}
	}
	var jobs []Job
	err := s.list(ctx, &jobs, "SELECT "+jobColumns+" FROM jobs WHERE "+where+" ORDER BY number DESC LIMIT ? OFFSET ?", append(values, limit, offset)...)
	return jobs, err
}

// ReadJobs returns a page of jobs, newest first, and the number of all: those requested by some roles, or, without roles, by an
// account.
func (s *Store) ReadJobs(ctx context.Context, account string, roles []string, offset, limit int) (jobs []Job, count int, err error) {
	where, values := "account = ?", []any{account}
	if len(roles) > 0 {
		where, values = "role IN (?"+strings.Repeat(",?", len(roles)-1)+")", nil
		for _, role := range roles {
			values = append(values, role)
		}
	}
	if _, err := s.get(ctx, &count, "SELECT count(*) FROM jobs WHERE "+where, values...); err != nil {
		return nil, 0, err
	}
	err = s.list(ctx, &jobs, "SELECT "+jobColumns+" FROM jobs WHERE "+where+" ORDER BY number DESC LIMIT ? OFFSET ?", append(values, limit, offset)...)
	return jobs, count, err
}

// NextJob returns the waiting job that was queued first.
func (s *Store) NextJob(ctx context.Context) (*Job, bool, error) {
	job := &Job{}
	found, err := s.get(ctx, job, "SELECT "+jobColumns+" FROM jobs WHERE state = '"+Waiting+"' ORDER BY number LIMIT 1")
	return job, found, err
}

// WaitingJob returns the waiting job of a kind and subject that was queued first.
func (s *Store) WaitingJob(ctx context.Context, kind, subject string) (*Job, bool, error) {
	job := &Job{}
	found, err := s.get(ctx, job, "SELECT "+jobColumns+" FROM jobs WHERE state = '"+Waiting+"' AND kind = ? AND subject = ? ORDER BY number LIMIT 1", kind, subject)
	return job, found, err
}

// BeginJob moves a waiting job to state Busy; begun is false if it is not waiting.
func (s *Store) BeginJob(ctx context.Context, id string) (begun bool, err error) {
	count, err := s.exec(ctx, "UPDATE jobs SET state = '"+Busy+"', message = '' WHERE id = ? AND state = '"+Waiting+"'", id)
	return count == 1, err
}

// TellJob stores the progress of a job.
func (s *Store) TellJob(ctx context.Context, id, step string, done, total int) error {
	_, err := s.exec(ctx, "UPDATE jobs SET step = ?, done = ?, total = ? WHERE id = ?", step, done, total, id)
	return err
}

// EndJob sets the final state of a job. In the same transaction its decisions stop being under way, so that once a job is seen to
// have ended, its records can be decided on again.
func (s *Store) EndJob(ctx context.Context, id, state, message, result string) error {
	return s.write(ctx, func(tx *sqlx.Tx) error {
		if _, err := tx.ExecContext(ctx, s.bind("UPDATE jobs SET state = ?, message = ?, result = ?, ended = ? WHERE id = ?"), state, message, result, s.now(), id); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, s.bind("UPDATE decided SET open = 0 WHERE job = ?"), id)
		return err
	})
}

// Restart makes jobs wait again that were under way when the program stopped, except those of kind closing, which are cancelled. It
// also resets the progress of checks.
func (s *Store) Restart(ctx context.Context, closing string) error {
	if _, err := s.exec(ctx, "UPDATE jobs SET state = '"+Cancelled+"', ended = ? WHERE state = '"+Busy+"' AND kind = ?", s.now(), closing); err != nil {
		return err
	}
	if _, err := s.exec(ctx, "UPDATE jobs SET state = '"+Waiting+"' WHERE state = '"+Busy+"'"); err != nil {
		return err
	}
	if _, err := s.exec(ctx, "UPDATE decided SET open = 0 WHERE open = 1 AND job IN (SELECT id FROM jobs WHERE state IN ('"+Done+"', '"+Failed+"', '"+Cancelled+"'))"); err != nil {
		return err
	}
	_, err := s.exec(ctx, "UPDATE uploads SET step = '', done = 0, total = 0 WHERE state = '"+Checking+"'")
	return err
}

// LastJob returns the job of a kind and subject that was queued last.
func (s *Store) LastJob(ctx context.Context, kind, subject string) (*Job, bool, error) {
	job := &Job{}
	found, err := s.get(ctx, job, "SELECT "+jobColumns+" FROM jobs WHERE kind = ? AND subject = ? ORDER BY number DESC LIMIT 1", kind, subject)
	return job, found, err
}

// Agreement is the agreement of one account with a close that two must agree on.
type Agreement struct {
	Period  int64  `db:"period"`
	Run     int64  `db:"run"`
	Inputs  string `db:"inputs"`
	Account string `db:"account"`
	Name    string `db:"name"`
	Reason  string `db:"reason"` // for closing beyond a safety bound; "" if none is broken
	Made    int64  `db:"made"`
}

// Agree stores the agreement of an account, in place of an earlier one on the same period.
func (s *Store) Agree(ctx context.Context, a Agreement) error {
	_, err := s.exec(ctx, "INSERT INTO agreements (period, run, inputs, account, name, reason, made) VALUES (?,?,?,?,?,?,?) ON CONFLICT (period, account) DO UPDATE SET run = excluded.run, "+
		"inputs = excluded.inputs, name = excluded.name, reason = excluded.reason, made = excluded.made", a.Period, a.Run, a.Inputs, a.Account, a.Name, a.Reason, s.now())
	return err
}

// Agreements returns the agreements with closing a period on the result of a run, oldest first.
func (s *Store) Agreements(ctx context.Context, period, run int64) ([]Agreement, error) {
	var list []Agreement
	err := s.list(ctx, &list, "SELECT period, run, inputs, account, name, reason, made FROM agreements WHERE period = ? AND run = ? ORDER BY made, account", period, run)
	return list, err
}

// Wait makes a job wait again, with a message.
func (s *Store) Wait(ctx context.Context, id, message string) error {
	_, err := s.exec(ctx, "UPDATE jobs SET state = '"+Waiting+"', message = ? WHERE id = ?", message, id)
	return err
}
