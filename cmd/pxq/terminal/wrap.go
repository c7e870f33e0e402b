package terminal

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// hang marks, in a line that is written to a Wrap, the column to which the rest of the line is indented when it is broken. It
// is not shown.
const hang = "\x00"

// Wrap returns a writer that breaks lines that are longer than width, in columns, between words. The rest of a broken line is
// indented like its first word. A width of 0 leaves lines as they are. Close writes a last line without a newline.
func Wrap(out io.Writer, width int) io.WriteCloser { return &wrapper{out: out, width: width} }

type wrapper struct {
	out   io.Writer
	width int
	line  []byte // written without a newline so far
	begun bool   // something was written to out
}

func (w *wrapper) Write(text []byte) (int, error) {
	for rest := text; len(rest) > 0; {
		line, after, ended := bytes.Cut(rest, []byte("\n"))
		w.line = append(w.line, line...)
		if !ended {
			break
		}
		if err := w.end("\n"); err != nil {
			return 0, err
		}
		rest = after
	}
	return len(text), nil
}

// Close writes a last line without a newline.
func (w *wrapper) Close() error { return w.end("") }

func (w *wrapper) end(end string) error {
	broken := breakLine(string(w.line), w.width)
	w.line = w.line[:0]
	if broken+end == "" {
		return nil
	}
	w.begun = true
	_, err := io.WriteString(w.out, broken+end)
	return err
}

// breakLine breaks a line; a width of 0 leaves it as it is. Tables are narrow enough not to be broken.
func breakLine(line string, width int) string {
	before, after, hangs := strings.Cut(line, hang)
	line = before + after
	if width == 0 || widthOf(line) <= width {
		return line
	}
	indent := len(line) - len(strings.TrimLeft(line, " "))
	hanging := indent + bulletWidth(line[indent:])
	if hangs {
		hanging = widthOf(before)
	}
	var broken strings.Builder
	broken.WriteString(line[:indent])
	at, spaces := indent, 0
	for i, word := range wordsOf(line[indent:]) {
		if i > 0 {
			spaces++
		}
		if word == "" {
			continue
		}
		wide := widthOf(word)
		if i > 0 && at+spaces+wide > width && at > hanging {
			broken.WriteString("\n" + strings.Repeat(" ", hanging))
			at, spaces = hanging, 0
		}
		broken.WriteString(strings.Repeat(" ", spaces) + word)
		at, spaces = at+spaces+wide, 0
	}
	return broken.String()
}

// wordsOf splits a text at spaces, but keeps an amount with its euro sign.
func wordsOf(text string) []string {
	words := strings.Split(text, " ")
	for i := len(words) - 1; i > 0; i-- {
		if strings.HasSuffix(words[i-1], "€") && words[i] != "" {
			words = slices.Replace(words, i-1, i+1, words[i-1]+" "+words[i])
		}
	}
	return words
}

// bullet matches the bullet or number of an item of a list.
var bullet = regexp.MustCompile(`^([0-9]{1,2}\.|[•×✓·-]) `)

// bulletWidth returns the width of the bullet with which text starts; 0 for none.
func bulletWidth(text string) int { return widthOf(bullet.FindString(text)) }

// widthOf returns the number of columns of a text, without colour codes.
func widthOf(text string) int {
	columns := 0
	for len(text) > 0 {
		if strings.HasPrefix(text, "\x1b[") {
			if end := strings.IndexByte(text, 'm'); end > 0 {
				text = text[end+1:]
				continue
			}
		}
		_, size := utf8.DecodeRuneInString(text)
		text = text[size:]
		columns++
	}
	return columns
}

// Item writes an item of a list to a Wrap: a name in a column of the given width, and a text that is wrapped next to it.
func Item(out io.Writer, name string, width int, text string) {
	fmt.Fprintf(out, "  %-*s "+hang+"%s\n", width, name, text)
}

// ErrWriter is a writer that keeps the first error of another, for callers that print line by line without checking errors.
type ErrWriter struct {
	io.Writer
	Err error
}

func (w *ErrWriter) Write(text []byte) (int, error) {
	n, err := w.Writer.Write(text)
	if w.Err == nil {
		w.Err = err
	}
	return n, err
}
