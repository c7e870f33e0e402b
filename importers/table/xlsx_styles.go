package table

import (
	"strconv"

	"github.com/pxq-nl/pxq/importers/internal/xmlscan"
	"github.com/pxq-nl/pxq/importers/table/internal/value"
)

// cellStyle holds the properties of a cell style that affect its content.
type cellStyle struct {
	format value.Format
	struck bool // the text is struck through
}

// stylesReader collects the parts that cell styles refer to.
type stylesReader struct {
	*xmlscan.Scanner
	formats map[int]value.Format // custom number formats of the workbook
	struck  []bool               // by font
	cells   []struct{ format, font int }
}

// readStyles returns the cell styles of a workbook.
func readStyles(c *container, part string) ([]cellStyle, error) {
	r := &stylesReader{formats: map[int]value.Format{}}
	if err := c.walk(part, "styleSheet", r.read); err != nil {
		return nil, err
	}
	return r.styles(), nil
}

func (r *stylesReader) read(s *xmlscan.Scanner) error {
	r.Scanner = s
	return s.Children(func(element []byte) error {
		switch string(element) {
		case "numFmts":
			return s.Children(r.numberFormat)
		case "fonts":
			return s.Children(r.font)
		case "cellXfs":
			return s.Children(r.cell)
		}
		return nil
	})
}

// styles resolves the cell styles.
func (r *stylesReader) styles() []cellStyle {
	styles := make([]cellStyle, len(r.cells))
	for i, cell := range r.cells {
		format, ok := r.formats[cell.format]
		if !ok {
			format = value.BuiltIn(cell.format)
		}
		styles[i] = cellStyle{format: format, struck: cell.font >= 0 && cell.font < len(r.struck) && r.struck[cell.font]}
	}
	return styles
}

// number returns the value of a numeric attribute, -1 if it is absent or not a number.
func (r *stylesReader) number(attribute string) int {
	text, _ := r.Attribute(attribute)
	n, err := strconv.Atoi(string(text))
	if err != nil {
		return -1
	}
	return n
}

func (r *stylesReader) numberFormat(element []byte) error {
	if string(element) != "numFmt" {
		return nil
	}
	if len(r.formats) >= stylesMax {
		return newProblem("too-many-styles", grouped(stylesMax))
	}
	code, _ := r.Attribute("formatCode")
	r.formats[r.number("numFmtId")] = value.FormatOf(string(code[:min(len(code), formatCodeMax)]))
	return nil
}

// formatCodeMax is how many bytes of a format code are examined; programs allow 255 characters.
const formatCodeMax = 4096

func (r *stylesReader) font([]byte) error {
	if len(r.struck) >= stylesMax {
		return newProblem("too-many-styles", grouped(stylesMax))
	}
	font := len(r.struck)
	r.struck = append(r.struck, false)
	return r.Children(func(element []byte) error {
		if string(element) == "strike" {
			r.struck[font] = isOn(r.Scanner)
		}
		return nil
	})
}

// isOn reports whether the current element switches a property on, which it does
// unless its attribute val says otherwise.
func isOn(s *xmlscan.Scanner) bool {
	text, stated := s.Attribute("val")
	return !stated || isTrue(text)
}

func (r *stylesReader) cell(element []byte) error {
	if string(element) != "xf" {
		return nil
	}
	if len(r.cells) >= stylesMax {
		return newProblem("too-many-styles", grouped(stylesMax))
	}
	r.cells = append(r.cells, struct{ format, font int }{r.number("numFmtId"), r.number("fontId")})
	return nil
}
