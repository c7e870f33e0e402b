package web_test

import "testing"

// The warning before a session ends can be answered while a dialog is open, and what is typed in the dialog stays.
func TestExtendingBesideADialog(t *testing.T) {
	l := newLooker(t)
	s := newSiteWith(t, 1500, "[web]\nidle_minutes = 5\n", "") // so that a page warns at once
	signIn(t, s, l.Browser, "demo-controller")
	l.must(l.Size(1280, 900))
	l.must(l.Go(s.URL + "/uitval"))
	l.must(l.Until("!!document.querySelector('body > .ending')"))
	l.must(l.Keys("jw"))
	l.must(l.Until("document.querySelector('#besluitvak').open"))
	l.must(l.Keys("half een reden"))
	l.must(l.Until("!!document.querySelector('#besluitvak > .ending')"))
	see[bool](l, "(window.before = document.querySelector('.ending')) && true")
	l.must(l.Click(".ending button"))
	l.must(l.Until("!!document.querySelector('#besluitvak > .ending') && document.querySelector('.ending') !== window.before")) // it warns anew
	if text := see[string](l, "document.querySelector('#redenvak').value"); text != "half een reden" {
		t.Errorf("of what was typed %q is left", text)
	}
	l.must(l.Keys("\x1b"))
	l.must(l.Until("!document.querySelector('#besluitvak').open && !!document.querySelector('body > .ending')"))
	if wrong := l.Complaints(); len(wrong) > 0 {
		t.Errorf("the console says %q", wrong)
	}
}
