package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

func (a *app) backupCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "backup BESTAND",
		Short: "Schrijft een reservekopie van de SQLite-database / writes a backup of the SQLite database",
		Long: `Schrijft een volledige kopie van de database, ook terwijl die in gebruik is. Zet haar terug door haar als
pxq.db in de werkmap te zetten.

Writes a consistent copy of the database, also while it is in use.
Exit status: 0 done; 1 failed; 2 wrong usage.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.backup(cmd.Context(), args[0]) },
	}
}

func (a *app) backup(ctx context.Context, path string) error {
	return a.in(ctx, existing, func(w *workspace.Workspace) error {
		if err := w.Backup(ctx, path); err != nil {
			return err
		}
		printer := a.printer(nil)
		if a.json {
			return printer.Object(map[string]any{"backup": path})
		}
		printer.Line("Reservekopie geschreven: %s", "Backup written: %s", path)
		return nil
	})
}
