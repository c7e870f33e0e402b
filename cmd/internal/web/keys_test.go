package web_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pxq-nl/pxq/cmd/internal/web/browsertest"
)

// must fails the test if a step in the browser failed.
func (l *looker) must(err error) {
	l.Helper()
	if err != nil {
		l.Fatal(err)
	}
}

// see returns the value of a script on the page.
func see[T any](l *looker, script string) T {
	l.Helper()
	value, err := browsertest.Eval[T](l.Browser, script)
	l.must(err)
	return value
}

// focused is a script that returns the key of the focused row.
const focused = "((document.activeElement.closest('tr') || {dataset: {}}).dataset.row || '')"

// A controller can decide by keyboard only: with three keys, after which the next row has the focus and a screen reader announces
// the result.
func TestKeysInABrowser(t *testing.T) {
	l := newLooker(t)
	s := newSite(t, 1500)
	signIn(t, s, l.Browser, "demo-controller")
	l.must(l.Size(1280, 900))
	l.must(l.Go(s.URL + "/uitval"))
	l.must(l.Keys("?"))
	l.must(l.Until("document.querySelector('#toetsen').open"))
	l.must(l.Keys("\x1b"))
	l.must(l.Until("!document.querySelector('#toetsen').open"))
	l.must(l.Keys("j"))
	first := see[string](l, focused)
	l.must(l.Keys("jk"))
	if first == "" || see[string](l, focused) != first {
		t.Fatalf("j and k lead to %q and not back to %q", see[string](l, focused), first)
	}
	l.must(l.Until("!document.querySelector('#naast').hidden && !!document.querySelector('#naast #verhaal')"))
	if see[string](l, focused) != first {
		t.Error("the story took the focus")
	}
	l.must(l.Size(1100, 900))
	if wide := see[[]int](l, "(b => [b.scrollWidth, b.clientWidth])(document.querySelector('.split .scroll'))"); wide[0] > wide[1] {
		t.Errorf("beside the story the list of %d pixels has %d", wide[0], wide[1])
	}
	l.must(l.Size(1280, 900))
	l.must(l.Keys("w"))
	l.must(l.Until("document.querySelector('#besluitvak').open"))
	l.must(l.Confirm())
	l.must(l.Until("document.querySelector('#besluitvak [data-wrong]').textContent !== ''"))
	l.must(l.Keys("geen toewijzing gevonden"))
	l.must(l.Confirm())
	l.must(l.Until("!document.querySelector('#besluitvak').open"))
	l.must(l.Until(focused + " !== '" + first + "'"))
	l.must(l.Until("document.querySelector('#live').textContent.includes('1 besluit genomen')"))
	if !see[bool](l, "document.querySelector('tr[data-row=\""+first+"\"]').classList.contains('gone')") {
		t.Error("what was decided still stands in the list as if it was not")
	}
	if files := s.decisionFiles(t); !strings.Contains(files, ";afwijzen;geen toewijzing gevonden;Demo-controller") {
		t.Errorf("decided by keys: %s", files)
	}
	l.must(l.Keys("z"))
	l.must(l.Until("document.querySelector('#live').textContent.startsWith('Teruggenomen')"))

	// A row on which another controller has decided meanwhile is left out, and returns to the list.
	l.must(l.Go(s.URL + "/uitval"))
	l.must(l.Keys("j"))
	taken := see[string](l, focused)
	second := s.as(t, "demo-controller-2")
	rows := second.holds(t)
	second.decide(t, rows[slices.IndexFunc(rows, func(hold row) bool { return hold.key == taken })], "akkoord", "was sneller")
	l.must(l.Keys("h"))
	l.must(l.Until("document.querySelector('#live').textContent.includes('Niet gedaan')"))
	l.must(l.Until("!document.querySelector('tr[data-row=\"" + taken + "\"]').classList.contains('gone')"))

	// In a field keys type letters; switched off they do nothing.
	l.must(l.Keys("/"))
	l.must(l.Until("document.activeElement.id === 'zoek'"))
	l.must(l.Keys("jaw"))
	if text := see[string](l, "document.querySelector('#zoek').value"); text != "jaw" {
		t.Errorf("in the field stands %q", text)
	}
	l.must(l.Go(s.URL + "/uitval"))
	l.must(l.Keys("?"))
	l.must(l.Until("document.querySelector('#toetsen').open"))
	see[bool](l, "document.querySelector('[data-keys-off]').click() || true")
	l.must(l.Keys("\x1b"))
	l.must(l.Keys("j"))
	if row := see[string](l, focused); row != "" {
		t.Errorf("j leads to %q though keys are off", row)
	}
	see[bool](l, "localStorage.clear() || true")

	// A form from another origin does nothing.
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, `<!doctype html><html lang="nl"><title>x</title><h1>elders</h1><form method="post" action="%s/afmelden"><button>x</button></form>`, s.URL)
	}))
	defer other.Close()
	l.must(l.Go(other.URL))
	l.must(l.Click("button"))
	l.must(l.Until("document.querySelector('h1').textContent === 'Geen toegang'"))
	l.must(l.Go(s.URL + "/uitval"))

	// After signing out, the back button does not show the previous page.
	l.must(l.Click(`form[action="/afmelden"] button`))
	l.must(l.Until("location.pathname === '/aanmelden'"))
	see[bool](l, "(window.out = true) && (history.back() || true)")
	l.must(l.Until("location.pathname === '/aanmelden' && !window.out && !document.querySelector('table')"))
}

// TestSoakHundredDecisions takes a hundred decisions by keyboard, with three keys each. The next row has the focus within 150 ms.
func TestSoakHundredDecisions(t *testing.T) {
	soaking(t)
	l := newLooker(t)
	s := soakSite(t, 12_000)
	signIn(t, s, l.Browser, "demo-controller")
	l.must(l.Size(1280, 900))
	const reason = "akkoord na bellen"
	var took []time.Duration
	for page := 0; len(took) < 100; page++ {
		l.must(l.Go(s.URL + "/uitval?volgorde=aanbieder"))
		see[bool](l, `(() => { document.addEventListener('keydown', e => { if (e.key === '1' || e.key === 'Enter') window.began = performance.now(); }, true);
			document.addEventListener('focusin', e => { if (e.target.matches('a.open') && window.began) { window.took = performance.now() - window.began; window.began = 0; } }); return true; })()`)
		for range 40 {
			row := see[string](l, focused)
			l.must(l.Keys("jw"[min(1, len(row)):]))
			l.must(l.Until("document.querySelector('#besluitvak').open"))
			see[bool](l, "window.took = 0, true")
			if see[int](l, "document.querySelectorAll('#besluitvak .used button').length") > 0 {
				l.must(l.Keys("1"))
			} else {
				l.must(l.Keys(reason))
				l.must(l.Confirm())
			}
			l.must(l.Until("window.took > 0 || document.querySelector('#besluitvak [data-wrong]').textContent !== ''"))
			took = append(took, time.Duration(see[float64](l, "window.took")*float64(time.Millisecond)))
			l.must(l.Until("!document.querySelector('#besluitvak').open"))
			if len(took) == 100 {
				break
			}
		}
	}
	slices.Sort(took)
	t.Logf("%d decisions, median %v, p95 %v", len(took), took[len(took)/2], p95(took))
	if p95(took) > 150*time.Millisecond {
		t.Error("the next row is late")
	}
}

// A dropped file is checked; without a script forms do the same.
func TestDropAndWithoutScriptInABrowser(t *testing.T) {
	l := newLooker(t)
	s := newSite(t, 1500)
	signIn(t, s, l.Browser, "demo-aanbieder")
	l.must(l.Size(1280, 900))
	l.must(l.Go(s.URL + "/aanleveren"))
	path := s.someRows(t, l.Browser)
	content, err := os.ReadFile(path)
	l.must(err)
	see[bool](l, "(() => { const data = new DataTransfer(); data.items.add(new File(["+quoted(string(content))+"], 'gesleept.csv')); "+
		"document.querySelector('[data-drop]').dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true})); return true; })()")
	l.must(l.Wait(".tiles"))
	if page := see[string](l, "document.querySelector('main').textContent"); !strings.Contains(page, "gesleept.csv") {
		t.Errorf("what was dropped is not there: %s", page)
	}

	l.must(l.NoScript(true))
	l.must(l.Go(s.URL + "/aanleveren"))
	l.must(l.Files("#bestand", path))
	l.must(l.Click("form[enctype] button"))
	l.must(l.Wait(".tiles")) // the page refreshes until the check is over
	l.must(l.Click(`form[action$="/insturen"] button`))
	l.must(l.Wait(`form[action$="/intrekken"]`))
	signIn(t, s, l.Browser, "demo-controller")
	l.must(l.Go(s.URL + "/uitval"))
	l.must(l.Click("table a.open"))
	l.must(l.Wait(".decide"))
	if err := l.Click(`.decide button[value="aanhouden"]`); err != nil {
		t.Fatal(err)
	}
	if text, err := l.Text(".notice"); err != nil || !strings.Contains(text, "1 besluit genomen") {
		t.Errorf("decided without script: %q %v", text, err)
	}
	for account, paths := range pathsOf {
		signIn(t, s, l.Browser, account)
		for i, path := range paths {
			if i > 1 && os.Getenv("PXQ_SOAK") == "" {
				continue // only checked in make soak
			}
			l.must(l.Go(s.URL + path))
			if text, err := l.Text("main"); err != nil || len(text) < 20 {
				t.Errorf("%s %s without script: %q %v", account, path, text, err)
			}
		}
	}
}

// quoted returns a text as a string literal of JavaScript.
func quoted(text string) string { return "`" + text + "`" }
