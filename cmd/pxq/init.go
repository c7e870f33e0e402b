package main

import (
	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

func (a *app) initCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "init MAP",
		Short: "Maakt een werkmap / makes a workspace",
		Long: `Maakt een werkmap met een toegelichte pxq.toml, de mappen waarin bestanden komen, en het contractenboek van
de regio als werkboek om aan te passen (contract/contractenboek.xlsx).

Makes a workspace with a commented pxq.toml, its folders and the region's book as an editable workbook.
Exit status: 0 done; 1 failed; 2 wrong usage.`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return a.init(args[0]) },
	}
}

func (a *app) init(folder string) error {
	if err := workspace.Create(folder, a.language, a.day); err != nil {
		return err
	}
	printer := a.printer(nil)
	printer.Line("Werkmap gemaakt: %s", "Workspace made: %s", folder)
	printer.Line("Pas contract/contractenboek.xlsx aan (de tarieven en codes erin zijn voorbeelden), zet toewijzingen in referrals/ en aanleveringen in submissions/, en draai ‘pxq run’.",
		"Edit contract/contractenboek.xlsx (its prices and codes are examples), put referrals into referrals/ and submissions into submissions/, and do “pxq run”.")
	for _, note := range workspace.BookNotes() {
		printer.Line("- %s", "- %s", note.In(a.language))
	}
	return nil
}
