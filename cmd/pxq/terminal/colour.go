package terminal

import (
	"io"
	"os"

	"golang.org/x/term"

	"github.com/pxq-nl/pxq/billing"
)

// colour is the SGR code that makes a text stand out. No information is given by colour only.
type colour string

const (
	bold   colour = "1"
	red    colour = "31"
	green  colour = "32"
	yellow colour = "33"
)

// in returns a text in a colour, if colours may be used.
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

// Screen describes the terminal of a writer.
type Screen struct {
	Width  int  // in columns; 0 when the writer is no terminal
	Colour bool // the terminal has colours, and NO_COLOR is not set
}

// narrowest is the smallest width in columns that is believed; for a narrower terminal 80 is assumed.
const narrowest = 40

// ScreenOf returns the screen of a writer.
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
