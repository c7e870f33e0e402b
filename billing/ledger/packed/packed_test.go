package packed_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing/ledger/packed"
)

// TestRow unpacks the result of a Row from a database: texts may contain separators, and truncated texts and invalid
// numbers are detected.
func TestRow(t *testing.T) {
	const row = "12|-7|held|9223372036854775807|3|0|a|b||één | 2"
	u := packed.Unpack(row)
	var one, two, three string
	number, below, word, most := u.Number(), u.Number(), u.Word(), u.Number()
	if u.Texts(&one, &two, &three); u.Err != nil {
		t.Fatal(u.Err)
	}
	if number != 12 || below != -7 || word != "held" || most != 9223372036854775807 || one != "a|b" || two != "" || three != "één | 2" {
		t.Errorf("%d %d %s %d %q %q %q", number, below, word, most, one, two, three)
	}
	for _, wrong := range []string{"", "|", "x|", "1x|", "99999999999999999999|"} {
		u := packed.Unpack(wrong)
		if u.Number(); u.Err == nil {
			t.Errorf("%q is a number", wrong)
		}
	}
	u = packed.Unpack("8|a|b|short")
	if u.Texts(&one, &two); u.Err == nil {
		t.Error("a text that was cut off is taken")
	}
	if statement := packed.Row([]string{"n"}, []string{"t", "last"}); !strings.Contains(statement, "n, octet_length(t), t, last)") {
		t.Error(statement)
	}
}

// TestRare unpacks rows with and without the rare columns, in the middle and at the end.
func TestRare(t *testing.T) {
	for text, want := range map[string][]int64{"": nil, "|": nil, "|5": {5}, "1|2|": {1, 2}, "1|2|5": {1, 2, 5}} {
		u := packed.Unpack(text)
		var got []int64
		if u.Rare() {
			got = append(got, u.Number(), u.Number())
		}
		if u.Rare() {
			got = append(got, u.Number())
		}
		if !slices.Equal(got, want) || u.Err != nil {
			t.Errorf("%q: %d, %v", text, got, u.Err)
		}
	}
}
