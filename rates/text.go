package rates

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/pxq-nl/pxq/billing"
)

// quotedMax bounds how much of a cell a message repeats, in characters.
const quotedMax = 60

// trim cuts white space, no-break spaces and zero-width marks from both ends: spreadsheets add them unseen.
func trim(text string) string {
	return strings.TrimFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || r == '\ufeff' || r == '\u200b'
	})
}

// quote repeats a cell in a message, cut off when it is long.
func quote(text string) string {
	return strconv.Quote(clip(text))
}

func clip(text string) string {
	if letters := []rune(text); len(letters) > quotedMax {
		return string(letters[:quotedMax]) + "…"
	}
	return text
}

// list splits a cell with a comma list; empty places are skipped.
func list(text string) []string {
	var parts []string
	for part := range strings.SplitSeq(text, ",") {
		if part = trim(part); part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}

// isDigits reports whether the text is that many digits.
func isDigits(text string, count int) bool {
	if len(text) != count {
		return false
	}
	return strings.Trim(text, "0123456789") == ""
}

// padded puts back the leading zero of a code of digits, which spreadsheets take away.
func padded(text string, count int) string {
	if isDigits(text, count-1) {
		return "0" + text
	}
	return text
}

// choice names the words to choose from: a, b or c.
func choice(allowed []string) words {
	first, last := strings.Join(allowed[:len(allowed)-1], ", "), allowed[len(allowed)-1]
	return words{first + " of " + last, first + " or " + last}
}

// suggestMax bounds the length of codes for which a near one is looked up.
const suggestMax = 40

// suggest names the nearest known code; nothing when none comes near.
func suggest(code string, known []string) words {
	if nearest := nearestOf(code, known); nearest != "" {
		return words{"; bedoelt u " + quote(nearest) + "?", "; did you mean " + quote(nearest) + "?"}
	}
	return words{}
}

// nearestOf returns the code that differs least, when that is at most one letter in five; "" when none does.
func nearestOf(code string, known []string) string {
	wanted := []rune(billing.Fold(code))
	if len(wanted) == 0 || len(wanted) > suggestMax {
		return ""
	}
	nearest, least := "", len(wanted)/5+1
	for _, candidate := range known {
		other := []rune(billing.Fold(candidate))
		if len(other) > len(wanted)+least || len(wanted) > len(other)+least {
			continue
		}
		if d := distance(wanted, other); d < least {
			nearest, least = candidate, d
		}
	}
	return nearest
}

// distance counts the letters to change, add, drop or swap with a neighbour to come from a to b.
func distance(a, b []rune) int {
	before, last, next := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range a {
		next[0] = i + 1
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			next[j+1] = min(last[j]+cost, last[j+1]+1, next[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				next[j+1] = min(next[j+1], before[j-1]+1)
			}
		}
		before, last, next = last, next, before
	}
	return last[len(b)]
}

// quoteAll repeats several codes in a message.
func quoteAll(codes []string) string {
	quoted := make([]string, len(codes))
	for i, code := range codes {
		quoted[i] = quote(code)
	}
	return strings.Join(quoted, ", ")
}
