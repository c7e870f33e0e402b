package table

import (
	"bytes"
	"io"

	"github.com/pxq-nl/pxq/importers/internal/xmlscan"
	"github.com/pxq-nl/pxq/importers/table/internal/value"
)

// sharedTexts are the texts that cells of a workbook refer to by number. There
// may be millions, so they are stored one after the other in chunks of a
// megabyte, with four bytes for the place of each.
type sharedTexts struct {
	chunks  []string
	filling []byte     // the last chunk, while texts are added
	places  [][]uint32 // of the texts, in blocks of blockTexts
	count   int
	bytes   int64
}

const (
	chunkBits  = 20
	chunkBytes = 1 << chunkBits
	blockTexts = 1 << 14

	// Flags in the highest bits of a place.
	isStruck  = 1 << 31 // all of the text is struck through
	isUnclean = 1 << 30 // the text must be cleaned (see value.AppendClean)
	placeMask = isUnclean - 1
)

// add appends a text.
func (t *sharedTexts) add(text []byte, struck bool) error {
	if t.bytes += int64(len(text)); t.count >= sharedTextsMax || t.bytes > sharedBytesMax {
		return newProblem("too-many-texts", grouped(sharedTextsMax), sizeOf(sharedBytesMax))
	}
	if len(t.filling)+len(text) >= chunkBytes {
		t.endChunk()
	}
	if t.count%blockTexts == 0 {
		t.places = append(t.places, make([]uint32, 0, blockTexts))
	}
	place := uint32(len(t.chunks)<<chunkBits | len(t.filling))
	if struck {
		place |= isStruck
	}
	if !value.IsClean(text) {
		place |= isUnclean
	}
	last := len(t.places) - 1
	t.places[last] = append(t.places[last], place)
	t.filling = append(t.filling, text...)
	t.count++
	return nil
}

// endChunk completes the chunk being filled. Places in a chunk are less than
// chunkBytes, so the next text begins a new chunk.
func (t *sharedTexts) endChunk() {
	t.chunks = append(t.chunks, string(t.filling))
	t.filling = t.filling[:0]
}

// place returns where a text begins, with its flags.
func (t *sharedTexts) place(number int) uint32 { return t.places[number/blockTexts][number%blockTexts] }

// cell returns a cell with the text of this number, and whether all of the text is struck through.
func (t *sharedTexts) cell(number int) (cell Cell, struck bool) {
	place := t.place(number)
	begin := int(place & placeMask)
	chunk := t.chunks[begin>>chunkBits]
	end := len(chunk)
	if number+1 < t.count {
		if next := int(t.place(number+1) & placeMask); next>>chunkBits == begin>>chunkBits {
			end = next & (chunkBytes - 1)
		}
	}
	raw := chunk[begin&(chunkBytes-1) : end]
	text := raw
	if place&isUnclean != 0 {
		text = string(value.AppendClean(nil, []byte(raw)))
	}
	if text == "" {
		return Cell{}, false
	}
	return Cell{Kind: Text, Text: text, Raw: raw}, place&isStruck != 0
}

// readTexts reads the shared texts, once, before the first sheet is read. The part
// may be missing as long as no cell refers to its texts.
func (b *workbook) readTexts() error {
	if b.textsRead || b.textsPart == "" || !b.container.has(b.textsPart) {
		return nil
	}
	part, size, err := b.container.open(b.textsPart)
	if err != nil {
		return err
	}
	defer part.Close()
	if err := b.texts.read(part, size); err != nil {
		b.texts = sharedTexts{}
		return damageProblem("damaged-texts", err, b.textsPart)
	}
	b.textsRead = true
	return nil
}

func (t *sharedTexts) read(part io.Reader, size int64) error {
	scan, err := xmlscan.New(part, size)
	if err != nil {
		return err
	}
	root, err := scan.Root()
	if err != nil {
		return err
	}
	if string(root) != "sst" {
		return scan.Fail(notTexts)
	}
	var text []byte
	for {
		if usual, err := t.addUsual(scan); err != nil {
			return err
		} else if usual {
			continue
		}
		token, err := scan.Next()
		switch {
		case err != nil:
			return err
		case token == xmlscan.EndOfDocument:
			t.endChunk()
			t.filling = nil
			return nil
		case token != xmlscan.StartTag:
			continue
		case string(scan.Name()) != "si":
			if err := scan.Skip(); err != nil {
				return err
			}
			continue
		}
		var struck bool
		if text, struck, err = appendRichText(scan, text[:0]); err == nil {
			err = t.add(text, struck)
		}
		if err != nil {
			return err
		}
	}
}

// addUsual is the fast path for a text that is written as nearly all are, as one
// run of plain characters. It reports whether it read the text. It must not read
// any text differently from the general path.
func (t *sharedTexts) addUsual(scan *xmlscan.Scanner) (bool, error) {
	const open, openSpaced, end = `<si><t>`, `<si><t xml:space="preserve">`, `</t></si>`
	ahead := scan.Ahead()
	if scan.Depth() != 1 {
		return false, nil
	}
	begin := len(open)
	switch {
	case begins(ahead, open):
	case begins(ahead, openSpaced):
		begin = len(openSpaced)
	default:
		return false, nil
	}
	n := begin
	for n < len(ahead) && isUsual[ahead[n]] {
		n++
	}
	text := ahead[begin:n]
	if len(text) > textBytesMax || !begins(ahead[n:], end) || bytes.Contains(text, []byte("_x")) {
		return false, nil
	}
	scan.Advance(n + len(end))
	return true, t.add(text, false)
}

// appendRichText appends the text of the open element, a shared or inline text: a
// text (t), or runs (r) of formatted text. It skips phonetic text (rPh). It
// reports whether every run that is not empty is struck through.
func appendRichText(s *xmlscan.Scanner, text []byte) (out []byte, struck bool, err error) {
	outside, begin := s.Depth()-1, len(text)
	runs, struckRuns := 0, 0
	for s.Depth() > outside {
		token, err := s.Next()
		if err != nil {
			return nil, false, err
		}
		if token != xmlscan.StartTag {
			continue
		}
		at := len(text)
		switch string(s.Name()) {
		case "t":
			text, err = s.AppendText(text)
			if len(text) > at {
				runs++
			}
		case "r":
			var isStruck bool
			text, isStruck, err = appendRun(s, text)
			if len(text) > at {
				runs++
			}
			if len(text) > at && isStruck {
				struckRuns++
			}
		default:
			err = s.Skip()
		}
		if err != nil {
			return nil, false, err
		}
		if len(text)-begin > textBytesMax {
			return nil, false, newProblem("text-too-long", grouped(textBytesMax))
		}
	}
	return text[:begin+len(value.Unescape(text[begin:]))], runs > 0 && runs == struckRuns, nil
}

// appendRun appends the text of a run.
func appendRun(s *xmlscan.Scanner, text []byte) (out []byte, struck bool, err error) {
	err = s.Children(func(element []byte) error {
		switch string(element) {
		case "rPr":
			return s.Children(func(element []byte) error {
				if string(element) == "strike" {
					struck = isOn(s)
				}
				return nil
			})
		case "t":
			var err error
			text, err = s.AppendText(text)
			return err
		}
		return nil
	})
	return text, struck, err
}
