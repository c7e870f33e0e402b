package main

import (
	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Naam en versie van dit programma / name and version of this program", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			printer := a.printer(nil)
			if a.json {
				return printer.Object(map[string]any{"version": workspace.Version, "commit": workspace.Commit()})
			}
			printer.Line("%s %s", "%s %s", workspace.Program(), workspace.Commit())
			return nil
		},
	}
}
