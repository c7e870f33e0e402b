package versions

import (
	"strconv"

	"github.com/pxq-nl/pxq/billing"
)

// RowKey names a row of a reference; the zero value names none.
type RowKey struct {
	ID     int64  // the number that a kept row bears in the store
	Client uint32 // its BSN as a number, 0 for none: a text would be followed by the garbage collector
}

// BSN returns the client's number as records write it, "" for none.
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

// Row is a row of a file, as far as its place among the versions of its reference depends on it.
type Row struct {
	RowKey             // ID: the number that it bears if it is kept
	Readable   bool    // it could be read, an F03 on its quantity of 0 aside: that is found here
	Zero       bool    // its quantity was read, and is 0
	Shown      bool    // a closed period shows it, so that it stays a row though it only repeats another
	Claimed    bool    // a prestatie that came before it has its reference
	Content    Content // of a readable row
	Unit       billing.Unit
	Quantity   billing.Quantity
	ReceivedOn billing.Date
}

// Row returns the row that a record is among the rows of its reference.
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

// State says how a row stands that was kept.
type State int

// The states of a row.
const (
	Current    State = iota // judged: a version, or a row that was rejected
	Replaced                // something newer came in
	Withdrawn               // the row that withdrew a record
	TakenBack               // its file was taken back: it is there only for what runs said of it
	Superseded              // a version that stands though a newer one came in: both are judged
)

// Prior is the last readable version before a row, whether it still held or not; the zero value is none. The row that
// withdraws a record is none.
type Prior struct {
	Exists      bool
	Unit        billing.Unit
	Quantity    billing.Quantity
	OtherClient bool // it has another BSN than the row, and nothing of the reference was declared
}

// Kept is a row of a reference that was kept, and how it stands.
type Kept struct {
	Row
	Kind          Kind // never AlreadyReceived
	State         State
	SettledBy     int64 // the group of files by which it is no longer current; 0 while it is
	File          int64
	Version       int // counts the kept rows of a reference from 1
	FirstReceived billing.Date
	Prior         Prior
	SeenBefore    bool           // U06: see Verdict
	OtherClient   bool           // U03: see Verdict
	Declared      billing.Period // first closed period in which it was accepted; none if never
	Stands        bool           // accepted at the last close
}

// Kept returns the kept row that a stored record is; stands says whether it was accepted at the last close.
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
