package site

import (
	"fmt"
	"net/http"
	"time"
)

// Streamed is what a page is told while it waits.
type Streamed struct {
	State   string `json:"state"`
	Step    string `json:"step"`
	Percent int64  `json:"percent"`
	Over    bool   `json:"over"`
	Message string `json:"message,omitempty"`
}

// listens is how long what is sent to a page may be on its way.
const listens = time.Minute

// Stream sends states as they change, at most twice a second, until it is over or nobody listens.
func (s *Site) Stream(w http.ResponseWriter, r *http.Request, look func() (state any, over bool, err error)) error {
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no")
	control := http.NewResponseController(w)
	last := ""
	for quiet := 0; ; quiet++ {
		state, over, err := look()
		if err != nil {
			return nil //nolint:nilerr // the page asks again
		}
		if text := AsJSON(state); text != last || quiet >= 30 {
			last, quiet = text, 0
			_ = control.SetWriteDeadline(time.Now().Add(listens)) // what has no connection of its own has no deadline either
			if _, err := fmt.Fprintf(w, "data: %s\n\n", text); err != nil {
				return nil //nolint:nilerr // nobody listens any more
			}
			if err := control.Flush(); err != nil {
				return nil //nolint:nilerr // nobody listens any more
			}
		}
		if over {
			return nil
		}
		select {
		case <-r.Context().Done():
			return nil
		case <-s.ending:
			return nil
		case <-time.After(500 * time.Millisecond):
		}
	}
}
