package main

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

func (a *app) rulesCommand() *cobra.Command {
	command := a.command(words{
		use: same("rules [CODE]"), short: both("de regels waaraan zorgregels worden getoetst", "shows the rules that records are checked against"),
		long: both("Toont alle regels, of één regel met uitleg.",
			"Shows all rules, or one with its explanation."),
		ends: []int{done, misused},
	})
	command.Args = cobra.MaximumNArgs(1)
	command.RunE = func(_ *cobra.Command, args []string) error {
		if len(args) == 0 {
			return a.printer(nil).Rules()
		}
		rule := rules.Catalogue().Rule(billing.ParseCode(strings.ToUpper(args[0])))
		if rule == nil || args[0] == "" {
			return usage("er is geen regel ‘%s’; ‘pxq rules’ noemt ze.", "there is no rule “%s”; “pxq rules” names them.", args[0])
		}
		return a.printer(nil).Rule(rule)
	}
	return command
}

func (a *app) versionCommand() *cobra.Command {
	command := a.command(words{
		use: same("version"), short: both("naam en versie van dit programma", "shows the name and version of this program"),
		long: both("Toont naam en versie van dit programma.",
			"Shows the name and version of this program."),
		ends: []int{done, misused},
	})
	command.Args = cobra.NoArgs
	command.RunE = func(*cobra.Command, []string) error {
		printer := a.printer(nil)
		if a.json {
			return printer.Object(map[string]any{"version": workspace.Version, "commit": workspace.Commit()})
		}
		printer.Line("%s %s", "%s %s", workspace.Program(), workspace.Commit())
		return nil
	}
	return command
}
