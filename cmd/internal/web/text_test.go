package web

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/cmd/internal/web/signin"
	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/web/words"
)

// inTemplates matches the texts that templates write with the function t.
var inTemplates = regexp.MustCompile(`\bt "((?:[^"\\]|\\.)*)"`)

// keys returns all Dutch texts of the pages and the program.
func keys(t *testing.T) []string {
	t.Helper()
	seen := make(map[string]bool)
	pages, err := filepath.Glob("site/pages/*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range pages {
		content, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range inTemplates.FindAllSubmatch(content, -1) {
			seen[string(found[1])] = true
		}
	}
	own, err1 := filepath.Glob("*.go")
	below, err2 := filepath.Glob("*/*.go")
	if err := errors.Join(err1, err2); err != nil || len(below) == 0 {
		t.Fatal(err)
	}
	sources := slices.Concat(own, below)
	for _, source := range sources {
		if strings.HasSuffix(source, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), source, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(node ast.Node) bool {
			call, ok := node.(*ast.CallExpr)
			if !ok {
				return true
			}
			at := -1
			switch name := strings.ToLower(nameOf(call.Fun)); name {
			case "t", "both", "inboth":
				at = 0
			case "say", "page", "setnotice", "leave", "wrong", "text":
				at = 1
				if name == "text" {
					at = 0
				}
			case "add":
				at = 2
			case "errorpage", "signinagain", "codeagain":
				at = 3
			}
			for i := at; at >= 0 && i < len(call.Args) && (i == at || strings.EqualFold(nameOf(call.Fun), "errorPage") && i == at+1); i++ {
				if text, ok := literal(call.Args[i]); ok {
					seen[text] = true
				}
			}
			return true
		})
	}
	for _, list := range []map[string]string{menuWords(), wordsWritten} {
		for _, word := range list {
			seen[word] = true
		}
	}
	for _, word := range words.Outcomes {
		seen[word] = true
	}
	for _, word := range words.Severities {
		seen[word] = true
	}
	for _, word := range words.Kinds {
		seen[word] = true
	}
	for _, word := range words.Steps {
		seen[word] = true
	}
	for _, counted := range words.Counted {
		seen[counted] = true
	}
	for _, demo := range signin.DemoAccounts {
		seen[demo.Shown], seen[demo.Explain] = true, true
	}
	delete(seen, "%s")
	delete(seen, "")
	list := make([]string, 0, len(seen))
	for key := range seen {
		list = append(list, key)
	}
	slices.Sort(list)
	return list
}

func nameOf(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

func literal(e ast.Expr) (string, bool) {
	basic, ok := e.(*ast.BasicLit)
	if !ok || basic.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(basic.Value)
	return text, err == nil
}

func menuWords() map[string]string {
	entries := make(map[string]string)
	for _, menu := range site.Menus {
		for _, entry := range menu {
			entries[entry[1]] = entry[1]
		}
	}
	return entries
}

// wordsWritten are texts that come from data: states, roles, decisions and kinds of jobs.
var wordsWritten = map[string]string{}

func init() {
	for _, word := range strings.Split("VOORLOPIG,AFGESLOTEN,aanbieder,controller,gemeente,regio,beheerder,wordt gecontroleerd,geweigerd,gecontroleerd,ingestuurd,ingelezen,ingetrokken,verlopen,"+
		"in de berekening,wacht,bezig,klaar,mislukt,afgebroken,innemen,intrekken,besluiten,berekenen,afsluiten,jaar,toewijzingen,akkoord,afwijzen,aanhouden,nog niet,ingesteld,demo,andere partij,"+
		"lezen,vergelijken,toetsen,wacht op tweede,wordt ingelezen,besloten: akkoord,besloten: afwijzen,besloten: aanhouden,voorlopig,afgesloten,signaal,vraagt een besluit,wijst af,"+
		"Eerder gedeclareerd,Afronding per declaratieregel,Gemeente,Aanbieder,Oorzaak,Per gemeente,Per aanbieder,"+
		"aanmelden,afmelden,insturen,uploaden,downloaden,verwijderen,besluit,stem,boek,account,keten,wachtwoord,zoeken,BSN getoond,gelukt,gevraagd,vervangen,te vaak,formulier van elders,sjabloon,contractenboek,uitval,logboek,uitgesteld,teruggenomen,niet gedaan,eerste akkoord,tweede factor hersteld,begint opnieuw,weer toegelaten,rol,januari,februari,maart,april,mei,juni,juli,augustus,september,oktober,november,december", ",") {
		wordsWritten[word] = word
	}
	for _, step := range []string{"Akkoord, elke regel voor zich", "Vervallen, vervangen of anders geprijsd"} { // they contain commas
		wordsWritten[step] = step
	}
}

// verbs matches the formatting verbs in a text.
var verbs = regexp.MustCompile(`%[a-z%]`)

// Each Dutch text has an English one in the table, and the table has no others.
func TestEveryTextIsInEnglish(t *testing.T) {
	wanted := keys(t)
	var missing []string
	for _, key := range wanted {
		text, has := words.English[key]
		switch {
		case !has:
			missing = append(missing, key)
		case !slices.Equal(verbs.FindAllString(key, -1), verbs.FindAllString(text, -1)):
			t.Errorf("%q has other values than %q", text, key)
		}
	}
	if len(missing) > 0 {
		t.Errorf("%d texts are not in English:\n%s", len(missing), strings.Join(missing, "\n"))
	}
	for key := range words.English {
		if !slices.Contains(wanted, key) {
			t.Errorf("nobody writes %q", key)
		}
	}
}
