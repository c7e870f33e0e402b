package workspace

import (
	"fmt"
	"testing"
)

// Files of one folder form one group, even when files of a subfolder come between them.
func TestByFolder(t *testing.T) {
	got := fmt.Sprint(byFolder([]string{"a/b", "a/sub/x", "a/z", "c/d"}))
	if want := "[[a/b a/z] [a/sub/x] [c/d]]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
