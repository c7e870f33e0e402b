package database

import (
	"context"
	"net/url"
	"strings"

	"github.com/lib/pq"
)

// Roles are the PostgreSQL roles of a database: the owner migrates its schema, the batch works in it, the reader only
// reads.
type Roles struct {
	Owner, Batch, Reader string
	SQL                  string // creates them; running it again does no harm
}

// RolesOf returns the roles for the database and schema of an address. Several regions may share a server: the roles of a
// schema other than public carry its name.
func RolesOf(address string) (Roles, error) {
	parsed, err := url.Parse(address)
	if err != nil || !strings.HasPrefix(parsed.Scheme, "postgres") || strings.Trim(parsed.Path, "/") == "" {
		return Roles{}, NewProblem(err, "Rollen zijn er voor PostgreSQL. Geef de database met --database postgres://gebruiker@server/naam.",
			"Roles are for PostgreSQL. Name the database with --database postgres://user@server/name.")
	}
	schema, prefix := "public", "pxq"
	if path := parsed.Query().Get("search_path"); path != "" && path != "public" {
		schema, prefix = path, path
	}
	roles := Roles{Owner: prefix + "_owner", Batch: prefix + "_batch", Reader: prefix + "_read"}
	pages := "pxq_web" // the pages keep their data in a separate schema
	if schema != "public" {
		pages = schema + "_web"
	}
	roles.SQL = strings.NewReplacer(
		"{database}", pq.QuoteIdentifier(strings.Trim(parsed.Path, "/")), "{schema}", pq.QuoteIdentifier(schema), "{'schema'}", pq.QuoteLiteral(schema),
		"{pages}", pq.QuoteIdentifier(pages),
		"{owner}", pq.QuoteIdentifier(roles.Owner), "{batch}", pq.QuoteIdentifier(roles.Batch), "{reader}", pq.QuoteIdentifier(roles.Reader),
		"{'owner'}", pq.QuoteLiteral(roles.Owner), "{'batch'}", pq.QuoteLiteral(roles.Batch), "{'reader'}", pq.QuoteLiteral(roles.Reader),
	).Replace(rolesSQL)
	return roles, nil
}

// rolesSQL grants every right that a role has; it has no others. Closed lines, closed runs and the audit trail are also
// protected by triggers, which only the owner can drop.
const rolesSQL = `-- Rollen voor pxq / roles for pxq. Geef ze daarna een wachtwoord / then give them a password: \password NAAM
--   {owner}: brengt het schema bij, bij de eerste opdracht en na een nieuwe versie / brings the schema up to date
--   {batch}: inlezen, run, close, de pagina's / taking in, run, close, the pages
--   {reader}: status, explain, export, verify
DO $$
DECLARE wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY[{'owner'}, {'batch'}, {'reader'}] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
      EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION', wanted);
    END IF;
  END LOOP;
END $$;
GRANT CONNECT ON DATABASE {database} TO {owner}, {batch}, {reader};
CREATE SCHEMA IF NOT EXISTS {schema};
REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA {schema} TO {owner};
GRANT USAGE ON SCHEMA {schema} TO {batch}, {reader};
-- What the owner makes later.
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA {schema} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {batch};
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA {schema} GRANT SELECT ON TABLES TO {reader};
-- What is there.
DO $$
DECLARE made record;
BEGIN
  FOR made IN SELECT c.oid::regclass AS name, c.relname FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = {'schema'}::regnamespace
    AND EXISTS (SELECT FROM pg_class m WHERE m.relname = 'audit' AND m.relnamespace = c.relnamespace) LOOP
    EXECUTE format('ALTER TABLE %s OWNER TO %I', made.name, {'owner'});
    EXECUTE format('REVOKE ALL ON %s FROM PUBLIC, %I, %I', made.name, {'batch'}, {'reader'});
    EXECUTE format('GRANT SELECT ON %s TO %I, %I', made.name, {'batch'}, {'reader'});
    EXECUTE format('GRANT INSERT ON %s TO %I', made.name, {'batch'});
    IF made.relname <> 'audit' THEN
      EXECUTE format('GRANT UPDATE, DELETE ON %s TO %I', made.name, {'batch'});
    END IF;
  END LOOP;
  IF to_regprocedure({'schema'} || '.guard()') IS NOT NULL THEN
    EXECUTE format('ALTER FUNCTION %s OWNER TO %I', to_regprocedure({'schema'} || '.guard()'), {'owner'});
  END IF;
END $$;
-- The pages keep theirs apart.
CREATE SCHEMA IF NOT EXISTS {pages};
ALTER SCHEMA {pages} OWNER TO {batch};
`

// GiveRoles creates the roles, using the connection of a user with permission to do so. It first creates the tables, so
// that rights can be granted on each by name.
func GiveRoles(ctx context.Context, address string, schema *Schema) (Roles, error) {
	roles, err := RolesOf(address)
	if err != nil {
		return roles, err
	}
	opened, err := Open(ctx, address, schema, Options{})
	if err != nil {
		return roles, err
	}
	defer opened.Close()
	if _, err := opened.pool.ExecContext(ctx, roles.SQL); err != nil {
		return roles, explainPostgres(err, address)
	}
	return roles, nil
}
