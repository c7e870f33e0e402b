package main

import (
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
			if len(args) == 0 {
				return a.printer(nil).Rules()
			}
			rule := rules.Catalogue().Rule(billing.ParseCode(strings.ToUpper(args[0])))
			if rule == nil || args[0] == "" {
				return usage("er is geen regel ‘%s’; ‘pxq rules’ noemt ze.", "there is no rule “%s”; “pxq rules” names them.", args[0])
			}
			return a.printer(nil).Rule(rule)
		},
	}
}
