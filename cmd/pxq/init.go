package main

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

func (a *app) initCommand() *cobra.Command {
	apply := false
	command := a.command(words{
		use: both("init MAP", "init FOLDER"), short: both("maakt een werkmap, of de rollen van een database", "creates a workspace, or the roles of a database"),
		long: both("Maakt een werkmap met een toegelichte pxq.toml, de mappen waarin bestanden komen, en het contractenboek van de regio als werkboek om aan te passen (contract/contractenboek.xlsx).\n\n"+
			"Zonder MAP, met --database postgres://…, schrijft het de SQL voor drie rollen van die database: een eigenaar, een batch en een lezer, met alleen de rechten die elk nodig heeft; het schema is dat van search_path in het adres, anders public. Met --apply worden de rollen en tabellen gemaakt (als beheerder van de server).",
			"Creates a workspace with a commented pxq.toml, the folders for files, and the region's contract book as a workbook to edit (contract/contractenboek.xlsx).\n\n"+
				"Without FOLDER, and with --database postgres://…, it prints the SQL for three roles in that database: an owner, a batch and a reader, with only the rights that each needs; the schema is search_path in the address, or else public. With --apply it creates the roles and tables (run it as an administrator of the server)."),
		ends: endsPlain,
	})
	command.Args = func(cmd *cobra.Command, args []string) error {
		if a.database != "" && len(args) == 0 {
			return nil
		}
		return cobra.ExactArgs(1)(cmd, args)
	}
	command.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return a.roles(cmd.Context(), apply)
		}
		if apply {
			return usage("--apply hoort bij ‘pxq init --database postgres://…’, zonder map.", "--apply goes with “pxq init --database postgres://…”, without a folder.")
		}
		return a.init(args[0])
	}
	command.Flags().BoolVar(&apply, "apply", false, a.text("maak de rollen in de database, in plaats van de SQL te schrijven", "create the roles in the database instead of printing the SQL"))
	return command
}

// roles prints the SQL that creates the roles of a database, or creates them if apply is set.
func (a *app) roles(ctx context.Context, apply bool) error {
	roles, err := workspace.RolesFor(ctx, a.database, apply)
	if err != nil {
		return err
	}
	switch {
	case a.json:
		return a.printer(nil).Object(map[string]any{"owner": roles.Owner, "batch": roles.Batch, "reader": roles.Reader, "applied": apply, "sql": roles.SQL})
	case !apply:
		_, err = io.WriteString(a.out, roles.SQL)
		return err
	}
	a.printer(nil).Line("Rollen gemaakt: %[1]s (eigenaar), %[2]s (batch) en %[3]s (lezer). Geef ze een wachtwoord, bijvoorbeeld met ‘\\password %[2]s’ in psql, en zet %[2]s in het adres van de database.",
		"Roles created: %[1]s (owner), %[2]s (batch) and %[3]s (reader). Give each a password, for example with “\\password %[2]s” in psql, and use %[2]s in the address of the database.", roles.Owner, roles.Batch, roles.Reader)
	return nil
}

func (a *app) init(folder string) error {
	if err := workspace.Create(folder, a.language, a.day); err != nil {
		return err
	}
	printer := a.printer(nil)
	if a.json {
		return printer.Object(map[string]any{"workspace": folder})
	}
	printer.Line("Werkmap gemaakt: %s", "Workspace created: %s", folder)
	printer.Line("Pas contract/contractenboek.xlsx aan (de tarieven en codes erin zijn voorbeelden; zolang de kolom bron dat zegt, kan een maand niet worden afgesloten), zet toewijzingen in referrals/ en aanleveringen in submissions/, en draai ‘pxq run’.",
		"Edit contract/contractenboek.xlsx (its prices and codes are examples; as long as the column bron says so, a month cannot be closed), put referrals into referrals/ and submissions into submissions/, and do “pxq run”.")
	for _, note := range workspace.BookNotes() {
		printer.Line("- %s", "- %s", note.In(a.language))
	}
	return nil
}
