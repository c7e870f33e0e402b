package workspace

import (
	"fmt"
	"testing"
)

// Files of one folder are one group, also when a subfolder's files stand between them.
func TestByFolder(t *testing.T) {
	got := fmt.Sprint(byFolder([]string{"a/b", "a/sub/x", "a/z", "c/d"}))
	if want := "[[a/b a/z] [a/sub/x] [c/d]]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
