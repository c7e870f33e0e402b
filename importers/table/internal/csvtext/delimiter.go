package csvtext

import (
	"bytes"
	"encoding/binary"
	"strings"
)

const (
	HeadBytes        = 256 << 10 // how much of a file FindDelimiter needs
	delimiterRecords = 30        // the heading row is one of the first 30 records
	headingMin       = 4         // delimiters in the shortest heading row
)

// FindDelimiter returns the delimiter of the fields, and whether the first line
// names it, as "sep=;" does for Excel. Otherwise the delimiter is the candidate
// with the most occurrences in a single record, which will be the heading row or a
// full row, since lines above the heading row have few. Commas in numbers and
// sentences count only if nothing else is found.
func FindDelimiter(head []byte) (byte, bool) {
	line := head
	if end := bytes.IndexAny(head, "\r\n"); end >= 0 {
		line = head[:end]
	}
	if len(line) == 5 && strings.EqualFold(string(line[:4]), "sep=") && !isWord(line[4]) {
		return line[4], true
	}
	for _, isStrict := range []bool{true, false} {
		best, most := byte(';'), 0
		for _, candidate := range []byte{';', '\t', ','} {
			if n := mostDelimiters(head, candidate, isStrict); n > most {
				best, most = candidate, n
			}
		}
		if most >= headingMin || !isStrict {
			return best, false
		}
	}
	return ';', false
}

// mostDelimiters returns the largest number of delimiters, outside quotes, in one
// of the first delimiterRecords records. If isStrict, commas in prose do not count.
func mostDelimiters(head []byte, delimiter byte, isStrict bool) int {
	most, count, records := 0, 0, 0
	isQuoted, fresh, closedAt := false, true, -2
	for i := 0; i < len(head) && records < delimiterRecords; i++ {
		c := head[i]
		switch {
		case isQuoted:
			if c == '"' {
				isQuoted, closedAt = false, i
			}
		case c == '"' && (fresh || closedAt == i-1): // a doubled quote closes and reopens the field
			isQuoted = true
		case c == '\n', c == '\r' && (i+1 == len(head) || head[i+1] != '\n'):
			most, count = max(most, count), 0
			records++
			fresh = true
			continue
		case c == delimiter:
			if !isStrict || c != ',' || !isProse(head, i) {
				count++
			}
			fresh = true
			continue
		}
		fresh = false
	}
	if records < delimiterRecords {
		most = max(most, count)
	}
	return most
}

// isProse reports whether the comma at i looks like part of a number (1,5) or of a
// sentence (a comma and a space).
func isProse(text []byte, i int) bool {
	if i+1 == len(text) {
		return false
	}
	return text[i+1] == ' ' || i > 0 && isDigit(text[i-1]) && isDigit(text[i+1])
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// isWord reports whether a character can be part of a word, and so is no delimiter.
func isWord(c byte) bool {
	return isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || bytes.IndexByte([]byte(`_:-."`), c) >= 0
}

// Delimiters finds the delimiters among the first eight bytes of a text: the highest bit of byte i of the result, counted
// from the lowest, is set if byte i of the text is a delimiter. Delimiter and text must be ASCII: the result is undefined
// from the first other byte on.
func Delimiters(delimiter byte, text []byte) uint64 {
	var eight uint64
	if len(text) >= 8 {
		eight = binary.LittleEndian.Uint64(text)
	} else {
		var last [8]byte
		copy(last[:], text)
		eight = binary.LittleEndian.Uint64(last[:])
	}
	const lowest, highest = 0x0101010101010101, 0x8080808080808080
	return (highest - (eight ^ lowest*uint64(delimiter))) & highest
}
