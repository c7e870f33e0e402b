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

// notConfirmed is the error of a command that the user did not confirm.
var notConfirmed = &declined{both("Er is niets gewijzigd.", "Nothing was changed.")}

// declined is an error with a text for the user, after which nothing was changed.
type declined struct{ text billing.Text }

func (d *declined) Error() string { return d.text.English }

// In returns the text in a language, nl or en.
func (d *declined) In(language string) string { return d.text.In(language) }

// isAsked reports whether a question can be asked: standard input and standard error are both a terminal.
func (a *app) isAsked() bool {
	return term.IsTerminal(int(a.stdin.Fd())) && terminal.ScreenOf(a.err).Width > 0
}

// confirm asks a question and reports whether the answer is yes; any other answer means no.
func (a *app) confirm(dutch, english string) bool {
	fmt.Fprint(a.err, "\n"+a.text(dutch, english))
	answer, err := bufio.NewReader(a.stdin).ReadString('\n')
	if err != nil {
		fmt.Fprintln(a.err) // no newline was typed after the question
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

// secret asks for a value without echoing it. When standard input is no terminal, it reads the first line.
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
