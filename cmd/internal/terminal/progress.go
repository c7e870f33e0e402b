package terminal

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/term"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// Progress shows how far a piece of work is: a bar on a terminal, a line every few seconds otherwise.
type Progress struct {
	out      io.Writer
	language string
	terminal bool
	at       workspace.Event
	shown    time.Time
	wrote    bool
}

// How often progress is shown.
const (
	onTerminal = 100 * time.Millisecond
	elsewhere  = 5 * time.Second
)

// stepNames name the steps.
var stepNames = map[workspace.Step]billing.Text{
	workspace.TakingIn:    {Dutch: "Inlezen", English: "Taking in"},
	workspace.Judging:     {Dutch: "Toetsen", English: "Judging"},
	workspace.Recomputing: {Dutch: "Grootboek narekenen", English: "Recomputing the ledger"},
	workspace.Writing:     {Dutch: "Werkboeken schrijven", English: "Writing workbooks"},
}

// NewProgress makes a Progress that is shown on out.
func NewProgress(out io.Writer, language string) *Progress {
	file, ok := out.(*os.File)
	return &Progress{out: out, language: language, terminal: ok && term.IsTerminal(int(file.Fd())), shown: time.Now()}
}

// Tell shows an event, when the one before it was long enough ago.
func (p *Progress) Tell(event workspace.Event) {
	every := elsewhere
	if p.terminal {
		every = onTerminal
	}
	if event.Step != p.at.Step {
		p.End()
		p.shown = time.Now()
	}
	p.at = event
	if time.Since(p.shown) < every {
		return
	}
	p.shown, p.wrote = time.Now(), true
	if !p.terminal {
		fmt.Fprintf(p.out, "%s: %s\n", stepNames[event.Step].In(p.language), p.state())
		return
	}
	fmt.Fprintf(p.out, "\r\x1b[K%s %s%s", stepNames[event.Step].In(p.language), p.bar(), p.state())
}

func (p *Progress) state() string {
	if p.at.Total > 0 {
		return fmt.Sprintf("%d/%d %s, %d", p.at.Done, p.at.Total, p.at.File, p.at.Records)
	}
	return fmt.Sprint(p.at.Records)
}

func (p *Progress) bar() string {
	if p.at.Total == 0 {
		return ""
	}
	const width = 20
	filled := p.at.Done * width / p.at.Total
	return "[" + strings.Repeat("#", filled) + strings.Repeat(".", width-filled) + "] "
}

// End wipes the bar of a terminal.
func (p *Progress) End() {
	if p.terminal && p.wrote {
		fmt.Fprint(p.out, "\r\x1b[K")
		p.wrote = false
	}
}
