package workbook

import (
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// rowXML writes rows as XML. It is many times faster than excelize, which writes the rest, and buffers only the chunk that
// is compressed next.
type rowXML struct {
	out    *packing
	begins []string // start of a cell in each column, up to the row number
	styles []styled
	number []byte // of the row, as text
	inLine bool   // cells follow each other from the first column on, without their positions
}

// styled holds what follows the position of a cell in a style: of an empty one, of one with a text, of one with a text whose
// white space is kept, of one with a number and of one with a formula.
type styled struct{ empty, text, kept, number, formula string }

func newRowXML(out *packing, columns int) (*rowXML, error) {
	x := &rowXML{out: out, begins: make([]string, columns)}
	for i := range x.begins {
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return nil, err
		}
		x.begins[i] = `<c r="` + name
	}
	return x, nil
}

// begin starts a row of that height in points; 0 is the height of one line.
func (x *rowXML) begin(row int, height float64) {
	x.number, x.inLine = strconv.AppendInt(x.number[:0], int64(row), 10), false
	out := append(append(x.out.chunk, rowBegins...), x.number...)
	if height > 0 {
		out = append(out, `" ht="`...)
		out = strconv.AppendFloat(out, height, 'f', -1, 64)
		out = append(out, `" customHeight="1`...)
	}
	x.out.chunk = append(out, `">`...)
}

// beginInLine starts a row of which every cell is written from the first column on, the empty ones too. Their positions are
// omitted, which the format allows: they compress worst of all parts of a row, and without them a sheet is less than half the size.
func (x *rowXML) beginInLine(row int, height float64) {
	x.begin(row, height)
	x.inLine = true
}

// at returns the chunk with the start of a cell of a column added.
func (x *rowXML) at(column int) []byte {
	if x.inLine {
		return append(x.out.chunk, "<c"...)
	}
	return append(append(append(x.out.chunk, x.begins[column]...), x.number...), '"')
}

// cell adds a cell to the row; formula is "" for none.
func (x *rowXML) cell(column, style int, value Value, formula string) {
	as := x.styled(style)
	out := x.at(column)
	if value.kind == emptyKind {
		x.out.chunk = append(out, as.empty...)
		return
	}
	if text, isText := value.asText(); isText {
		text, class := fitted(text)
		begins := as.text
		if class&ofLines != 0 || class&ofSpace != 0 && keepsSpace(text) {
			begins = as.kept
		}
		out = append(out, begins...)
		if class&ofMarkup != 0 {
			out = appendEscaped(out, text)
		} else {
			out = append(out, text...)
		}
		x.out.chunk = append(out, `</t></is></c>`...)
		return
	}
	if formula != "" {
		out = append(appendEscaped(append(out, as.formula...), formula), `</f><v>`...)
	} else {
		out = append(out, as.number...)
	}
	x.out.chunk = append(value.appendNumber(out), `</v></c>`...)
}

// styled returns the fixed text of cells in a style.
func (x *rowXML) styled(style int) *styled {
	for len(x.styles) <= style {
		begins := ` s="` + strconv.Itoa(len(x.styles)) + `"`
		text := begins + ` t="inlineStr"><is><t`
		x.styles = append(x.styles, styled{begins + `/>`, text + `>`, text + ` xml:space="preserve">`, begins + `><v>`, begins + `><f>`})
	}
	return &x.styles[style]
}

// end ends the row.
func (x *rowXML) end() error {
	x.out.chunk = append(x.out.chunk, rowEnds...)
	return x.out.flushIfFull()
}

// asText returns the text of a value that must be stored as text: it is one, or spreadsheet programs cannot hold the number.
func (v *Value) asText() (string, bool) {
	switch v.kind {
	case textKind:
		return v.text, true
	case decimalKind:
		if isShortest(v.text) {
			return "", false
		}
	case dayKind, monthKind:
		if v.serial() >= firstSafeDay {
			return "", false
		}
	case clockKind:
		if v.number != secondsPerDay {
			return "", false
		}
	default:
		return "", false
	}
	text, isText := v.cell().(string)
	return text, isText
}

// isShortest reports whether a number is written with the fewest digits that parse to it: at most as many as a spreadsheet
// keeps, and no superfluous zero.
func isShortest(text string) bool {
	digits := strings.TrimPrefix(text, "-")
	whole, decimals, pointed := strings.Cut(digits, ".")
	switch {
	case len(digits) > digitsMax || !areDigits(whole) || text == "-0":
		return false
	case whole[0] == '0' && len(whole) > 1:
		return false
	}
	return !pointed || areDigits(decimals) && decimals[len(decimals)-1] != '0'
}

// areDigits reports whether a text consists of digits, at least one.
func areDigits(text string) bool {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return text != ""
}

// appendNumber writes a number with the fewest digits that parse to it: for whole cents or hundredths these are their own
// decimals.
func (v *Value) appendNumber(out []byte) []byte {
	switch {
	case v.kind == countKind:
		return strconv.AppendInt(out, v.number, 10)
	case v.kind == dayKind, v.kind == monthKind:
		return strconv.AppendInt(out, v.serial(), 10)
	case v.kind == decimalKind && isShortest(v.text):
		return append(out, v.text...)
	case v.kind == centsKind, v.kind == daypartsKind:
		return appendHundredths(out, v.number)
	case v.kind == minutesKind && v.number%60 == 0 && abs(v.number) < mostHundredths:
		return appendHundredths(out, v.number/60)
	}
	switch number := v.cell().(type) {
	case int64:
		return strconv.AppendInt(out, number, 10)
	case float64:
		return strconv.AppendFloat(out, number, 'f', -1, 64)
	}
	return append(out, '0')
}

// mostHundredths is the limit below which the decimals of hundredths are the fewest digits that parse to the same number.
const mostHundredths = 1_000_000_000_000_000

func appendHundredths(out []byte, number int64) []byte {
	if number <= -mostHundredths || number >= mostHundredths {
		return strconv.AppendFloat(out, float64(number)/100, 'f', -1, 64)
	}
	if number < 0 {
		out, number = append(out, '-'), -number
	}
	out = strconv.AppendInt(out, number/100, 10)
	switch rest := number % 100; {
	case rest == 0:
		return out
	case rest%10 == 0:
		return append(out, '.', byte('0'+rest/10))
	default:
		return append(out, '.', byte('0'+rest/10), byte('0'+rest%10))
	}
}
