package versions

import (
	"hash/maphash"

	"github.com/shopspring/decimal"

	"github.com/pxq-nl/pxq/billing"
)

// Fingerprint stands for a text of any length: two texts with equal fingerprints are taken to be the same. Fingerprints that
// different Fingerprints made cannot be compared.
type Fingerprint [2]uint64

// Content is the fingerprint of all that a readable row means: rows of equal content mean the same.
type Content Fingerprint

// Fingerprints makes rows comparable without keeping their texts. It is not safe for concurrent use.
type Fingerprints struct {
	seeds  [2]maphash.Seed
	buffer []byte
}

// NewFingerprints returns fingerprints that can be compared with each other.
func NewFingerprints() *Fingerprints {
	return &Fingerprints{seeds: [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}}
}

// Reference returns the fingerprint of what a record is known by.
func (f *Fingerprints) Reference(provider, reference string) Fingerprint {
	f.buffer = f.buffer[:0]
	f.text(provider)
	f.text(reference)
	return f.sum()
}

// Content returns the content of a record: every field but the remark, as understood, so that 1.5 hours is 90 minutes.
// It is equal for two records when billing.Record.SameContent is.
func (f *Fingerprints) Content(r *billing.Record) Content {
	f.buffer = f.buffer[:0]
	for _, text := range [...]string{r.BSN, r.ReferralNumber, billing.FoldMunicipality(r.Municipality), billing.FoldProduct(r.Product), billing.Fold(r.Daypart)} {
		f.text(text)
	}
	for _, number := range [...]int64{int64(r.BirthDate), int64(r.First), int64(r.Start), int64(r.End), int64(r.Break), int64(r.Unit), int64(r.Quantity)} {
		f.number(number)
	}
	f.decimal(r.ClaimedPrice)
	f.decimal(r.ClaimedAmount)
	return Content(f.sum())
}

// decimal adds a number without its trailing zeros; nil as an empty text.
func (f *Fingerprints) decimal(number *decimal.Decimal) {
	if number == nil {
		f.text("")
		return
	}
	f.text(number.String())
}

func (f *Fingerprints) sum() Fingerprint {
	return Fingerprint{maphash.Bytes(f.seeds[0], f.buffer), maphash.Bytes(f.seeds[1], f.buffer)}
}

// text adds a text with its length before it, so that no two lists of texts read the same.
func (f *Fingerprints) text(text string) {
	f.number(int64(len(text)))
	f.buffer = append(f.buffer, text...)
}

func (f *Fingerprints) number(number int64) {
	for range 8 {
		f.buffer = append(f.buffer, byte(number))
		number >>= 8
	}
}
