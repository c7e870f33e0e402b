package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/billing/intake"
)

func (a *app) importCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "import BESTAND...",
		Short: "Neemt bestanden in, van elke soort / takes in files of any kind",
		Long: `Neemt aanleveringen, toewijzingen en besluiten in, in de volgorde van de opdrachtregel: een later bestand
vervangt wat een eerder bestand onder hetzelfde regelnummer gaf. De soort wordt aan de inhoud herkend.

Takes in submissions, referrals and decisions, in the order of the command line.
Exit status: 0 done; 1 failed; 2 wrong usage; 3 done, but a file was refused whole.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.importFiles(cmd.Context(), args) },
	}
}

func (a *app) importFiles(ctx context.Context, paths []string) error {
	w, err := a.openWorkspace(ctx, true)
	if err != nil {
		return err
	}
	defer w.close()
	asOf, err := a.day()
	if err != nil {
		return err
	}
	if err := w.lock(ctx, "pxq import"); err != nil {
		return err
	}
	groups := make([][]string, len(paths))
	for i, path := range paths {
		groups[i] = []string{path}
	}
	imported, err := w.takeIn(ctx, groups, asOf)
	if err != nil {
		return err
	}
	return a.showImported(imported)
}

// showImported tells what came in and sets the exit status.
func (a *app) showImported(imported *intake.Imported) error {
	if imported.Refused() > 0 {
		a.status = refused
	}
	if a.json {
		return a.writeJSON(importedJSON(imported, a.language))
	}
	a.printImported(imported)
	return nil
}
