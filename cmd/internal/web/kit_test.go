package web_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/internal/synthetic"
	"github.com/pxq-nl/pxq/cmd/internal/web"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// day is the current day in the tests.
var day = billing.NewDate(2026, 11, 26)

// site is a trial workspace with a month in it, and a server of its pages.
type site struct {
	folder, database string
	*httptest.Server
	pages *web.Server
	end   func() error
}

// newSite generates a month, runs it, and serves its pages.
func newSite(t *testing.T, records int) *site { return newSiteWith(t, records, "", "") }

// newSiteWith is newSite with other settings and in another database; "" for those of a trial, and SQLite.
func newSiteWith(t *testing.T, records int, settings, database string) *site {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "month")
	copied := func(from string, err error) {
		t.Helper()
		if err == nil {
			err = os.CopyFS(folder, os.DirFS(from))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if settings == "" && database == "" {
		copied(computed.of(records))
		return serve(t, folder, database)
	}
	copied(generated.of(records))
	if settings != "" {
		if err := os.WriteFile(filepath.Join(folder, "pxq.toml"), []byte("trial = true\n"+settings), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := compute(folder, database, settings == ""); err != nil { // tests with other settings need no workbooks
		t.Fatal(err)
	}
	return serve(t, folder, database)
}

// compute runs the month in a folder.
func compute(folder, database string, workbooks bool) error {
	return computeOn(folder, database, day, workbooks)
}

// computeOn is compute on another day.
func computeOn(folder, database string, on billing.Date, workbooks bool) error {
	read, err := workspace.Read(folder, "")
	if err != nil {
		return err
	}
	opened, err := read.Open(context.Background(), workspace.Options{Database: database, Create: true})
	if err != nil {
		return err
	}
	_, err = opened.Run(context.Background(), workspace.RunOptions{Period: billing.PeriodOf(2026, 10), AsOf: on, NoWorkbooks: !workbooks}, nil)
	return errors.Join(err, opened.Close())
}

// months are generated once, by number of records; each test gets a copy.
type months struct {
	name   string
	mutex  sync.Mutex
	make   func(folder string, records int) error
	byRows map[int]error
}

// made is the folder that holds them until all tests are over.
var made string

var (
	generated = &months{name: "generated", make: func(folder string, records int) error {
		if err := workspace.CreateTrial(folder); err != nil {
			return err
		}
		_, err := workspace.Generate(context.Background(), folder, synthetic.Options{Records: records, Seed: 1, Period: billing.PeriodOf(2026, 10)})
		return err
	}}
	computed = &months{name: "computed", make: func(folder string, records int) error {
		from, err := generated.of(records)
		if err == nil {
			err = os.CopyFS(folder, os.DirFS(from))
		}
		if err != nil {
			return err
		}
		return compute(folder, "", true)
	}}
)

// of returns the folder of a month with the given number of records.
func (m *months) of(records int) (string, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	folder := filepath.Join(made, fmt.Sprintf("%s-%d", m.name, records))
	err, has := m.byRows[records]
	if !has {
		if m.byRows == nil {
			m.byRows = make(map[int]error)
		}
		err = m.make(folder, records)
		m.byRows[records] = err
	}
	return folder, err
}

func TestMain(m *testing.M) {
	os.Exit(func() int {
		var err error
		if made, err = os.MkdirTemp("", "pxq-web-"); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer os.RemoveAll(made)
		return m.Run()
	}())
}

// serve serves the pages of a workspace.
func serve(t *testing.T, folder, database string) *site {
	t.Helper()
	server := httptest.NewUnstartedServer(nil)
	pages, err := web.New(context.Background(), web.Options{Path: folder, Database: database, Listen: server.Listener.Addr().String(), Today: func() billing.Date { return day }, Log: os.Stderr, PerSecond: 100_000})
	if err != nil {
		t.Fatal(err)
	}
	server.Config.Handler = pages.Handler()
	server.Start()
	s := &site{folder, database, server, pages, sync.OnceValue(func() error {
		server.Close()
		return pages.Close()
	})}
	t.Cleanup(func() { s.stop(t) })
	return s
}

// stop stops the server.
func (s *site) stop(t *testing.T) {
	t.Helper()
	if err := s.end(); err != nil {
		t.Error(err)
	}
}

// client is an HTTP client with its own session.
type client struct {
	*http.Client
	*site
}

// as returns a client that is signed in with a demo account; "" for one that is not signed in.
func (s *site) as(t *testing.T, account string) *client {
	t.Helper()
	c := &client{&http.Client{Jar: newJar(t), Timeout: time.Minute, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}, s}
	if account != "" {
		if status, _ := c.post(t, "/aanmelden/demo", "account="+account); status != http.StatusSeeOther {
			t.Fatalf("%s cannot sign in: %d", account, status)
		}
	}
	return c
}
func newJar(t *testing.T) http.CookieJar {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return jar
}

// do sends a request and returns the status and the body.
func (c *client) do(t *testing.T, method, path, form string) (int, string) {
	t.Helper()
	request, err := http.NewRequest(method, c.URL+path, strings.NewReader(form))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	if method == http.MethodPost {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	answer, err := c.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(body)
}

func (c *client) get(t *testing.T, path string) (int, string) {
	return c.do(t, http.MethodGet, path, "")
}

func (c *client) post(t *testing.T, path, form string) (int, string) {
	return c.do(t, http.MethodPost, path, form)
}

// upload uploads files, each a name and a content, and returns the address of their page.
func (c *client) upload(t *testing.T, files ...string) string {
	t.Helper()
	status, location := c.postFile(t, "/aanleveren", files...)
	if status != http.StatusSeeOther {
		t.Fatalf("upload %q: %d", files[0], status)
	}
	return location
}

// postFile sends a form with files, each a name and a content, and returns the status and the address of a redirect.
func (c *client) postFile(t *testing.T, path string, files ...string) (status int, location string) {
	t.Helper()
	answer, _ := c.sendFiles(t, path, files...)
	return answer.StatusCode, answer.Header.Get("Location")
}

// sendFiles does the same, and returns the whole answer and its page.
func (c *client) sendFiles(t *testing.T, path string, files ...string) (answer *http.Response, page string) {
	t.Helper()
	form := ""
	for file := range slices.Chunk(files, 2) {
		form += "--b\r\nContent-Disposition: form-data; name=\"bestand\"; filename=\"" + file[0] + "\"\r\n\r\n" + file[1] + "\r\n"
	}
	form += "--b--\r\n"
	request, err := http.NewRequest(http.MethodPost, c.URL+path, strings.NewReader(form))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "multipart/form-data; boundary=b")
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	answer, err = c.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer, string(body)
}

// until reloads a page until a text is no longer on it, and returns the page.
func (c *client) until(t *testing.T, path, gone string) string {
	t.Helper()
	body := ""
	for ends := time.Now().Add(2 * time.Minute); time.Now().Before(ends); time.Sleep(25 * time.Millisecond) {
		if _, body = c.get(t, path); !strings.Contains(body, gone) {
			return body
		}
	}
	t.Fatalf("%s still says %q", path, gone)
	return body
}

// idle waits until none of the jobs that the account can see is waiting or under way.
func (c *client) idle(t *testing.T) {
	t.Helper()
	c.until(t, "/taken", "data-stream")
}

// matches returns what the first group of a pattern matches in a text, for each match.
func matches(text, pattern string) []string {
	var found []string
	for _, match := range regexp.MustCompile(pattern).FindAllStringSubmatch(text, -1) {
		found = append(found, match[1])
	}
	return found
}

// open opens the workspace of the site next to the server, until the test ends.
func (s *site) open(t *testing.T) (*workspace.Folder, *workspace.Workspace) {
	t.Helper()
	read, err := workspace.Read(s.folder, "")
	if err != nil {
		t.Fatal(err)
	}
	opened, err := read.Open(t.Context(), workspace.Options{Database: s.database})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { opened.Close() })
	return read, opened
}

// trail returns the audit trail of the workspace, one entry per line.
func (s *site) trail(t *testing.T) string {
	t.Helper()
	_, opened := s.open(t)
	trail, err := opened.Trail(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%+v", trail.Commands)
}
