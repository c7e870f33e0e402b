package web

import (
	"errors"
	"io"
	"net/http"
	"time"
)

// How long a form, and a file or a page, may take to transfer, so that slow clients do not hold connections for long.
const (
	formTimeout = 30 * time.Second
	fileTimeout = 10 * time.Minute
)

// timedBody is a request body with a read deadline. The deadline is lifted once the body was read whole: if it passed while the
// response is being prepared, it would cancel the request.
type timedBody struct {
	io.ReadCloser
	control *http.ResponseController
}

func newTimedBody(w http.ResponseWriter, r *http.Request, timeout time.Duration) io.ReadCloser {
	body := &timedBody{r.Body, http.NewResponseController(w)}
	deadline := time.Time{}
	if r.ContentLength != 0 {
		deadline = time.Now().Add(timeout)
	}
	_ = body.control.SetReadDeadline(deadline) // fails only without a connection, as in tests
	return body
}

// Read reads the body, and lifts the deadline at its end.
func (b *timedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if errors.Is(err, io.EOF) {
		_ = b.control.SetReadDeadline(time.Time{})
	}
	return n, err
}
