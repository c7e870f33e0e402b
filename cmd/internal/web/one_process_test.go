package web_test

import (
	"testing"

	"github.com/pxq-nl/pxq/cmd/internal/web"
)

// Only one process can serve a workspace: a second would take the work that the first has under way for abandoned. Once the first
// has ended, another can.
func TestOneProcessServesAWorkspace(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	begin := func() error {
		second, err := web.New(t.Context(), web.Options{Path: s.folder, Listen: "127.0.0.1:0"})
		if err == nil {
			err = second.Close()
		}
		return err
	}
	if told, ok := begin().(interface{ In(string) string }); !ok || told.In("nl") == told.In("en") {
		t.Fatal("a second process serves the workspace")
	}
	s.stop(t)
	if err := begin(); err != nil {
		t.Error(err)
	}
}
