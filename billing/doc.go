// Package billing holds the types and the arithmetic of a P*Q declaration: records, referrals, the contract
// book, judging, lines and the difference with what was declared before.
//
// It is pure: data in, outcomes and lines out. It knows no files, SQL, spreadsheets or clock; the same data
// always give the same result. The rules themselves are in billing/rules, one small function each; this
// package defines in which order they are judged and what their findings do to a record.
//
// Read it in this order: [Record], [Referral] and [Book] are the input; [Judge.Judge] judges one [Client] by a
// [Catalogue] of rules, with one [Case] for each record; [Judgement] is the result, with its outcomes, its
// [Line]s and the declaration. Care is "at rest" when its judgement cannot change any more and the next
// judgement therefore leaves it out: see [Rest].
//
// The declaration of a month is the target minus the ledger:
//
//	files ──importers──▶ store ──per client──▶ judge ─▶ price ─▶ target ─┐
//	                       ▲                  (rules)   (P×Q)            ├─ difference ─▶ declaration ──exporters──▶ workbooks, XML, CSV, JSON
//	                       └───────────────── ledger ────────────────────┘
//
// The packages of the program; each imports only packages below it:
//
//	cmd/pxq                  the command: flags, progress, exit status; its terminal prints results for people and as JSON
//	cmd/internal/web         the pages: routes, sign-in, HTML
//	cmd/internal/workspace   the application: settings, folders, check, take in, run, close, report, export; its views are what
//	                         the pages show of the store, each in the scope of its user
//	cmd/internal/synthetic   synthetic months for demo, generate and tests
//	exporters                output: reports, tables, templates, workbook, shown, ijw
//	importers                input: table, submissions, referrals, decisions, messages
//	rates                    reads and checks the contract book; the region's own book as data
//	billing/report           queries on the store: explain, status, summary, year
//	billing/batch            run, close, verify, compare
//	billing/intake           takes in files, rows, referrals and decisions, and takes files back
//	billing/ledger           the store: what came in, its outcomes and what was declared
//	billing/ledger/schema    the migrations of the database; schema1 reads the oldest schema
//	billing/ledger/database  SQLite and PostgreSQL, transactions, the lock; knows nothing of care
//	billing/ledger/proof     checks the stored clients against digests, sums and each other
//	billing/ledger/packed    reads several columns as one text
//	billing/ledger/words     the words for stored values
//	billing/ledger/trail     the audit trail, entry by entry; sums: totals of the rows of a table
//	billing/scratch          temporary files and folders that only their owner can read
//	billing/watched          PostgreSQL connections that are given up when the server is silent
//	cmd/internal/defect      writes where a panic happened to a file without data
//	cmd/internal/limits      explains failures that are due to limits of the operating system
//	billing/versions         what a row is among the versions of its reference: pure
//	billing/ijw              the national messages as plain data: pure
//	billing/rules            the catalogue of rules: pure
//	billing                  this package: pure
//	billing/parallel         runs work on several processors and turns a panic into an error
//	billing/bsn              recognises citizen service numbers and masks them: pure
//	billing/written          reads numbers as people write them: pure
//
// Money is whole cents, time is hundredths of a minute, day-parts are hundredths of a day-part. Amounts are
// rounded in one place only: Price.Times.
//
// The terms, in Dutch as the field uses them and as they are called here:
//
//	zorgregel              Record          toewijzing, beschikking   Referral
//	aanlevering            Submission      declaratieregel           Line
//	aanbieder              Provider        gemeente, gebied          Municipality, Area
//	perceel, segment       Segment         tarief                    Price
//	dagdeel                Daypart         budgetplafond             Ceiling
//	declaratieperiode      Period          besluit                   Decision
//	akkoord, uitval        Accepted, Held  afgewezen, wacht          Rejected, Pending
package billing
