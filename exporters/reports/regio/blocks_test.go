package regio

import (
	"slices"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/exporters/reports/month"
)

// TestLargestColumns: a chart has room for four segments; of more it draws the four largest, in the order of the table.
func TestLargestColumns(t *testing.T) {
	for _, test := range []struct {
		amounts []billing.Money
		want    []int
	}{
		{nil, []int{}},
		{[]billing.Money{1, 5, 3, -2}, []int{1, 2, 3, 4}},
		{[]billing.Money{1, 5, 3, -2, 4}, []int{1, 2, 3, 5}},
		{[]billing.Money{7, 7, 7, 7, 7}, []int{1, 2, 3, 4}},
	} {
		groups := make([]month.Group, len(test.amounts))
		for i, amount := range test.amounts {
			groups[i].Debit = amount
		}
		if got := largestColumns(groups); !slices.Equal(got, test.want) {
			t.Errorf("%v: %v, want %v", test.amounts, got, test.want)
		}
	}
}
