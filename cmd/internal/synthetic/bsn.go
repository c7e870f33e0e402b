package synthetic

import (
	"strconv"

	"github.com/pxq-nl/pxq/billing"
)

// The range of citizen service numbers that is kept for tests: no person has one of them.
const (
	testBSNFirst = 999_900_006
	testBSNLast  = 999_999_990
)

// clientsMax is how many clients a workspace has at most; the range holds 9 091 valid numbers.
const clientsMax = 9000

// testBSNs gives every valid number of the range, in an order of the seed.
func testBSNs(c chance) []string {
	var numbers []string
	for number := testBSNFirst; number <= testBSNLast; number++ {
		if text := strconv.Itoa(number); billing.ValidBSN(text) {
			numbers = append(numbers, text)
		}
	}
	c.Shuffle(len(numbers), func(i, j int) { numbers[i], numbers[j] = numbers[j], numbers[i] })
	return numbers
}
