package value

import (
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

func TestAppendClean(t *testing.T) {
	for text, want := range map[string]string{
		"": "", " ": "", "a": "a", " a ": "a", "a b": "a b", "\u00a0a\u00a0b\u202f": "a\u00a0b", "\u200b": "", "9\u200b9\u2060\ufeff9": "999", "a\u00adb": "ab", "\u202ea\u202c": "a",
		"\u200b a": "a", " \u200b ": "", "één": "één", "\t\r\n": "", "a\nb": "a\nb", "\u3000x": "x", "👩\u200d👧": "👩👧",
	} {
		if got := string(AppendClean([]byte("_"), []byte(text))); got != "_"+want {
			t.Errorf("%q: got %q, want %q", text, got[1:], want)
		}
	}
}

// IsClean returns true only for texts that AppendClean leaves unchanged, and for all plain texts.
func TestIsClean(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.RuneFrom([]rune("ab \u00a0\u200b\n1é")))).Draw(t, "text")
		clean := string(AppendClean(nil, []byte(text)))
		want := strings.TrimSpace(strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Cf, r) {
				return -1
			}
			return r
		}, text))
		if clean != want {
			t.Fatalf("%q: got %q, want %q", text, clean, want)
		}
		if IsClean([]byte(text)) && clean != text {
			t.Fatalf("%q is not clean", text)
		}
	})
	if !IsClean([]byte("Regelnummer 12-34_x;")) || IsClean([]byte("abcdefgh\u00a0")) || IsClean([]byte("\u200babcdefghijk")) {
		t.Error("plain texts are clean, others need a look")
	}
}

func TestUnescape(t *testing.T) {
	for text, want := range map[string]string{
		"a_x000A_b": "a\nb", "_x005F_x000D_": "_x000D_", "_xZZZZ_": "_xZZZZ_", "_x0000_": "_x0000_", "_xD800_": "_xD800_", "_x20AC_": "€", "_x": "_x", "": "", "_x00e9_": "é",
	} {
		if got := string(Unescape([]byte(text))); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
