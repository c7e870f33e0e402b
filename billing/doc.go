// Package billing holds the words and the arithmetic of a P*Q declaration: records, referrals, the contract
// book, judging, lines and the difference with what was declared before.
//
// It is pure: data in, verdicts and lines out. It knows no files, SQL, spreadsheets or clock; the same data
// always give the same result. The rules themselves are in billing/rules, one small function each; this
// package says in which order they are judged and what their findings do to a record.
//
// The declaration of a month is the target minus the ledger:
//
//	files ──importers──▶ store ──per client──▶ judge ─▶ price ─▶ target ─┐
//	                       ▲                  (rules)   (P×Q)            ├─ difference ─▶ declaration ──exporters──▶ workbooks, XML, CSV, JSON
//	                       └───────────────── ledger ────────────────────┘
//
// The rooms of the house; each imports only rooms below it:
//
//	cmd/pxq                  the command: flags, progress, exit status; its terminal prints results for people and as JSON
//	cmd/internal/web         the pages: routes, sign-in, HTML
//	cmd/internal/workspace   the application: settings, folders, check, take in, run, close, report, export; its views are what
//	                         the pages show of the store, each in the scope of who asks
//	cmd/internal/synthetic   synthetic months for demo, generate and tests
//	exporters                reports, tables, templates, workbook, shown, ijw: what goes out
//	importers                table, submissions, referrals, decisions, messages: what comes in
//	rates                    reads and checks the contract book; the region's own book as data
//	billing/report           what is asked of the store: explain, status, summary, year
//	billing/batch            run, close, verify, compare
//	billing/intake           files, rows, referrals, decisions in; taking back
//	billing/ledger           the store: what came in, what became of it, what was declared
//	billing/ledger/schema    the steps by which its database came to what it is; schema1 reads the oldest
//	billing/ledger/database  SQLite and PostgreSQL, transactions, the lock; knows nothing of care
//	billing/ledger/proof     what is kept of the clients held against digests, sums and itself
//	billing/ledger/packed    several columns read as one text
//	billing/ledger/words     what is kept, in words that say what it is
//	billing/ledger/trail     the audit trail, entry by entry; sums: what the rows of a table come to
//	billing/scratch          the private folder for what is there for a moment
//	billing/watched          connections with a server that are given up once it is silent
//	cmd/internal/defect      where a panic happened, in a file without data
//	cmd/internal/limits      what the system allows the process, when a command fails for it
//	billing/versions         what a row is among the versions of its reference: pure
//	billing/ijw              the national messages as plain data: pure
//	billing/rules            the catalogue of rules: pure
//	billing                  this package: pure
//	billing/parallel         work on several processors, of which a panic becomes an error
//	billing/bsn              which digits may be a citizen service number, and how they are masked: pure
//
// Money is whole cents, time is hundredths of a minute, day-parts are hundredths of a day-part. Amounts are
// rounded in one place only: Price.Times.
//
// The words, as the field uses them:
//
//	zorgregel              Record          toewijzing, beschikking   Referral
//	aanlevering            Submission      declaratieregel           Line
//	aanbieder              Provider        gemeente, gebied          Municipality, Area
//	perceel, segment       Segment         tarief                    Price
//	dagdeel                Daypart         budgetplafond             Ceiling
//	declaratieperiode      Period          besluit                   Decision
//	akkoord, uitval        Accepted, Held  afgewezen, wacht          Rejected, Pending
package billing
