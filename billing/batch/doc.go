// Package batch is the monthly batch: what was read goes into the store, clients are judged, the difference
// with the ledger is declared, and what came of it is handed to the writers of reports.
//
// It is handed its readers and writers, so that the command, a test and a web page run the same functions.
package batch
