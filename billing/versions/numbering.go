package versions

// knownForNewNumbers is the least number of known references in a file for Numbering to judge it.
const knownForNewNumbers = 3

// Numbering counts the rows of one provider in one file to find out whether the file gives new care references that are
// in use for other clients: its rows would then replace last month's.
type Numbering struct {
	Known int // rows under a reference with rows kept before the group
	Other int // those of them that are readable and for another client than the current version
}

// Count counts a row, whatever the verdict on it is.
func (n *Numbering) Count(known *Known, row Row) {
	if known == nil {
		return
	}
	n.Known++
	if current, ok := known.Current(); ok && row.Readable && row.Client != current.Client {
		n.Other++
	}
}

// IsNew reports whether the file numbers its rows anew, so that it must be refused.
func (n Numbering) IsNew() bool { return n.Known >= knownForNewNumbers && 2*n.Other > n.Known }
