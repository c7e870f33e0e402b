package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

func (a *app) withdrawCommand() *cobra.Command {
	command := a.command(words{
		use: both("withdraw BESTAND|HASH", "withdraw FILE|HASH"), short: both("trekt een bestand terug dat per vergissing is ingelezen", "takes back a file imported by mistake"),
		long: both("Maakt ongedaan dat een bestand is ingelezen, alsof het nooit gekomen was: wat het verving geldt weer, wat het introk komt terug. Geef het pad van het bestand, alleen zijn naam, of het begin van de hash die ‘pxq status’ toont (ten minste 8 tekens): ook een bestand dat intussen is overschreven. Dit kan niet meer zodra een regel eruit is gedeclareerd in een afgesloten periode, of op een bericht (JW323) is geantwoord; wat een afgesloten periode toonde verandert nooit.",
			"Takes back a file as if it had never come: what it replaced holds again, what it withdrew comes back. Name the file by its path, its name, or the first characters (at least 8) of the hash that “pxq status” shows, which also works for a file that was overwritten since. Refused once a row of it was declared in a closed period, or a message (JW323) was answered; what a closed period showed never changes."),
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

func (a *app) forgetCommand() *cobra.Command {
	period := ""
	command := a.command(words{
		use: both("forget --period JJJJ-MM", "forget --period YYYY-MM"), short: both("vergeet een run van een verkeerde maand", "undoes a run of the wrong month"),
		long: both("Vergeet de run van een maand die per vergissing is gedraaid, met de werkboeken die pxq ervan schreef, alsof hij niet was gemaakt. Alleen de nieuwste run kan vergeten worden, en nooit een afgesloten periode. Wat is ingelezen, blijft; antwoorden op berichten (JW325), die definitief zijn, en bestanden van uzelf in reports/PERIODE ook.",
			"Undoes a run that was made by mistake, with the workbooks that pxq wrote for it, as if it had never been made. Only the newest run can be undone, and never that of a closed period. Imported files stay, and so do answers to messages (JW325), which are final, and your own files in reports/PERIOD."),
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
