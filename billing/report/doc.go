// Package report answers what is asked of the store: the story of a record or a line, where a workspace stands, the
// summary of a run, the statement of a year, and all that the workbooks of a period show. It changes nothing.
//
// A record comes here from billing/batch, which judged it and kept what became of it in billing/ledger, and goes on to
// the exporters, which write it into workbooks and tables. Each answer is of one state of the store.
package report
