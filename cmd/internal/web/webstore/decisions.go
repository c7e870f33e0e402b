package webstore

import (
	"context"

	"github.com/jmoiron/sqlx"
)

// DecidedOn is a decision taken on a page, by the job that takes it in.
type DecidedOn struct {
	Job     string `db:"job"`
	Record  int64  `db:"record"`
	Code    string `db:"code"`
	Version int    `db:"version"`
	Word    string `db:"word"`
	Account string `db:"account"`
	Made    int64  `db:"made"`
}

// AddDecisions queues the job that takes in decisions, records what they are on, and closes the votes on that.
func (s *Store) AddDecisions(ctx context.Context, job *Job, decisions []DecidedOn) error {
	return s.write(ctx, func(tx *sqlx.Tx) error {
		if err := s.addJob(ctx, tx, job); err != nil {
			return err
		}
		for _, d := range decisions {
			if _, err := tx.ExecContext(ctx, s.bind("INSERT INTO decided (job, record, code, version, word, account, made, open) VALUES (?,?,?,?,?,?,?,1)"),
				job.ID, d.Record, d.Code, d.Version, d.Word, d.Account, s.now()); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, s.bind("UPDATE votes SET open = 0 WHERE open = 1 AND record = ? AND code = ?"), d.Record, d.Code); err != nil {
				return err
			}
		}
		return nil
	})
}

// DecisionsUnderWay returns the decisions whose job has not ended.
func (s *Store) DecisionsUnderWay(ctx context.Context) ([]DecidedOn, error) {
	var list []DecidedOn
	err := s.list(ctx, &list, "SELECT job, record, code, version, word, account, made FROM decided WHERE open = 1 ORDER BY made")
	return list, err
}

// LastDecision returns the last decision of an account; found is false if there is none, or if another account has since decided on
// the same.
func (s *Store) LastDecision(ctx context.Context, account string) (DecidedOn, bool, error) {
	var d DecidedOn
	found, err := s.get(ctx, &d, "SELECT d.job, d.record, d.code, d.version, d.word, d.account, d.made FROM decided d JOIN jobs j ON j.id = d.job WHERE d.account = ? "+
		"ORDER BY j.number DESC, d.record DESC, d.code DESC LIMIT 1", account)
	if err != nil || !found {
		return d, false, err
	}
	var last string
	_, err = s.get(ctx, &last, "SELECT d.account FROM decided d JOIN jobs j ON j.id = d.job WHERE d.record = ? AND d.code = ? ORDER BY j.number DESC LIMIT 1", d.Record, d.Code)
	return d, last == account, err
}

// Vote is the decision of one controller where two must decide.
type Vote struct {
	ID      string `db:"id"`
	Record  int64  `db:"record"`
	Code    string `db:"code"`
	Version int    `db:"version"`
	Account string `db:"account"`
	Name    string `db:"name"`
	Word    string `db:"word"`
	Reason  string `db:"reason"`
	Made    int64  `db:"made"`
}

const voteColumns = "id, record, code, version, account, name, word, reason, made"

// AddVote stores a vote, and closes an earlier one of the same account on the same.
func (s *Store) AddVote(ctx context.Context, v Vote) error {
	return s.write(ctx, func(tx *sqlx.Tx) error {
		if _, err := tx.ExecContext(ctx, s.bind("UPDATE votes SET open = 0 WHERE open = 1 AND record = ? AND code = ? AND account = ?"), v.Record, v.Code, v.Account); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, s.bind("INSERT INTO votes ("+voteColumns+", open) VALUES (?,?,?,?,?,?,?,?,?,1)"), NewID(), v.Record, v.Code, v.Version, v.Account, v.Name, v.Word, v.Reason, s.now())
		return err
	})
}

// OpenVotes returns the votes that wait for a second controller, oldest first.
func (s *Store) OpenVotes(ctx context.Context) ([]Vote, error) {
	var votes []Vote
	err := s.list(ctx, &votes, "SELECT "+voteColumns+" FROM votes WHERE open = 1 ORDER BY made, id")
	return votes, err
}

// LastVote returns the last open vote of an account.
func (s *Store) LastVote(ctx context.Context, account string) (Vote, bool, error) {
	var v Vote
	found, err := s.get(ctx, &v, "SELECT "+voteColumns+" FROM votes WHERE open = 1 AND account = ? ORDER BY made DESC, id LIMIT 1", account)
	return v, found, err
}

// EndVotes closes the open votes of an account on a code of a record, and returns their number.
func (s *Store) EndVotes(ctx context.Context, record int64, code, account string) (int64, error) {
	return s.exec(ctx, "UPDATE votes SET open = 0 WHERE open = 1 AND record = ? AND code = ? AND account = ?", record, code, account)
}

// KeepSelection stores a value for an account for at least a day, such as a list of holds to decide on, and returns its identifier.
func (s *Store) KeepSelection(ctx context.Context, account, body string) (string, error) {
	id := NewID()
	if _, err := s.exec(ctx, "DELETE FROM selections WHERE made < ?", s.now()-86400); err != nil {
		return "", err
	}
	_, err := s.exec(ctx, "INSERT INTO selections (id, account, body, made) VALUES (?,?,?,?)", id, account, body, s.now())
	return id, err
}

// Selection returns what KeepSelection stored for an account; found is false if it was removed or belongs to another account.
func (s *Store) Selection(ctx context.Context, account, id string) (body string, found bool, err error) {
	found, err = s.get(ctx, &body, "SELECT body FROM selections WHERE id = ? AND account = ?", id, account)
	return body, found, err
}
