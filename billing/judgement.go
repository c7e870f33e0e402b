package billing

import "fmt"

// Balanced reports whether the client's ledger and declaration together are its target, in every care month that
// is not frozen and in cents; the error names the first key that is not. It is the invariant of the whole
// program, so it is checked on every client of every run.
func (r *Run) Balanced(judgement *Judgement, ledger []DeclaredLine) error {
	sums := make(map[LineKey]Money)
	for _, line := range ledger {
		if line.CareMonth >= r.Policy.RecalculateFrom {
			sums[line.LineKey] += line.Amount
		}
	}
	for _, line := range judgement.Declaration {
		sums[line.LineKey] += line.Amount
	}
	for _, line := range judgement.Target {
		sums[line.LineKey] -= line.Amount
	}
	for key, sum := range sums {
		if sum != 0 {
			return fmt.Errorf("ledger and declaration differ from the target by %s for provider %s, referral %s, product %s, care month %s",
				sum, key.Provider, key.Referral, key.Product, key.CareMonth)
		}
	}
	return nil
}

// Undeclared reports whether the client has anything that a later run may declare without new input: a record
// that is not in the ledger, or a line that is not yet final.
func (j *Judgement) Undeclared() bool {
	if len(j.Declaration) > 0 {
		return true
	}
	for i := range j.Cases {
		if !j.Cases[i].IsDeclared() || j.Cases[i].Outcome != Accepted {
			return true
		}
	}
	return false
}

// OpenHolds returns the codes of the holds that ask for a decision, each once: those of a held case that no
// controller lifted, and those found on a declared version, which stays accepted until a controller refuses it.
func (c *Case) OpenHolds(decisions []Decision) []Code {
	if c.Outcome != Held && !(c.Outcome == Accepted && c.IsDeclared()) {
		return nil
	}
	latest := latestDecisions(decisions)
	var open []Code
	var seen CodeSet
	for _, finding := range c.Findings {
		if !c.severities().hold.Has(finding.Code) || seen.Has(finding.Code) {
			continue
		}
		if c.Run.Catalogue.Rule(finding.Code).NoLift || c.decision(latest, finding.Code) != Allow {
			seen.Add(finding.Code)
			open = append(open, finding.Code)
		}
	}
	return open
}
