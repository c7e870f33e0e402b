package webstore

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"encoding/hex"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"
)

// Account is an account that can sign in.
type Account struct {
	ID         string `db:"id"`
	Name       string `db:"name"`  // to sign in with
	Shown      string `db:"shown"` // the name that others see
	Role       string `db:"role"`
	CodeList   string `db:"codes"`     // AGB or CBS codes, joined by a space
	Password   string `db:"password"`  // salt and argon2id hash; "" for none
	TOTP       string `db:"totp"`      // the secret of the second factor; "" for none
	TOTPStep   int64  `db:"totp_step"` // the last time step used
	Recovery   string `db:"recovery"`  // hashes of recovery codes, joined by a space
	Issuer     string `db:"issuer"`
	Subject    string `db:"subject"`
	Blocked    bool   `db:"blocked"`
	Demo       bool   `db:"demo"`
	Created    int64  `db:"created"`
	LastSignIn int64  `db:"last_sign_in"`
	Epoch      int64  `db:"epoch"` // increases when all sessions end: one of another epoch is not valid
	Language   string `db:"language"`
}

// Codes returns the codes of the account's scope.
func (a *Account) Codes() []string { return strings.Fields(a.CodeList) }

const accountColumns = "id, name, shown, role, codes, password, totp, totp_step, recovery, issuer, subject, blocked, demo, created, last_sign_in, epoch, language"

// NewID returns a random identifier of 120 bits, which cannot be guessed.
func NewID() string {
	var random [15]byte
	rand.Read(random[:]) //nolint:errcheck // it never fails
	return strings.ToLower(base32.StdEncoding.EncodeToString(random[:]))
}

// NewFolderID returns an identifier, which cannot be guessed, for the name of a file or folder in the workspace. It sorts after all
// earlier ones, since files of a folder are taken in by name: so the later of two versions of a row, a referral or a decision wins,
// also when one run takes in both, or takes them in again after a backup was restored. The prefix zzz makes it sort after names of
// older releases, which had no order.
func NewFolderID() string {
	var moment [8]byte
	binary.BigEndian.PutUint64(moment[:], uint64(time.Now().UnixMicro())) //nolint:gosec // a moment is positive
	return "zzz" + strings.ToLower(base32.HexEncoding.WithPadding(base32.NoPadding).EncodeToString(moment[:])) + NewID()
}

// HashOf returns the SHA-256 of a secret in hexadecimal, by which it is stored.
func HashOf(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// AddAccount stores a new account. It sets its creation time, and its identifier if it has none.
func (s *Store) AddAccount(ctx context.Context, a *Account) error {
	if a.ID == "" {
		a.ID = NewID()
	}
	a.Created = s.now()
	_, err := s.db.NamedExecContext(ctx, "INSERT INTO accounts ("+accountColumns+") VALUES (:id, :name, :shown, :role, :codes, :password, :totp, :totp_step, :recovery, :issuer, :subject, "+
		":blocked, :demo, :created, :last_sign_in, :epoch, :language)", accountRow(a))
	return err
}

// accountRow returns the columns of an account, with flags as numbers, which both databases can store.
func accountRow(a *Account) map[string]any {
	return map[string]any{
		"id": a.ID, "name": a.Name, "shown": a.Shown, "role": a.Role, "codes": a.CodeList, "password": a.Password, "totp": a.TOTP, "totp_step": a.TOTPStep,
		"recovery": a.Recovery, "issuer": a.Issuer, "subject": a.Subject, "blocked": flag(a.Blocked), "demo": flag(a.Demo), "created": a.Created,
		"last_sign_in": a.LastSignIn, "epoch": a.Epoch, "language": a.Language,
	}
}

func flag(is bool) int {
	if is {
		return 1
	}
	return 0
}

// Account returns an account by its identifier; found is false if there is none.
func (s *Store) Account(ctx context.Context, id string) (*Account, bool, error) {
	return s.account(ctx, "id = ?", id)
}

// AccountNamed returns an account by the name to sign in with, in any case.
func (s *Store) AccountNamed(ctx context.Context, name string) (*Account, bool, error) {
	return s.account(ctx, "name = ?", strings.ToLower(strings.TrimSpace(name)))
}

// AccountOf returns the account that is bound to an identity of an OpenID Connect provider.
func (s *Store) AccountOf(ctx context.Context, issuer, subject string) (*Account, bool, error) {
	return s.account(ctx, "issuer = ? AND subject = ? AND subject <> ''", issuer, subject)
}

func (s *Store) account(ctx context.Context, where string, values ...any) (*Account, bool, error) {
	account := &Account{}
	found, err := s.get(ctx, account, "SELECT "+accountColumns+" FROM accounts WHERE "+where, values...)
	return account, found, err
}

// Accounts returns all accounts, sorted by role and name.
func (s *Store) Accounts(ctx context.Context) ([]Account, error) {
	var accounts []Account
	err := s.list(ctx, &accounts, "SELECT "+accountColumns+" FROM accounts ORDER BY role, name")
	return accounts, err
}

// SetPassword sets the hashed password of an account, and ends its sessions.
func (s *Store) SetPassword(ctx context.Context, id, password string) error {
	_, err := s.exec(ctx, "UPDATE accounts SET password = ?, epoch = epoch + 1 WHERE id = ?", password, id)
	return err
}

// SetTOTP sets the second factor of an account with its recovery codes, and ends its sessions. An empty secret removes it.
func (s *Store) SetTOTP(ctx context.Context, id, secret string, recovery []string) error {
	hashes := make([]string, len(recovery))
	for i, code := range recovery {
		hashes[i] = HashOf(code)
	}
	_, err := s.exec(ctx, "UPDATE accounts SET totp = ?, totp_step = 0, recovery = ?, epoch = epoch + 1 WHERE id = ?", secret, strings.Join(hashes, " "), id)
	return err
}

// SetCodes sets the codes of an account, and ends its sessions.
func (s *Store) SetCodes(ctx context.Context, id, codes string) error {
	_, err := s.exec(ctx, "UPDATE accounts SET codes = ?, epoch = epoch + 1 WHERE id = ?", codes, id)
	return err
}

// Reset removes the password, second factor and bound identity of an account, and ends its sessions. It must be set up again by a
// link.
func (s *Store) Reset(ctx context.Context, id string) error {
	_, err := s.exec(ctx, "UPDATE accounts SET password = '', totp = '', totp_step = 0, recovery = '', issuer = '', subject = '', epoch = epoch + 1 WHERE id = ?", id)
	return err
}

// UseStep marks a time step of the second factor as used; used is false if it or a later one was used before.
func (s *Store) UseStep(ctx context.Context, id string, step int64) (used bool, err error) {
	count, err := s.exec(ctx, "UPDATE accounts SET totp_step = ? WHERE id = ? AND totp_step < ?", step, id, step)
	return count == 1, err
}

// UseRecovery removes a recovery code that is used; used is false if the account does not have it.
func (s *Store) UseRecovery(ctx context.Context, id, code string) (used bool, err error) {
	err = s.write(ctx, func(tx *sqlx.Tx) error {
		var kept string
		if err := tx.GetContext(ctx, &kept, s.bind("SELECT recovery FROM accounts WHERE id = ?"), id); err != nil {
			return err
		}
		var rest []string
		wanted := HashOf(code)
		for _, hash := range strings.Fields(kept) {
			if hash == wanted && !used {
				used = true
				continue
			}
			rest = append(rest, hash)
		}
		_, err := tx.ExecContext(ctx, s.bind("UPDATE accounts SET recovery = ? WHERE id = ?"), strings.Join(rest, " "), id)
		return err
	})
	return used, err
}

// SetBlocked blocks or unblocks an account, and ends its sessions. Blocking also withdraws its open votes and its agreement to close.
// The last administrator who is not blocked cannot be: then done is false. Administrators who block each other at the same time take
// turns.
func (s *Store) SetBlocked(ctx context.Context, id string, blocked bool) (done bool, err error) {
	err = s.write(ctx, func(tx *sqlx.Tx) error {
		if s.postgres {
			if _, err := tx.ExecContext(ctx, "SELECT pg_advisory_xact_lock(hashtext('pxq/web/accounts'), hashtext(current_schema()))"); err != nil {
				return err
			}
		}
		var count int64
		result, err := tx.ExecContext(ctx, s.bind("UPDATE accounts SET blocked = ?, epoch = epoch + 1 WHERE id = ? AND (? = 0 OR role <> 'beheerder' OR "+
			"EXISTS (SELECT 1 FROM accounts x WHERE x.role = 'beheerder' AND x.blocked = 0 AND x.id <> accounts.id))"), flag(blocked), id, flag(blocked))
		if err == nil {
			count, err = result.RowsAffected()
		}
		if done = count == 1; err != nil || !done || !blocked {
			return err
		}
		if _, err := tx.ExecContext(ctx, s.bind("UPDATE votes SET open = 0 WHERE open = 1 AND account = ?"), id); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, s.bind("DELETE FROM agreements WHERE account = ?"), id)
		return err
	})
	return done, err
}

// EndSessions ends all sessions of an account.
func (s *Store) EndSessions(ctx context.Context, id string) error {
	_, err := s.exec(ctx, "UPDATE accounts SET epoch = epoch + 1 WHERE id = ?", id)
	return err
}

// SignedIn records the time at which an account signed in.
func (s *Store) SignedIn(ctx context.Context, id string) error {
	_, err := s.exec(ctx, "UPDATE accounts SET last_sign_in = ? WHERE id = ?", s.now(), id)
	return err
}

// SetLanguage sets the language of an account.
func (s *Store) SetLanguage(ctx context.Context, id, language string) error {
	_, err := s.exec(ctx, "UPDATE accounts SET language = ? WHERE id = ?", language, id)
	return err
}

// Bind binds an account to an identity; bound is false if either is bound already.
func (s *Store) Bind(ctx context.Context, id, issuer, subject string) (bound bool, err error) {
	count, err := s.exec(ctx, "UPDATE accounts SET issuer = ?, subject = ?, epoch = epoch + 1 WHERE id = ? AND subject = '' "+
		"AND NOT EXISTS (SELECT 1 FROM accounts x WHERE x.issuer = ? AND x.subject = ?)", issuer, subject, id, issuer, subject)
	return count == 1, err
}

// linkLifetime is the time for which an invitation link is valid.
const linkLifetime = 24 * time.Hour

// AddLink creates an invitation link that can be used once, replaces earlier ones of the account, and returns its token. Only the
// hash of the token is stored.
func (s *Store) AddLink(ctx context.Context, account, kind string) (token string, err error) {
	token = NewID() + NewID()
	if _, err := s.exec(ctx, "DELETE FROM links WHERE account = ? OR expires < ?", account, s.now()); err != nil {
		return "", err
	}
	_, err = s.exec(ctx, "INSERT INTO links (hash, account, kind, expires) VALUES (?,?,?,?)", HashOf(token), account, kind, s.Now().Add(linkLifetime).Unix())
	return token, err
}

// Link returns the account that a link is for; found is false if the link was used, has expired or never existed.
func (s *Store) Link(ctx context.Context, token string) (account string, found bool, err error) {
	found, err = s.get(ctx, &account, "SELECT account FROM links WHERE hash = ? AND expires >= ?", HashOf(token), s.now())
	return account, found, err
}

// UseLink uses up a link; used is false if that was done before.
func (s *Store) UseLink(ctx context.Context, token string) (used bool, err error) {
	count, err := s.exec(ctx, "DELETE FROM links WHERE hash = ?", HashOf(token))
	return count == 1, err
}

// Delay returns the time to wait before another attempt, after failures of what: an account or a network.
func (s *Store) Delay(ctx context.Context, what string) (time.Duration, error) {
	var until int64
	_, err := s.get(ctx, &until, "SELECT until FROM failures WHERE what = ?", HashOf(what))
	return max(0, time.Unix(until, 0).Sub(s.Now())), err
}

// longestDelay is the longest delay after failures, so that an account is never locked for good.
const longestDelay = 15 * time.Minute

// Failed counts a failure. From the failure with number free on there is a delay, which starts at a second and doubles up to
// longestDelay. A day after the last failure the count starts again.
func (s *Store) Failed(ctx context.Context, what string, free int64) error {
	what = HashOf(what)
	now := s.now()
	return s.write(ctx, func(tx *sqlx.Tx) error {
		if _, err := tx.ExecContext(ctx, s.bind("INSERT INTO failures (what, count, until, last) VALUES (?, 1, 0, ?) ON CONFLICT (what) DO UPDATE SET "+
			"count = CASE WHEN failures.last < ? THEN 1 ELSE failures.count + 1 END, last = excluded.last"), what, now, now-86400); err != nil {
			return err
		}
		var count int64
		if err := tx.GetContext(ctx, &count, s.bind("SELECT count FROM failures WHERE what = ?"), what); err != nil {
			return err
		}
		if count < free {
			return nil
		}
		delay := min(longestDelay, time.Second<<min(count-free, 20))
		_, err := tx.ExecContext(ctx, s.bind("UPDATE failures SET until = ? WHERE what = ?"), s.Now().Add(delay).Unix(), what)
		return err
	})
}

// Succeeded resets the count of failures.
func (s *Store) Succeeded(ctx context.Context, what string) error {
	_, err := s.exec(ctx, "DELETE FROM failures WHERE what = ?", HashOf(what))
	return err
}
