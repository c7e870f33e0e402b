package main

import (
	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

func (a *app) decideCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "decide BESTAND...",
		Short: "Neemt besluiten van controllers in / takes in controllers' decisions",
		Long: `Neemt de kolommen Besluit, Reden en Beoordelaar in van uitval.xlsx (of een ander bestand met die koppen).
Besluiten die niet overgenomen worden, staan in de uitvoer. De volgende run rekent ermee.

Takes in the columns Besluit, Reden and Beoordelaar of uitval.xlsx. Decisions that are not taken are named.
Exit status: 0 done; 1 failed; 2 wrong usage; 3 done, but a file was refused whole.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.takeIn(cmd.Context(), args, (*workspace.Workspace).Decide)
		},
	}
}
