package layout

import (
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/exporters/shown"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// Message returns what was found on a record; the record is nil for a finding on none.
func (v *View) Message(record *billing.Record, finding *billing.Finding) string {
	return rules.Message(shown.RuleOn(v.Catalogue, record, finding.Code), finding.Values, v.Language)
}

// Explain returns the findings on a record with their remedies, one per line.
func (v *View) Explain(record *billing.Record, findings []billing.Finding) string {
	lines := make([]string, len(findings))
	for i := range findings {
		rule := shown.RuleOn(v.Catalogue, record, findings[i].Code)
		lines[i] = findings[i].Code.String() + ": " + shown.MessageAndRemedy(rule, findings[i].Values, v.Language)
	}
	return strings.Join(lines, "\n")
}

// Remedy returns what would put a finding on a record right; the record is nil for a finding on none.
func (v *View) Remedy(record *billing.Record, code billing.Code, values []string) string {
	return rules.Remedy(shown.RuleOn(v.Catalogue, record, code), values, v.Language)
}

// Remedies returns the remedies of findings on a record, one per line and without duplicates.
func (v *View) Remedies(record *billing.Record, findings []billing.Finding) string {
	var lines []string
	for i := range findings {
		if line := v.Remedy(record, findings[i].Code, findings[i].Values); !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// RuleTitle returns the title of a rule, which says what must be right.
func (v *View) RuleTitle(code billing.Code) string {
	return shown.Rule(v.Catalogue, code).Title.In(v.Language)
}

// Source returns the source of a rule.
func (v *View) Source(code billing.Code) string {
	rule := shown.Rule(v.Catalogue, code)
	source := rule.Source
	if source == "own" {
		source = v.Say("eigen")
	}
	switch {
	case rule.IJW == "":
		return source
	case source == "iJw":
		return source + " " + rule.IJW
	}
	return source + ", iJw " + rule.IJW
}

// Look returns the look of the code of a rule; the effect of the rule is in words next to it.
func (v *View) Look(code billing.Code) workbook.Look {
	switch v.Catalogue.Severity(code) {
	case billing.Reject:
		return workbook.Rejection
	case billing.Hold:
		return workbook.Holding
	}
	return workbook.Signalling
}
