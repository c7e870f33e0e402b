package site

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"
)

// stamp returns a hash of style and script, which distinguishes builds.
var stamp = sync.OnceValue(func() string {
	sum := sha256.New()
	for _, name := range []string{"static/pxq.css", "static/pxq.js"} {
		content, _ := staticContent.ReadFile(name)
		sum.Write(content)
	}
	return hex.EncodeToString(sum.Sum(nil)[:6])
})

// StaticFiles returns the handler of the style, the script, the icon and the theme.
func (s *Site) StaticFiles() http.Handler {
	kinds := map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
	began := time.Now()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := path.Base(r.URL.Path)
		content, err := staticContent.ReadFile("static/" + name)
		if name == "theme.css" && len(s.theme) > 0 {
			content, err = s.theme, nil
		}
		if err != nil {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", kinds[path.Ext(name)])
		if small := compressed()[name]; small != nil && name != "theme.css" && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			w.Header().Set("Content-Encoding", "gzip")
			content = small
		}
		w.Header().Set("Vary", "Accept-Encoding")
		w.Header().Set("Cache-Control", "public, max-age=86400")
		http.ServeContent(w, r, "", began, bytes.NewReader(content))
	})
}

// compressed returns style and script compressed with gzip. Pages are not compressed: they hold text from the request next to
// secrets, which the compressed size would betray (BREACH). It compresses on first use, so that commands without pages do not
// wait for it.
var compressed = sync.OnceValue(func() map[string][]byte {
	small := make(map[string][]byte)
	for _, name := range []string{"pxq.css", "pxq.js"} {
		content, _ := staticContent.ReadFile("static/" + name)
		var out bytes.Buffer
		press, _ := gzip.NewWriterLevel(&out, gzip.BestCompression)
		press.Write(content) //nolint:errcheck // a bytes.Buffer does not fail
		press.Close()        //nolint:errcheck // a bytes.Buffer does not fail
		small[name] = out.Bytes()
	}
	return small
})
