package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

func (a *app) checkCommand() *cobra.Command {
	command := a.command(words{
		use: both("check BESTAND...", "check FILE..."), short: both("toetst bestanden vóór het aanleveren; schrijft niets", "checks files before sending; writes nothing"),
		long: both("Toetst een aanlevering op alles wat zonder database te toetsen is. Geef toewijzingen en het contractenboek erbij om ook daaraan te toetsen; zonder boek geldt dat van de werkmap of het ingebouwde, en dat staat erbij. Met --workspace telt mee welke regelnummers de werkmap al kent.",
			"Checks a submission on everything that can be judged without the database. Name files of referrals and the contract book too to have it checked against them; without a book it uses that of the workspace, or else the built-in one, and says which. With --workspace it also knows the references that the workspace has already."),
		ends: endsTaking,
	})
	command.Args = cobra.MinimumNArgs(1)
	command.RunE = func(cmd *cobra.Command, args []string) error { return a.check(cmd.Context(), args) }
	return command
}

func (a *app) check(ctx context.Context, files []string) error {
	folder, err := a.folder()
	if err != nil {
		return err
	}
	checked, err := folder.Check(ctx, matched(files), workspace.CheckOptions{AsOf: a.day, Known: a.chosen, Database: a.databaseAddress()})
	if err != nil {
		return err
	}
	a.countRefused(checked.Imported)
	return a.printer(checked.Book.Book).Checked(checked)
}
