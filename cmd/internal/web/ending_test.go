package web_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// A server that shuts down completes the requests under way, but does not wait for streams of progress.
func TestEnding(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	c := s.as(t, "demo-regio")
	_, opened := s.open(t)
	if _, err := opened.ImportAs(t.Context(), "test", nil, day, nil); err != nil { // keeps the lock, so that the job waits
		t.Fatal(err)
	}
	job := c.posted(t, "/berekenen", url.Values{"periode": {"2026-10"}})
	here, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	cookie := c.Jar.Cookies(here)[0].String()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, end := context.WithCancel(t.Context())
	defer end()
	ended := make(chan error, 1)
	go func() { ended <- s.pages.Serve(ctx, listener) }()
	begin := func(text string) (net.Conn, *bufio.Reader) {
		connection, err := net.Dial("tcp", listener.Addr().String())
		if err == nil {
			_, err = io.WriteString(connection, text)
		}
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { connection.Close() })
		return connection, bufio.NewReader(connection)
	}
	head := "Host: x\r\nSec-Fetch-Site: same-origin\r\nCookie: " + cookie + "\r\n"
	_, looking := begin("GET " + job + "/stroom HTTP/1.1\r\n" + head + "\r\n")
	if answer, err := http.ReadResponse(looking, nil); err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("stream: %v %v", answer, err)
	}
	form := "taal=en&terug=%2Fmaand"
	halfway, answered := begin(fmt.Sprintf("POST /taal HTTP/1.1\r\n%sContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s", head, len(form), form[:5]))
	time.Sleep(200 * time.Millisecond) // until the server has accepted it
	end()
	began := time.Now()
	time.Sleep(200 * time.Millisecond)
	if _, err := io.Copy(halfway, strings.NewReader(form[5:])); err != nil {
		t.Fatal(err)
	}
	if answer, err := http.ReadResponse(answered, nil); err != nil || answer.StatusCode != http.StatusSeeOther {
		t.Errorf("what was being answered: %v %v", answer, err)
	}
	if err := <-ended; err != nil || time.Since(began) > 4*time.Second {
		t.Errorf("ended after %v: %v", time.Since(began), err)
	}
}
