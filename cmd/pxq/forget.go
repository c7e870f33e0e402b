package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

func (a *app) forgetCommand() *cobra.Command {
	period := ""
	command := a.command(words{
		use: both("forget --period JJJJ-MM", "forget --period YYYY-MM"), short: both("vergeet een run van een verkeerde maand", "forgets a run of a month by mistake"),
		long: both("Vergeet de run van een maand die per vergissing is gedraaid, met de werkboeken die pxq ervan schreef, alsof hij niet was gemaakt. Alleen de nieuwste run kan vergeten worden, en nooit een afgesloten periode. Wat is ingelezen, blijft; bestanden van uzelf in reports/PERIODE ook.",
			"Forgets the run of a month that was made by mistake, with the workbooks that pxq wrote of it, as if it had not been made. Only the newest run can be forgotten, and never a closed period. What was taken in stays, and so do your own files in reports/PERIOD."),
		ends: endsPlain,
	})
	command.Args = cobra.NoArgs
	command.RunE = func(cmd *cobra.Command, _ []string) error { return a.forget(cmd.Context(), period) }
	command.Flags().StringVar(&period, "period", "", a.text("de `MAAND`, zoals 2026-10", "the `MONTH`, like 2026-10"))
	return command
}

func (a *app) forget(ctx context.Context, text string) error {
	period, err := parsePeriod(text)
	if err != nil {
		return err
	}
	return a.in(ctx, existing, func(w *workspace.Workspace) error {
		forgotten, err := w.Forget(ctx, period)
		if err != nil {
			return err
		}
		return a.printer(nil).Forgotten(forgotten)
	})
}
