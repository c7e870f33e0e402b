package uitval

import (
	"math/rand/v2"
	"testing"
)

// TestPlaces packs places as they occur: of consecutive rows, of one provider or many, and of no record at the end.
func TestPlaces(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	var places []int64
	row := int64(0)
	for range 3000 {
		row += random.Int64N(3) * random.Int64N(1000)
		places = append(places, row<<providerBits|random.Int64N(4)*random.Int64N(1<<14))
	}
	places = append(places, behindRows, behindRows)
	got, ok := unpackPlaces(packPlaces(places))
	if !ok || len(got) != len(places) {
		t.Fatalf("%d places of %d", len(got), len(places))
	}
	for i := range got {
		if got[i].Place != places[i] || got[i].Taken {
			t.Fatalf("place %d is %+v, want %d", i, got[i], places[i])
		}
	}
	for _, broken := range []string{"?", "gICAgA==", "Aw=="} {
		if _, ok := unpackPlaces(broken); ok {
			t.Errorf("%s was read", broken)
		}
	}
}
