package site

import (
	"fmt"
	"net/http"
	"time"
)

// Streamed is the state of a check or a job as sent to a waiting page.
type Streamed struct {
	State   string `json:"state"`
	Step    string `json:"step"`
	Percent int64  `json:"percent"`
	Over    bool   `json:"over"`
	Message string `json:"message,omitempty"`
}

// partTimeout is the time within which a client must read each part that is sent.
const partTimeout = time.Minute

// Stream sends states as server-sent events: it calls look twice a second and sends what changed, and repeats an unchanged state
// every 15 seconds. It returns when look reports that the work is over or fails, when the client goes away, or when the server
// shuts down.
func (s *Site) Stream(w http.ResponseWriter, r *http.Request, look func() (state any, over bool, err error)) error {
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no")
	control := http.NewResponseController(w)
	last := ""
	for quiet := 0; ; quiet++ {
		state, over, err := look()
		if err != nil {
			return nil //nolint:nilerr // the browser reconnects
		}
		if text := AsJSON(state); text != last || quiet >= 30 {
			last, quiet = text, 0
			_ = control.SetWriteDeadline(time.Now().Add(partTimeout)) // fails only without a connection, as in tests
			if _, err := fmt.Fprintf(w, "data: %s\n\n", text); err != nil {
				return nil //nolint:nilerr // the client went away
			}
			if err := control.Flush(); err != nil {
				return nil //nolint:nilerr // the client went away
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
