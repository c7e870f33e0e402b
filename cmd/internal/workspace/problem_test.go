package workspace

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
)

// Every kind of problem has texts, with a verb for each of its facts.
func TestEveryProblemHasItsTexts(t *testing.T) {
	parsed, err := parser.ParseFile(token.NewFileSet(), "problem.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	kinds := 0
	ast.Inspect(parsed, func(node ast.Node) bool {
		spec, ok := node.(*ast.ValueSpec)
		if !ok || spec.Type == nil || spec.Type.(*ast.Ident).Name != "Kind" {
			return true
		}
		value, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
		if err != nil {
			t.Fatal(err)
		}
		kinds++
		p := problem(Kind(value), "a", "b", "c", "d", "e")
		for _, language := range []string{"nl", "en"} {
			if text, _, _ := strings.Cut(p.In(language), "%!(EXTRA"); text == "" || strings.Contains(text, "%!") {
				t.Errorf("%s in %s: %q", value, language, p.In(language))
			}
		}
		return true
	})
	if kinds != len(problemTexts) {
		t.Errorf("%d kinds, %d texts", kinds, len(problemTexts))
	}
}

// Facts are formatted in the notation of the language.
func TestProblemFacts(t *testing.T) {
	p := problem(NotComputed, billing.PeriodOf(2026, 10))
	if got := p.In("nl"); !strings.Contains(got, "2026-10") {
		t.Error(got)
	}
	p = problem(FilesNotSeen, billing.PeriodOf(2026, 10), billing.Text{Dutch: "een bestand", English: "a file"})
	if got := p.In("en"); !strings.Contains(got, "a file") {
		t.Error(got)
	}
}
