package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

func (a *app) statusCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "status",
		Short: "Perioden, wat er binnenkwam en wat openstaat / periods, what came in and what is open",
		Long:  "Toont de perioden, de ingelezen bestanden, en per aanbieder wat er kwam en wat openstaat.\n\nExit status: 0 done; 1 failed; 2 wrong usage.",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return a.showStatus(cmd.Context()) },
	}
}

func (a *app) showStatus(ctx context.Context) error {
	return a.in(ctx, existing, func(w *workspace.Workspace) error {
		status, book, err := w.Status(ctx)
		if err != nil {
			return err
		}
		return a.printer(book).Status(w, status)
	})
}
