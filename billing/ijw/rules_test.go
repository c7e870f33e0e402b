package ijw_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ijw"
	"github.com/pxq-nl/pxq/billing/rules"
)

// The rules that the standard has, by level.
var standard = map[int]string{
	2: "CD060 CD087 CS002 CS100 CS325 CS337 CS339 CS340 TR101 TR134 TR137 TR315 TR316 TR335 TR358 TR416",
	3: "TR056 TR304 TR307 TR308 TR314 TR318 TR319 TR321 TR322 TR323 TR333 TR338 TR339 TR340 TR341 TR369 TR384 TR387 TR388 TR389 TR390 TR418",
	4: "TR135 TR346 TR378 TR381",
}

func TestEveryRuleIsThere(t *testing.T) {
	got := make(map[int][]string)
	for _, rule := range ijw.Rules() {
		got[rule.Level] = append(got[rule.Level], rule.Code)
		if !rule.Return.Known() || rule.Level == 2 && rule.Return != "0001" {
			t.Errorf("%s: return code %q", rule.Code, rule.Return)
		}
		if found := ijw.RuleOf(rule.Code); found == nil || found.Title != rule.Title {
			t.Errorf("%s is not found by its code", rule.Code)
		}
	}
	for level, codes := range standard {
		if want := strings.Fields(codes); !slices.Equal(got[level], want) {
			t.Errorf("level %d: %v, want %v", level, got[level], want)
		}
	}
	if ijw.RuleOf("TR000") != nil {
		t.Error("a rule that does not exist is found")
	}
}

func TestRulesAreDocumented(t *testing.T) {
	for _, rule := range slices.Concat(ijw.Rules(), ijw.AssignmentRules()) {
		for _, text := range []billing.Text{rule.Title, rule.Message, rule.Remedy} {
			if text.Dutch == "" || text.English == "" || places(text.Dutch) != places(text.English) {
				t.Errorf("%s: %+v", rule.Code, text)
			}
		}
		if rule.Element == "" {
			t.Errorf("%s is about nothing", rule.Code)
		}
	}
}

// A rule of the standard that pxq has under another code has the same return code there.
func TestSameRulesReturnTheSame(t *testing.T) {
	catalogue := rules.Catalogue()
	for _, rule := range ijw.Rules() {
		if rule.Same == billing.NoCode {
			continue
		}
		if same := catalogue.Rule(rule.Same); same == nil || same.IJW != string(rule.Return) {
			t.Errorf("%s returns %s, %s does not", rule.Code, rule.Return, rule.Same)
		}
	}
}

func TestReturnOf(t *testing.T) {
	for code, want := range map[billing.Code]ijw.ReturnCode{
		billing.R01: "9338", billing.R02: "8187", billing.P03: "0611", billing.V01: "9321", // their own
		billing.C01: "0611", billing.C02: "0611", billing.C03: "0611", billing.C04: "0611", billing.P02: "0611", billing.P05: "0611",
		billing.F06: "9341", billing.P01: "9341", billing.F03: "9321", billing.T01: "9319", billing.T03: "9319", billing.D01: "9308",
		billing.R03: "9338", billing.R12: "9338", billing.A02: "9338", billing.S01: "9338",
	} {
		if got := ijw.ReturnOf(rules.Catalogue().Rule(code)); got != want {
			t.Errorf("%s: got %s, want %s", code, got, want)
		}
	}
	for _, rule := range rules.All() {
		if !ijw.ReturnOf(&rule).Known() {
			t.Errorf("%s has no return code of the standard", rule.Code)
		}
	}
}

func TestReturnCodes(t *testing.T) {
	for code, want := range map[ijw.ReturnCode]bool{"0001": true, "9355": true, "S329": true, "": false, "0002": false, "9416": false, "s300": false} {
		if code.Known() != want {
			t.Errorf("%q: %t", code, !want)
		}
	}
}
