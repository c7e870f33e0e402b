package main

import (
	"encoding/csv"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ijw"
	"github.com/pxq-nl/pxq/billing/rules"
)

// brokenAgainst are declarations of one hour on referral 100 that break one rule because of what was sent before: R10 in DBASE
// of October, approved, and R08 of August, approved and then credited in DTAKEN.
var brokenAgainst = []broken{
	{name: "TR056", answer: "9056", declared: func(m *ijw.Message323, p *ijw.Prestatie) { m.Header.Identification.ID = "IBASE" }},
	{name: "TR333", answer: "0200 | 9333 0D", declared: func(m *ijw.Message323, p *ijw.Prestatie) { m.Declaration.Number = "DBASE" }},
	{name: "TR318", answer: "0200 | 8214 0D", declared: func(m *ijw.Message323, p *ijw.Prestatie) { m.Declaration.Period = spanOf("2026-09-01", "2026-09-30") }},
	{name: "TR314", answer: nothing + "8021", declared: func(m *ijw.Message323, p *ijw.Prestatie) { p.Reference = "R10" }},
	{name: "TR389", answer: "0200 | 0200 0D | 0200, NEW 9389", declared: func(m *ijw.Message323, p *ijw.Prestatie) {
		p.Reference, p.Period = "NEW", spanOf("2026-10-01", "2026-10-31")
	}},
	{name: "TR390", answer: "0200 | 0200 0D | 0200, C2 9390", declared: func(m *ijw.Message323, p *ijw.Prestatie) {
		old := *p
		old.Reference, old.Period = "R08", spanOf("2026-08-01", "2026-08-31")
		m.Clients[0].Prestaties = nil
		creditOf(m, old, "C2")
	}},
}

// For each rule of the standard there is a message that breaks only that rule, both by its answer and by the findings in its
// file. The exception is TR134, which cannot be broken without TR137. A rule without such a message fails the test.
func TestEveryRuleAlone(t *testing.T) {
	notOnceMore(t)
	if testing.Short() {
		t.Skip("messages one by one, in which no two goroutines meet that do not meet in others")
	}
	e := newExchange(t, "sqlite:"+filepath.Join(t.TempDir(), "pxq.db"))
	alone := make(map[string]*ijw.Rule) // by the name of the file
	covered := make(map[string]bool)
	note := func(path string, b *broken, m *ijw.Message323) {
		name, rest, _ := strings.Cut(b.name, " ")
		rule := ijw.RuleOf(name)
		if rule == nil || strings.HasPrefix(rest, "and ") || strings.Contains(b.answer, " 8001 ") {
			return
		}
		alone[filepath.Base(path)], covered[name] = rule, true
		if codes := strings.Fields(b.answer[strings.LastIndexAny(b.answer, "|,")+1:]); rule.Level > 2 && name != "TR304" && !slices.Contains(codes, string(rule.Return)) {
			t.Errorf("%s: answered with %s, the rule has %s", b.name, b.answer, rule.Return)
		}
		if rule.Level > 2 && len(m.Breaches()) > 0 || rule.Level == 2 && !breaksOnly(m, name) {
			t.Errorf("%s: breaks %v", b.name, m.Breaches())
		}
	}
	for i := range brokenRules {
		a, m := brokenRules[i].messages(i)
		e.assign(a)
		note(e.declare(m), &brokenRules[i], m)
	}
	e.assign(assigned())
	e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) {
		m.Header.Identification.ID, m.Declaration.Number = "IBASE", "DBASE"
	}))
	august := declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) {
		m.Header.Identification.ID, m.Declaration.Number = "IAUG", "DAUG"
		p.Reference, p.Period = "R08", spanOf("2026-08-01", "2026-08-31")
	})
	e.declare(august)
	e.run("2026-10")
	e.declare(declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) {
		m.Header.Identification.ID, m.Declaration.Number, m.Clients[0].Prestaties = "ITAKEN", "DTAKEN", nil
		creditOf(m, august.Clients[0].Prestaties[0], "C1")
	}))
	for i := range brokenAgainst {
		b := &brokenAgainst[i]
		m := declared("2026-10", func(m *ijw.Message323, p *ijw.Prestatie) {
			number := string(rune('A' + i))
			m.Header.Identification.ID, m.Declaration.Number, p.Reference = "I"+number, "D"+number, "R"+number
			p.Period = spanOf("2026-09-01", "2026-09-30")
			b.declared(m, p)
		})
		note(e.declare(m), b, m)
	}
	e.run("2026-10", "--as-of", "2026-11-08")
	for i := range brokenAgainst {
		name := "D" + string(rune('A'+i))
		if brokenAgainst[i].name == "TR333" {
			name = "DBASE-2"
		}
		e.is("2026-10", name, brokenAgainst[i].answer)
	}
	for _, rule := range ijw.Rules() {
		if !covered[rule.Code] {
			t.Errorf("no message breaks only %s", rule.Code)
		}
	}
	e.foundAlone(alone)
}

// breaksOnly reports whether a message breaks one rule of level 2, any number of times, and no other.
func breaksOnly(m *ijw.Message323, code string) bool {
	broken := make(map[string]bool)
	for _, breach := range m.Breaches() {
		broken[breach.Rule.Code] = true
	}
	if code == "TR134" {
		delete(broken, "TR137")
	}
	return len(broken) == 1 && broken[code]
}

// foundAlone checks that each rule is the only finding in its file, and that every code of family J was found so.
func (e *exchange) foundAlone(alone map[string]*ijw.Rule) {
	e.t.Helper()
	rows, err := csv.NewReader(strings.NewReader(e.findings("2026-10"))).ReadAll()
	if err != nil {
		e.t.Fatal(err)
	}
	found := make(map[string]map[string]bool) // codes by file
	for _, row := range rows[1:] {
		if code, severity, file := row[0], row[1], row[5]; severity == "reject" {
			if found[file] == nil {
				found[file] = make(map[string]bool)
			}
			found[file][code] = true
		}
	}
	seen := make(map[billing.Code]bool)
	of := make(map[string]bool)
	for file, rule := range alone {
		if rule.Code == "TR134" {
			delete(found[file], rules.CodeOf(ijw.RuleOf("TR137")).String())
		}
		if got := slices.Collect(maps.Keys(found[file])); len(got) == 1 && got[0] == rules.CodeOf(rule).String() {
			seen[rules.CodeOf(rule)], of[rule.Code] = true, true
		} else if len(got) != 1 {
			e.t.Errorf("%s: found %v", rule.Code, got)
		}
	}
	for _, rule := range ijw.Rules() {
		if !of[rule.Code] {
			e.t.Errorf("%s (%s) was found alone in no message", rule.Code, rules.CodeOf(&rule))
		}
	}
	for _, rule := range rules.Catalogue().Rules {
		if strings.HasPrefix(rule.Code.String(), "J") && !seen[rule.Code] {
			e.t.Errorf("%s (%s) was found in no message alone", rule.Code, rule.Standard)
		}
	}
}
