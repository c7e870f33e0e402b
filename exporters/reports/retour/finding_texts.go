package retour

import (
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/shown"
)

// told returns a finding in the provider's words, with its remedy.
func told(v *layout.View, record *billing.Record, finding *billing.Finding) string {
	rule := shown.RuleOn(v.Catalogue, record, finding.Code).ForProvider()
	return codeAndReturn(v, record, rule) + ": " + shown.MessageAndRemedy(rule, finding.Values, v.Language)
}

// codeAndReturn returns the code of a rule, followed by the return code if it answers a prestatie.
func codeAndReturn(v *layout.View, record *billing.Record, rule *billing.Rule) string {
	if record.Prestatie == nil {
		return rule.Code.String()
	}
	if code := shown.ReturnCode(v.Catalogue, record, rule); code != "" {
		return rule.Code.String() + " (" + code + ")"
	}
	return rule.Code.String()
}

// toldRemedy returns what the provider can do about a finding; "" for most holds, which the region judges.
func toldRemedy(v *layout.View, record *billing.Record, finding *billing.Finding) string {
	return rules.Remedy(shown.RuleOn(v.Catalogue, record, finding.Code).ForProvider(), finding.Values, v.Language)
}

// explanation returns the findings on the row, the decisions on it, and what happens next.
func (r *returned) explanation(v *layout.View) string {
	lines := make([]string, 0, len(r.findings)+1)
	for i := range r.findings {
		lines = append(lines, told(v, r.Record, &r.findings[i]))
	}
	lines = append(lines, r.verdicts(v, r.Findings)...)
	return strings.Join(append(lines, r.waiting(v, r.findings)...), "\n")
}

// note returns the note at a cell: the findings on it, the decisions on those, and what happens next.
func (r *returned) note(v *layout.View, findings []billing.Finding) string {
	var lines []string
	for i := range findings {
		lines = append(lines, told(v, r.Record, &findings[i]))
	}
	lines = append(lines, r.verdicts(v, findings)...)
	if r.effect(findings[len(findings)-1].Code) == billing.Hold {
		lines = append(lines, r.waiting(v, findings)...)
	}
	return strings.Join(lines, "\n")
}

// verdicts returns the decisions on findings, without duplicates. The reason is given only where the finding may be read.
func (r *returned) verdicts(v *layout.View, findings []billing.Finding) []string {
	var lines []string
	for i := range findings {
		code := findings[i].Code
		verdict, line := shown.Decision(r.Row, code), ""
		switch {
		case verdict == nil:
		case r.refused(code) && !r.mayTell(code):
			line = v.Say("Na beoordeling afgewezen; vraag de regio naar de reden.")
		case r.refused(code) && verdict.Reason == "":
			line = v.Say("Na beoordeling afgewezen.")
		case r.refused(code):
			line = v.Say("Na beoordeling afgewezen: %s", verdict.Reason)
		case verdict.Word == billing.Allow && r.Outcome == billing.Accepted && r.mayTell(code):
			line = v.Say("Na beoordeling akkoord.")
		}
		if line != "" && !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	return lines
}

// waiting returns one line for all holds of the row, which says that the region judges it. If the provider can do something
// about a hold, or must first correct a reject, it does not say that there is nothing to do.
func (r *returned) waiting(v *layout.View, findings []billing.Finding) []string {
	var codes []string
	busy := false
	for i := range findings {
		finding := &findings[i]
		if r.effect(finding.Code) != billing.Hold || slices.Contains(codes, finding.Code.String()) {
			continue
		}
		codes = append(codes, finding.Code.String())
		busy = busy || toldRemedy(v, r.Record, finding) != ""
	}
	switch {
	case r.Outcome == billing.Rejected && len(codes) > 0:
		return []string{v.Say("De regio beoordeelt %s zodra de regel verder klopt.", strings.Join(codes, ", "))}
	case r.Outcome == billing.Rejected, r.Outcome != billing.Held && len(codes) == 0:
		return nil
	case busy:
		return []string{v.Say("De regio beoordeelt deze regel.")}
	}
	return []string{v.Say("De regio beoordeelt deze regel; u hoeft niets te doen, tenzij de regel niet klopt.")}
}
