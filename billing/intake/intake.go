// Package intake takes files into the store and takes them back: care records, referrals and decisions, in any kind of
// file. It reads with the Reader that it is given, asks package versions what each row is, and stores the result in package
// ledger. A group of files is taken in as a whole or not at all; a refused file does not affect the others of its group.
//
//	files ──Reader──▶ rows ──versions──▶ kept, already received, … ──ledger──▶ store
//
// Package importers interprets the cells of a file; package batch judges the records.
//
// Start reading at Import (import.go), which takes the files of a group (file.go) row by row (rows.go) and settles the
// group (group.go). Withdraw takes a file back and replays what remains (replay.go); files that must be read again after
// that are handled by restore.go and read_again.go.
package intake

import (
	"context"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// Reader reads files of any kind into a sink.
type Reader interface {
	// Hash returns the SHA-256 of a file, hexadecimal.
	Hash(path string) (string, error)
	// Read passes the rows of a file to the sink. A Refusal means that the file cannot be taken in at all; the sink may
	// have received a part of it.
	Read(ctx context.Context, path string, asOf billing.Date, sink billing.Sink) (*billing.FileSummary, error)
}

// Refusal explains why something is not done, to the person who has to correct it.
type Refusal interface {
	error
	In(language string) string // Dutch for "nl", else English
}

// Intake takes files into a store and takes them back. The caller must hold the lock of the store.
type Intake struct {
	Store     *ledger.Store
	Reader    Reader
	Messages  MessageReader      // nil: messages are not supported
	Catalogue *billing.Catalogue // which codes are open to a decision
	Second    billing.Money      // amount from which two controllers decide together; 0: never
	Book      *billing.Book      // normalises municipalities for comparison; nil: compared as written
	Scratch   string             // folder for references that do not fit in memory; "": the system's
	Held      int                // how many numbers of a group's references memory may hold; 0: numbersHeld
}
