package web_test

import (
	"strconv"
	"testing"
)

// The head of a table that fits stays in view while its rows scroll, and never covers the focused element; a wider table scrolls in
// its own box, and the page is no wider than the screen.
func TestHeadsStick(t *testing.T) {
	l := newLooker(t)
	s := newSite(t, 1500)
	signIn(t, s, l.Browser, "demo-controller")
	l.must(l.Size(1280, 400))
	l.must(l.Go(s.URL + "/uitval"))
	l.must(l.Keys("jjjjjjjjj"))
	l.must(l.Until("scrollY > 300"))
	const top = "document.querySelector('thead th').getBoundingClientRect().top"
	if at := see[float64](l, top); at < -1 || at > 1 {
		t.Errorf("the head is at %v", at)
	}
	for range 6 {
		l.must(l.Keys("k"))
		if under := see[float64](l, "document.querySelector('thead th').getBoundingClientRect().bottom - document.activeElement.getBoundingClientRect().top"); under > 0 && see[float64](l, top) <= 0 {
			t.Errorf("the focus is %v under the head", under)
		}
	}
	for width, fits := range map[int64]bool{700: false, 1280: true} {
		l.must(l.Size(width, 400))
		l.must(l.Until("document.querySelector('.scroll').classList.contains('fits') === " + strconv.FormatBool(fits)))
		if over := see[float64](l, "document.documentElement.scrollWidth - innerWidth"); over > 0 {
			t.Errorf("%d wide: the page is %v wider", width, over)
		}
	}
}
