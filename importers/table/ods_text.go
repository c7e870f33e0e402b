package table

import (
	"bytes"

	"github.com/pxq-nl/pxq/importers/internal/xmlscan"
)

// paragraph appends the text of the open paragraph. Runs of spaces, tabs and line
// breaks are stored as elements in it.
func (r *documentReader) paragraph(c *documentCell) error {
	return r.pieces(c, len(r.row.bytes), false)
}

// pieces appends the text of the open element: a paragraph, or a span, link or
// field in it. begin is where the text of the paragraph begins.
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

// count adds the bytes of text from at on to the counts of the cell.
func (r *documentReader) count(c *documentCell, at int, isStruck bool) {
	n := len(bytes.TrimSpace(r.row.bytes[at:]))
	if c.textBytes += n; isStruck {
		c.struckBytes += n
	}
}

// piece appends the text of an element inside a paragraph.
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
	case "text:note", "text:ruby-text": // not part of the content of the cell
	default:
		if bytes.HasPrefix(name, []byte("text:")) {
			return r.pieces(c, begin, isStruck)
		}
	}
	return r.Skip() // comments and drawings too
}

// appendFolded appends text, but collapses each line break of a pretty-printed
// document, with the white space around it, to a single space, or to nothing at
// the beginning.
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
