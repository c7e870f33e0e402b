package ijw

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ijw"
)

// reader reads one message, checks it against its schema and stores its values.
type reader struct {
	*scanner
	sink   Sink
	kind   ijw.Kind
	frames []frame // the open elements, from Bericht
	line   int     // of the last start tag
	failed error   // the error of the sink

	texts map[string]string // interned texts

	header      ijw.Header
	declaration ijw.Declaration
	client      *ijw.Client
	prestatie   *ijw.Prestatie
	assigned    *ijw.Message301
	assignment  *ijw.Assignment
}

// seenMax is the maximum number of interned texts.
const seenMax = 1 << 12

func newReader(sink Sink) *reader {
	return &reader{sink: sink, texts: make(map[string]string)}
}

func (r *reader) run(in io.Reader) (err error) {
	r.scanner, err = newScanner(in)
	for err == nil {
		var t token
		t, err = r.next()
		switch {
		case err != nil:
		case t == startTag:
			err = r.start()
		case t == endTag:
			err = r.end()
		default:
			return nil
		}
	}
	return err
}

// start handles a start tag, whose element must be one that can come next.
func (r *reader) start() error {
	r.line = r.TokenLine()
	if len(r.frames) == 0 {
		root, err := recognise(r.name)
		if err != nil {
			return err
		}
		r.kind = root.kind
		r.frames = append(r.frames, frame{element: root.element, line: r.line})
	} else {
		parent := &r.frames[len(r.frames)-1]
		if parent.simple != nil {
			return refuse(WrongElement, text("element %s hoort hier niet: dit element bevat een waarde. Verwijder het.",
				"element %s does not belong here: this element contains a value. Remove it."), billing.Mask(r.name.local))
		}
		entered, refusal := parent.enter(r.name)
		if refusal != nil {
			return refusal
		}
		entered.line = r.line
		r.frames = append(r.frames, entered)
	}
	current := r.frames[len(r.frames)-1].element
	if len(r.attrs) > 0 {
		if err := r.attributesOf(current); err != nil {
			return err
		}
	}
	r.text, r.collect = r.text[:0], current.simple != nil
	if current.opened != nil {
		return r.sinkError(current.opened(r))
	}
	return nil
}

// sinkError records the error of the sink, which Read must not complete with a place, even if it is a Refusal.
func (r *reader) sinkError(err error) error {
	r.failed = err
	return err
}

// end handles an end tag. The element must be complete, and its value valid for its type.
func (r *reader) end() error {
	current := &r.frames[len(r.frames)-1]
	if current.simple != nil {
		v := value{text: r.text}
		if !current.simple.parse(v.text, &v) {
			return r.wrongValue(current.element)
		}
		if current.value != nil {
			current.value(r, v)
		}
	} else if refusal := current.complete(); refusal != nil {
		refusal.Line = current.line
		return refusal
	}
	if current.closed != nil {
		if err := r.sinkError(current.closed(r)); err != nil {
			return err
		}
	}
	r.frames = r.frames[:len(r.frames)-1]
	r.collect = false
	return nil
}

// wrongValue refuses the value of an element. It does not show personal data, and masks anything that may be a BSN.
func (r *reader) wrongValue(e *element) error {
	simple := e.simple
	var refusal *Refusal
	switch {
	case len(r.text) == 0:
		refusal = refuse(WrongValue, text("het element is leeg; verwacht wordt %s. Vul een waarde in, of laat een element dat weg mag weg.",
			"the element is empty; expected %s. Fill in a value, or leave out the element if it is optional."), simple.wanted)
	case e.private:
		refusal = refuse(WrongValue, text("deze waarde mag niet; verwacht wordt %s.", "this value is not allowed; expected %s."), simple.wanted)
	default:
		refusal = refuse(WrongValue, text("‘%s’ mag niet; verwacht wordt %s.", "“%s” is not allowed; expected %s."), billing.Mask(string(r.text)), simple.wanted)
	}
	refusal.Rule = simple.rule
	return refusal
}

// place adds the line and the path where reading stopped to a refusal.
func (r *reader) place(refusal *Refusal) {
	switch refusal.Reason {
	case Unreadable, TooLarge, NotXML, WrongEncoding:
		return
	case WrongElement, WrongValue, OtherMessage:
		refusal.Line = cmp.Or(refusal.Line, r.line)
	default:
		if refusal.Line == 0 {
			refusal.Line = r.Line()
		}
	}
	if refusal.Reason != Malformed && refusal.Reason != HasDoctype {
		refusal.Path = r.path()
	}
}

// path returns the path of the current element, such as Bericht/Declaratie/Clienten/Client[2].
func (r *reader) path() string {
	var path strings.Builder
	for i := range r.frames {
		if i > 0 {
			path.WriteByte('/')
		}
		path.WriteString(r.frames[i].name.local)
		if nth := r.frames[i].nth; nth > 0 {
			fmt.Fprintf(&path, "[%d]", nth)
		}
	}
	return path.String()
}

// intern returns the text as an interned string, since most texts of a message occur many times.
func (r *reader) intern(text []byte) string {
	if seen, ok := r.texts[string(text)]; ok {
		return seen
	}
	fresh := string(text)
	if len(r.texts) < seenMax {
		r.texts[fresh] = fresh
	}
	return fresh
}

func (r *reader) number(v value) ijw.Number {
	return ijw.Number{Value: v.number, Text: r.intern(v.text)}
}

func (r *reader) day(v value) ijw.Day { return ijw.Day{Date: v.date, Text: r.intern(v.text)} }
