// Package intake takes files into the store and takes them back: care records, referrals and decisions, whatever kind
// of file they come in. It reads through the Reader that it is handed, asks package versions what each row is, and
// keeps what came of it through package ledger. A group of files is taken in whole or not at all; a file that is
// refused leaves the others of its group alone.
//
//	files ──Reader──▶ rows ──versions──▶ kept, already received, … ──ledger──▶ store
//
// The records of a file were understood by package importers; they are judged by package batch.
package intake
