package ijw

import (
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ijw"
)

// element is an element of a schema: one that holds text of a simple type, or other elements in a fixed order.
type element struct {
	name     name
	typeName string      // in the namespace of typeSpace; "" for a type without name
	typeIn   string      // the namespace of the type
	simple   *simpleType // nil when it holds elements
	children []child
	private  bool // its value is data of a person: never shown

	// What the reader does with it; each may be nil.
	opened func(*reader) error  // at its start tag
	value  func(*reader, value) // with the value of a simple type
	closed func(*reader) error  // at its end tag
}

// child is an element in the order of another.
type child struct {
	*element
	optional bool
	repeated bool // once or more; else once at most
}

// simpleType is a type of text in a schema (LDT_…).
type simpleType struct {
	name   string       // in the shared schema
	rule   string       // the rule of the standard that says the same, "" if none does
	wanted billing.Text // what is expected, for people
	parse  func(text []byte, v *value) bool
}

// value is the text of an element, and what it means by its type.
type value struct {
	text   []byte // valid until the next tag
	number int64
	date   billing.Date
	clock  ijw.ClockText
}

// tree helps to write a schema down: its elements are of the message's namespace, or of the shared one.
type tree struct{ space string }

// text makes an element of a simple type in the message's namespace.
func (t tree) text(local string, simple *simpleType, take func(*reader, value)) child {
	return child{element: &element{name: name{t.space, local}, typeName: simple.name, typeIn: ijw.SharedSpace, simple: simple, value: take}}
}

// of makes an element of a composed type of the shared schema.
func (t tree) of(local, typeName string, children ...child) child {
	return child{element: &element{name: name{t.space, local}, typeName: typeName, typeIn: ijw.SharedSpace, children: children}}
}

// own makes an element of a composed type of the message's own schema.
func (t tree) own(local, typeName string, children ...child) child {
	return child{element: &element{name: name{t.space, local}, typeName: typeName, typeIn: t.space, children: children}}
}

// maybe says that the element may be absent.
func maybe(c child) child {
	c.optional = true
	return c
}

// many says that the element stands once or more.
func many(c child) child {
	c.repeated = true
	return c
}

// nameless says that the element's type is a restriction without a name, so that no xsi:type can name it.
func nameless(c child) child {
	c.typeName = ""
	return c
}

// personal says that the values of the element and all below it are data of a person.
func personal(c child) child {
	c.private = true
	for _, below := range c.children {
		personal(below)
	}
	return c
}

// frame is an open element with how far its content has come.
type frame struct {
	*element
	next  int // index in children of what stood last, or of what is expected
	count int // how often children[next] stood already
	line  int // of its start tag
	nth   int // which of its kind it is in its parent, from 1; 0 when it does not repeat
}

// enter finds the element of that name among those that can come next, and notes that it stands there.
func (f *frame) enter(n *name) (frame, *Refusal) {
	for i := f.next; i < len(f.children); i++ {
		c := &f.children[i]
		if c.name == *n {
			if i != f.next {
				f.next, f.count = i, 0
			}
			if f.count > 0 && !c.repeated {
				break
			}
			f.count++
			entered := frame{element: c.element}
			if c.repeated {
				entered.nth = f.count
			}
			return entered, nil
		}
		if !c.optional && (i != f.next || f.count == 0) {
			break
		}
	}
	return frame{}, f.unexpected(n)
}

// complete reports what is missing when the element ends here.
func (f *frame) complete() *Refusal {
	for i := f.next; i < len(f.children); i++ {
		if c := &f.children[i]; !c.optional && (i != f.next || f.count == 0) {
			return refuse(WrongElement, text("element %s ontbreekt. Vul het aan.", "element %s is missing. Add it."), c.name.local)
		}
	}
	return nil
}

// unexpected refuses an element that cannot stand here, and says which could.
func (f *frame) unexpected(n *name) *Refusal {
	shown := billing.Mask(n.local)
	var wanted []string
	for i := f.next; i < len(f.children); i++ {
		c := &f.children[i]
		if c.name.local == n.local && (i != f.next || f.count == 0 || c.repeated) {
			return refuse(WrongElement, text("element %[1]s staat in de naamruimte ‘%[2]s’ en hoort in %[3]s. Maak het bericht aan volgens het schema van iJw 3.2.",
				"element %[1]s is in the namespace “%[2]s” and belongs in %[3]s. Make the message by the schema of iJw 3.2."),
				shown, billing.Mask(n.space), c.name.space)
		}
		if i != f.next || f.count == 0 || c.repeated {
			wanted = append(wanted, c.name.local)
		}
		if !c.optional && (i != f.next || f.count == 0) {
			break
		}
	}
	if len(wanted) == 0 {
		return refuse(WrongElement, text("element %s hoort hier niet; hierna volgt niets meer. Verwijder het.",
			"element %s does not belong here; nothing follows any more. Remove it."), shown)
	}
	return refuse(WrongElement, text("element %[1]s hoort hier niet; verwacht wordt %[2]s. Zet de elementen in de volgorde van het schema van iJw 3.2.",
		"element %[1]s does not belong here; expected is %[3]s. Put the elements in the order of the schema of iJw 3.2."),
		shown, strings.Join(wanted, " of "), strings.Join(wanted, " or "))
}
