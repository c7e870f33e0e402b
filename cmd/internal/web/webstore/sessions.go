package webstore

import (
	"context"
	"encoding/base64"
	"time"
)

// Sessions keeps sessions as alexedwards/scs wants it. Tokens come hashed.
type Sessions struct{ Store *Store }

// FindCtx returns the data of a session.
func (s Sessions) FindCtx(ctx context.Context, token string) (data []byte, found bool, err error) {
	var text string
	found, err = s.Store.get(ctx, &text, "SELECT data FROM sessions WHERE token = ? AND expires > ?", token, s.Store.now())
	if err != nil || !found {
		return nil, false, err
	}
	data, err = base64.StdEncoding.DecodeString(text)
	return data, err == nil, err
}

// CommitCtx keeps a session.
func (s Sessions) CommitCtx(ctx context.Context, token string, data []byte, expires time.Time) error {
	_, err := s.Store.exec(ctx, "INSERT INTO sessions (token, data, expires) VALUES (?,?,?) ON CONFLICT (token) DO UPDATE SET data = excluded.data, expires = excluded.expires",
		token, base64.StdEncoding.EncodeToString(data), expires.Unix())
	return err
}

// DeleteCtx ends a session.
func (s Sessions) DeleteCtx(ctx context.Context, token string) error {
	_, err := s.Store.exec(ctx, "DELETE FROM sessions WHERE token = ?", token)
	return err
}

// Find, Commit and Delete are the same without a context.
func (s Sessions) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit keeps a session.
func (s Sessions) Commit(token string, data []byte, expires time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expires)
}

// Delete ends a session.
func (s Sessions) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }

// ForgetOld removes sessions, links and failures of which the time is over.
func (s *Store) ForgetOld(ctx context.Context) error {
	for _, statement := range []string{"DELETE FROM sessions WHERE expires < ?", "DELETE FROM links WHERE expires < ?", "DELETE FROM failures WHERE until < ? AND last < ? - 86400"} {
		values := []any{s.now()}
		if statement[len(statement)-1] == '0' {
			values = append(values, s.now())
		}
		if _, err := s.exec(ctx, statement, values...); err != nil {
			return err
		}
	}
	return nil
}
