package database

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
)

// DigestPart says whether a column is in the digest of its row.
type DigestPart uint8

// How a column takes part in a digest.
const (
	NotInDigest DigestPart = iota
	InDigest
	InDigestUnlessZero
)

// DigestParts returns, for each column of a table, whether it is in the digest.
func (v *View) DigestParts(table string, columns []string) []DigestPart {
	parts := make([]DigestPart, len(columns))
	for i, column := range columns {
		switch {
		case slices.Contains(v.schema.Late[table], column):
			parts[i] = InDigestUnlessZero
		case !slices.Contains(v.schema.Changing[table], column):
			parts[i] = InDigest
		}
	}
	return parts
}

// RowDigest returns the digest of a row of the table.
func (v *View) RowDigest(table string, columns []string, values []any) string {
	return Digest(v.DigestParts(table, columns), values)
}

// isNothing reports whether the value is the zero value of its column.
func isNothing(value any) bool {
	switch v := value.(type) {
	case int:
		return v == 0
	case int64:
		return v == 0
	case string:
		return v == ""
	case []byte:
		return len(v) == 0
	}
	return false
}

// DigestBytes is the number of bytes of the SHA-256 that a digest keeps.
const DigestBytes = 16

// Digest returns the first half of the SHA-256 over those values of a row that take part, in hexadecimal. It detects
// changes made outside pxq; a ledger that was rebuilt as a whole is detected by the head of the chain.
func Digest(parts []DigestPart, values []any) string {
	text := make([]byte, 0, 512)
	for i, value := range values {
		if parts[i] == NotInDigest || parts[i] == InDigestUnlessZero && isNothing(value) {
			continue
		}
		text = AppendValue(text, value)
		text = append(text, DigestSeparator...)
	}
	return RowText(text).Digest()
}

// RowText is the text that a digest is computed over, built column by column by code that knows their order. Each method
// returns it extended by one column.
type RowText []byte

// Text appends a text column.
func (t RowText) Text(value string) RowText { return append(append(t, value...), DigestSeparator...) }

// Number appends an integer column.
func (t RowText) Number(value int64) RowText {
	return append(strconv.AppendInt(t, value, 10), DigestSeparator...)
}

// Flag appends a boolean column.
func (t RowText) Flag(is bool) RowText { return t.Number(int64(Flag(is))) }

// Late appends a number, unless it is 0.
func (t RowText) Late(value int64) RowText {
	if value == 0 {
		return t
	}
	return t.Number(value)
}

// Digest returns the digest of the text.
func (t RowText) Digest() string {
	sum := sha256.Sum256(t)
	return hex.EncodeToString(sum[:DigestBytes])
}

// AppendValue appends a value in the form that digests use.
func AppendValue(text []byte, value any) []byte {
	switch v := value.(type) {
	case string:
		return append(text, v...)
	case []byte:
		return append(text, v...)
	case int64:
		return strconv.AppendInt(text, v, 10)
	case int:
		return strconv.AppendInt(text, int64(v), 10)
	case int32:
		return strconv.AppendInt(text, int64(v), 10)
	}
	return fmt.Append(text, value)
}

// DigestSeparator follows each value in the text of a digest.
const DigestSeparator = "\x1f"

// AsText returns a value as the database would format it.
func AsText(value any) string {
	switch text := value.(type) {
	case string:
		return text
	case []byte:
		return string(text)
	}
	return fmt.Sprint(value)
}
