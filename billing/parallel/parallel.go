// Package parallel runs work on several processors. A panic in a goroutine would end the whole program without a word to
// its user; here it becomes the error of the work.
package parallel

import (
	"bytes"
	"context"
	"fmt"
	"path"
	"runtime"
	"strings"

	"golang.org/x/sync/errgroup"
)

// Group is an errgroup.Group of which a panicking goroutine gives a *Panic.
type Group struct{ group *errgroup.Group }

// New returns a group, and a context that ends with its first error.
func New(ctx context.Context) (*Group, context.Context) {
	group, ctx := errgroup.WithContext(ctx)
	return &Group{group}, ctx
}

// Go runs work in a goroutine, once there are fewer than the limit.
func (g *Group) Go(work func() error) { g.group.Go(Safely(work)) }

// SetLimit bounds how many goroutines run at a time.
func (g *Group) SetLimit(most int) { g.group.SetLimit(most) }

// Wait waits for all goroutines and returns the first error.
func (g *Group) Wait() error { return g.group.Wait() }

// Safely returns the work with its panics as errors.
func Safely(work func() error) func() error {
	return func() (err error) {
		defer func() {
			if value := recover(); value != nil {
				err = Recovered(value)
			}
		}()
		return work()
	}
}

// Panic is a defect of the program: where it happened, and nothing of the data that it happened to.
type Panic struct {
	What  string // type of the value; of an error of the runtime what it says
	Stack []byte // functions with file and line, without arguments
}

// Error names the panic.
func (p *Panic) Error() string { return "panic: " + p.What }

// Where returns the place in the program that panicked.
func (p *Panic) Where() string {
	for place := range strings.Lines(string(p.Stack)) {
		if strings.HasPrefix(place, "\t") {
			return path.Base(strings.TrimSpace(place))
		}
	}
	return p.What
}

// Recovered makes a Panic of what recover returned. It is called in the deferred function.
func Recovered(value any) *Panic {
	if known, is := value.(*Panic); is {
		return known
	}
	what := fmt.Sprintf("%T", value)
	if fault, is := value.(runtime.Error); is {
		what = fault.Error()
	}
	return &Panic{What: what, Stack: stack()}
}

// deepest is how many functions a stack names.
const deepest = 64

func stack() []byte {
	var text bytes.Buffer
	callers := make([]uintptr, deepest)
	frames := runtime.CallersFrames(callers[:runtime.Callers(3, callers)])
	inside := false // the first functions are those that recover and, of the runtime, those that panic
	for {
		frame, more := frames.Next()
		ofRuntime := strings.HasPrefix(frame.Function, "runtime.")
		if inside && !ofRuntime || text.Len() > 0 {
			fmt.Fprintf(&text, "%s\n\t%s:%d\n", frame.Function, frame.File, frame.Line)
		}
		inside = inside || ofRuntime
		if !more {
			return text.Bytes()
		}
	}
}
