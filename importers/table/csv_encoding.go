package table

import (
	"bytes"
	"errors"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// csvEncoding is how a CSV file writes its characters.
type csvEncoding uint8

const (
	encodedUTF8 csvEncoding = iota
	encodedUTF8Marked
	encodedUTF16LE
	encodedUTF16BE
	encodedWindows1252
)

// findEncoding reads the whole file: what is not UTF-8 somewhere is
// Windows-1252, which any byte is part of. A byte order mark is a promise.
func findEncoding(r io.Reader, size int64) (csvEncoding, error) {
	encoding := encodedUTF8
	chunk := make([]byte, bufferBytes)
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
			if encoding == encodedUTF16LE || encoding == encodedUTF16BE {
				if size%2 != 0 {
					return 0, newProblem("csv-encoding", "UTF-16", size)
				}
				return encoding, nil
			}
		}
		if at := bytes.IndexByte(piece, 0); at >= 0 {
			return 0, newProblem("csv-nul", offset+int64(at))
		}
		kept = 0
		if encoding != encodedWindows1252 {
			valid := validLength(piece)
			switch {
			case valid == len(piece) || !atEnd && len(piece)-valid < utf8.UTFMax && !utf8.FullRune(piece[valid:]):
				kept = copy(chunk, piece[valid:])
			case encoding == encodedUTF8Marked:
				return 0, newProblem("csv-encoding", "UTF-8", offset+int64(valid))
			default:
				encoding = encodedWindows1252
			}
		}
		offset += int64(len(piece) - kept)
		if atEnd {
			return encoding, nil
		}
	}
}

// markedEncoding is what the byte order mark promises, UTF-8 without one.
func markedEncoding(head []byte) csvEncoding {
	switch {
	case bytes.HasPrefix(head, bomUTF8):
		return encodedUTF8Marked
	case bytes.HasPrefix(head, bomUTF16LE):
		return encodedUTF16LE
	case bytes.HasPrefix(head, bomUTF16BE):
		return encodedUTF16BE
	}
	return encodedUTF8
}

// validLength gives the number of bytes up to the first that is not UTF-8.
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

// decode gives the text as UTF-8 without byte order mark.
func (e csvEncoding) decode(r io.Reader) io.Reader {
	switch e {
	case encodedUTF8Marked:
		return transform.NewReader(r, unicode.UTF8BOM.NewDecoder())
	case encodedUTF16LE:
		return transform.NewReader(r, unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder())
	case encodedUTF16BE:
		return transform.NewReader(r, unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM).NewDecoder())
	case encodedWindows1252:
		return transform.NewReader(r, charmap.Windows1252.NewDecoder())
	}
	return r
}
