package ijw

import (
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ijw"
)

// element is an element of a schema: one that holds text of a simple type, or other elements in a fixed order.
type element struct {
	name     name
	typeName string      // name of the type; "" for an anonymous type
	typeIn   string      // namespace of the type
	simple   *simpleType // nil if it holds elements
	children []child
	private  bool // its value is personal data, which messages never show

	// Callbacks of the reader; each may be nil.
	opened func(*reader) error  // at the start tag
	value  func(*reader, value) // with the value, if the type is simple
	closed func(*reader) error  // at the end tag
}

// child is an element inside another.
type child struct {
	*element
	optional bool
	repeated bool // may occur more than once
}

// simpleType is a type of text in a schema (LDT_…).
type simpleType struct {
	name   string       // in the shared schema
	rule   string       // the rule of the standard that requires the same, "" if none does
	wanted billing.Text // what is expected, for messages
	parse  func(text []byte, v *value) bool
}

// value is the text of an element, with the number, date or time that it denotes if its type is such.
type value struct {
	text   []byte // valid until the next tag
	number int64
	date   billing.Date
	clock  ijw.ClockText
}

// tree makes the elements of a schema in one namespace: that of a message, or the shared one.
type tree struct{ space string }

// text returns an element of a simple type; take, which may be nil, stores its value.
func (t tree) text(local string, simple *simpleType, take func(*reader, value)) child {
	return child{element: &element{name: name{t.space, local}, typeName: simple.name, typeIn: ijw.SharedSpace, simple: simple, value: take}}
}

// of returns an element of a composed type of the shared schema.
func (t tree) of(local, typeName string, children ...child) child {
	return child{element: &element{name: name{t.space, local}, typeName: typeName, typeIn: ijw.SharedSpace, children: children}}
}

// own returns an element of a composed type of the message's own schema.
func (t tree) own(local, typeName string, children ...child) child {
	return child{element: &element{name: name{t.space, local}, typeName: typeName, typeIn: t.space, children: children}}
}

// maybe makes the element optional.
func maybe(c child) child {
	c.optional = true
	return c
}

// many allows the element to be repeated.
func many(c child) child {
	c.repeated = true
	return c
}

// nameless makes the type of the element anonymous, so that no xsi:type can name it.
func nameless(c child) child {
	c.typeName = ""
	return c
}

// personal marks the values of the element and its descendants as personal data.
func personal(c child) child {
	c.private = true
	for _, below := range c.children {
		personal(below)
	}
	return c
}

// frame is an open element and the position in its content.
type frame struct {
	*element
	next  int // index in children of the last child that occurred, or else of the first expected one
	count int // how many times children[next] has occurred
	line  int // of its start tag
	nth   int // its position among the repetitions in its parent, from 1; 0 if it cannot be repeated
}

// enter returns a frame for the child of this name and advances to it; a refusal if it cannot come next.
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

// complete returns a refusal if a mandatory child is missing at the end of the element; else nil.
func (f *frame) complete() *Refusal {
	for i := f.next; i < len(f.children); i++ {
		if c := &f.children[i]; !c.optional && (i != f.next || f.count == 0) {
			return refuse(WrongElement, text("element %s ontbreekt. Vul het aan.", "element %s is missing. Add it."), c.name.local)
		}
	}
	return nil
}

// unexpected refuses an element that cannot come next, and says which elements could.
func (f *frame) unexpected(n *name) *Refusal {
	shown := billing.Mask(n.local)
	var wanted []string
	for i := f.next; i < len(f.children); i++ {
		c := &f.children[i]
		if c.name.local == n.local && (i != f.next || f.count == 0 || c.repeated) {
			return refuse(WrongElement, text("element %[1]s staat in de naamruimte ‘%[2]s’ en hoort in %[3]s. Maak het bericht aan volgens het schema van iJw 3.2.",
				"element %[1]s is in the namespace “%[2]s” but belongs in %[3]s. Create the message according to the iJw 3.2 schema."),
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
			"element %s does not belong here; nothing may follow. Remove it."), shown)
	}
	return refuse(WrongElement, text("element %[1]s hoort hier niet; verwacht wordt %[2]s. Zet de elementen in de volgorde van het schema van iJw 3.2.",
		"element %[1]s does not belong here; expected %[3]s. Put the elements in the order of the iJw 3.2 schema."),
		shown, strings.Join(wanted, " of "), strings.Join(wanted, " or "))
}
