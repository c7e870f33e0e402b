package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

func (a *app) withdrawCommand() *cobra.Command {
	command := a.command(words{
		use: both("withdraw BESTAND|HASH", "withdraw FILE|HASH"), short: both("trekt een bestand terug dat per vergissing is ingelezen", "takes back a file taken in by mistake"),
		long: both("Maakt ongedaan dat een bestand is ingelezen, alsof het nooit gekomen was: wat het verving geldt weer, wat het introk komt terug. Geef het pad van het bestand, alleen zijn naam, of het begin van de hash die ‘pxq status’ toont (ten minste 8 tekens): ook een bestand dat intussen is overschreven. Dit kan niet meer zodra een regel eruit is gedeclareerd in een afgesloten periode; wat een afgesloten periode toonde verandert nooit.",
			"Takes back a file as if it had never come: what it replaced holds again, what it withdrew comes back. Give the file's path, only its name, or the beginning of the hash that “pxq status” shows (at least 8 characters): also of a file that was overwritten since. Refused once a row of it was declared in a closed period; what a closed period showed never changes."),
		ends: endsPlain,
	})
	command.Args = cobra.ExactArgs(1)
	command.RunE = func(cmd *cobra.Command, args []string) error { return a.withdraw(cmd.Context(), args[0]) }
	return command
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
