package parallel_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing/parallel"
)

// A panic becomes an error that says where it happened, and nothing of the data.
func TestPanicIsAnError(t *testing.T) {
	var none []int
	for name, work := range map[string]func() error{
		"panic: string":              func() error { panic("cliënt 999910012") },
		"panic: *errors.errorString": func() error { panic(errors.New("cliënt 999910012")) },
		"panic: runtime error: index out of range [3] with length 0":              func() error { return errors.New(string(rune(none[3]))) },
		"panic: runtime error: invalid memory address or nil pointer dereference": func() error { var p *struct{ x int }; return errors.New(string(rune(p.x))) },
	} {
		group, _ := parallel.New(t.Context())
		group.SetLimit(1)
		group.Go(work)
		group.Go(func() error { return nil })
		found, is := errors.AsType[*parallel.Panic](group.Wait())
		if !is || found.Error() != name {
			t.Errorf("%s: %v", name, found)
			continue
		}
		if stack := string(found.Stack); strings.Contains(stack, "999910012") || !strings.Contains(stack, "parallel_test.go:") || !strings.Contains(stack, "TestPanicIsAnError") {
			t.Errorf("%s:\n%s", name, stack)
		}
		if where := found.Where(); !strings.HasPrefix(where, "parallel_test.go:") {
			t.Errorf("%s: at %s", name, where)
		}
	}
	err := errors.New("an error")
	if got := parallel.Safely(func() error { return err })(); got != err {
		t.Error(got)
	}
}
