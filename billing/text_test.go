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

func TestTexts(t *testing.T) {
	comma := billing.Text{Dutch: "een komma", English: "a comma"}
	for _, test := range []struct {
		got, want billing.Text
	}{
		{billing.Texts("niets", "nothing"), billing.Text{Dutch: "niets", English: "nothing"}},
		{billing.Texts("%d van %s", "%d of %s", 3, "x"), billing.Text{Dutch: "3 van x", English: "3 of x"}},
		{billing.Texts("er staat %s in", "it contains %s", comma), billing.Text{Dutch: "er staat een komma in", English: "it contains a comma"}},
		{billing.Texts("%[2]s voor %[1]d", "%[1]d times %[2]s", 2, comma), billing.Text{Dutch: "een komma voor 2", English: "2 times a comma"}},
	} {
		if test.got != test.want {
			t.Errorf("%+v, want %+v", test.got, test.want)
		}
	}
}
