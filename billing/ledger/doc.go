// Package ledger is the store: what was taken in, what became of it, and what was declared. It is the only
// place with SQL. One set of statements serves SQLite and PostgreSQL; a dialect holds the few words that
// differ.
//
// Amounts are whole cents, quantities hundredths, dates numbers of days (billing.Date), all in integer
// columns: never NUMERIC, which SQLite keeps as floating point. Records and outcomes are clustered by client,
// because that is how they are judged.
//
// Outcomes and lines are written only when they change, each with the first and the last run for which it
// holds (last 0: it still does). So any run can be read back as it was, and three years of history are not
// rewritten each month.
package ledger
