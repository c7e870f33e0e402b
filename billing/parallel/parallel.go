// Package parallel runs work on several processors. A panic in a goroutine would end the whole program without any
// explanation to its user; here it becomes an error, a [Panic], of the [Group].
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

// Group is an errgroup.Group in which a goroutine that panics returns a *Panic as its error.
type Group struct{ group *errgroup.Group }

// New returns a group, and a context that is canceled at its first error or when Wait returns.
func New(ctx context.Context) (*Group, context.Context) {
	group, ctx := errgroup.WithContext(ctx)
	return &Group{group}, ctx
}

// Go runs work in a goroutine. It blocks until fewer goroutines than the limit are running.
func (g *Group) Go(work func() error) { g.group.Go(Safely(work)) }

// SetLimit limits how many goroutines run at a time.
func (g *Group) SetLimit(most int) { g.group.SetLimit(most) }

// Wait waits for all goroutines and returns the first error.
func (g *Group) Wait() error { return g.group.Wait() }

// Safely returns a function that calls work and returns a panic in it as a *Panic.
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

// Panic is a defect of the program: what happened and where. It holds nothing of the data that was processed.
type Panic struct {
	What  string // type of the panic's value; the message if it is a runtime error
	Stack []byte // functions with file and line, without arguments
}

// Error implements error.
func (p *Panic) Error() string { return "panic: " + p.What }

// Where returns the file and line that panicked; What if they are not known.
func (p *Panic) Where() string {
	for place := range strings.Lines(string(p.Stack)) {
		if strings.HasPrefix(place, "\t") {
			return path.Base(strings.TrimSpace(place))
		}
	}
	return p.What
}

// Recovered returns a Panic for value, which recover returned. It must be called directly by the deferred function.
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

// deepest is the largest number of functions in a stack.
const deepest = 64

func stack() []byte {
	var text bytes.Buffer
	callers := make([]uintptr, deepest)
	frames := runtime.CallersFrames(callers[:runtime.Callers(3, callers)])
	inside := false // the first functions are those that recover, then come those of the runtime that panic
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
