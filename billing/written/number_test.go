package written_test

import (
	"testing"

	"github.com/pxq-nl/pxq/billing/written"
)

func TestParse(t *testing.T) {
	type want struct {
		whole, decimals string
		negative, ok    bool
	}
	const quantity, price, amount = written.Quantity, written.Price, written.Amount
	for _, test := range []struct {
		text  string
		style written.Style
		want  want
	}{
		{"93,45", price, want{"93", "45", false, true}},
		{"93.45", quantity, want{"93", "45", false, true}},
		{"1.234,50", amount, want{"1234", "50", false, true}},
		{"1,234.50", quantity, want{"1234", "50", false, true}},
		{"1.234.567", quantity, want{"1234567", "", false, true}},
		{"1.234", quantity, want{"1", "234", false, true}},
		{"1.234", price, want{"1", "234", false, true}},
		{"1.234", amount, want{"1234", "", false, true}},
		{"1234.567", amount, want{"1234", "567", false, true}},
		{"-0,5", quantity, want{"0", "5", true, true}},
		{"€ 12,50", price, want{"12", "50", false, true}},
		{"12,50\u00a0€", amount, want{"12", "50", false, true}},
		{"€ -12,50", amount, want{"12", "50", true, true}},
		{"-€\u200b12,50", amount, want{"12", "50", true, true}},
		{"€ 12,50", quantity, want{}},
		{"-€ -12,50", amount, want{}},
		{"€ 12,50 €", amount, want{}},
		{"1.23.456", amount, want{}},
		{"1.234,567,8", amount, want{}},
		{"1..5", quantity, want{}},
		{".5", quantity, want{}},
		{"5,", quantity, want{}},
		{"1e3", quantity, want{}},
		{"", quantity, want{}},
		{"-", quantity, want{}},
		{"€", amount, want{}},
	} {
		n, ok := written.Parse(test.text, test.style)
		if got := (want{n.Whole(), n.Decimals(), n.Negative, ok}); got != test.want {
			t.Errorf("%q in style %d: %+v, want %+v", test.text, test.style, got, test.want)
		}
	}
}
