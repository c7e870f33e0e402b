package main

import (
	_ "embed"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/exporters/templates"
	"github.com/pxq-nl/pxq/rates"
)

//go:embed pxq.toml
var settingsFile []byte

func (a *app) initCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "init MAP",
		Short: "Maakt een werkmap / makes a workspace",
		Long: `Maakt een werkmap met een toegelichte pxq.toml, de mappen waarin bestanden komen, en het contractenboek van
de regio als werkboek om aan te passen (contract/contractenboek.xlsx).

Makes a workspace with a commented pxq.toml, its folders and the region's book as an editable workbook.
Exit status: 0 done; 1 failed; 2 wrong usage.`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := a.makeWorkspace(args[0], true); err != nil {
				return err
			}
			fmt.Fprintf(a.out, "%s %s\n", a.text("Werkmap gemaakt:", "Workspace made:"), args[0])
			fmt.Fprintln(a.out, a.text("Pas contract/contractenboek.xlsx aan (de tarieven en codes erin zijn voorbeelden), zet toewijzingen in referrals/ en aanleveringen in submissions/, en draai ‘pxq run’.",
				"Edit contract/contractenboek.xlsx (its prices and codes are examples), put referrals into referrals/ and submissions into submissions/, and do “pxq run”."))
			for _, note := range rates.Notes() {
				fmt.Fprintf(a.out, "- %s\n", note.In(a.language))
			}
			return nil
		},
	}
}

// makeWorkspace makes the folder of a workspace; one that is there must be empty.
func (a *app) makeWorkspace(folder string, withBook bool) error {
	entries, err := os.ReadDir(folder)
	switch {
	case err == nil && len(entries) > 0:
		return failure("De map %s is niet leeg. Kies een nieuwe map.", "The folder %s is not empty. Choose a new folder.", folder)
	case err != nil && !errors.Is(err, os.ErrNotExist):
		return failure("%s is geen map die gelezen kan worden. Kies een andere.", "%s is not a folder that can be read. Choose another.", folder)
	}
	for _, name := range append([]string{"contract"}, inboxes[:]...) {
		if name == "contract" && !withBook {
			continue
		}
		if err := os.MkdirAll(filepath.Join(folder, name), 0o700); err != nil {
			return failure("De map %s kan niet gemaakt worden. Controleer de rechten en de vrije ruimte.",
				"The folder %s cannot be made. Check the permissions and the free space.", folder)
		}
	}
	if err := os.WriteFile(filepath.Join(folder, "pxq.toml"), settingsFile, 0o600); err != nil {
		return failure("In %s kan niet geschreven worden. Controleer de rechten en de vrije ruimte.", "%s cannot be written. Check the permissions and the free space.", folder)
	}
	if !withBook {
		return nil
	}
	asOf, err := a.day()
	if err != nil {
		return err
	}
	settings, err := readSettings(filepath.Join(folder, "pxq.toml"))
	if err != nil {
		return err
	}
	return templates.Book(filepath.Join(folder, "contract", "contractenboek.xlsx"), templates.Head{
		Region: settings.Region, Language: a.language, Program: program(), AsOf: asOf, Book: rates.HartVanBrabant(),
	}, rates.HartVanBrabantTables())
}
