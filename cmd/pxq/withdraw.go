package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

func (a *app) withdrawCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "withdraw BESTAND",
		Short: "Trekt een bestand terug dat per vergissing is ingelezen / takes back a file taken in by mistake",
		Long: `Maakt ongedaan dat een bestand is ingelezen, alsof het nooit gekomen was: wat het verving geldt weer, wat het
introk komt terug. Geef het pad van het bestand, of alleen zijn naam. Dit kan niet meer zodra een regel eruit is
gedeclareerd in een afgesloten periode; wat een afgesloten periode toonde verandert nooit.

Takes back a file as if it had never come: what it replaced holds again, what it withdrew comes back. Give the
file's path, or only its name. Refused once a row of it was declared in a closed period.
Exit status: 0 done; 1 failed or refused, nothing changed; 2 wrong usage.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.withdraw(cmd.Context(), args[0]) },
	}
}

func (a *app) withdraw(ctx context.Context, file string) error {
	return a.in(ctx, existing, func(w *workspace.Workspace) error {
		withdrawn, still, err := w.Withdraw(ctx, file)
		if err != nil {
			return err
		}
		return a.printer(nil).Withdrawn(withdrawn, still)
	})
}
