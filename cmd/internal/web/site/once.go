package site

import "net/http"

// AnsweredOnce makes sure that each request gets one response. The session is stored when the handler starts to write its
// response; if that fails, an error page is sent instead, and what the handler still writes must not follow it.
func AnsweredOnce(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { next.ServeHTTP(&onceAnswered{ResponseWriter: w}, r) })
}

// onceAnswered passes on what a handler writes, until failed is set; it discards the rest.
type onceAnswered struct {
	http.ResponseWriter
	failed bool
}

// WriteHeader writes the status, unless an error page was sent.
func (o *onceAnswered) WriteHeader(status int) {
	if !o.failed {
		o.ResponseWriter.WriteHeader(status)
	}
}

// Write writes a part of the response, unless an error page was sent.
func (o *onceAnswered) Write(part []byte) (int, error) {
	if o.failed {
		return len(part), nil
	}
	return o.ResponseWriter.Write(part)
}

// Unwrap is for http.ResponseController.
func (o *onceAnswered) Unwrap() http.ResponseWriter { return o.ResponseWriter }

// failWithoutSession sends an error page instead of the response of the handler when the session cannot be read or stored.
func (s *Site) failWithoutSession(w http.ResponseWriter, r *http.Request, err error) {
	once, ok := w.(*onceAnswered)
	if !ok {
		s.Fail(w, r, err)
		return
	}
	for _, of := range []string{"Location", "Content-Type", "Content-Length", "Content-Disposition", "Content-Encoding", "Accept-Ranges", "Etag", "Last-Modified"} {
		once.Header().Del(of)
	}
	s.Fail(once.ResponseWriter, r, err)
	once.failed = true
}
