package bsn

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// number is eight or nine digits of a text that may be a citizen service number.
type number struct {
	digits  string // ASCII
	groups  int    // number of groups of digits, with something between them
	longest int    // number of digits of the longest group
	isWhole bool   // no other digits are joined to it
	isLoose bool   // some of its groups are joined loosely
}

// digitGroup is a group of adjacent digits in a text.
type digitGroup struct {
	from, to int    // bytes of the text
	digits   []byte // ASCII, without leading zeros beyond nine digits
	joined   joint  // how the group is joined to the one before it
	isDone   bool   // it is masked, or part of a day
}

// joint says how two groups of digits belong together.
type joint uint8

const (
	apart joint = iota
	loose       // by one mark that is seldom written between the digits of a number: a colon, a star
	tight       // by spaces, dashes, slashes, dots, underscores, or characters without width
)

// hide masks the numbers for which hides returns true.
func hide(text string, hides func(number) bool) string {
	groups := groupsOf(text)
	if len(groups) == 0 {
		return text
	}
	var masked strings.Builder
	at := 0
	for first := 0; first < len(groups); {
		end := first + 1
		for end < len(groups) && groups[end].joined != apart {
			end++
		}
		for _, part := range numbersIn(text, groups[first:end], hides) {
			masked.WriteString(text[at:part.from])
			masked.WriteString(maskedBSN)
			at = part.to
		}
		first = end
	}
	if at == 0 {
		return text
	}
	masked.WriteString(text[at:])
	return masked.String()
}

// span is a part of a text, in bytes.
type span struct{ from, to int }

// numbersIn returns the positions of the numbers in a row of joined groups for which hides returns true, in order. A group
// of eight or nine digits is a number by itself; the groups between those and the days are combined, the longest number
// first.
func numbersIn(text string, row []digitGroup, hides func(number) bool) []span {
	if len(row) == 1 { // as in nearly every reference: no day, and nothing to combine
		if n := numberOf(row); n.digits != "" && hides(n) {
			return []span{{row[0].from, row[0].to}}
		}
		return nil
	}
	found := make(map[int]int) // the last group of each number by its first
	for i := range row {
		if n := numberOf(row[i : i+1]); n.digits != "" && hides(n) {
			row[i].isDone, found[i] = true, i
		}
	}
	markDays(text, row)
	for first := 0; first < len(row); first++ {
		if row[first].isDone {
			continue
		}
		end := first
		for end < len(row) && !row[end].isDone {
			end++
		}
		for i := first; i < end; i++ {
			if last := numberFrom(row[first:end], i-first, hides); last > 0 {
				found[i] = first + last
				i = first + last
			}
		}
		first = end
	}
	var spans []span
	for i := range row {
		if last, is := found[i]; is {
			spans = append(spans, span{row[i].from, row[last].to})
		}
	}
	return spans
}

// numberFrom returns the index of the last group of the longest number for which hides returns true and that consists of
// several groups from first on; 0 for none.
func numberFrom(stretch []digitGroup, first int, hides func(number) bool) int {
	chosen := 0
	for last := first + 1; last < min(len(stretch), first+digitsOf); last++ {
		n := numberOf(stretch[first : last+1])
		n.isWhole = first == 0 && last == len(stretch)-1
		if n.digits != "" && hides(n) {
			chosen = last
		}
	}
	return chosen
}

// numberOf returns the number that groups form together; it has no digits if they are not eight or nine.
func numberOf(groups []digitGroup) number {
	n := number{groups: len(groups)}
	for i, group := range groups {
		if len(n.digits)+len(group.digits) > digitsOf {
			return number{}
		}
		n.digits += string(group.digits)
		n.longest = max(n.longest, len(group.digits))
		n.isLoose = n.isLoose || i > 0 && group.joined == loose
	}
	if len(n.digits) < digitsShort {
		return number{}
	}
	return n
}

// groupsOf returns the groups of digits in a text; none if the text has fewer digits than a number.
func groupsOf(text string) []digitGroup {
	if !mayHoldNumber(text) {
		return nil
	}
	var groups []digitGroup
	count := 0
	for at, r := range text {
		digit, is := digitOf(r)
		if !is {
			continue
		}
		count++
		last := len(groups) - 1
		if last >= 0 && groups[last].to == at {
			groups[last].digits = append(groups[last].digits, digit)
		} else {
			group := digitGroup{from: at, digits: []byte{digit}}
			if last >= 0 {
				group.joined = jointOf(text[groups[last].to:at], text[at:])
			}
			groups = append(groups, group)
			last++
		}
		_, width := utf8.DecodeRuneInString(text[at:])
		groups[last].to = at + width
	}
	if count < digitsShort {
		return nil
	}
	for i := range groups {
		for len(groups[i].digits) > digitsOf && groups[i].digits[0] == '0' {
			groups[i].digits = groups[i].digits[1:]
		}
	}
	return groups
}

// mayHoldNumber reports whether a text may have as many digits as a number. It is a cheap check that rules out nearly every
// reference. Every non-ASCII byte counts as a possible digit.
func mayHoldNumber(text string) bool {
	count := 0
	for i := range len(text) {
		if c := text[i]; c >= utf8.RuneSelf || c-'0' <= 9 {
			count++
		}
	}
	return count >= digitsShort
}

// digitOf returns the ASCII digit for a digit of any script or form; is is false for any other character.
func digitOf(r rune) (digit byte, is bool) {
	switch {
	case r >= '0' && r <= '9':
		return byte(r), true
	case r < utf8.RuneSelf:
		return 0, false
	case unicode.Is(unicode.Nd, r):
		return '0' + byte(digitValue(r)), true
	case unicode.Is(unicode.No, r): // superscripts, digits in circles
		if plain := norm.NFKD.String(string(r)); len(plain) == 1 && plain[0] >= '0' && plain[0] <= '9' {
			return plain[0], true
		}
	}
	return 0, false
}

// digitValue returns the value of a decimal digit. In Unicode the digits of a script are ten adjacent characters from zero on.
func digitValue(r rune) rune {
	for _, in := range unicode.Nd.R16 {
		if r >= rune(in.Lo) && r <= rune(in.Hi) {
			return (r - rune(in.Lo)) % 10
		}
	}
	for _, in := range unicode.Nd.R32 {
		if r >= rune(in.Lo) && r <= rune(in.Hi) {
			return (r - rune(in.Lo)) % 10
		}
	}
	return 0
}

// jointMax is the largest number of visible characters between the digits of one number.
const jointMax = 3

// jointOf returns how the text between two groups of digits joins them; after is the text from the second group on.
func jointOf(between, after string) joint {
	marks, odd := 0, 0
	for _, r := range between {
		switch {
		case unicode.In(r, unicode.Cf, unicode.Mn, unicode.Me):
			continue
		case unicode.IsSpace(r), unicode.In(r, unicode.Pd, unicode.Zs), r == '/', r == '_', r == '.', r == '\u2212':
		case unicode.IsPunct(r), unicode.IsSymbol(r):
			odd++
		default:
			return apart
		}
		marks++
	}
	switch {
	case odd == 0 && marks <= jointMax:
		return tight
	case odd != 1 || marks != 1:
		return apart
	case !strings.ContainsAny(between, ",'’"):
		return loose
	case isThousands(after):
		return tight
	}
	return apart
}

// isThousands reports whether a text begins with exactly three digits: a comma before those separates thousands, a comma
// before any other number of digits separates decimals.
func isThousands(text string) bool {
	count := 0
	for _, r := range text {
		if _, is := digitOf(r); !is {
			break
		}
		count++
	}
	return count == 3
}
