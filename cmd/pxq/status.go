package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

func (a *app) statusCommand() *cobra.Command {
	command := a.command(words{
		use: same("status"), short: both("perioden, wat er binnenkwam en wat openstaat", "shows the periods, what came in and what is open"),
		long: both("Toont de perioden, per aanbieder wat er kwam en wat openstaat, en de ingelezen bestanden met de hash waarmee ‘pxq withdraw’ ze kent.",
			"Shows the periods, what came in and what is open per provider, and the imported files with the hash that “pxq withdraw” accepts."),
		ends: endsPlain,
	})
	command.Args = cobra.NoArgs
	command.RunE = func(cmd *cobra.Command, _ []string) error { return a.showStatus(cmd.Context()) }
	return command
}

func (a *app) showStatus(ctx context.Context) error {
	return a.in(ctx, existing, func(w *workspace.Workspace) error {
		standing, err := w.Status(ctx, a.day)
		if err != nil {
			return err
		}
		return a.printer(standing.Book).Status(standing)
	})
}
