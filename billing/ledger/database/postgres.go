package database

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io/fs"
	"net/url"
	"slices"
	"strings"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"github.com/pxq-nl/pxq/billing/watched"
)

func openPostgres(ctx context.Context, address string, schema *Schema) (*DB, error) {
	parsed, err := url.Parse(address)
	if err != nil {
		return nil, NewProblem(err, "Het adres van de database is niet leesbaar. Schrijf postgres://gebruiker@server/naam?sslmode=require.",
			"The address of the database cannot be read. Write postgres://user@server/name?sslmode=require.")
	}
	query := parsed.Query()
	if query.Get("sslmode") == "" {
		query.Set("sslmode", "require") // stated, because the driver's default changes between versions
	}
	if query.Get("connect_timeout") == "" {
		query.Set("connect_timeout", "8")
	}
	parsed.RawQuery = query.Encode()
	connector, err := watched.Connector(parsed.String())
	if err != nil {
		return nil, explainPostgres(err, address)
	}
	pool := sqlx.NewDb(sql.OpenDB(connector), "postgres")
	pool.SetMaxOpenConns(4)
	opened := newDB(pool, postgresDialect(), schema, "", withoutPassword(address))
	if err := opened.start(ctx); err != nil {
		pool.Close()
		return nil, explainPostgres(err, address)
	}
	return opened, nil
}

// shownSettings are the settings of an address that may be shown; many others may contain a password.
var shownSettings = []string{"host", "port", "dbname", "user", "sslmode", "search_path", "connect_timeout"}

// withoutPassword returns the address of a server for display, without its password in whatever way that is written.
func withoutPassword(address string) string {
	parsed, err := url.Parse(address)
	if err != nil || parsed.User == nil && strings.Contains(address, "@") { // a password with an unescaped mark parses as port and path
		return "postgres://…"
	}
	var kept []string
	for setting := range strings.SplitSeq(parsed.RawQuery, "&") {
		if name, _, _ := strings.Cut(setting, "="); slices.Contains(shownSettings, name) {
			kept = append(kept, setting)
		}
	}
	parsed.RawQuery, parsed.Fragment, parsed.RawFragment = strings.Join(kept, "&"), "", ""
	return parsed.Redacted()
}

// unknownAddress returns at most the start of what is not a valid address: it may be one of another program, with a
// password anywhere in it.
func unknownAddress(address string) string {
	marks := ":=@?&; '\"\t\n"
	if strings.Contains(address, "@") {
		marks += "/"
	}
	if at := strings.IndexAny(address, marks); at >= 0 {
		return address[:at] + "…"
	}
	return address
}

func explainPostgres(err error, address string) error {
	if problem, ok := errors.AsType[*Problem](err); ok {
		return problem
	}
	shown := withoutPassword(address)
	if mayNot(err) {
		return notAllowed(err)
	}
	if refused, ok := errors.AsType[*pq.Error](err); ok {
		return refusedBy(refused, shown)
	}
	if file, ok := errors.AsType[*fs.PathError](err); ok {
		return NewProblem(err, "Het bestand %s, uit het adres van PostgreSQL (%s) of uit de omgeving, is niet te lezen. Kijk naam en rechten na.",
			"The file %s, named in the address of PostgreSQL (%s) or in the environment, cannot be read. Check its name and permissions.", file.Path, shown)
	}
	if text := err.Error(); strings.Contains(text, "x509: ") {
		return NewProblem(err, "Het certificaat van PostgreSQL (%s) is niet te vertrouwen: %s. Kijk de servernaam na, en of sslrootcert het goede certificaat noemt.",
			"The certificate of PostgreSQL (%s) cannot be trusted: %s. Check the name of the server and that sslrootcert names the right certificate.", shown, text[strings.Index(text, "x509: ")+len("x509: "):])
	}
	if strings.Contains(err.Error(), "SSL is not enabled") {
		return NewProblem(err, "PostgreSQL (%s) heeft geen versleutelde verbinding. Zet die aan, of schrijf ?sslmode=disable achter het adres als de server op deze computer staat.",
			"PostgreSQL (%s) does not offer an encrypted connection. Enable it, or add ?sslmode=disable to the address if the server is on this computer.", shown)
	}
	return NewProblem(err, "PostgreSQL (%s) antwoordt niet. Controleer of de server draait en bereikbaar is.",
		"PostgreSQL (%s) does not answer. Check that the server is running and can be reached.", shown)
}

// refusedBy explains why the server refused the connection, and what to do about it.
func refusedBy(refused *pq.Error, shown string) *Problem {
	switch refused.Code {
	case "3F000":
		return NewProblem(refused, "Het schema dat search_path in het adres van PostgreSQL (%s) noemt, is er niet, of deze gebruiker mag er niet in. Kijk de naam na, of maak het met ‘pxq init --database … --apply’.",
			"The schema named by search_path in the address of PostgreSQL (%s) does not exist, or this user may not use it. Check the name, or create it with “pxq init --database … --apply”.", shown)
	case "53300":
		return NewProblem(refused, "PostgreSQL (%s) heeft geen verbinding meer vrij. Probeer het zo opnieuw, of sta de server meer verbindingen toe (max_connections).",
			"PostgreSQL (%s) has no connections left. Try again in a moment, or allow more connections on the server (max_connections).", shown)
	case "57P03":
		return NewProblem(refused, "PostgreSQL (%s) start nog, of stopt juist. Probeer het zo opnieuw.", "PostgreSQL (%s) is still starting up or is shutting down. Try again in a moment.", shown)
	}
	return NewProblem(refused, "PostgreSQL (%s) weigert: %s. Controleer gebruiker, wachtwoord en databasenaam.",
		"PostgreSQL (%s) refuses: %s. Check the user, the password and the database name.", shown, refused.Message)
}

// mayNot reports whether an error means that the database user lacks permission.
func mayNot(err error) bool {
	refused, ok := errors.AsType[*pq.Error](err)
	return ok && (refused.Code == "42501" || refused.Code == "25006")
}

func notAllowed(err error) *Problem {
	return NewProblem(err, "Deze gebruiker van PostgreSQL mag dit niet. Er is niets gewijzigd. Gebruik de gebruiker die hiervoor bedoeld is: de lezer ziet alleen, de batch wijzigt, en alleen de eigenaar brengt de database bij na een nieuwe versie van pxq (geef als eigenaar één keer ‘pxq status’).",
		"This PostgreSQL user is not allowed to do this. Nothing was changed. Use the user meant for it: the reader only looks, the batch user makes changes, and only the owner brings the database up to date after a new version of pxq (run “pxq status” once as the owner).")
}

// isLost reports whether an error means that the connection with PostgreSQL ended.
func isLost(err error) bool {
	if refused, ok := errors.AsType[*pq.Error](err); ok {
		return refused.Code.Class() == "08" || slices.Contains([]string{"57P01", "57P02", "57P03"}, string(refused.Code))
	}
	return errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) || watched.IsCut(err)
}
