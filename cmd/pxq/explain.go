package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

func (a *app) explainCommand() *cobra.Command {
	provider := ""
	command := &cobra.Command{
		Use:   "explain REGELNUMMER|DECLARATIEREGEL",
		Short: "Het hele verhaal van een zorgregel of declaratieregel / the whole story of a record or a line",
		Long: `Vertelt waarom een zorgregel deze uitkomst heeft en hoe het bedrag ontstond: waar hij vandaan kwam, zijn
versies, de toewijzing en wat daarvan gebruikt is, het tarief, elke regel, besluiten, en de declaratieregel met
de berekening. Een declaratieregel heeft een nummer als 2026-10-000123.

Tells why a record got this outcome and how its amount came about; or how a line of a declaration did.
Exit status: 0 done; 1 failed; 2 wrong usage.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.explainIt(cmd.Context(), args[0], provider) },
	}
	command.Flags().StringVar(&provider, "provider", "", "AGB-code, als meer aanbieders het nummer gebruiken / AGB code, when several providers use the number")
	return command
}

func (a *app) explainIt(ctx context.Context, what, provider string) error {
	return a.in(ctx, existing, func(w *workspace.Workspace) error {
		explained, err := w.Explain(ctx, what, provider)
		if err != nil {
			return err
		}
		return a.printer(explained.Book).Explained(explained)
	})
}
