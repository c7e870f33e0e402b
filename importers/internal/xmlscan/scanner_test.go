package xmlscan

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"
)

func scan(t *testing.T, document string) *Scanner {
	t.Helper()
	s, err := New(strings.NewReader(document), int64(len(document)))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// tokens returns the tokens of a document, or its damage.
func tokens(s *Scanner) (out []string) {
	for {
		token, err := s.Next()
		switch {
		case err != nil:
			return append(out, err.Error())
		case token == EndOfDocument:
			return out
		case token == StartTag:
			tag := "<" + string(s.FullName())
			for _, a := range s.Attributes() {
				tag += fmt.Sprintf(" %s=%q", a.Name, a.Value)
			}
			out = append(out, tag+">")
		case token == EndTag:
			out = append(out, "/"+string(s.Name()))
		case token == Text:
			out = append(out, string(s.Text()))
		}
	}
}

func TestTokens(t *testing.T) {
	for document, want := range map[string][]string{
		`<a/>`:                         {"<a>", "/a"},
		`<?xml version="1.0"?><a></a>`: {"<a>", "/a"},
		`<x:a b="1" y:c='&lt;"'>t<!-- -->&#233;<![CDATA[<]]></x:a>`: {`<x:a b="1" y:c="<\"">`, "t", "é", "<", "/a"},
		"<a\n b = \"1\"\t>\r\n</a >":                                {`<a b="1">`, "\n", "/a"},
		`<a><b></a>`:                                                {"<a>", "<b>", string(Mismatch)},
		`<a>`:                                                       {"<a>", string(CutOff)},
		``:                                                          {string(CutOff)},
		`<a/><b/>`:                                                  {"<a>", "/a", string(AfterEnd)},
		`<a b="1" b="2"/>`:                                          {string(DuplicateAttribute)},
		`<:a/>`:                                                     {string(BadName)},
		`<a:/>`:                                                     {string(BadName)},
		`<a:b:c/>`:                                                  {string(BadName)},
		`<a:1/>`:                                                    {string(BadName)},
		`<` + strings.Repeat("a", 2000) + `/>`:                      {string(BadName)},
	} {
		if got := tokens(scan(t, document)); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", document, got, want)
		}
	}
}

// The tokens do not depend on the sizes of reads or on the declared size.
func TestPieces(t *testing.T) {
	document := "\xEF\xBB\xBF<?xml version='1.0'?><a b=\"é\">" + strings.Repeat("<c d='&amp;'>tekst</c>\n", 200) + "</a>"
	want := tokens(scan(t, document))
	for _, size := range []int64{-1, 0, 1, 600, int64(len(document)), 1 << 40} {
		s, err := New(iotest.OneByteReader(strings.NewReader(document)), size)
		if err != nil {
			t.Fatal(err)
		}
		if got := tokens(s); !slices.Equal(got, want) {
			t.Errorf("size %d: %d tokens, want %d", size, len(got), len(want))
		}
	}
}

// Offsets are counted from the beginning of the text, after any byte order mark.
func TestOffset(t *testing.T) {
	for _, mark := range []string{"", "\xEF\xBB\xBF"} {
		s := scan(t, mark+"<a>ab&x;</a>")
		_, err := s.Next()
		if err == nil {
			_, err = s.Next()
		}
		var d *Damage
		if !errors.As(err, &d) || d.Reason != BadReference || d.Offset != 3 {
			t.Errorf("%q: %v", mark, err)
		}
	}
}

func TestChildren(t *testing.T) {
	var seen []string
	s := scan(t, `<a> <b><c/>x</b><mc:AlternateContent><mc:Choice><d/></mc:Choice><mc:Fallback><e/><f>y</f></mc:Fallback></mc:AlternateContent><!-- --><g/></a>`)
	if _, err := s.Root(); err != nil {
		t.Fatal(err)
	}
	err := s.Children(func(name []byte) error {
		seen = append(seen, string(name))
		if string(name) == "f" {
			text, err := s.AppendText([]byte("_"))
			seen = append(seen, string(text))
			return err
		}
		return nil
	})
	if err == nil {
		err = s.End()
	}
	if want := []string{"b", "e", "f", "_y", "g"}; err != nil || !slices.Equal(seen, want) {
		t.Errorf("%q, %v", seen, err)
	}
	s = scan(t, `<a>x<b/></a>`)
	if _, err := s.Root(); err != nil {
		t.Fatal(err)
	}
	var d *Damage
	if err := s.Children(func([]byte) error { return nil }); !errors.As(err, &d) || d.Reason != StrayText {
		t.Error(err)
	}
}

// SkipPlain ends where Skip does, or returns ErrNotPlain.
func TestSkipPlain(t *testing.T) {
	pieces := []string{"<b>x</b>", "<b/>", "<b c='x:a>'/>", "x", "x:a>", "!", "?", "<x:a>y</x:a>", "<x:a b='1'><b/></x:a>", "<x:a/>", "<!-- </x:a> -->", "<![CDATA[</x:a>]]>", "<?p </x:a>?>", strings.Repeat("y", 500), strings.Repeat("<b>x</b>", 100), "<x:ab>z</x:ab>"}
	same, left := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		inside := strings.Join(rapid.SliceOf(rapid.SampledFrom(pieces)).Draw(t, "inside"), "")
		document := "<r><x:a>" + inside + "</x:a><z/></r>"
		open := func() *Scanner {
			s, err := New(strings.NewReader(document), 600)
			if err == nil {
				_, err = s.Next()
			}
			if err == nil {
				_, err = s.Next()
			}
			if err != nil {
				t.Fatal(err)
			}
			return s
		}
		full := open()
		if err := full.Skip(); err != nil {
			t.Fatal(err)
		}
		quick := open()
		if err := quick.SkipPlain(); errors.Is(err, ErrNotPlain) {
			left++
			return
		} else if err != nil {
			t.Fatalf("%s: %v", document, err)
		}
		if got, want := tokens(quick), tokens(full); !slices.Equal(got, want) {
			t.Fatalf("%s: %q follows, want %q", document, got, want)
		}
		same++
	})
	if same == 0 || left == 0 {
		t.Errorf("%d skipped, %d left", same, left)
	}
}

func TestNamed(t *testing.T) {
	namespaces := map[string]string{"urn:table": "table", "urn:text": "text"}
	for document, want := range map[string]string{
		`<table:a xmlns:table="urn:table" table:b="1"/>`:                     "table:a table:b=1",
		`<t:a xmlns:t="urn:table" t:b="1"/>`:                                 "table:a table:b=1",
		`<a xmlns="urn:table" b="1"/>`:                                       "table:a b=1",
		`<table:a xmlns:table="urn:other" xmlns:t="urn:table" table:b="1"/>`: ":a :b=1",
		`<text:a xmlns:text="urn:table" xmlns:table="urn:text" text:b="1"/>`: "table:a table:b=1",
		`<x:a xmlns:x="urn:other" x:b="1"/>`:                                 "x:a x:b=1",
	} {
		s := NewNamed(scan(t, document), namespaces)
		name, err := s.Root()
		got := string(name)
		for _, a := range s.Attributes() {
			if !strings.HasPrefix(string(a.Name), "xmlns") {
				got += " " + string(s.Usual(a.Name, false)) + "=" + string(a.Value)
			}
		}
		if err != nil || got != want {
			t.Errorf("%s: %q, %v", document, got, err)
		}
	}
	s := NewNamed(scan(t, `<table:a xmlns:table="urn:table"><b xmlns:table="urn:text"/></table:a>`), namespaces)
	_, err := s.Root()
	if err == nil {
		_, err = s.Child()
	}
	var d *Damage
	if !errors.As(err, &d) || d.Reason != BadNamespace {
		t.Error(err)
	}
}

// Lines are those of the tokens, whatever the sizes of reads, and the line of a fault is that of the token it is in.
func TestLines(t *testing.T) {
	document := "\n<!-- a\nb --><a\nb='1'>\r\n" + strings.Repeat("x\n", 400) + "<c/>\n\n<d>&x;"
	for _, size := range []int64{-1, 1} {
		s, err := New(iotest.OneByteReader(strings.NewReader(document)), size)
		if err != nil {
			t.Fatal(err)
		}
		s.CountLines()
		var lines []int
		for err == nil {
			if _, err = s.Next(); err == nil {
				lines = append(lines, s.TokenLine())
			}
		}
		if want := []int{3, 4, 405, 405, 405, 407}; !slices.Equal(lines, want) || s.Line() != 407 {
			t.Errorf("size %d: %v and then line %d, want %v", size, lines, s.Line(), want)
		}
		if damage, ok := errors.AsType[*Damage](err); !ok || damage.Reason != BadReference {
			t.Errorf("%+v", err)
		}
	}
}

// Only a document type is named so, and only the name of an entity is kept of a reference that is not known.
func TestNamedFaults(t *testing.T) {
	for document, want := range map[string]Damage{
		`<!DOCTYPE a><a/>`:  {Reason: DocumentType},
		`<!ELEMENT a ANY>`:  {Reason: BadTag},
		`<a>&nbsp;</a>`:     {Offset: 3, Reason: BadReference, Entity: "nbsp"},
		`<a>&1;</a>`:        {Offset: 3, Reason: BadReference},
		`<a>&#xZ;</a>`:      {Offset: 3, Reason: BadReference},
		`<a b="&eacute;"/>`: {Reason: BadReference, Entity: "eacute"},
	} {
		s := scan(t, document)
		_, err := s.Next()
		if err == nil {
			_, err = s.Next()
		}
		if damage, ok := errors.AsType[*Damage](err); !ok || *damage != want {
			t.Errorf("%s: %+v, want %+v", document, err, want)
		}
	}
}
