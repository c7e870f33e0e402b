package rules_test

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	messages "github.com/pxq-nl/pxq/billing/ijw"
	"github.com/pxq-nl/pxq/billing/rules"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// place is a placeholder of a text: {2:date} is 2, date.
type place struct {
	number int
	form   string
}

var placePattern = regexp.MustCompile(`^([1-9])(?::([a-z]+))?$`)

// forms are the forms in which a value can be shown; "" shows it as it is.
var forms = []string{"", "date", "month", "eur", "amount", "qty", "minutes", "unitclash", "named", "several", "unit", "kind", "bsn", "times", "own", "raise", "referral", "change", "found"}

// placeholders returns the placeholders of a text.
func placeholders(t *testing.T, text string) []place {
	t.Helper()
	var found []place
	for i, piece := range strings.Split(text, "{") {
		if i == 0 {
			if strings.Contains(piece, "}") {
				t.Errorf("unmatched } in %q", text)
			}
			continue
		}
		inside, _, closed := strings.Cut(piece, "}")
		match := placePattern.FindStringSubmatch(inside)
		if !closed || match == nil || !slices.Contains(forms, match[2]) {
			t.Errorf("{%s is no placeholder in %q", piece, text)
			continue
		}
		number, _ := strconv.Atoi(match[1])
		found = append(found, place{number, match[2]})
	}
	return found
}

func TestCatalogueIsComplete(t *testing.T) {
	seen := make(map[billing.Code]bool)
	for _, rule := range rules.All() {
		if seen[rule.Code] {
			t.Errorf("%s is there twice", rule.Code)
		}
		seen[rule.Code] = true
		if rule.Severity == billing.NoSeverity || !slices.Contains([]string{"S2", "S4", "S2, S4", "S4, Jw 2.7a", "HvB", "iJw", "Jw", "own"}, rule.Source) {
			t.Errorf("%s: severity %q, source %q", rule.Code, rule.Severity, rule.Source)
		}
		if rule.Source == "iJw" && rule.IJW == "" {
			t.Errorf("%s comes from iJw and has no return code", rule.Code)
		}
		for _, text := range []billing.Text{rule.Title, rule.Message, rule.Remedy} {
			checkPair(t, rule.Code, text)
		}
		for _, text := range []billing.Text{rule.Provider.Message, rule.Provider.Remedy, rule.Prestatie.Title, rule.Prestatie.Message, rule.Prestatie.Remedy, rule.Prestatie.Provider} {
			if text != (billing.Text{}) {
				checkPair(t, rule.Code, text)
			}
		}
		if len(placeholders(t, rule.Title.Dutch)) > 0 {
			t.Errorf("%s: the title holds values", rule.Code)
		}
		judged := 0
		for _, set := range []bool{
			rule.Record != nil, rule.Client != nil, rule.Room != nil, rule.Decided != nil, rule.Referral != nil, rule.Change != nil, rule.Ceiling != nil, rule.FoundBy != "",
		} {
			if set {
				judged++
			}
		}
		if judged != 1 {
			t.Errorf("%s is judged in %d ways", rule.Code, judged)
		}
	}
	for letter := 'A'; letter <= 'Z'; letter++ {
		for number := range 100 {
			code := billing.ParseCode(fmt.Sprintf("%c%02d", letter, number))
			if code != billing.NoCode && !seen[code] {
				t.Errorf("%s is not in the catalogue", code)
			}
		}
	}
}

// checkPair checks that a text exists in both languages, with the same placeholders.
func checkPair(t *testing.T, code billing.Code, text billing.Text) {
	t.Helper()
	if text.Dutch == "" || text.English == "" {
		t.Errorf("%s lacks a text: %+v", code, text)
	}
	dutch, english := places(t, text.Dutch), places(t, text.English)
	if !slices.Equal(dutch, english) {
		t.Errorf("%s: the languages show other values: %v and %v", code, dutch, english)
	}
	for _, one := range []string{text.Dutch, text.English} {
		if strings.Contains(one, "  ") || strings.TrimSpace(one) != one {
			t.Errorf("%s: spaces in %q", code, one)
		}
	}
}

// places returns the placeholders of a text, each once, in order of their numbers.
func places(t *testing.T, text string) []string {
	t.Helper()
	var all []string
	for _, p := range placeholders(t, text) {
		all = append(all, strconv.Itoa(p.number)+":"+p.form)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Values of findings of rules that package billing does not judge, as the packages that find them write them.
func TestTextsOfOtherFindings(t *testing.T) {
	for code, values := range map[billing.Code][]string{
		billing.F01: {"Datum"}, billing.F02: {"31-02-2026"}, billing.F03: {"veel"}, billing.F04: {"elfproef"}, billing.F05: {"123"}, billing.F06: {"etmaal"},
		billing.F12: {"#N/B"}, billing.F13: {"01000001", "02000002"},
		billing.F09: {"2026-02-06", "2026-02-05"}, billing.F10: {"verschil", "09:00", "10:00", "6000", "5000"}, billing.F11: {"gratis"},
		billing.U03: {"R1"},
		billing.C05: {"01000001/4/1", "9800000", "2026", "98", "10000000"}, billing.R15: {"900101", "ended", "10000", "2026-01"},
	} {
		checkTexts(t, code, values)
	}
}

// The severities, the return codes and the exceptions are agreed with the region: changing one is changing the
// contract.
func TestSeveritiesAsAgreed(t *testing.T) {
	severities := map[billing.Severity]string{
		billing.Signal: "F11 U05 U07 R11 R13 R14 R15 C05 P03 P04 D02 D03 S03 S04 T02 L04",
		billing.Hold:   "U02 U04 U06 R10 R12 P02 D01 S01 S02 A01 T03 T04 L01 L02 L03",
	}
	ijw := "F07=S329 F08=S300 F09=8848 U01=8021 U03=8021 R01=9338 R02=8187 R04=9339 R05=9340 R06=9341 R07=9307 R08=9308 R09=9384 P03=0611 P04=9346 V01=9321 V02=9322 V03=9369"
	onlyNew, noLift, namesOthers := "U02 U05 U07 S02 T01 T02 T03 T04 L01 L02 L03", "P02 T03", "D03 S01 S03 S04"
	has := func(list string, code billing.Code) bool { return slices.Contains(strings.Fields(list), code.String()) }
	for _, rule := range rules.All() {
		want := billing.Reject
		for severity, list := range severities {
			if has(list, rule.Code) {
				want = severity
			}
		}
		if rule.Severity != want {
			t.Errorf("%s is a %s, want %s", rule.Code, rule.Severity, want)
		}
		if of := rule.SeverityFor(billing.FromMessage); of != want && (of != billing.Reject || !has("P03 P04", rule.Code)) {
			t.Errorf("%s is a %s in a message", rule.Code, of)
		}
		if rule.Family() == billing.MessageFamily {
			if standard := messages.RuleOf(rule.Standard); string(standard.Return) != rule.IJW || rules.CodeOf(standard) != rule.Code {
				t.Errorf("%s does not answer as %s does", rule.Code, rule.Standard)
			}
			continue
		}
		if (rule.IJW != "" || strings.Contains(ijw, rule.Code.String())) && !slices.Contains(strings.Fields(ijw), rule.Code.String()+"="+rule.IJW) {
			t.Errorf("%s has return code %q", rule.Code, rule.IJW)
		}
		if rule.OnlyNew != has(onlyNew, rule.Code) || rule.NoLift != has(noLift, rule.Code) || rule.NamesOthers != has(namesOthers, rule.Code) {
			t.Errorf("%s: only new %t, no lift %t, names others %t", rule.Code, rule.OnlyNew, rule.NoLift, rule.NamesOthers)
		}
	}
}

// Every rule of the standard on a declaration is in the catalogue: under its own code, or as the rule that says the same.
func TestEveryRuleOfTheStandardHasACode(t *testing.T) {
	for _, rule := range messages.Rules() {
		if rules.CodeOf(&rule) == billing.NoCode {
			t.Errorf("%s has no code", rule.Code)
		}
	}
}

// A code never changes meaning and is never removed: the list is only ever added to.
func TestCodesAreForEver(t *testing.T) {
	content, err := os.ReadFile("testdata/codes.txt")
	if err != nil {
		t.Fatal(err)
	}
	listed := make(map[string]string)
	var names []string
	for line := range strings.Lines(string(content)) {
		code, title, _ := strings.Cut(strings.TrimSpace(line), " ")
		if listed[code] != "" {
			t.Errorf("%s is listed twice", code)
		}
		listed[code] = title
		names = append(names, code)
	}
	catalogue := rules.Catalogue()
	for _, name := range names {
		if catalogue.Rule(billing.ParseCode(name)) == nil {
			t.Errorf("%s is gone from the catalogue", name)
		}
	}
	var missing []string
	for _, rule := range catalogue.Rules {
		if listed[rule.Code.String()] == "" {
			missing = append(missing, rule.Code.String()+" "+rule.Title.English)
		}
	}
	if len(missing) > 0 {
		t.Errorf("add to the end of testdata/codes.txt:\n%s", strings.Join(missing, "\n"))
	}
}

func TestReadmeOfRules(t *testing.T) {
	const file = "RULES.md"
	got := rules.Markdown()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs from the catalogue; run go test ./billing/rules -update and read the difference", file)
	}
}
