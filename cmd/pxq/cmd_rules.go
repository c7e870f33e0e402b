package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/rules"
)

func (a *app) rulesCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "rules [CODE]",
		Short: "De regels waaraan zorgregels worden getoetst / the rules that records are held against",
		Long:  "Toont alle regels, of één regel met uitleg.\n\nShows all rules, or one with its explanation.\nExit status: 0 done; 2 wrong usage.",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			catalogue := rules.Catalogue()
			if len(args) == 0 {
				return a.listRules(catalogue)
			}
			rule := catalogue.Rule(billing.ParseCode(strings.ToUpper(args[0])))
			if rule == nil || args[0] == "" {
				return usage("er is geen regel ‘%s’; ‘pxq rules’ noemt ze.", "there is no rule “%s”; “pxq rules” names them.", args[0])
			}
			return a.showRule(rule)
		},
	}
}

func (a *app) listRules(catalogue *billing.Catalogue) error {
	if a.json {
		list := []object{}
		for _, rule := range rules.Sorted() {
			list = append(list, ruleJSON(&rule))
		}
		return a.writeJSON(list)
	}
	for _, rule := range rules.Sorted() {
		fmt.Fprintf(a.out, "%s  %-8s %-5s %-10s %s\n", rule.Code, rules.SeverityName(rule.Severity, a.language), rule.IJW, rule.Source, rule.Title.In(a.language))
	}
	return nil
}

func (a *app) showRule(rule *billing.Rule) error {
	if a.json {
		return a.writeJSON(ruleJSON(rule))
	}
	fmt.Fprintf(a.out, "%s  %s\n\n%s\n", rule.Code, rules.SeverityName(rule.Severity, a.language), rule.Title.In(a.language))
	fmt.Fprintf(a.out, "%s %s\n", a.text("Melding:", "Message:"), rules.Outline(rule.Message, a.language))
	fmt.Fprintf(a.out, "%s %s\n", a.text("Wat te doen:", "What to do:"), rules.Outline(rule.Remedy, a.language))
	fmt.Fprintf(a.out, "%s %s", a.text("Bron:", "Source:"), rule.Source)
	if rule.IJW != "" {
		fmt.Fprintf(a.out, "; iJw %s", rule.IJW)
	}
	fmt.Fprintln(a.out)
	return nil
}

func ruleJSON(rule *billing.Rule) object {
	return object{"code": rule.Code.String(), "severity": rule.Severity.String(), "ijw": rule.IJW, "source": rule.Source,
		"title": object{"nl": rule.Title.Dutch, "en": rule.Title.English}, "message": object{"nl": rule.Message.Dutch, "en": rule.Message.English},
		"remedy": object{"nl": rule.Remedy.Dutch, "en": rule.Remedy.English}}
}

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Naam en versie van dit programma / name and version of this program", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if a.json {
				return a.writeJSON(object{"version": version, "commit": commit()})
			}
			fmt.Fprintln(a.out, program(), commit())
			return nil
		},
	}
}
