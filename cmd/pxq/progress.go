package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/term"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/batch"
)

// progress shows on standard error how far a step is: a bar on a terminal, a line every few seconds otherwise.
type progress struct {
	out      io.Writer
	terminal bool
	quiet    bool
	what     string
	file     string
	at, of   int
	records  int
	shown    time.Time
	wrote    bool
}

// How often progress is shown.
const (
	onTerminal = 100 * time.Millisecond
	elsewhere  = 5 * time.Second
)

func (a *app) progress(what string, of int) *progress {
	file, ok := a.err.(*os.File)
	return &progress{
		out: a.err, terminal: ok && term.IsTerminal(int(file.Fd())), quiet: a.quiet, what: what, of: of, shown: time.Now(),
	}
}

// batch gives the functions that the batch tells its progress to.
func (p *progress) batch() batch.Progress {
	return batch.Progress{
		File: func(name string, number, of int) {
			p.file, p.at, p.of = name, number, of
			p.show(false)
		},
		Done: func(records int) {
			p.records += records
			p.show(false)
		},
	}
}

// step takes a step of judging or of recomputing.
func (p *progress) step(step billing.Step) {
	p.file, p.at, p.of, p.records = step.Name, step.Done, step.Total, step.Rows
	p.show(false)
}

func (p *progress) show(last bool) {
	every := elsewhere
	if p.terminal {
		every = onTerminal
	}
	if p.quiet || !last && time.Since(p.shown) < every {
		return
	}
	p.shown, p.wrote = time.Now(), true
	if !p.terminal {
		fmt.Fprintf(p.out, "%s: %s\n", p.what, p.state())
		return
	}
	fmt.Fprintf(p.out, "\r\x1b[K%s %s%s", p.what, p.bar(), p.state())
}

func (p *progress) state() string {
	if p.of > 0 {
		return fmt.Sprintf("%d/%d %s, %d", p.at, p.of, p.file, p.records)
	}
	return fmt.Sprint(p.records)
}

func (p *progress) bar() string {
	if p.of == 0 {
		return ""
	}
	const width = 20
	filled := p.at * width / p.of
	return "[" + strings.Repeat("#", filled) + strings.Repeat(".", width-filled) + "] "
}

// end wipes the bar of a terminal.
func (p *progress) end() {
	if p.terminal && p.wrote {
		fmt.Fprint(p.out, "\r\x1b[K")
	}
}
