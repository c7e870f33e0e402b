package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

func (a *app) verifyCommand() *cobra.Command {
	head := ""
	command := &cobra.Command{
		Use:   "verify",
		Short: "Bewijst dat aan het grootboek niets is gewijzigd / proves that nothing of the ledger was changed",
		Long: `Berekent de hashketen, de aansluiting en de totalen van elke afgesloten periode opnieuw uit de bewaarde
regels, en zegt wat afwijkt. Met --head vergelijkt het met een hoofd dat u buiten de database bewaarde.

Recomputes the hash chain, the reconciliation and the totals of every closed period, and says what differs.
Exit status: 0 nothing differs; 1 something differs, or failed; 2 wrong usage.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.verify(cmd.Context(), head) },
	}
	command.Flags().StringVar(&head, "head", "", "hoofd van de keten zoals ‘pxq close’ het gaf / head of the chain as “pxq close” gave it")
	return command
}

func (a *app) verify(ctx context.Context, head string) error {
	return a.in(ctx, existing, func(w *workspace.Workspace) error {
		verified, err := w.Verify(ctx, head)
		if err != nil {
			return err
		}
		if len(verified.Faults) > 0 {
			a.status = failed
		}
		return a.printer(nil).Verified(verified)
	})
}
