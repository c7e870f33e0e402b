package web_test

import "testing"

// The widths in pixels of A4 between its margins, upright and on its side, as wide pages are printed.
const (
	upright  = 680
	sideways = 1009
)

// Paper shows whole tables and amounts, and nothing that only works on a screen: no buttons, fields or headings without content.
func TestPagesOnPaper(t *testing.T) {
	l := newLooker(t)
	s := newSite(t, 1500)
	for account, paths := range pathsOf {
		signIn(t, s, l.Browser, account)
		l.must(l.Paper(true))
		if account == "demo-controller" {
			paths = append([]string{"/uitval/" + s.as(t, account).holds(t)[0].nr}, paths...)
		}
		for _, path := range paths {
			l.must(l.Size(upright, 900))
			l.must(l.Go(s.URL + path))
			if see[bool](l, "document.body.classList.contains('wide')") {
				l.must(l.Size(sideways, 900))
			}
			for _, fault := range see[[]string](l, `(() => {
				const faults = [], shown = e => e.offsetHeight > 0;
				for (const t of document.querySelectorAll('table')) if (t.offsetWidth > innerWidth) faults.push('a table of ' + t.offsetWidth + ' pixels');
				for (const e of document.querySelectorAll('.tiles strong')) if (e.scrollWidth > e.clientWidth || e.offsetHeight > 40) faults.push('a broken amount ' + e.textContent);
				for (const e of document.querySelectorAll('nav,button,select,textarea,input:not([type=hidden])')) if (shown(e)) faults.push('a ' + e.tagName);
				for (const e of document.querySelectorAll('main section')) if (shown(e) && ![...e.children].some(c => shown(c) && !/^H[1-6]$/.test(c.tagName))) faults.push('only a heading ' + e.textContent);
				return faults;
			})()`) {
				t.Errorf("%s %s has on paper %s", account, path, fault)
			}
		}
		l.must(l.Paper(false))
	}
}
