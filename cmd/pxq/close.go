package main

import (
	"cmp"
	"context"
	"os"

	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

func (a *app) closeCommand() *cobra.Command {
	period, confirm, yes := "", "", false
	command := a.command(words{
		use: both("close --period JJJJ-MM", "close --period YYYY-MM"), short: both("maakt de declaratie van een periode definitief", "makes the declaration of a period final"),
		long: both("Maakt de declaratieregels van de periode definitief: genummerd, aan elkaar geketend met een hash, en nooit meer gewijzigd. Wat later binnenkomt, wordt in een volgende periode verrekend. Eerst staat er wat doorgaat naar de volgende maand; op een terminal vraagt pxq of het mag.\n\nGeweigerd wordt het als de maand nog niet voorbij is of dat bij de laatste run niet was, als er na die run iets binnenkwam of een bestand in de mappen nog niet is ingelezen, en als een regel berust op een voorbeeld in het contractenboek (behalve in een proef). Wijkt de maand te veel af (max_change, max_rejected of max_credit in pxq.toml), dan sluit u haar af met --confirm en de reden.",
			"Makes the lines of the period final: numbered, chained by hashes and never changed again. What comes in later is settled in a later period. First it shows what moves on to the next month; on a terminal it asks for confirmation.\n\nRefused when the month is not over, or was not over at the last run; when something came in after that run, or a file in the folders was not imported yet; and, except in a trial, when a line depends on an example in the contract book. A month beyond a safety bound (max_change, max_rejected or max_credit in pxq.toml) is closed only with --confirm and the reason."),
		ends: endsPlain,
	})
	command.Args = cobra.NoArgs
	command.RunE = func(cmd *cobra.Command, _ []string) error {
		return a.closePeriod(cmd.Context(), period, cmp.Or(confirm, os.Getenv("PXQ_CONFIRM")), yes)
	}
	command.Flags().StringVar(&period, "period", "", a.text("de `MAAND`, zoals 2026-10", "the `MONTH`, like 2026-10"))
	command.Flags().StringVar(&confirm, "confirm", "", a.text("de reden als `TEKST`, om af te sluiten over een veiligheidsgrens heen (ook met PXQ_CONFIRM)", "the reason, as a `TEXT`, to close beyond a safety bound (or set PXQ_CONFIRM)"))
	command.Flags().BoolVar(&yes, "yes", false, a.text("vraag niets", "do not ask for confirmation"))
	return command
}

func (a *app) closePeriod(ctx context.Context, text, confirm string, yes bool) error {
	period, err := parsePeriod(text)
	if err != nil {
		return err
	}
	options := workspace.CloseOptions{Period: period, AsOf: a.day, Confirm: confirm}
	return a.in(ctx, existing, func(w *workspace.Workspace) error {
		closing, err := w.PrepareClose(ctx, options)
		if err != nil {
			return err
		}
		if !a.json {
			a.printer(closing.Book).Closing(closing)
		}
		if !yes && a.isAsked() && !a.confirm("Afsluiten? Dit kan niet ongedaan worden gemaakt (j/n): ", "Close it? This cannot be undone (y/n): ") {
			return notConfirmed
		}
		progress := a.progress()
		month, err := w.ClosePeriod(ctx, options, progress.Show)
		progress.End()
		if err != nil {
			return err
		}
		return a.printer(month.Book).Closed(month)
	})
}
