package billing_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/pxq-nl/pxq/billing"
)

// What was declared stays in the target until something accepted, a withdrawal, a reject or a decision takes it out: this
// holds for every standing version, over several periods with random changes.
func TestWhatWasDeclaredStays(t *testing.T) {
	pairs, kept := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		judge, c := newJudge("2025-12"), drawClient(t)
		for range 5 {
			judgement := judge.Judge(c)
			if err := judge.Balanced(judgement, c.Ledger); err != nil {
				t.Fatal(err)
			}
			newer := make(map[string]*billing.Case)
			for i := range judgement.Cases {
				if one := &judgement.Cases[i]; one.Record.Newer {
					newer[one.Record.Reference] = one
				}
			}
			for i := range judgement.Cases {
				one := &judgement.Cases[i]
				if one.Record.Declared == 0 {
					continue
				}
				if after := newer[one.Record.Reference]; one.Record.Standing && after != nil {
					pairs++
					if one.Outcome == billing.Accepted {
						kept++
					}
					checkPair(t, judge, c, one, after)
				} else {
					checkDeclared(t, judge, c, one)
				}
			}
			declare(judge, c, judgement)
			judge.Period++
			change(t, judge, c)
			for range rapid.IntRange(0, 3).Draw(t, "new") {
				drawRecord(t, c)
			}
		}
	})
	if !testing.Short() && (pairs < 10 || kept < 5) || kept == pairs {
		t.Errorf("only %d pairs were seen, of which %d kept what was declared", pairs, kept)
	}
}

// checkPair checks a standing version and its newer one against the sentences of rules.md.
func checkPair(t *rapid.T, judge *billing.Judge, c *billing.Client, standing, newer *billing.Case) {
	takesPlace := newer.Outcome == billing.Accepted || newer.Outcome == billing.Pending
	if (standing.Outcome == billing.Replaced) != takesPlace {
		t.Fatalf("%s is %s while the newer version is %s", standing.Record.Reference, standing.Outcome, newer.Outcome)
	}
	if takesPlace {
		if len(standing.Findings) > 0 || standing.Referral != nil || standing.Price != 0 {
			t.Fatalf("%s is replaced, with %v, %v and %s", standing.Record.Reference, standing.Findings, standing.Referral, standing.Price)
		}
		return
	}
	checkDeclared(t, judge, c, standing)
}

// checkDeclared checks that a declared version is accepted unless a reject or a decision takes it out.
func checkDeclared(t *rapid.T, judge *billing.Judge, c *billing.Client, one *billing.Case) {
	out := false
	for _, finding := range one.Findings {
		switch judge.Catalogue.Severity(finding.Code) {
		case billing.Reject:
			out = true
		case billing.Hold:
			word := ""
			for _, d := range c.Decisions {
				if d.IsOn(one.Record) && d.Code == finding.Code {
					word = d.Word // the latest counts
				}
			}
			out = out || word == billing.Refuse
		}
	}
	if want := map[bool]billing.Outcome{true: billing.Rejected, false: billing.Accepted}[out]; one.Outcome != want {
		t.Fatalf("%s was declared and is %s, want %s: %v", one.Record.Reference, one.Outcome, want, one.Findings)
	}
}

func TestKnownAs(t *testing.T) {
	for reference, want := range map[string]string{
		"": "", "0": "0", "000": "0", "007": "7", "700": "700", "7": "7", "R007": "R007", "0R7": "0R7", "00-7": "00-7", "0 7": "0 7", "٠٧": "٠٧", "2026010001": "2026010001",
	} {
		if got := billing.KnownAs(reference); got != want {
			t.Errorf("%q is known as %q, want %q", reference, got, want)
		}
	}
}
