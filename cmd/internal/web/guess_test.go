package web_test

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pxq-nl/pxq/cmd/internal/web/admin"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
)

// guessed returns a site with an account jansen that has a password, and the web store.
func guessed(t *testing.T) (*site, *webstore.Store) {
	t.Helper()
	s := newSite(t, 1500)
	read, store := s.opened(t)
	link, err := admin.AddAccount(t.Context(), store, read, "jansen", "Jansen", "regio", "")
	if err != nil {
		t.Fatal(err)
	}
	path := link[strings.LastIndex(link, "/uitnodiging/"):]
	const password = "correct horse battery"
	if status, body := s.as(t, "").post(t, path, url.Values{"wachtwoord": {password}, "nogmaals": {password}}.Encode()); status != http.StatusSeeOther {
		t.Fatalf("invitation: %d %s", status, body)
	}
	return s, store
}

func (c *client) guess(t *testing.T, name string) (status int, page string) {
	t.Helper()
	return c.post(t, "/aanmelden", url.Values{"naam": {name}, "wachtwoord": {"verkeerd wachtwoord"}}.Encode())
}

// The responses to an unknown name and a wrong password are the same; after five failures there is a delay, whether or not the
// account exists.
func TestGuessing(t *testing.T) {
	t.Parallel()
	s, store := guessed(t)
	c := s.as(t, "")
	said := make(map[string][]string)
	for _, name := range []string{"jansen", "bestaat.niet"} {
		say := func() {
			status, page := c.guess(t, name)
			if status != http.StatusUnprocessableEntity {
				t.Fatalf("%s: %d", name, status)
			}
			said[name] = append(said[name], strings.ReplaceAll(steady(strings.Join(matches(page, `<li><a href="#naam">([^<]*)</a>`), " ")), name, ""))
		}
		for range 5 {
			say()
		}
		for range 4 { // makes the delay long enough for a busy machine: the first ones are over before the next try
			if err := store.Failed(t.Context(), "account "+name, 5); err != nil {
				t.Fatal(err)
			}
		}
		say()
		if err := store.Succeeded(t.Context(), "address 127.0.0.1"); err != nil {
			t.Fatal(err)
		}
	}
	for i := range said["jansen"] {
		known, unknown := said["jansen"][i], said["bestaat.niet"][i]
		if waits := strings.Contains(known, "te vaak"); waits != (i == 5) || waits != strings.Contains(unknown, "te vaak") || !waits && known != unknown {
			t.Errorf("try %d: %q and %q", i+1, known, unknown)
		}
	}
}

// TestSoakGuessing checks over a thousand attempts that the median times for known and unknown names differ by at most 20 ms.
func TestSoakGuessing(t *testing.T) {
	soaking(t)
	s, store := guessed(t)
	c := s.as(t, "")
	var known, unknown []time.Duration
	for i := range 500 {
		names := []string{"jansen", "onbekend" + strconv.Itoa(i)}
		if i%2 == 1 {
			slices.Reverse(names) // the second may pay for garbage of the first
		}
		for _, name := range names {
			if err := errors.Join(store.Succeeded(t.Context(), "account "+name), store.Succeeded(t.Context(), "address 127.0.0.1")); err != nil {
				t.Fatal(err)
			}
			began := time.Now()
			c.guess(t, name)
			if took := time.Since(began); name == "jansen" {
				known = append(known, took)
			} else {
				unknown = append(unknown, took)
			}
		}
	}
	slices.Sort(known)
	slices.Sort(unknown)
	apart := (known[len(known)/2] - unknown[len(unknown)/2]).Abs()
	t.Logf("%d tries: medians %v and %v, %v apart", len(known)+len(unknown), known[len(known)/2], unknown[len(unknown)/2], apart)
	if apart > 20*time.Millisecond {
		t.Error("the time tells whether an account exists")
	}
}

// Of many passwords or codes tried at the same time no more are checked than of those tried one after another: five, before there is
// a delay.
func TestGuessingAtOnce(t *testing.T) {
	t.Parallel()
	s, _ := guessed(t)
	atOnce := func(try func(c *client) string) (looked int) {
		var all sync.WaitGroup
		var count atomic.Int64
		for range 40 {
			c := s.as(t, "")
			all.Go(func() {
				if !strings.Contains(try(c), "te vaak") {
					count.Add(1)
				}
			})
		}
		all.Wait()
		return int(count.Load())
	}
	looked := atOnce(func(c *client) string {
		_, page := c.guess(t, "jansen")
		return page
	})
	const late = 2 // the first delay, of a second, may be over before the last of them has its turn
	if looked > 5+late {
		t.Errorf("%d passwords of 40 at once were looked at", looked)
	}
	s.enrol(t, "pietersen", "regio", "")
	known := s.as(t, "")
	if status, _ := known.post(t, "/aanmelden", url.Values{"naam": {"pietersen"}, "wachtwoord": {"correct horse battery"}}.Encode()); status != http.StatusSeeOther {
		t.Fatalf("sign in: %d", status)
	}
	looked = atOnce(func(*client) string {
		_, page := known.post(t, "/aanmelden/code", url.Values{"code": {"not-one"}}.Encode())
		return page
	})
	if looked > 5+late {
		t.Errorf("%d codes of 40 at once were looked at", looked)
	}
}
