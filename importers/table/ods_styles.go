package table

import (
	"github.com/pxq-nl/pxq/importers/internal/xmlscan"
	"github.com/pxq-nl/pxq/importers/table/internal/value"
)

// documentStyles are the styles of an OpenDocument workbook, by name. A style
// inherits from its parent what it does not set itself.
type documentStyles struct {
	meter   *meter
	count   int
	formats map[string]value.Format // number formats
	cells   map[string]documentStyle
	texts   map[string]bool // text styles: whether they strike through
	hidden  map[string]bool // sheet styles: whether they hide the sheet

	resolved map[string]*resolvedStyle
	last     *resolvedStyle // the most recently used one
}

// resolvedStyle is a cell style with everything it inherits.
type resolvedStyle struct {
	name string
	cellStyle
}

// documentStyle is a cell style as written, without what it inherits.
type documentStyle struct {
	parent, format string // names, "" for none
	strikes        bool   // the style sets struck
	struck         bool   // text is struck through
}

func newDocumentStyles(m *meter) *documentStyles {
	return &documentStyles{
		meter: m, formats: map[string]value.Format{}, cells: map[string]documentStyle{}, texts: map[string]bool{}, hidden: map[string]bool{},
		resolved: map[string]*resolvedStyle{},
	}
}

// read reads the styles in the open element.
func (d *documentStyles) read(s *xmlscan.Named) error {
	return s.Children(func(element string) error {
		if d.count++; d.count > stylesMax {
			return newProblem("too-many-styles", grouped(stylesMax))
		}
		var err error
		switch element {
		case "style:style":
			err = d.style(s)
		case "style:default-style":
			if string(s.Value("style:family")) == "table-cell" {
				err = d.cell(s, "")
			}
		case "number:date-style":
			err = d.format(s, value.Date)
		case "number:time-style":
			format := value.Time
			if string(s.Value("number:truncate-on-overflow")) == "false" {
				format = value.Duration
			}
			err = d.format(s, format)
		case "number:number-style", "number:percentage-style", "number:currency-style", "number:boolean-style", "number:text-style":
			err = d.format(s, value.Plain)
		}
		return err
	})
}

func (d *documentStyles) format(s *xmlscan.Named, format value.Format) error {
	name, err := d.meter.keep(s.Value("style:name"))
	d.formats[name] = format
	return err
}

// style reads a style if its family is relevant.
func (d *documentStyles) style(s *xmlscan.Named) error {
	family := string(s.Value("style:family"))
	if family != "table-cell" && family != "text" && family != "table" {
		return nil
	}
	name, err := d.meter.keep(s.Value("style:name"))
	if err != nil {
		return err
	}
	switch family {
	case "table-cell":
		return d.cell(s, name)
	case "text":
		_, struck, err := strike(s)
		d.texts[name] = struck
		return err
	}
	return s.Children(func(element string) error {
		if element == "style:table-properties" && string(s.Value("table:display")) == "false" {
			d.hidden[name] = true
		}
		return nil
	})
}

func (d *documentStyles) cell(s *xmlscan.Named, name string) error {
	var style documentStyle
	var err error
	if style.parent, err = d.meter.keep(s.Value("style:parent-style-name")); err != nil {
		return err
	}
	if style.format, err = d.meter.keep(s.Value("style:data-style-name")); err != nil {
		return err
	}
	style.strikes, style.struck, err = strike(s)
	d.cells[name] = style
	return err
}

// strike reports whether a style sets strike-through, and to what.
func strike(s *xmlscan.Named) (says, struck bool, err error) {
	err = s.Children(func(element string) error {
		if element != "style:text-properties" {
			return nil
		}
		for _, name := range []string{"style:text-line-through-style", "style:text-line-through-type"} {
			if line := s.Value(name); len(line) > 0 {
				says, struck = true, string(line) != "none"
			}
		}
		return nil
	})
	return says, struck, err
}

// parentsMax is the longest chain of styles that inherit from each other.
const parentsMax = 32

// of returns the cell style of this name with everything it inherits.
func (d *documentStyles) of(name []byte) cellStyle {
	if d.last != nil && string(name) == d.last.name {
		return d.last.cellStyle
	}
	if style := d.resolved[string(name)]; style != nil {
		d.last = style
		return style.cellStyle
	}
	var style cellStyle
	hasFormat, strikes := false, false
	at := string(name)
	for range parentsMax {
		written, known := d.cells[at]
		if !known {
			written = d.cells[""] // the default style
		}
		if format, known := d.formats[written.format]; known && !hasFormat {
			style.format, hasFormat = format, true
		}
		if written.strikes && !strikes {
			style.struck, strikes = written.struck, true
		}
		if at == "" || !known {
			break
		}
		at = written.parent
	}
	if _, known := d.cells[string(name)]; known {
		d.resolved[string(name)] = &resolvedStyle{string(name), style} // so never more than there are styles
	}
	return style
}

// isHidden reports whether the sheet style of this name hides the sheet.
func (d *documentStyles) isHidden(name []byte) bool { return d.hidden[string(name)] }

// strikes reports whether the text style of this name strikes text through.
func (d *documentStyles) strikes(name []byte) bool { return d.texts[string(name)] }
