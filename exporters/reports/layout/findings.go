package layout

import (
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/exporters/shown"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// Message writes what was found on a record; nil is of none.
func (v *View) Message(record *billing.Record, finding *billing.Finding) string {
	return rules.Message(shown.RuleOn(v.Catalogue, record, finding.Code), finding.Values, v.Language)
}

// Explain writes findings on a record with what would make them right, one on a line.
func (v *View) Explain(record *billing.Record, findings []billing.Finding) string {
	lines := make([]string, len(findings))
	for i := range findings {
		rule := shown.RuleOn(v.Catalogue, record, findings[i].Code)
		lines[i] = findings[i].Code.String() + ": " + shown.MessageAndRemedy(rule, findings[i].Values, v.Language)
	}
	return strings.Join(lines, "\n")
}

// Remedy writes what would make a finding on a record right; nil is of none.
func (v *View) Remedy(record *billing.Record, code billing.Code, values []string) string {
	return rules.Remedy(shown.RuleOn(v.Catalogue, record, code), values, v.Language)
}

// Remedies writes what would make findings on a record right, each text once.
func (v *View) Remedies(record *billing.Record, findings []billing.Finding) string {
	var lines []string
	for i := range findings {
		if line := v.Remedy(record, findings[i].Code, findings[i].Values); !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// RuleTitle writes what a rule asks for.
func (v *View) RuleTitle(code billing.Code) string {
	return shown.Rule(v.Catalogue, code).Title.In(v.Language)
}

// Source writes where a rule comes from.
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

// Look returns how the code of a rule looks; what it does stands in words beside it.
func (v *View) Look(code billing.Code) workbook.Look {
	switch v.Catalogue.Severity(code) {
	case billing.Reject:
		return workbook.Rejection
	case billing.Hold:
		return workbook.Holding
	}
	return workbook.Signalling
}
