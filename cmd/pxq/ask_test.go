package main

import (
	"io"
	"os"
	"testing"
)

// typed returns an app whose standard input is a text, as from another program.
func typed(t *testing.T, text string) *app {
	t.Helper()
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := writer.WriteString(text); err != nil {
		t.Fatal(err)
	}
	writer.Close()
	t.Cleanup(func() { reader.Close() })
	return &app{stdin: reader, out: io.Discard, err: io.Discard, language: "nl"}
}

func TestConfirm(t *testing.T) {
	for answer, want := range map[string]bool{"j\n": true, "Ja\n": true, " y \n": true, "yes": true, "n\n": false, "\n": false, "": false, "jazeker\n": false} {
		if got := typed(t, answer).confirm("Goed?", "All right?"); got != want {
			t.Errorf("%q: %v", answer, got)
		}
	}
}

func TestSecretFromAnotherProgram(t *testing.T) {
	for given, want := range map[string]string{"999900006\nmeer\n": "999900006", " 9999.00.006 ": "9999.00.006", "": ""} {
		if got, err := typed(t, given).secret("BSN: ", "BSN: "); got != want || err != nil {
			t.Errorf("%q: %q %v", given, got, err)
		}
	}
}

// Without a terminal no question is asked.
func TestNobodyToAsk(t *testing.T) {
	if typed(t, "j\n").isAsked() {
		t.Error("a question to a pipe")
	}
}
