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

// identity is what is known of one reference while a group of files is taken in. There is one for every
// reference of the group, so what few of them need stands apart.
type identity struct {
	madeBy  int64       // the file that asked first
	history *history    // what was kept before the group; nil for nothing
	repeat  *repetition // the first content, when it was only a repetition of the current version
	first   content     // of the first readable content in the group
	more    []content   // of the others: then all are ambiguous
	id      int64       // of the first content's row
	bsn     string      // of the first content's row
	kept    int32       // the version of the last row kept, in the group and before
	touched bool        // the group gave the reference at all
	seen    bool        // a readable content was seen in the group
	stored  bool        // the first content was kept as a row
	zero    bool        // the first content has quantity 0
}

// repetition is a row that only repeats the current version: where it stands, and what its content does not say.
type repetition struct {
	fileID                                     int64
	row                                        int
	sheet, municipality, product, part, remark string
	findings                                   []billing.Finding
}

func newRepetition(r *billing.Record) *repetition {
	return &repetition{r.FileID, r.Row, r.Sheet, r.Municipality, r.Product, r.Daypart, r.Remark, r.Findings}
}

// of gives the row that repeated the version.
func (p *repetition) of(current *billing.Record) *billing.Record {
	row := *current
	row.FileID, row.Row, row.Sheet = p.fileID, p.row, p.sheet
	row.Municipality, row.Product, row.Daypart, row.Remark, row.Findings = p.municipality, p.product, p.part, p.remark, p.findings
	row.HasPrior, row.PriorUnit, row.PriorQuantity = false, billing.NoUnit, 0
	row.Declared, row.DeclaredPrice = 0, 0
	return &row
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

// lastVersion gives the highest version among the rows: the next one never takes a number that was given.
func lastVersion(rows []ledger.StoredRecord) int32 {
	last := 0
	for _, row := range rows {
		last = max(last, row.Version)
	}
	return int32(last)
}

// isKnown says whether the reference was known before this group.
func (i *identity) isKnown() bool { return i.history != nil }

// canWithdraw says whether a quantity of 0 has a readable version to withdraw: in a later file only.
func (i *identity) canWithdraw() bool { return i.history != nil && i.history.current != nil }

// withdrewSame says whether the record was withdrawn before with the same row.
func (i *identity) withdrewSame(r *billing.Record) bool {
	return i.history != nil && i.history.withdrawing != nil && i.history.withdrawing.SameContent(r)
}

// cameAfter says whether a later file than that one said something of the reference, before this group.
func (i *identity) cameAfter(file int64) bool {
	if i.history == nil {
		return false
	}
	for _, row := range i.history.rows {
		if row.FileID > file {
			return true
		}
	}
	return false
}

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
