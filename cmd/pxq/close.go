package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

func (a *app) closeCommand() *cobra.Command {
	period := ""
	command := &cobra.Command{
		Use:   "close --period JJJJ-MM",
		Short: "Maakt de declaratie van een periode definitief / makes the declaration of a period final",
		Long: `Maakt de declaratieregels van de periode definitief: genummerd, aan elkaar geketend met een hash, en nooit
meer gewijzigd. Wat later binnenkomt, wordt in een volgende periode verrekend.

Makes the lines of the period final: numbered, chained by a hash and never changed again.
Exit status: 0 done; 1 refused or failed; 2 wrong usage.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.closePeriod(cmd.Context(), period) },
	}
	command.Flags().StringVar(&period, "period", "", "de maand / the month")
	return command
}

func (a *app) closePeriod(ctx context.Context, text string) error {
	period, err := parsePeriod(text)
	if err != nil {
		return err
	}
	return a.in(ctx, existing, func(w *workspace.Workspace) error {
		progress := a.progress()
		month, err := w.ClosePeriod(ctx, period, a.day, progress.Tell)
		progress.End()
		if err != nil {
			return err
		}
		return a.printer(month.Book).Closed(month)
	})
}
