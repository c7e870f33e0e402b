package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

func (a *app) diffCommand() *cobra.Command {
	period := ""
	command := a.command(words{
		use: both("diff --period JJJJ-MM", "diff --period YYYY-MM"), short: both("wat de laatste run anders maakte dan de run ervoor", "what the last run made otherwise than the one before"),
		long: both("Vergelijkt de laatste run van een periode met de run van die periode daarvoor: welke declaratieregels kwamen, gingen of wijzigden, waardoor en voor hoeveel, en van welke zorgregels de uitkomst of de codes wijzigden.",
			"Compares the last run of a period with the run of that period before it: which lines came, went or changed, why and for how much, and of which records the outcome or the codes changed."),
		ends: endsPlain,
	})
	command.Args = cobra.NoArgs
	command.RunE = func(cmd *cobra.Command, _ []string) error { return a.diff(cmd.Context(), period) }
	command.Flags().StringVar(&period, "period", "", a.text("de `MAAND`, zoals 2026-10", "the `MONTH`, like 2026-10"))
	return command
}

func (a *app) diff(ctx context.Context, text string) error {
	period, err := parsePeriod(text)
	if err != nil {
		return err
	}
	return a.in(ctx, existing, func(w *workspace.Workspace) error {
		comparison, compared, book, err := w.Compare(ctx, period)
		if err != nil {
			return err
		}
		return a.printer(book).Comparison(period, comparison, compared)
	})
}
