package terminal

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// Progress shows how far an operation is: a bar on a terminal, a line every few seconds otherwise.
type Progress struct {
	out      io.Writer
	language string
	terminal bool
	width    int // of the terminal
	at       workspace.Event
	shown    time.Time
	wrote    bool
}

// How often progress is shown.
const (
	onTerminal = 100 * time.Millisecond
	elsewhere  = 5 * time.Second
)

// stepNames are the names of the steps.
var stepNames = map[workspace.Step]billing.Text{
	workspace.TakingIn:    {Dutch: "Inlezen", English: "Importing"},
	workspace.Judging:     {Dutch: "Toetsen", English: "Judging"},
	workspace.Recomputing: {Dutch: "Grootboek narekenen", English: "Recomputing the ledger"},
	workspace.Writing:     {Dutch: "Werkboeken schrijven", English: "Writing workbooks"},
}

// NewProgress returns a Progress that is shown on out.
func NewProgress(out io.Writer, language string) *Progress {
	width := ScreenOf(out).Width
	return &Progress{out: out, language: language, terminal: width > 0, width: width, shown: time.Now()}
}

// Show shows an event if enough time has passed since the last one that was shown.
func (p *Progress) Show(event workspace.Event) {
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
	line := []rune(fmt.Sprintf("%s %s%s", stepNames[event.Step].In(p.language), p.bar(), p.state()))
	fmt.Fprintf(p.out, "\r\x1b[K%s", string(line[:min(len(line), p.width-1)])) // only one line can be erased
}

// state returns how far the step is: the part that is done, the number of records, and the current file.
func (p *Progress) state() string {
	names := &Printer{Language: p.language}
	var parts []string
	if p.at.Total > 0 {
		parts = append(parts, fmt.Sprintf(names.text("%s van %s", "%s of %s"), names.count(p.at.Done), names.count(p.at.Total)))
	}
	if p.at.Records > 0 {
		parts = append(parts, names.records(p.at.Records))
	}
	if p.at.File != "" {
		parts = append(parts, p.at.File)
	}
	return strings.Join(parts, ", ")
}

func (p *Progress) bar() string {
	if p.at.Total == 0 {
		return ""
	}
	const width = 20
	filled := p.at.Done * width / p.at.Total
	return "[" + strings.Repeat("#", filled) + strings.Repeat(".", width-filled) + "] "
}

// End erases the bar on a terminal.
func (p *Progress) End() {
	if p.terminal && p.wrote {
		fmt.Fprint(p.out, "\r\x1b[K")
		p.wrote = false
	}
}
