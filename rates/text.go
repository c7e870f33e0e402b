package rates

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/pxq-nl/pxq/billing"
)

// quotedMax is how many characters of a cell a message quotes.
const quotedMax = 60

// trim removes white space, no-break spaces and zero-width marks, which spreadsheets add invisibly, from both ends.
func trim(text string) string {
	return strings.TrimFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || r == '\ufeff' || r == '\u200b'
	})
}

// quote quotes the text of a cell for a message, truncated if it is long.
func quote(text string) string {
	return strconv.Quote(clip(text))
}

func clip(text string) string {
	if letters := []rune(text); len(letters) > quotedMax {
		return string(letters[:quotedMax]) + "…"
	}
	return text
}

// list splits a comma-separated list, skipping empty items.
func list(text string) []string {
	var parts []string
	for part := range strings.SplitSeq(text, ",") {
		if part = trim(part); part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}

// isDigits reports whether the text consists of exactly count digits.
func isDigits(text string, count int) bool {
	if len(text) != count {
		return false
	}
	return strings.Trim(text, "0123456789") == ""
}

// padded restores the leading zero of a code of count digits, which spreadsheets drop.
func padded(text string, count int) string {
	if isDigits(text, count-1) {
		return "0" + text
	}
	return text
}

// choice joins the allowed words, of which there must be one or more: a, b or c.
func choice(allowed []string) billing.Text {
	first, last := strings.Join(allowed[:len(allowed)-1], ", "), allowed[len(allowed)-1]
	return billing.Text{Dutch: first + " of " + last, English: first + " or " + last}
}

// suggestMax is the longest code for which a similar one is suggested.
const suggestMax = 40

// suggest asks whether the nearest known code was meant; empty if none is near.
func suggest(code string, known []string) billing.Text {
	if nearest := nearestOf(code, known); nearest != "" {
		return billing.Text{Dutch: "; bedoelt u " + quote(nearest) + "?", English: "; did you mean " + quote(nearest) + "?"}
	}
	return billing.Text{}
}

// nearestOf returns the known code that differs least from code, by at most one letter in five; "" if there is none.
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

// distance returns the edit distance of a and b, counting replaced, inserted and deleted letters and swapped neighbours.
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

// quoteAll quotes several codes for a message.
func quoteAll(codes []string) string {
	quoted := make([]string, len(codes))
	for i, code := range codes {
		quoted[i] = quote(code)
	}
	return strings.Join(quoted, ", ")
}
