package versions

import (
	"strconv"

	"github.com/pxq-nl/pxq/billing"
)

// RowKey identifies a row of a reference; the zero value means no row.
type RowKey struct {
	ID     int64  // the number of a kept row in the store
	Client uint32 // its BSN as a number, 0 for none; a string would cost the garbage collector a pointer
}

// BSN returns the client's number as records write it; "" for none.
func (k RowKey) BSN() string {
	if k.Client == 0 {
		return ""
	}
	digits := strconv.FormatUint(uint64(k.Client), 10)
	return "000000000"[:9-len(digits)] + digits
}

// clientOf returns a BSN as a number, 0 for none.
func clientOf(bsn string) uint32 {
	number, _ := strconv.ParseUint(bsn, 10, 32) // 0 for what is no number
	return uint32(number)
}

// Row is what this package needs to know of a row of a file.
type Row struct {
	RowKey             // ID: the number that it gets if it is kept
	Readable   bool    // it could be read, ignoring F03 on a quantity of 0, which is decided here
	Zero       bool    // its quantity was read, and is 0
	Shown      bool    // a closed period shows it, so it stays a row even if it only repeats another
	Claimed    bool    // an earlier prestatie has its reference
	Content    Content // of a readable row
	Unit       billing.Unit
	Quantity   billing.Quantity
	ReceivedOn billing.Date
}

// Row returns the Row of a record.
func (f *Fingerprints) Row(r *billing.Record) Row {
	row := Row{
		RowKey: RowKey{ID: r.ID, Client: clientOf(r.BSN)}, Readable: readable(r), Zero: r.HasQuantity && r.Quantity == 0,
		Unit: r.Unit, Quantity: r.Quantity, ReceivedOn: r.Received,
	}
	if row.Readable {
		row.Content = f.Content(r)
	}
	return row
}

// State is the state of a kept row.
type State int

// The states of a row.
const (
	Current    State = iota // judged: a version, or a row that was rejected
	Replaced                // something newer came in
	Withdrawn               // the row that withdrew a record
	TakenBack               // its file was taken back; it is stored only because earlier runs refer to it
	Superseded              // a version that stands although a newer one came in: both are judged
)

// Prior is the last readable version before a row, whether it was still valid or not; the zero value is none. A row
// that withdraws a record does not count as a version.
type Prior struct {
	Exists      bool
	Unit        billing.Unit
	Quantity    billing.Quantity
	OtherClient bool // it has another BSN than the row, and nothing of the reference was declared
}

// Kept is a kept row of a reference with its state.
type Kept struct {
	Row
	Kind          Kind // never AlreadyReceived
	State         State
	SettledBy     int64 // the group of files that ended its being current; 0 while it is current
	File          int64
	Version       int // numbers the kept rows of a reference from 1
	FirstReceived billing.Date
	Prior         Prior
	SeenBefore    bool           // U06: see Verdict
	OtherClient   bool           // U03: see Verdict
	Declared      billing.Period // first closed period in which it was accepted; none if never
	Stands        bool           // accepted at the last close
}

// Kept returns a stored record as a kept row; stands says whether it was accepted at the last close.
func (f *Fingerprints) Kept(r *billing.Record, state State, settledBy int64, stands bool) Kept {
	row := Kept{
		Row: f.Row(r), Kind: Version, State: state, SettledBy: settledBy, File: r.FileID, Version: r.Version, FirstReceived: r.FirstReceived,
		Prior:      Prior{r.HasPrior, r.PriorUnit, r.PriorQuantity, r.PriorOtherClient},
		SeenBefore: r.SeenBefore, OtherClient: hasOtherClient(r), Declared: r.Declared, Stands: stands,
	}
	switch {
	case !r.Readable():
		row.Kind = Unreadable
	case r.Ambiguous:
		row.Kind = Ambiguous
	case row.Zero:
		row.Kind = Withdrawal
	}
	return row
}
