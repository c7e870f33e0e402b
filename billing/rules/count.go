package rules

import (
	"strconv"
	"strings"
)

// Count formats a whole number for people, with separators between thousands: 12.345 in Dutch, 12,345 in English.
func Count(number int, language string) string {
	mark := "."
	if language == "en" {
		mark = ","
	}
	digits := strconv.Itoa(number)
	sign := ""
	if rest, negative := strings.CutPrefix(digits, "-"); negative {
		sign, digits = "-", rest
	}
	return sign + grouped(digits, mark)
}

// grouped inserts a mark between the thousands of a number.
func grouped(digits, mark string) string {
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + mark + digits[at:]
	}
	return digits
}
