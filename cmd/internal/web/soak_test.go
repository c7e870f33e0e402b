package web_test

import (
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pxq-nl/pxq/billing"
)

// soaking returns the duration of a test of make soak; otherwise it skips the test.
func soaking(t *testing.T) time.Duration {
	t.Helper()
	if os.Getenv("PXQ_SOAK") == "" {
		t.Skip("PXQ_SOAK is not set: see make soak")
	}
	long, err := time.ParseDuration(os.Getenv("PXQ_SOAK"))
	if err != nil {
		t.Fatal(err)
	}
	return long
}

// soakSite returns the workspace that PXQ_MONTH names, already run, or a new month with the given number of records.
func soakSite(t *testing.T, records int) *site {
	t.Helper()
	if folder := os.Getenv("PXQ_MONTH"); folder != "" {
		return serve(t, folder, "")
	}
	if text := os.Getenv("PXQ_RECORDS"); text != "" {
		var err error
		if records, err = strconv.Atoi(text); err != nil {
			t.Fatal(err)
		}
	}
	return newSite(t, records)
}

// timings collects the durations of requests.
type timings struct {
	mutex  sync.Mutex
	took   []time.Duration
	byPath map[string][]time.Duration
	failed []string
}

func (m *timings) add(path string, took time.Duration, status int) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if m.byPath == nil {
		m.byPath = make(map[string][]time.Duration)
	}
	path, _, _ = strings.Cut(path, "?")
	m.took, m.byPath[path] = append(m.took, took), append(m.byPath[path], took)
	if status != http.StatusOK {
		m.failed = append(m.failed, path+" "+strconv.Itoa(status))
	}
}

// p95 returns the 95th percentile.
func p95(took []time.Duration) time.Duration {
	if len(took) == 0 {
		return 0
	}
	slices.Sort(took)
	return took[min(len(took)-1, len(took)*95/100)]
}

// Fifty people of all roles request pages, each every five seconds: 95 % of the requests are answered within 200 ms, and within
// 500 ms during a run. None fails.
func TestSoakFiftyPeople(t *testing.T) {
	long := soaking(t)
	s := soakSite(t, 100_000)
	quiet := s.crowd(t, 50, long/2, nil)
	t.Logf("alone: %d requests, p95 %v", len(quiet.took), p95(quiet.took))
	busy := s.crowd(t, 50, long/2, func() {
		s.otherPolicy(t) // without a change the run would judge nobody
		c := s.as(t, "demo-regio")
		if status, _ := c.post(t, "/berekenen", "periode="+billing.PeriodOf(2026, 10).String()); status != http.StatusSeeOther {
			t.Errorf("run: %d", status)
		}
	})
	t.Logf("beside a run: %d requests, p95 %v", len(busy.took), p95(busy.took))
	for name, m := range map[string]*timings{"alone": quiet, "beside a run": busy} {
		for path, took := range m.byPath {
			t.Logf("%s %s: %d, p95 %v", name, path, len(took), p95(took))
		}
		if len(m.failed) > 0 {
			t.Errorf("%s: %d failed: %v", name, len(m.failed), m.failed[:min(5, len(m.failed))])
		}
	}
	if p95(quiet.took) > 200*time.Millisecond || p95(busy.took) > 500*time.Millisecond {
		t.Error("too slow")
	}
}

// otherPolicy changes the policy without effect on any outcome, so that the next run judges everyone.
func (s *site) otherPolicy(t *testing.T) {
	t.Helper()
	path := filepath.Join(s.folder, "pxq.toml")
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.ReplaceAll(string(content), "look_ahead_months = 2\n", "")
	if text == string(content) {
		text = strings.Replace(text, "[policy]\n", "[policy]\nlook_ahead_months = 2\n", 1)
	}
	if text == string(content) {
		text += "\n[policy]\nlook_ahead_months = 2\n"
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// crowd lets a number of people request the pages of their roles for some time; begin starts what runs concurrently.
func (s *site) crowd(t *testing.T, people int, long time.Duration, begin func()) *timings {
	t.Helper()
	m := &timings{}
	var accounts []string
	for account := range pathsOf {
		accounts = append(accounts, account)
	}
	slices.Sort(accounts)
	until := time.Now().Add(long)
	var crowd sync.WaitGroup
	for i := range people {
		account := accounts[i%len(accounts)]
		c := s.as(t, account)
		crowd.Go(func() {
			paths := slices.DeleteFunc(slices.Clone(pathsOf[account]), func(path string) bool { return path == "/is-er-niet" })
			time.Sleep(time.Duration(rand.IntN(5000)) * time.Millisecond)
			for time.Now().Before(until) {
				path := paths[rand.IntN(len(paths))]
				began := time.Now()
				status, err := c.status(path)
				if err != nil {
					status = 0
				}
				m.add(path, time.Since(began), status)
				time.Sleep(5*time.Second - time.Since(began))
			}
		})
	}
	if begin != nil {
		begin()
	}
	crowd.Wait()
	return m
}

// status requests a page, follows redirects, and returns the status.
func (c *client) status(path string) (int, error) {
	for range 3 {
		answer, err := c.Get(c.URL + path)
		if err != nil {
			return 0, err
		}
		answer.Body.Close()
		if answer.StatusCode != http.StatusSeeOther {
			return answer.StatusCode, nil
		}
		path = answer.Header.Get("Location")
	}
	return 0, nil
}
