package main

import (
	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

func (a *app) versionCommand() *cobra.Command {
	command := a.command(words{
		use: same("version"), short: both("naam en versie van dit programma", "name and version of this program"),
		long: both("Toont naam en versie van dit programma.",
			"Shows name and version of this program."),
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
