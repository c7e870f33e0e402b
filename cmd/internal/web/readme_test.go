package web_test

import (
	"os"
	"path/filepath"
	"testing"
)

// The three screenshots in the README are taken from the running program if PXQ_PICTURES names a folder.
func TestPicturesOfTheReadme(t *testing.T) {
	folder := os.Getenv("PXQ_PICTURES")
	if folder == "" {
		t.Skip("PXQ_PICTURES is not set")
	}
	l := newLooker(t)
	s := newSite(t, 12_000)
	take := func(name string) {
		t.Helper()
		picture, err := l.View()
		l.must(err)
		if len(picture) > 150<<10 {
			t.Errorf("%s is %d KB", name, len(picture)>>10)
		}
		l.must(os.MkdirAll(folder, 0o755))
		l.must(os.WriteFile(filepath.Join(folder, name), picture, 0o600))
	}
	l.must(l.Size(1180, 740))
	signIn(t, s, l.Browser, "demo-regio")
	l.must(l.Go(s.URL + "/maand"))
	take("regio.png")
	signIn(t, s, l.Browser, "demo-controller")
	l.must(l.Go(s.URL + "/uitval"))
	l.must(l.Keys("j"))
	l.must(l.Until("!document.querySelector('#naast').hidden"))
	see[bool](l, "(document.querySelector('.list').closest('.split').scrollIntoView(), true)")
	take("controller.png")
	signIn(t, s, l.Browser, "demo-aanbieder")
	l.must(l.Go(s.URL + "/aanleveren"))
	l.must(l.Files("#bestand", s.someRows(t, l.Browser)))
	l.must(l.Click("form[enctype] button"))
	l.must(l.Wait(".tiles"))
	take("aanbieder.png")
}
