package csvtext

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Encoding is the character encoding of a CSV file.
type Encoding uint8

// The supported encodings.
const (
	UTF8       Encoding = iota
	UTF8Marked          // with a byte order mark
	UTF16LE             // with a byte order mark
	UTF16BE             // with a byte order mark
	Windows1252
)

const chunkBytes = 256 << 10

// NotText is the error of a file that is not valid in the encoding of its byte
// order mark or, if Encoding is empty, that contains a NUL byte.
type NotText struct {
	Encoding string
	Offset   int64 // of the first invalid byte
}

// Error returns a description in English.
func (n *NotText) Error() string { return fmt.Sprintf("not %s at byte %d", n.Encoding, n.Offset) }

// The byte order marks.
var (
	markUTF8    = []byte("\xEF\xBB\xBF")
	markUTF16LE = []byte("\xFF\xFE")
	markUTF16BE = []byte("\xFE\xFF")
)

// WithoutMark returns a text without its byte order mark.
func WithoutMark(head []byte) []byte {
	for _, mark := range [][]byte{markUTF8, markUTF16LE, markUTF16BE} {
		head = bytes.TrimPrefix(head, mark)
	}
	return head
}

// FindEncoding returns the encoding of a file of size bytes, which it reads to its
// end: text without a byte order mark that is not all UTF-8 is in Windows-1252, in
// which every byte is valid. The error is a *[NotText] or that of r.
func FindEncoding(r io.Reader, size int64) (Encoding, error) {
	encoding := UTF8
	chunk := make([]byte, chunkBytes)
	kept, offset := 0, int64(0) // kept are the bytes of a character split between two chunks
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
				return encoding, checkUTF16(piece, r, encoding.byteOrder())
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

func (e Encoding) byteOrder() binary.ByteOrder {
	if e == UTF16BE {
		return binary.BigEndian
	}
	return binary.LittleEndian
}

// checkUTF16 returns a *[NotText] if a text in UTF-16 has a NUL, which databases
// refuse, or half of a surrogate pair, which decoding would silently replace. piece
// is the beginning of the text, which has been read from r already.
func checkUTF16(piece []byte, r io.Reader, order binary.ByteOrder) error {
	chunk := make([]byte, chunkBytes)
	paired, offset := true, int64(0) // paired is false after the first half of a pair
	for len(piece) > 0 {
		for at := 0; at+1 < len(piece); at += 2 {
			unit := order.Uint16(piece[at:])
			isSecond := unit&0xFC00 == 0xDC00
			switch {
			case unit == 0:
				return &NotText{"", offset + int64(at)}
			case isSecond == paired:
				return &NotText{"UTF-16", offset + int64(at)}
			}
			paired = unit&0xFC00 != 0xD800
		}
		offset += int64(len(piece))
		n, err := io.ReadFull(r, chunk)
		if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return err
		}
		piece = chunk[:n]
	}
	if !paired {
		return &NotText{"UTF-16", offset}
	}
	return nil
}

// markedEncoding returns the encoding of the byte order mark, UTF8 if there is none.
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

// validLength returns the number of bytes before the first that is not UTF-8.
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

// Decode returns a reader of the text as UTF-8 without a byte order mark.
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
