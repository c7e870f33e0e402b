package ijw

import (
	"strings"

	"github.com/pxq-nl/pxq/billing"
)

// attributesOf checks the attributes of the current element. The schemas define none; of those that XML Schema allows
// everywhere (xsi:…), a type must be that of the element, and nil is not allowed.
func (r *reader) attributesOf(e *element) error {
	for _, a := range r.attrs {
		if a.name.space != instanceSpace {
			return refuse(WrongContent, text("attribuut %s hoort hier niet. Verwijder het.", "attribute %s does not belong here. Remove it."), billing.Mask(a.name.local))
		}
		switch a.name.local {
		case "schemaLocation", "noNamespaceSchemaLocation":
		case "type":
			if !r.isType(e, a.value) {
				return refuse(WrongContent, text("xsi:type ‘%s’ is niet het type van dit element. Verwijder het attribuut.",
					"xsi:type “%s” is not the type of this element. Remove the attribute."), billing.Mask(a.value))
			}
		default:
			return refuse(WrongContent, text("xsi:%s mag niet bij dit element. Verwijder het attribuut.", "xsi:%s is not allowed on this element. Remove the attribute."), billing.Mask(a.name.local))
		}
	}
	return nil
}

// isType reports whether the text names the type of the element.
func (r *reader) isType(e *element, text string) bool {
	prefix, local, found := strings.Cut(strings.Trim(text, " \t\r\n"), ":")
	if !found {
		prefix, local = "", prefix
	}
	space, _ := r.spaces.lookup(prefix)
	return e.typeName != "" && local == e.typeName && space == e.typeIn
}
