package main

import (
	"context"
	"errors"
	"os"

	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/views"
)

func (a *app) backupCommand() *cobra.Command {
	command := a.command(words{
		use: both("backup BESTAND", "backup FILE"), short: both("schrijft een reservekopie van de SQLite-database", "writes a backup of the SQLite database"),
		long: both("Schrijft een volledige kopie van de database, ook terwijl die in gebruik is. Zet haar terug door haar als pxq.db in de werkmap te zetten, en de kopie van de pagina's (BESTAND.web) als pxq-web.db.",
			"Writes a complete copy of the database, even while it is in use. To restore, put it in the workspace as pxq.db, and the copy of the pages' database (FILE.web) as pxq-web.db."),
		ends: endsPlain,
	})
	command.Args = cobra.ExactArgs(1)
	command.RunE = func(cmd *cobra.Command, args []string) error { return a.backup(cmd.Context(), args[0]) }
	return command
}

func (a *app) backup(ctx context.Context, path string) error {
	return a.in(ctx, existing, func(w *workspace.Workspace) error {
		if err := w.Backup(ctx, path); err != nil {
			return err
		}
		pages := path + ".web" // put it back as pxq-web.db
		made, err := webstore.Backup(ctx, w.DatabaseAddress(a.databaseAddress()), pages)
		if err != nil {
			return errors.Join(err, os.Remove(path)) // half a backup is useless, and would block a retry with the same name
		}
		if err := w.Audit(ctx, views.BackupRemark+path); err != nil {
			return err
		}
		printer := a.printer(nil)
		switch {
		case a.json && made:
			return printer.Object(map[string]any{"backup": path, "web": pages})
		case a.json:
			return printer.Object(map[string]any{"backup": path})
		}
		printer.Line("Reservekopie geschreven: %s", "Backup written: %s", path)
		if made {
			printer.Line("Die van de pagina's: %s", "Backup of the pages: %s", pages)
		}
		return nil
	})
}
