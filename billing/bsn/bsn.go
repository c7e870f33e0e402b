// Package bsn knows citizen service numbers: which digits are one, and how they are kept out of every text that leaves.
package bsn

// How many digits a number has, and how many once it lost its leading zero.
const (
	digitsOf    = 9
	digitsShort = 8
)

// Valid reports whether the text is a citizen service number: 9 digits that pass the elfproef
// (9·d1 + 8·d2 + … + 2·d8 − 1·d9 divisible by 11, not all zero).
func Valid(text string) bool {
	if len(text) != digitsOf {
		return false
	}
	sum, seen := 0, byte(0)
	for i := range digitsOf {
		digit := text[i] - '0'
		if digit > 9 {
			return false
		}
		seen |= digit
		if weight := digitsOf - i; weight > 1 {
			sum += weight * int(digit)
		} else {
			sum -= int(digit)
		}
	}
	return seen != 0 && sum%11 == 0
}
