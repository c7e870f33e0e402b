package csvtext

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Encoding is how a CSV file writes its characters.
type Encoding uint8

// The encodings that are read.
const (
	UTF8 Encoding = iota
	UTF8Marked
	UTF16LE
	UTF16BE
	Windows1252
)

const chunkBytes = 256 << 10

// NotText is the error of a file that is no text in the encoding it promises,
// or in any when Encoding is empty: it holds a NUL.
type NotText struct {
	Encoding string
	Offset   int64 // of the byte
}

// Error returns the error in English.
func (n *NotText) Error() string { return fmt.Sprintf("not %s at byte %d", n.Encoding, n.Offset) }

// The marks with which a text can begin to tell its encoding.
var (
	markUTF8    = []byte("\xEF\xBB\xBF")
	markUTF16LE = []byte("\xFF\xFE")
	markUTF16BE = []byte("\xFE\xFF")
)

// WithoutMark returns a text without the mark that it begins with.
func WithoutMark(head []byte) []byte {
	for _, mark := range [][]byte{markUTF8, markUTF16LE, markUTF16BE} {
		head = bytes.TrimPrefix(head, mark)
	}
	return head
}

// FindEncoding reads the whole file: what is not UTF-8 somewhere is
// Windows-1252, which any byte is part of. A byte order mark is a promise.
func FindEncoding(r io.Reader, size int64) (Encoding, error) {
	encoding := UTF8
	chunk := make([]byte, chunkBytes)
	kept, offset := 0, int64(0) // bytes of a character cut in two
	for {
		n, err := io.ReadFull(r, chunk[kept:])
		piece := chunk[:kept+n]
		atEnd := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		if err != nil && !atEnd {
			return 0, err
		}
		if offset == 0 {
			encoding = markedEncoding(piece)
			if encoding == UTF16LE || encoding == UTF16BE {
				if size%2 != 0 {
					return 0, &NotText{"UTF-16", size}
				}
				return encoding, nil
			}
		}
		if at := bytes.IndexByte(piece, 0); at >= 0 {
			return 0, &NotText{"", offset + int64(at)}
		}
		kept = 0
		if encoding != Windows1252 {
			valid := validLength(piece)
			switch {
			case valid == len(piece) || !atEnd && len(piece)-valid < utf8.UTFMax && !utf8.FullRune(piece[valid:]):
				kept = copy(chunk, piece[valid:])
			case encoding == UTF8Marked:
				return 0, &NotText{"UTF-8", offset + int64(valid)}
			default:
				encoding = Windows1252
			}
		}
		offset += int64(len(piece) - kept)
		if atEnd {
			return encoding, nil
		}
	}
}

// markedEncoding returns what the byte order mark promises, UTF-8 without one.
func markedEncoding(head []byte) Encoding {
	switch {
	case bytes.HasPrefix(head, markUTF8):
		return UTF8Marked
	case bytes.HasPrefix(head, markUTF16LE):
		return UTF16LE
	case bytes.HasPrefix(head, markUTF16BE):
		return UTF16BE
	}
	return UTF8
}

// validLength returns the number of bytes up to the first that is not UTF-8.
func validLength(piece []byte) int {
	if utf8.Valid(piece) {
		return len(piece)
	}
	at := 0
	for at < len(piece) {
		r, n := utf8.DecodeRune(piece[at:])
		if r == utf8.RuneError && n == 1 {
			return at
		}
		at += n
	}
	return at
}

// Decode returns the text as UTF-8 without byte order mark.
func (e Encoding) Decode(r io.Reader) io.Reader {
	switch e {
	case UTF8Marked:
		return transform.NewReader(r, unicode.UTF8BOM.NewDecoder())
	case UTF16LE:
		return transform.NewReader(r, unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder())
	case UTF16BE:
		return transform.NewReader(r, unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM).NewDecoder())
	case Windows1252:
		return transform.NewReader(r, charmap.Windows1252.NewDecoder())
	}
	return r
}
