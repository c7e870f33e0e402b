package batch

import (
	"hash/maphash"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// content stands for all that a readable row means; two rows with equal content mean the same.
type content [2]uint64

// contents makes contents comparable within one import.
type contents struct{ seeds [2]maphash.Seed }

func newContents() contents {
	return contents{[2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}}
}

// of gives the content of a record: every field but the remark, as understood, like billing.Record.SameContent.
func (c contents) of(r *billing.Record) content {
	price, amount := "", ""
	if r.ClaimedPrice != nil {
		price = r.ClaimedPrice.String()
	}
	if r.ClaimedAmount != nil {
		amount = r.ClaimedAmount.String()
	}
	fields := struct {
		bsn, referral, municipality, product, daypart, price, amount string
		birth, date                                                  billing.Date
		start, end                                                   billing.Clock
		unit                                                         billing.Unit
		quantity                                                     billing.Quantity
	}{
		r.BSN, r.ReferralNumber, billing.Fold(r.Municipality), billing.FoldProduct(r.Product), billing.Fold(r.Daypart), price, amount,
		r.BirthDate, r.Date, r.Start, r.End, r.Unit, r.Quantity,
	}
	return content{maphash.Comparable(c.seeds[0], fields), maphash.Comparable(c.seeds[1], fields)}
}

// identity is what is known of one reference while a group of files is taken in.
type identity struct {
	history *history  // what was kept before the group; nil for nothing
	touched bool      // the group gave the reference at all
	first   content   // of the first readable content in the group
	more    []content // of the others: then all are ambiguous
	kept    int32     // rows kept so far, in the group and before
	seen    bool      // a readable content was seen in the group
	stored  bool      // the first content was kept as a row
	zero    bool      // the first content has quantity 0
	id      int64     // of the first content's row
	bsn     string    // of the first content's row
	repeat  place     // of the first content, when it was only a repetition
}

// place is where a row stands.
type place struct {
	fileID int64
	sheet  string
	row    int
}

// history is what was kept of a reference before this group of files.
type history struct {
	rows        []ledger.StoredRecord
	current     *billing.Record   // the readable version that holds
	withdrawing *billing.Record   // the row that withdrew it
	prior       *billing.Record   // the last readable version, whether it still holds or not
	open        []*billing.Record // unreadable and ambiguous rows that still stand
}

// newHistory reads what the kept rows of a reference mean together.
func newHistory(rows []ledger.StoredRecord) *history {
	if len(rows) == 0 {
		return nil
	}
	h := &history{rows: rows}
	for _, row := range rows {
		version := row.Readable() && !row.Ambiguous
		switch {
		case row.State == ledger.Withdrawn:
			h.withdrawing = row.Record
		case row.State == ledger.Current && version:
			h.current = row.Record
		case row.State == ledger.Current:
			h.open = append(h.open, row.Record)
		}
		if version && row.Quantity > 0 {
			h.prior = row.Record
		}
	}
	return h
}

// isKnown says whether the reference was known before this group.
func (i *identity) isKnown() bool { return i.history != nil }

// has says whether the group gave this content already.
func (i *identity) has(c content) bool {
	if !i.seen {
		return false
	}
	if i.first == c {
		return true
	}
	for _, other := range i.more {
		if other == c {
			return true
		}
	}
	return false
}
