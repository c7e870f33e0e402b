// Package report queries the store. It changes nothing, except that it stores the page summary of a run. A [Reporter] returns the
// data of the workbooks of a period ([Report]), the explanation of a record or a line ([Explanation], [ExplainedLine]), the
// status of a workspace ([Status]), the summary of a run ([Summary]; [PageSummary] as it is stored for the pages), and the
// statement of a calendar year ([Year]). Each result is read from one state of the store, except what a Report streams later.
//
// Package batch has judged the records and stored their outcomes in billing/ledger; the exporters write what this
// package returns into workbooks and tables. Read report.go and reporter.go first, then rows.go, which turns stored
// rows into the [Row]s that are shown.
package report
