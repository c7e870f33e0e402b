package versions

// knownForNewNumbers is how many known references a file must bear before it can be said to number anew.
const knownForNewNumbers = 3

// Numbering counts the rows of one provider in one file for the question whether it gives numbers that are in use to
// other clients: its rows would then replace last month's.
type Numbering struct {
	Known int // rows under a reference of which something was kept before the group
	Other int // of them, readable rows for another client than that of the current version
}

// Count counts a row, whatever it is among the versions of its reference.
func (n *Numbering) Count(known *Known, row Row) {
	if known == nil {
		return
	}
	n.Known++
	if current, ok := known.Current(); ok && row.Readable && row.Client != current.Client {
		n.Other++
	}
}

// IsNew reports whether the file numbers its rows anew.
func (n Numbering) IsNew() bool { return n.Known >= knownForNewNumbers && 2*n.Other > n.Known }
