package batch

import (
	"context"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// Reader reads files of any kind into a sink.
type Reader interface {
	// Hash gives the SHA-256 of a file, hexadecimal.
	Hash(path string) (string, error)
	// Read reads a file, row by row. A Refusal means that the file cannot be taken in at all; the sink may
	// have been given a part of it.
	Read(ctx context.Context, path string, asOf billing.Date, sink billing.Sink) (*billing.FileSummary, error)
}

// Refusal is why something is not done, in the words of the person who has to put it right.
type Refusal interface {
	error
	In(language string) string
}

// Progress is told how far taking in is. Both functions may be nil.
type Progress struct {
	File func(name string, number, of int) // a file is being read
	Done func(records int)                 // so many records were read in this step
}

func (p Progress) file(name string, number, of int) {
	if p.File != nil {
		p.File(name, number, of)
	}
}

func (p Progress) done(records int) {
	if p.Done != nil {
		p.Done(records)
	}
}

func refuse(dutch, english string, values ...any) *ledger.Problem {
	return ledger.Refuse(dutch, english, values...)
}
