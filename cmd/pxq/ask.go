package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/term"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/pxq/terminal"
)

// notConfirmed ends a command to which the answer was no.
var notConfirmed = &declined{both("Er is niets gewijzigd.", "Nothing was changed.")}

// declined is that somebody did not want what was asked.
type declined struct{ text billing.Text }

func (d *declined) Error() string { return d.text.English }

// In returns the text in a language.
func (d *declined) In(language string) string { return d.text.In(language) }

// isAsked reports whether there is somebody to ask: both what is asked and the answer go by a terminal.
func (a *app) isAsked() bool {
	return term.IsTerminal(int(a.stdin.Fd())) && terminal.ScreenOf(a.err).Width > 0
}

// confirm asks a question that is answered with yes or no; anything but yes is no.
func (a *app) confirm(dutch, english string) bool {
	fmt.Fprint(a.err, "\n"+a.text(dutch, english))
	answer, err := bufio.NewReader(a.stdin).ReadString('\n')
	if err != nil {
		fmt.Fprintln(a.err) // nobody ended the line of the question
		if !errors.Is(err, io.EOF) {
			return false
		}
	}
	switch strings.ToLower(strings.TrimSpace(answer)) {
	case "j", "ja", "y", "yes":
		return true
	}
	return false
}

// secret asks for what must not be shown. When standard input is no terminal, its first line is it.
func (a *app) secret(dutch, english string) (string, error) {
	if !term.IsTerminal(int(a.stdin.Fd())) {
		line, err := bufio.NewReader(a.stdin).ReadString('\n')
		if errors.Is(err, io.EOF) {
			err = nil
		}
		return strings.TrimSpace(line), err
	}
	fmt.Fprint(a.err, a.text(dutch, english))
	typed, err := term.ReadPassword(int(a.stdin.Fd()))
	fmt.Fprintln(a.err)
	return strings.TrimSpace(string(typed)), err
}
