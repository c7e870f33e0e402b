package batch

import (
	"fmt"
	"strconv"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// identity is what is known of one reference while a group of files is taken in. There is one for every
// reference of the group, of which there may be a million, so what few of them need stands apart.
type identity struct {
	past    *past        // what was kept before the group; nil for nothing
	repeat  *repetition  // the first content, when it was only a repetition of the current version
	others  *moreContent // the contents after the first: then all are ambiguous
	first   content      // of the first readable content in the group
	row     rowKey       // of the first content
	madeBy  int64        // the file that asked first
	kept    int32        // the version of the last row kept, in the group and before
	touched bool         // the group gave the reference at all
	seen    bool         // a readable content was seen in the group
	stored  bool         // the first content was kept as a row
	zero    bool         // the first content has quantity 0
}

// moreContent is a list that only grows at its head, so that a copy of an identity keeps its own.
type moreContent struct {
	content
	next *moreContent
}

// rowKey is the primary key of a record; the zero value is none.
type rowKey struct {
	id     int64
	client uint32 // its BSN as a number: a text would be followed by the garbage collector
}

func keyOf(r *billing.Record) rowKey { return rowKey{r.ID, clientOf(r.BSN)} }

func clientOf(bsn string) uint32 {
	number, _ := strconv.ParseUint(bsn, 10, 32) // nothing for none
	return uint32(number)
}

func (k rowKey) bsn() string {
	if k.client == 0 {
		return ""
	}
	return fmt.Sprintf("%09d", k.client)
}

// past is what the rows of a reference that were kept before this group of files mean together.
type past struct {
	current       rowKey // the readable version that holds
	withdrawing   rowKey // the row that withdrew it
	open          []rowKey
	content       content // of the current version
	withdrawn     content // of the withdrawing row
	lastFile      int64   // that said something of the reference
	priorQuantity billing.Quantity
	firstReceived billing.Date
	hasPrior      bool // there is a last readable version, whether it still holds or not
	priorUnit     billing.Unit
}

func newPast(f *fingerprints, rows []ledger.StoredRecord) *past {
	h := newHistory(rows)
	p := &past{firstReceived: rows[0].FirstReceived}
	if h.current != nil {
		p.current, p.content = keyOf(h.current), f.content(h.current)
	}
	if h.withdrawing != nil {
		p.withdrawing, p.withdrawn = keyOf(h.withdrawing), f.content(h.withdrawing)
	}
	if h.prior != nil {
		p.hasPrior, p.priorUnit, p.priorQuantity = true, h.prior.Unit, h.prior.Quantity
	}
	for _, open := range h.open {
		p.open = append(p.open, keyOf(open))
	}
	for _, row := range rows {
		p.lastFile = max(p.lastFile, row.FileID)
	}
	return p
}

// hasCurrent says whether there is a readable version that holds.
func (p *past) hasCurrent() bool { return p != nil && p.current.id != 0 }

// canWithdraw says whether a quantity of 0 has a readable version to withdraw: in a later file only.
func (i *identity) canWithdraw() bool { return i.past.hasCurrent() }

// withdrewSame says whether the record was withdrawn before with the same row.
func (i *identity) withdrewSame(c content) bool {
	return i.past != nil && i.past.withdrawing.id != 0 && i.past.withdrawn == c
}

// cameAfter says whether a later file than that one said something of the reference, before this group.
func (i *identity) cameAfter(file int64) bool { return i.past != nil && i.past.lastFile > file }

// has says whether the group gave this content already.
func (i *identity) has(c content) bool {
	if !i.seen {
		return false
	}
	if i.first == c {
		return true
	}
	for other := i.others; other != nil; other = other.next {
		if other.content == c {
			return true
		}
	}
	return false
}

// identities are the identities of a group of files, found by provider and reference.
type identities struct {
	*fingerprints
	places map[fingerprint]int32 // in the slabs
	slabs  [][]identity
	count  int32
}

const identitiesPerSlab = 4096

func newIdentities() *identities {
	return &identities{fingerprints: newFingerprints(), places: make(map[fingerprint]int32)}
}

func (i *identities) at(place int32) *identity {
	return &i.slabs[place/identitiesPerSlab][place%identitiesPerSlab]
}

// find gives what is known of a reference; nil if nobody asked yet.
func (i *identities) find(key ledger.Key) *identity {
	if place, ok := i.places[i.key(key)]; ok {
		return i.at(place)
	}
	return nil
}

// make gives a reference of which nobody asked yet its identity.
func (i *identities) make(key ledger.Key, file int64) *identity {
	if int(i.count) == len(i.slabs)*identitiesPerSlab {
		i.slabs = append(i.slabs, make([]identity, identitiesPerSlab))
	}
	who := i.at(i.count)
	*who = identity{madeBy: file}
	i.places[i.key(key)] = i.count
	i.count++
	return who
}

// forget forgets the identities that a file made, which are the last.
func (i *identities) forget(file int64) {
	for i.count > 0 && i.at(i.count-1).madeBy == file {
		i.count--
	}
	for key, place := range i.places {
		if place >= i.count {
			delete(i.places, key)
		}
	}
}

// each visits the identities in the order in which they were made.
func (i *identities) each(visit func(*identity) error) error {
	for place := range i.count {
		if err := visit(i.at(place)); err != nil {
			return err
		}
	}
	return nil
}
