package rules

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/pxq-nl/pxq/billing"
)

// However many records a client has on a day, the earlier record that is found is the one that comparing all of them finds, and
// the work does not grow with the square of their number.
func TestEarlierOfTheSameDelivery(t *testing.T) {
	chance := rand.New(rand.NewPCG(11, 0))
	for name, like := range map[string]likeness{"same care": sameCare, "not told apart": notToldApart} {
		for round := range 150 {
			f := manyOnOneDay(chance, 1+chance.IntN(120))
			want := make(map[int]int)
			for i := range f.Cases {
				for at := range i {
					a, b := f.Cases[i].Record, f.Cases[at].Record
					if a.Provider == b.Provider && billing.KnownAs(a.Reference) != billing.KnownAs(b.Reference) && like.alike(a, b) {
						want[i] = at
						break
					}
				}
			}
			places := make(map[*billing.Case]int)
			for i := range f.Cases {
				places[&f.Cases[i]] = i
			}
			got := make(map[int]int)
			eachAlike(f, like, func(c, earlier *billing.Case) { got[places[c]] = places[earlier] })
			if fmt.Sprint(got) != fmt.Sprint(want) {
				t.Fatalf("%s, round %d of %d records: got %v, want %v", name, round, len(f.Cases), got, want)
			}
		}
		count, alike := 0, like.alike
		like.alike = func(a, b *billing.Record) bool {
			count++
			return alike(a, b)
		}
		eachAlike(manyOnOneDay(chance, 5000), like, func(_, _ *billing.Case) {})
		if most := 2 * maxCompared * maxCompared; count > most {
			t.Errorf("%s: %d comparisons of 5000 records, at most %d expected", name, count, most)
		}
	}
}

// manyOnOneDay draws records of two providers on one day, sometimes without what distinguishes them.
func manyOnOneDay(chance *rand.Rand, count int) *billing.ClientFile {
	f := &billing.ClientFile{Cases: make([]billing.Case, count)}
	product := &billing.Product{Code: "45X01"}
	for i := range f.Cases {
		r := &billing.Record{
			Provider: []string{"01000001", "01000002"}[chance.IntN(2)], Reference: []string{"", "0", "00"}[chance.IntN(3)] + fmt.Sprint(chance.IntN(max(2, count/2))),
			Unit: []billing.Unit{billing.Time, billing.Daypart}[chance.IntN(2)], Quantity: billing.Quantity(1 + chance.IntN(3)), Daypart: []string{"", "ochtend", "Ochtend", "middag"}[chance.IntN(4)],
		}
		if chance.IntN(3) > 0 {
			r.Start, r.End = billing.Clock(1+chance.IntN(3)), billing.Clock(chance.IntN(3))
		}
		f.Cases[i] = billing.Case{Record: r, Product: product}
	}
	return f
}
