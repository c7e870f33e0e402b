package terminal

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestWrap(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"short", "een twee\n", "een twee\n"},
		{"empty lines stay", "\n\na\n", "\n\na\n"},
		{"broken between words", "de toewijzing is ingetrokken\n", "de toewijzing\nis ingetrokken\n"},
		{"indented", "  de toewijzing is ingetrokken\n", "  de\n  toewijzing\n  is\n  ingetrokken\n"},
		{"under the first word of an item", "  1. de toewijzing is weg\n", "  1. de\n     toewijzing\n     is weg\n"},
		{"where it is said", "R08 " + hang + "de toewijzing is weg\n", "R08 de\n    toewijzing\n    is weg\n"},
		{"a word longer than the line", "zie reports/2026-10/gemeente-0855-Tilburg.xlsx hier\n", "zie\nreports/2026-10/gemeente-0855-Tilburg.xlsx\nhier\n"},
		{"an amount stays with its sign", "een samen € 12,34\n", "een samen\n€ 12,34\n"},
		{"colours take no room", "\x1b[1mde toewijzing\x1b[0m is\n", "\x1b[1mde toewijzing\x1b[0m\nis\n"},
		{"without an end", "een", "een"},
		{"columns keep their spaces", "a     b   c\n", "a     b   c\n"},
	} {
		var out strings.Builder
		page := Wrap(&out, 14)
		for _, part := range strings.SplitAfter(test.text, " ") { // in pieces, as Fprintf may write
			fmt.Fprint(page, part)
		}
		if err := page.Close(); err != nil || out.String() != test.want {
			t.Errorf("%s: got %q, want %q (%v)", test.name, out.String(), test.want, err)
		}
	}
}

// No line is wider than the screen unless it is a single wider word, and no word is broken or lost.
func TestWrapBreaksNoWord(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.IntRange(10, 80).Draw(t, "width")
		text := rapid.StringMatching(`( {0,4}([a-z€é]{1,20} {1,3}){0,20}[a-z]{1,9}\n)(([a-z]{1,20} ){0,20}[a-z]{1,9}\n)?`).Draw(t, "text")
		var out strings.Builder
		page := Wrap(&out, width)
		fmt.Fprint(page, text)
		page.Close()
		if got, want := strings.Fields(out.String()), strings.Fields(text); strings.Join(got, " ") != strings.Join(want, " ") {
			t.Fatalf("words changed: %q became %q", text, out.String())
		}
		for line := range strings.Lines(out.String()) {
			if line = strings.TrimSuffix(line, "\n"); widthOf(line) > width && len(strings.Fields(strings.ReplaceAll(line, "€ ", "€"))) > 1 {
				t.Fatalf("a line of %d in %d: %q", widthOf(line), width, line)
			}
		}
	})
}
