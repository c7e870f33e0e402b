package webstore

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"sync"
	"time"
)

// Sessions is a session store for alexedwards/scs. Tokens are hashed before they get here.
type Sessions struct {
	Store *Store
	kept  *keptSessions
}

// NewSessions returns a session store in the web store.
func NewSessions(store *Store) Sessions {
	return Sessions{store, &keptSessions{byToken: make(map[string]keptSession)}}
}

// keptSessions remembers sessions as they were last written. Every page postpones the end of its session, and the write to disk would
// be most of the cost of a page; one that would postpone it by less than endTolerance is skipped.
type keptSessions struct {
	mutex   sync.Mutex
	byToken map[string]keptSession
}

type keptSession struct {
	data    string
	expires time.Time
}

// endTolerance is the most by which a stored session may end earlier than it should.
const endTolerance = 20 * time.Second

// has reports whether a session was written with the same data and almost the same end.
func (k *keptSessions) has(token, data string, expires time.Time) bool {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	last, known := k.byToken[token]
	return known && last.data == data && expires.Sub(last.expires) < endTolerance && !expires.Before(last.expires)
}

func (k *keptSessions) keep(token, data string, expires time.Time) {
	const most = 10_000
	k.mutex.Lock()
	defer k.mutex.Unlock()
	if len(k.byToken) > most {
		clear(k.byToken)
	}
	k.byToken[token] = keptSession{data, expires}
}

func (k *keptSessions) forget(token string) {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	delete(k.byToken, token)
}

// FindCtx returns the data of a session; found is false if there is none or it has expired.
func (s Sessions) FindCtx(ctx context.Context, token string) (data []byte, found bool, err error) {
	var text string
	found, err = s.Store.get(ctx, &text, "SELECT data FROM sessions WHERE token = ? AND expires > ?", token, s.Store.now())
	if err != nil || !found {
		return nil, false, err
	}
	data, err = base64.StdEncoding.DecodeString(text)
	if err != nil || !json.Valid(data) {
		return nil, false, err // not JSON: of an older release, so the visitor must sign in again
	}
	return data, true, nil
}

// CommitCtx stores a session.
func (s Sessions) CommitCtx(ctx context.Context, token string, data []byte, expires time.Time) error {
	text := base64.StdEncoding.EncodeToString(data)
	if s.kept.has(token, text, expires) {
		return nil
	}
	_, err := s.Store.exec(ctx, "INSERT INTO sessions (token, data, expires) VALUES (?,?,?) ON CONFLICT (token) DO UPDATE SET data = excluded.data, expires = excluded.expires",
		token, text, expires.Unix())
	if err == nil {
		s.kept.keep(token, text, expires)
	}
	return err
}

// DeleteCtx removes a session.
func (s Sessions) DeleteCtx(ctx context.Context, token string) error {
	s.kept.forget(token)
	_, err := s.Store.exec(ctx, "DELETE FROM sessions WHERE token = ?", token)
	return err
}

// Find is FindCtx without a context, as scs requires.
func (s Sessions) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is CommitCtx without a context.
func (s Sessions) Commit(token string, data []byte, expires time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expires)
}

// Delete is DeleteCtx without a context.
func (s Sessions) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }

// Codec encodes sessions as JSON, the same values always to the same bytes, so that unchanged sessions can be recognized.
type Codec struct{}

type sessionText struct {
	Ends    time.Time
	Texts   map[string]string
	Numbers map[string]int64
}

// Encode encodes a session. Its values must be strings or of type int64.
func (Codec) Encode(ends time.Time, values map[string]any) ([]byte, error) {
	text := sessionText{ends, make(map[string]string), make(map[string]int64)}
	for name, value := range values {
		switch value := value.(type) {
		case string:
			text.Texts[name] = value
		case int64:
			text.Numbers[name] = value
		default:
			return nil, fmt.Errorf("a session holds no %T", value)
		}
	}
	return json.Marshal(text)
}

// Decode decodes a session.
func (Codec) Decode(data []byte) (ends time.Time, values map[string]any, err error) {
	var text sessionText
	if err := json.Unmarshal(data, &text); err != nil {
		return time.Time{}, nil, err
	}
	values = make(map[string]any, len(text.Texts)+len(text.Numbers))
	for name, value := range text.Texts {
		values[name] = value
	}
	for name, value := range text.Numbers {
		values[name] = value
	}
	return text.Ends, values, nil
}

// ForgetOld removes expired sessions and links, and failures of more than a day ago.
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
