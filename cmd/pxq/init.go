package main

import (
	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

func (a *app) initCommand() *cobra.Command {
	command := a.command(words{
		use: both("init MAP", "init FOLDER"), short: both("maakt een werkmap", "makes a workspace"),
		long: both("Maakt een werkmap met een toegelichte pxq.toml, de mappen waarin bestanden komen, en het contractenboek van de regio als werkboek om aan te passen (contract/contractenboek.xlsx).",
			"Makes a workspace with a commented pxq.toml, the folders for files, and the region's contract book as a workbook to edit (contract/contractenboek.xlsx)."),
		ends: endsPlain,
	})
	command.Args = cobra.ExactArgs(1)
	command.RunE = func(_ *cobra.Command, args []string) error { return a.init(args[0]) }
	return command
}

func (a *app) init(folder string) error {
	if err := workspace.Create(folder, a.language, a.day); err != nil {
		return err
	}
	printer := a.printer(nil)
	if a.json {
		return printer.Object(map[string]any{"workspace": folder})
	}
	printer.Line("Werkmap gemaakt: %s", "Workspace made: %s", folder)
	printer.Line("Pas contract/contractenboek.xlsx aan (de tarieven en codes erin zijn voorbeelden; zolang de kolom bron dat zegt, kan een maand niet worden afgesloten), zet toewijzingen in referrals/ en aanleveringen in submissions/, en draai ‘pxq run’.",
		"Edit contract/contractenboek.xlsx (its prices and codes are examples; as long as the column bron says so, a month cannot be closed), put referrals into referrals/ and submissions into submissions/, and do “pxq run”.")
	for _, note := range workspace.BookNotes() {
		printer.Line("- %s", "- %s", note.In(a.language))
	}
	return nil
}
