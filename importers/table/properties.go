package table

import "strings"

// The marks by which pxq knows the workbooks that it wrote itself.
const (
	kindProperty = "pxq-kind"
	kindPrefix   = "pxq:"
	kindName     = "pxq_kind_"
)

// markedKind reads the mark from the document properties. The custom property
// goes before the category. Where a program has dropped them, a defined name of
// the workbook tells: see readWorkbook.
func markedKind(c *container) (string, error) {
	root, err := c.relationships("")
	if err != nil {
		return "", err
	}
	var kind string
	for _, r := range root {
		switch {
		case r.is("custom-properties"), r.is("customProperties"):
			var document struct {
				Properties []struct {
					Name string `xml:"name,attr"`
					Text string `xml:"lpwstr"`
				} `xml:"property"`
			}
			if err := c.decode(r.Target, &document); err != nil {
				return "", err
			}
			for _, p := range document.Properties {
				if p.Name == kindProperty && strings.TrimSpace(p.Text) != "" {
					return strings.TrimSpace(p.Text), nil
				}
			}
		case r.is("core-properties"), r.is("coreProperties"):
			var document struct {
				Category string `xml:"category"`
			}
			if err := c.decode(r.Target, &document); err != nil {
				return "", err
			}
			if rest, marked := strings.CutPrefix(strings.TrimSpace(document.Category), kindPrefix); marked {
				kind = strings.TrimSpace(rest)
			}
		}
	}
	return kind, nil
}
