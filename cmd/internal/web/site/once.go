package site

import "net/http"

// AnsweredOnce gives each request one answer: a session is kept while what a handler answers is written, and when that fails
// nothing of it may stand behind the page of the error.
func AnsweredOnce(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { next.ServeHTTP(&onceAnswered{ResponseWriter: w}, r) })
}

// onceAnswered writes an answer until an error took its place.
type onceAnswered struct {
	http.ResponseWriter
	failed bool
}

// WriteHeader begins the answer.
func (o *onceAnswered) WriteHeader(status int) {
	if !o.failed {
		o.ResponseWriter.WriteHeader(status)
	}
}

// Write writes a part of the answer.
func (o *onceAnswered) Write(part []byte) (int, error) {
	if o.failed {
		return len(part), nil
	}
	return o.ResponseWriter.Write(part)
}

// Unwrap is for http.ResponseController.
func (o *onceAnswered) Unwrap() http.ResponseWriter { return o.ResponseWriter }

// failWithoutSession answers when a session cannot be read or kept, in place of what a handler was about to answer.
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
