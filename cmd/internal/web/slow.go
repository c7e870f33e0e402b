package web

import (
	"errors"
	"io"
	"net/http"
	"time"
)

// How long a form, and a file or a page, may be on its way: who sends or reads slowly holds nothing for long.
const (
	formPatience = 30 * time.Second
	filePatience = 10 * time.Minute
)

// hurried is a body that has to come within some time. Once it is there the connection has all the time that the answer
// takes: a deadline that passes then would end a request that is being answered.
type hurried struct {
	io.ReadCloser
	control *http.ResponseController
}

func newHurried(w http.ResponseWriter, r *http.Request, patience time.Duration) io.ReadCloser {
	body := &hurried{r.Body, http.NewResponseController(w)}
	deadline := time.Time{}
	if r.ContentLength != 0 {
		deadline = time.Now().Add(patience)
	}
	_ = body.control.SetReadDeadline(deadline) // what has no connection has no deadline
	return body
}

// Read reads on, and has no hurry any more at the end.
func (h *hurried) Read(p []byte) (int, error) {
	n, err := h.ReadCloser.Read(p)
	if errors.Is(err, io.EOF) {
		_ = h.control.SetReadDeadline(time.Time{})
	}
	return n, err
}
