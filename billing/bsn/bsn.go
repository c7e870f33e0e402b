// Package bsn recognises citizen service numbers in texts and masks them, so that no text that leaves the program contains
// one. [Valid] checks a number. [Mask], [MaskText] and [MaskLine] mask whatever looks like a number in text of unknown
// content; [MaskKnown], [MaskOf] and [Clients] mask only numbers of known clients, in references that must stay readable.
package bsn

// The number of digits, and the number after a leading zero was lost.
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
