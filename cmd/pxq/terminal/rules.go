package terminal

import (
	"fmt"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/rules"
)

// Rules prints the list of rules.
func (p *Printer) Rules() error {
	if p.JSON {
		list := []object{}
		for _, rule := range rules.Sorted() {
			list = append(list, ruleJSON(&rule))
		}
		return p.writeJSON(list)
	}
	for _, rule := range rules.Sorted() {
		fmt.Fprintf(p.Out, "%s  %-8s %-5s %-10s "+hang+"%s\n", rule.Code, rules.SeverityName(rule.Severity, p.Language), rule.IJW, p.source(&rule), rule.Title.In(p.Language))
	}
	return nil
}

// Rule prints a rule with its explanation.
func (p *Printer) Rule(rule *billing.Rule) error {
	if p.JSON {
		return p.writeJSON(ruleJSON(rule))
	}
	fmt.Fprintf(p.Out, "%s  %s\n\n%s\n", rule.Code, rules.SeverityName(rule.Severity, p.Language), rule.Title.In(p.Language))
	fmt.Fprintf(p.Out, "%s %s\n", p.text("Melding:", "Message:"), rules.Outline(rule.Message, p.Language))
	fmt.Fprintf(p.Out, "%s %s\n", p.text("Wat te doen:", "What to do:"), rules.Outline(rule.Remedy, p.Language))
	fmt.Fprintf(p.Out, "%s %s", p.text("Bron:", "Source:"), p.source(rule))
	if rule.IJW != "" {
		fmt.Fprintf(p.Out, "; iJw %s", rule.IJW)
	}
	fmt.Fprintln(p.Out)
	return nil
}

// source returns the source of a rule.
func (p *Printer) source(rule *billing.Rule) string {
	if rule.Source == "own" {
		return p.text("eigen", "own")
	}
	return rule.Source
}

func ruleJSON(rule *billing.Rule) object {
	return object{"code": rule.Code.String(), "severity": rule.Severity.String(), "ijw": rule.IJW, "source": rule.Source,
		"title": object{"nl": rule.Title.Dutch, "en": rule.Title.English}, "message": object{"nl": rule.Message.Dutch, "en": rule.Message.English},
		"remedy": object{"nl": rule.Remedy.Dutch, "en": rule.Remedy.English}}
}
