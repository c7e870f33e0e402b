package ijw

import (
	"errors"
	"io"

	"github.com/pxq-nl/pxq/billing/ijw"
)

// Sink receives the content of a message.
type Sink = ijw.Sink

// Read reads a JW301 or a JW323 into the sink and returns its kind, 0 if it is neither. The error is a *Refusal, which can
// come after any number of clients, or that of the sink; unless it is nil, nothing of the message may be taken in.
func Read(in io.Reader, sink Sink) (ijw.Kind, error) {
	r := newReader(sink)
	err := r.run(in)
	var refusal *Refusal
	if errors.As(err, &refusal) && r.failed == nil {
		r.place(refusal)
	}
	return r.kind, err
}

// Read323 reads a whole JW323 into memory.
func Read323(in io.Reader) (*ijw.Message323, error) {
	var whole whole
	if _, err := Read(in, &whole); err != nil {
		return nil, err
	}
	if whole.assigned != nil {
		return nil, refuse(OtherMessage, text("dit is een toewijzing (JW301), geen declaratie (JW323).", "this is a referral (JW301), not a declaration (JW323)."))
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
		return nil, refuse(OtherMessage, text("dit is een declaratie (JW323), geen toewijzing (JW301).", "this is a declaration (JW323), not a referral (JW301)."))
	}
	return whole.assigned, nil
}

// whole is a Sink that keeps a whole message.
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
