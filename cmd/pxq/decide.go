package main

import (
	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/cmd/internal/workspace"
	"github.com/pxq-nl/pxq/cmd/pxq/terminal"
)

func (a *app) decideCommand() *cobra.Command {
	command := a.command(words{
		use: both("decide BESTAND...", "decide FILE..."), short: both("neemt besluiten van controllers in", "imports controllers' decisions"),
		long: both("Neemt de kolommen Besluit, Reden en Beoordelaar in van uitval.xlsx (of een ander bestand met die koppen). Elk besluit dat niet is overgenomen, wordt genoemd met de reden. De volgende run rekent met de besluiten.",
			"Imports the columns Besluit, Reden and Beoordelaar of uitval.xlsx, or of another file with these headings. Each decision that was not accepted is named, with the reason. The next run applies the decisions."),
		ends: endsTaking,
	})
	command.Args = cobra.MinimumNArgs(1)
	command.RunE = func(cmd *cobra.Command, args []string) error {
		return a.takeIn(cmd.Context(), args, (*workspace.Workspace).Decide, (*terminal.Printer).Decided)
	}
	return command
}
