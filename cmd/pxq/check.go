package main

import (
	"context"

	"github.com/spf13/cobra"
)

func (a *app) checkCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "check BESTAND...",
		Short: "Toetst bestanden vóór het aanleveren; schrijft niets / checks files before sending; writes nothing",
		Long: `Toetst een aanlevering op alles wat zonder database te toetsen is. Geef toewijzingen en het contractenboek
erbij om ook daaraan te toetsen; zonder boek geldt dat van de werkmap of het ingebouwde.

Checks a submission on all that can be judged without the database. Referrals and the contract book may be among the files.
Exit status: 0 done, also with findings; 1 failed; 2 wrong usage; 3 a file was refused whole.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.check(cmd.Context(), args) },
	}
}

func (a *app) check(ctx context.Context, files []string) error {
	folder, err := a.folder()
	if err != nil {
		return err
	}
	checked, err := folder.Check(ctx, files, a.day)
	if err != nil {
		return err
	}
	a.countRefused(checked.Imported)
	return a.printer(checked.Book).Checked(checked)
}
