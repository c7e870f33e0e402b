package billing

import (
	"testing"

	"pgregory.net/rapid"
)

// A CodeSet has room for every possible Code.
const _ = uint(len(CodeSet{})*64 - 1 - int(^Code(0)))

func TestCodes(t *testing.T) {
	for code := NoCode + 1; code < codesEnd; code++ {
		if code.String() == "" || ParseCode(code.String()) != code {
			t.Errorf("code %d is written %q", code, code)
		}
		if set := Codes(code); !set.Has(code) || set.Has(code-1) || !set.Meets(Codes(code, NoCode)) || set.Meets(Codes(code-1)) {
			t.Errorf("a set of %s", code)
		}
		if family := code.Family(); string(family) != code.String()[:1] {
			t.Errorf("%s is of family %q", code, family)
		}
	}
	for _, text := range []string{"", "r08", "R8", "R99"} {
		if ParseCode(text) != NoCode {
			t.Errorf("%q was read as %s", text, ParseCode(text))
		}
	}
	for outcome := Accepted; outcome <= Withdrawn; outcome++ {
		if ParseOutcome(outcome.String()) != outcome {
			t.Errorf("outcome %s", outcome)
		}
	}
}

// A set of codes behaves as a set, for every number that a code can have.
func TestCodeSet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		one, other := rapid.SliceOf(rapid.Uint8()).Draw(t, "one"), rapid.SliceOf(rapid.Uint8()).Draw(t, "other")
		a, inA := setOf(one)
		b, inB := setOf(other)
		meet := false
		for number := range 256 {
			code := Code(number)
			meet = meet || inA[code] && inB[code]
			if a.Has(code) != inA[code] || a.Union(b).Has(code) != (inA[code] || inB[code]) || a.Without(b).Has(code) != (inA[code] && !inB[code]) {
				t.Fatalf("code %d", number)
			}
		}
		if a.Meets(b) != meet || a.IsEmpty() != (len(inA) == 0) || a.Union(b) != b.Union(a) {
			t.Fatalf("%v and %v", a, b)
		}
	})
}

func setOf(numbers []uint8) (CodeSet, map[Code]bool) {
	in := make(map[Code]bool)
	for _, number := range numbers {
		in[Code(number)] = true
	}
	var set CodeSet
	for code := range in {
		set.Add(code)
	}
	return set, in
}
