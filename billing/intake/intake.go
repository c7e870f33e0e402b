// Package intake takes files into the store and takes them back: care records, referrals and decisions, whatever kind
// of file they come in. It reads through the Reader that it is handed, asks package versions what each row is, and
// keeps what came of it through package ledger. A group of files is taken in whole or not at all; a file that is
// refused leaves the others of its group alone.
//
//	files ──Reader──▶ rows ──versions──▶ kept, already received, … ──ledger──▶ store
//
// The records of a file were understood by package importers; they are judged by package batch.
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
	// Read reads a file, row by row. A Refusal means that the file cannot be taken in at all; the sink may have been
	// given a part of it.
	Read(ctx context.Context, path string, asOf billing.Date, sink billing.Sink) (*billing.FileSummary, error)
}

// Refusal is why something is not done, in the words of the person who has to put it right.
type Refusal interface {
	error
	In(language string) string // Dutch for "nl", else English
}

// Intake takes files into a store, and takes them back. Whoever calls it holds the lock of the store.
type Intake struct {
	Store     *ledger.Store
	Reader    Reader
	Messages  MessageReader      // nil: no messages are read
	Catalogue *billing.Catalogue // which codes are open to a decision
	Second    billing.Money      // amount from which two decide together; 0: one always does
	Book      *billing.Book      // by which municipalities are compared; nil: as they are written
	Scratch   string             // the folder for references that memory does not hold; "": that of the system
	Held      int                // how many numbers of a group's references memory holds; 0: numbersHeld
}
