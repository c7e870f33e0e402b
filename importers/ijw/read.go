package ijw

import (
	"errors"
	"io"

	"github.com/pxq-nl/pxq/billing/ijw"
)

// Sink takes what is read.
type Sink = ijw.Sink

// Read reads a JW301 or a JW323 to the end of the file, and says which of the two it is; 0 when it is neither. Nothing of it
// may be taken in unless the error is nil: it is a *Refusal that can come after any number of clients, or an error of the
// sink.
func Read(in io.Reader, sink Sink) (ijw.Kind, error) {
	r := newReader(sink)
	err := r.run(in)
	var refusal *Refusal
	if errors.As(err, &refusal) && r.failed == nil {
		r.place(refusal)
	}
	return r.kind, err
}

// Read323 reads a JW323 into memory as a whole.
func Read323(in io.Reader) (*ijw.Message323, error) {
	var whole whole
	if _, err := Read(in, &whole); err != nil {
		return nil, err
	}
	if whole.assigned != nil {
		return nil, refuse(OtherMessage, text("dit is een toewijzing (JW301), geen declaratie (JW323).", "this is an assignment (JW301), no declaration (JW323)."))
	}
	return &whole.declared, nil
}

// Read301 reads a JW301.
func Read301(in io.Reader) (*ijw.Message301, error) {
	var whole whole
	if _, err := Read(in, &whole); err != nil {
		return nil, err
	}
	if whole.assigned == nil {
		return nil, refuse(OtherMessage, text("dit is een declaratie (JW323), geen toewijzing (JW301).", "this is a declaration (JW323), no assignment (JW301)."))
	}
	return whole.assigned, nil
}

// whole keeps a message.
type whole struct {
	declared ijw.Message323
	assigned *ijw.Message301
}

func (w *whole) Declaration(header ijw.Header, declaration ijw.Declaration) error {
	w.declared.Header, w.declared.Declaration = header, declaration
	return nil
}

func (w *whole) Client(client *ijw.Client) error {
	w.declared.Clients = append(w.declared.Clients, *client)
	return nil
}

func (w *whole) Assigned(message *ijw.Message301) error {
	w.assigned = message
	return nil
}
