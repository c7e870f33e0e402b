package batch

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// Batch runs the monthly batch on a store.
type Batch struct {
	Store     *ledger.Store
	Catalogue *billing.Catalogue
	Program   string // name and version, kept with every run
	Progress  Progress
}

// Progress is told how far a batch is. Both functions may be nil.
type Progress struct {
	File func(name string, number, of int) // a file is being read
	Done func(records int)                 // so many records were read or judged in this step
}

func (p Progress) done(records int) {
	if p.Done != nil {
		p.Done(records)
	}
}
