package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

func (a *app) decideCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "decide BESTAND...",
		Short: "Neemt besluiten van controllers in / takes in controllers' decisions",
		Long: `Neemt de kolommen Besluit, Reden en Beoordelaar in van uitval.xlsx (of een ander bestand met die koppen).
Besluiten die niet overgenomen worden, staan in de uitvoer. De volgende run rekent ermee.

Takes in the columns Besluit, Reden and Beoordelaar of uitval.xlsx. Decisions that are not taken are named.
Exit status: 0 done; 1 failed; 2 wrong usage; 3 done, but a file was refused whole.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.importFiles(cmd.Context(), args) },
	}
}

func (a *app) backupCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "backup BESTAND",
		Short: "Schrijft een reservekopie van de SQLite-database / writes a backup of the SQLite database",
		Long: `Schrijft een volledige kopie van de database, ook terwijl die in gebruik is. Zet haar terug door haar als
pxq.db in de werkmap te zetten.

Writes a consistent copy of the database, also while it is in use.
Exit status: 0 done; 1 failed; 2 wrong usage.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			w, err := a.openWorkspace(cmd.Context(), false)
			if err != nil {
				return err
			}
			defer w.close()
			if err := w.batch.Store.Backup(cmd.Context(), args[0]); err != nil {
				return err
			}
			if a.json {
				return a.writeJSON(object{"backup": args[0]})
			}
			fmt.Fprintf(a.out, "%s %s\n", a.text("Reservekopie geschreven:", "Backup written:"), args[0])
			return nil
		},
	}
}
