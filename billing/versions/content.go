package versions

import (
	"hash/maphash"

	"github.com/shopspring/decimal"

	"github.com/pxq-nl/pxq/billing"
)

// Fingerprint is a hash of a text: two texts with equal fingerprints are taken to be the same. Only fingerprints from the same
// Fingerprints can be compared.
type Fingerprint [2]uint64

// Content is the fingerprint of all that a readable row says: rows with equal contents say the same.
type Content Fingerprint

// Fingerprints computes fingerprints, by which rows can be compared without keeping their texts. It is not safe for
// concurrent use.
type Fingerprints struct {
	seeds  [2]maphash.Seed
	buffer []byte
}

// NewFingerprints returns a Fingerprints with random seeds.
func NewFingerprints() *Fingerprints {
	return &Fingerprints{seeds: [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}}
}

// Reference returns the fingerprint of a provider and a reference.
func (f *Fingerprints) Reference(provider, reference string) Fingerprint {
	f.buffer = f.buffer[:0]
	f.text(provider)
	f.text(reference)
	return f.sum()
}

// Content returns the content of a record: every field but the remark, as understood, so that 1.5 hours is 90 minutes.
// Two rows have equal contents when billing.Record.SameContent is true.
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

// decimal adds a number without trailing zeros; nil as an empty text.
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

// text adds a text preceded by its length, so that different lists of texts give different bytes.
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
