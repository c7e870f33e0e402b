package billing

import "testing"

// A CodeSet has a bit for every code; one code more than it holds must not compile.
const _ = uint(64 - codesEnd)

func TestCodes(t *testing.T) {
	for code := NoCode + 1; code < codesEnd; code++ {
		if code.String() == "" || ParseCode(code.String()) != code {
			t.Errorf("code %d is written %q", code, code)
		}
		if set := Codes(code); !set.Has(code) || set.Has(code-1) || !set.Meets(Codes(code, NoCode)) || set.Meets(Codes(code-1)) {
			t.Errorf("a set of %s", code)
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
