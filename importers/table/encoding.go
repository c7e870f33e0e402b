package table

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

var (
	bomUTF8    = []byte("\xEF\xBB\xBF")
	bomUTF16LE = []byte("\xFF\xFE")
	bomUTF16BE = []byte("\xFE\xFF")
)

// utf8Source gives an XML document as UTF-8 without byte order mark, and says
// whether it had to be converted. XML is UTF-8 or UTF-16; which of the two
// shows in its first bytes.
func utf8Source(r io.Reader) (io.Reader, bool, error) {
	buffered := bufio.NewReaderSize(r, 4096)
	head, err := buffered.Peek(4)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, false, err
	}
	order, marked := unicode.LittleEndian, unicode.IgnoreBOM
	switch {
	case bytes.HasPrefix(head, bomUTF8):
		_, err = buffered.Discard(len(bomUTF8))
		return buffered, false, err
	case bytes.HasPrefix(head, bomUTF16LE):
		marked = unicode.ExpectBOM
	case bytes.HasPrefix(head, bomUTF16BE):
		order, marked = unicode.BigEndian, unicode.ExpectBOM
	case bytes.Equal(head, []byte("<\x00?\x00")):
	case bytes.Equal(head, []byte("\x00<\x00?")):
		order = unicode.BigEndian
	default:
		return buffered, false, nil
	}
	return transform.NewReader(buffered, unicode.UTF16(order, marked).NewDecoder()), true, nil
}

// declarationIsRead says whether an XML declaration names the one version of
// XML that workbooks have, and an encoding that utf8Source has brought to
// UTF-8. Each of them may be left out.
func declarationIsRead(declaration string) bool {
	version, stated := declared(declaration, "version")
	if stated && version != "1.0" {
		return false
	}
	encoding, stated := declared(declaration, "encoding")
	return !stated || labelIsRead(encoding)
}

// declared gives what stands between the quotes after a word.
func declared(declaration, word string) (string, bool) {
	_, rest, found := strings.Cut(declaration, word)
	if !found {
		return "", false
	}
	rest = strings.TrimLeft(rest, " \t\r\n=")
	if rest == "" {
		return "", true
	}
	value, _, _ := strings.Cut(rest[1:], rest[:1])
	return value, true
}

func labelIsRead(label string) bool {
	switch strings.ToLower(label) {
	case "utf-8", "utf8", "utf-16", "utf-16le", "utf-16be", "us-ascii", "ascii":
		return true
	}
	return false
}

// charsetReader is the same for the decoder of the standard library.
func charsetReader(label string, input io.Reader) (io.Reader, error) {
	if !labelIsRead(label) {
		return nil, fmt.Errorf("encoding %q", label)
	}
	return input, nil
}
