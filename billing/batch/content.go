package batch

import (
	"encoding/binary"
	"hash/maphash"

	"github.com/shopspring/decimal"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// fingerprint stands for a text of any length; two texts with equal fingerprints are the same.
type fingerprint [2]uint64

// content is the fingerprint of all that a readable row means; two rows with equal content mean the same.
type content fingerprint

// fingerprints makes texts comparable within one import.
type fingerprints struct {
	seeds  [2]maphash.Seed
	buffer []byte
}

func newFingerprints() *fingerprints {
	return &fingerprints{seeds: [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}}
}

func (f *fingerprints) sum() fingerprint {
	return fingerprint{maphash.Bytes(f.seeds[0], f.buffer), maphash.Bytes(f.seeds[1], f.buffer)}
}

// text adds a text with its length before it, so that no two lists of texts read the same.
func (f *fingerprints) text(text string) {
	f.number(int64(len(text)))
	f.buffer = append(f.buffer, text...)
}

func (f *fingerprints) number(number int64) { f.buffer = binary.AppendVarint(f.buffer, number) }

func (f *fingerprints) decimal(number *decimal.Decimal) {
	if number == nil {
		f.text("")
		return
	}
	f.text(number.String()) // without trailing zeros
}

// key gives the fingerprint of what a record is known by.
func (f *fingerprints) key(key ledger.Key) fingerprint {
	f.buffer = f.buffer[:0]
	f.text(key.Provider)
	f.text(key.Reference)
	return f.sum()
}

// content gives the content of a record: every field but the remark, as understood, like
// billing.Record.SameContent.
func (f *fingerprints) content(r *billing.Record) content {
	f.buffer = f.buffer[:0]
	for _, text := range [...]string{r.BSN, r.ReferralNumber, billing.FoldMunicipality(r.Municipality), billing.FoldProduct(r.Product), billing.Fold(r.Daypart)} {
		f.text(text)
	}
	for _, number := range [...]int64{int64(r.BirthDate), int64(r.First), int64(r.Start), int64(r.End), int64(r.Break), int64(r.Unit), int64(r.Quantity)} {
		f.number(number)
	}
	f.decimal(r.ClaimedPrice)
	f.decimal(r.ClaimedAmount)
	return content(f.sum())
}
