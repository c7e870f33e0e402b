package billing_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/pxq-nl/pxq/billing"
)

func TestFold(t *testing.T) {
	same := [][]string{
		{"Gilze-Rijen", "gilze rijen", "GILZE RIJEN", "Gilze–Rijen", " Gilze\u00a0Rijen ", "gilze.rijen", "gilze−rijen"},
		{"Alphen-Chaam", "Alphen Chaam", "Alphen – Chaam"},
		{"Coördinatiepunt", "Coordinatiepunt", "COO\u0308RDINATIEPUNT"},
		{"’s-Hertogenbosch", "’S HERTOGENBOSCH"},
		{"", " ", ".-"},
	}
	for i, names := range same {
		for _, name := range names {
			if billing.Fold(name) != billing.Fold(names[0]) {
				t.Errorf("%q and %q are two names", name, names[0])
			}
			for j := range i {
				if billing.Fold(name) == billing.Fold(same[j][0]) {
					t.Errorf("%q and %q are one name", name, same[j][0])
				}
			}
		}
	}
}

// Folding a folded name changes nothing: names are folded on both sides of a comparison, some of them twice.
func TestFoldTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.String().Draw(t, "name")
		if once := billing.Fold(name); billing.Fold(once) != once {
			t.Fatalf("%q folds to %q and then to %q", name, once, billing.Fold(once))
		}
	})
}
