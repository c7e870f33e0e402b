package terminal

import (
	"io"
	"os"

	"golang.org/x/term"

	"github.com/pxq-nl/pxq/billing"
)

// colour is how a word is set apart from the others; what it says never depends on it.
type colour string

const (
	bold   colour = "1"
	red    colour = "31"
	green  colour = "32"
	yellow colour = "33"
)

// in writes a text in a colour, when there are colours.
func (p *Printer) in(c colour, text string) string {
	if !p.Colour || text == "" {
		return text
	}
	return "\x1b[" + string(c) + "m" + text + "\x1b[0m"
}

// colourOf returns the colour of an outcome.
func colourOf(outcome billing.Outcome) colour {
	switch outcome {
	case billing.Accepted:
		return green
	case billing.Rejected:
		return red
	}
	return yellow
}

// Screen tells what a writer can show.
type Screen struct {
	Width  int  // columns; 0 when it is no terminal
	Colour bool // it has colours, and NO_COLOR is not set
}

// narrowest is the width below which lines are not broken to fit.
const narrowest = 40

// ScreenOf returns what a writer can show.
func ScreenOf(out io.Writer) Screen {
	file, ok := out.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return Screen{}
	}
	width, _, err := term.GetSize(int(file.Fd()))
	if err != nil || width < narrowest {
		width = 80
	}
	return Screen{Width: width, Colour: os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"}
}
