package table

import (
	"bytes"

	"github.com/pxq-nl/pxq/importers/table/internal/xmlscan"
)

// paragraph appends the text of the paragraph that is open. Spaces that would
// be taken for one in XML, tabs and line breaks are elements of their own.
func (r *documentReader) paragraph(c *documentCell) error {
	return r.pieces(c, len(r.row.bytes), false)
}

// pieces appends the text of the element that is open: a paragraph that begins
// at begin, or a piece of it with a style, a link or a field of its own.
func (r *documentReader) pieces(c *documentCell, begin int, isStruck bool) error {
	for {
		token, err := r.Next()
		if err != nil {
			return err
		}
		at := len(r.row.bytes)
		switch token {
		case xmlscan.EndTag:
			return nil
		case xmlscan.Text:
			r.row.bytes = appendFolded(r.row.bytes, r.Text(), len(r.row.bytes) == begin)
			r.count(c, at, isStruck)
		case xmlscan.StartTag:
			if err := r.Declare(); err != nil {
				return err
			}
			if err := r.piece(c, begin, isStruck); err != nil {
				return err
			}
		}
		if len(r.row.bytes)-begin > textBytesMax {
			return newProblem("text-too-long", grouped(textBytesMax))
		}
	}
}

// count notes the bytes of text from at on.
func (r *documentReader) count(c *documentCell, at int, isStruck bool) {
	n := len(bytes.TrimSpace(r.row.bytes[at:]))
	if c.inked += n; isStruck {
		c.struck += n
	}
}

// piece appends what an element inside a paragraph stands for.
func (r *documentReader) piece(c *documentCell, begin int, isStruck bool) error {
	name := r.Element()
	switch string(name) {
	case "text:s":
		n, err := r.repeated("text:c")
		if err == nil && n > textBytesMax {
			err = newProblem("text-too-long", grouped(textBytesMax))
		}
		if err != nil {
			return err
		}
		r.row.bytes = append(r.row.bytes, bytes.Repeat([]byte{' '}, n)...)
	case "text:tab":
		r.row.bytes = append(r.row.bytes, '\t')
	case "text:line-break":
		r.row.bytes = append(r.row.bytes, '\n')
	case "text:span":
		return r.pieces(c, begin, isStruck || r.document.styles.strikes(r.Value("text:style-name")))
	case "text:note", "text:ruby-text": // not part of what the cell says
	default:
		if bytes.HasPrefix(name, []byte("text:")) {
			return r.pieces(c, begin, isStruck)
		}
	}
	return r.Skip() // comments and drawings too
}

// appendFolded appends text as it is written, but for the line ends of a
// document that was written for people to read: with the spaces around it,
// such a line end is a single space, and nothing at the beginning.
func appendFolded(out, text []byte, atBegin bool) []byte {
	for {
		end := bytes.IndexByte(text, '\n')
		if end < 0 {
			return append(out, text...)
		}
		line := bytes.TrimRight(text[:end], " \t\r\n")
		out = append(out, line...)
		if !atBegin || len(line) > 0 {
			out = append(out, ' ')
		}
		atBegin = false
		text = bytes.TrimLeft(text[end:], " \t\r\n")
	}
}
