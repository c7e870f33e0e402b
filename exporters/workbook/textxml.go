package workbook

import "strings"

// What a text may hold that asks for care, by the bits of a byte's class.
const (
	ofMarkup = 1 << iota // that means something in XML, or in the file format
	ofSpace              // white space that programs leave out at the ends of a text and where it is doubled
	ofLines              // white space that is always told to be kept
	ofOthers             // beyond ASCII, or no character of a text
)

// classes are the classes of bytes.
var classes = func() (classes [256]uint8) {
	for c := range classes {
		if c < ' ' || c >= 0x7f {
			classes[c] = ofOthers
		}
	}
	classes['&'], classes['<'], classes['>'], classes['_'] = ofMarkup, ofMarkup, ofMarkup, ofMarkup
	classes[' '], classes['\n'], classes['\t'] = ofSpace, ofLines, ofLines
	return classes
}()

// appendInlined writes what follows <t of a text: its white space is kept where programs would leave it out.
func appendInlined(out []byte, text string) []byte {
	class := classOf(text)
	if class&ofOthers != 0 || len(text) >= textMax {
		text = clean(text)
		class = classOf(text)
	}
	if class&ofLines != 0 || class&ofSpace != 0 && keepsSpace(text) {
		out = append(out, ` xml:space="preserve"`...)
	}
	out = append(out, '>')
	if class&ofMarkup != 0 {
		return appendEscaped(out, text)
	}
	return append(out, text...)
}

func classOf(text string) (class uint8) {
	for i := range len(text) {
		class |= classes[text[i]]
	}
	return class
}

// keepsSpace reports whether a text has spaces that programs leave out unless they are told to keep them.
func keepsSpace(text string) bool {
	return text[0] == ' ' || text[len(text)-1] == ' ' || strings.Contains(text, "  ")
}

// appendEscaped writes a text so that XML and the file format give it back as it is.
func appendEscaped(out []byte, text string) []byte {
	for i := range len(text) {
		switch c := text[i]; {
		case c == '&':
			out = append(out, "&amp;"...)
		case c == '<':
			out = append(out, "&lt;"...)
		case c == '>':
			out = append(out, "&gt;"...)
		case c == '_' && isEscape(text[i:]):
			out = append(out, "_x005F_"...) // the file format reads _x0041_ as A
		default:
			out = append(out, c)
		}
	}
	return out
}

// isEscape reports whether a text begins as the file format writes a character: _x0041_.
func isEscape(text string) bool {
	if len(text) < 7 || text[1] != 'x' || text[6] != '_' {
		return false
	}
	for _, c := range []byte(text[2:6]) {
		if !(c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F') {
			return false
		}
	}
	return true
}
