package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/billing/intake"
	"github.com/pxq-nl/pxq/importers"
)

func (a *app) withdrawCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "withdraw BESTAND",
		Short: "Trekt een bestand terug dat per vergissing is ingelezen / takes back a file taken in by mistake",
		Long: `Maakt ongedaan dat een bestand is ingelezen, alsof het nooit gekomen was: wat het verving geldt weer, wat het
introk komt terug. Geef het pad van het bestand, of alleen zijn naam. Dit kan niet meer zodra een regel eruit is
gedeclareerd in een afgesloten periode; wat een afgesloten periode toonde verandert nooit.

Takes back a file as if it had never come: what it replaced holds again, what it withdrew comes back. Give the
file's path, or only its name. Refused once a row of it was declared in a closed period.
Exit status: 0 done; 1 failed or refused, nothing changed; 2 wrong usage.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.withdraw(cmd.Context(), args[0]) },
	}
}

func (a *app) withdraw(ctx context.Context, file string) error {
	w, err := a.openWorkspace(ctx, false)
	if err != nil {
		return err
	}
	defer w.close()
	if _, err := w.batch.Store.Lock(ctx, "pxq withdraw"); err != nil {
		return err
	}
	in := &intake.Intake{Store: w.batch.Store, Reader: reader{}, Catalogue: w.batch.Catalogue}
	withdrawn, err := in.Withdraw(ctx, file, nil)
	if err != nil {
		return err
	}
	still, err := w.stillThere(withdrawn)
	if err != nil {
		return err
	}
	if a.json {
		return a.writeJSON(object{"file": withdrawn.File, "rows": withdrawn.Rows, "rows_back": withdrawn.Back, "rows_repeated": withdrawn.AlreadyReceived,
			"referrals": withdrawn.Referrals, "decisions": withdrawn.Decisions, "decisions_lapsed": withdrawn.Lapsed, "read_again": listOf(withdrawn.Files),
			"still_in": listOf(still)})
	}
	a.printWithdrawn(withdrawn, still)
	return nil
}

// stillThere gives where the file stands in the folders that a run takes in: there it would come in again.
func (w *workspace) stillThere(withdrawn *intake.Withdrawn) ([]string, error) {
	groups, err := w.inbox()
	if err != nil {
		return nil, err
	}
	var still []string
	for _, group := range groups {
		for _, path := range group {
			if filepath.Base(path) != withdrawn.File {
				continue
			}
			if hash, err := importers.Hash(path); err == nil && hash == withdrawn.SHA256 {
				still = append(still, path)
			}
		}
	}
	return still, nil
}

func (a *app) printWithdrawn(withdrawn *intake.Withdrawn, still []string) {
	fmt.Fprintf(a.out, "%s %s.\n", withdrawn.File, a.text("is teruggetrokken", "was taken back"))
	for _, line := range []struct {
		count          int
		dutch, english string
	}{
		{withdrawn.Rows, "zorgregels eruit tellen niet meer mee", "records of it no longer count"},
		{withdrawn.Back, "zorgregels uit andere bestanden gelden weer", "records of other files hold again"},
		{withdrawn.AlreadyReceived, "zorgregels uit latere bestanden herhalen nu alleen een eerdere regel", "records of later files now only repeat an earlier one"},
		{withdrawn.Referrals, "versies van toewijzingen vervallen", "versions of referrals are gone"},
		{withdrawn.Decisions, "besluiten eruit vervallen", "decisions of it are gone"},
		{withdrawn.Lapsed, "besluiten uit andere bestanden vervallen met hun regel", "decisions of other files lapse with their record"},
	} {
		if line.count > 0 {
			fmt.Fprintf(a.out, "  %s %s\n", a.count(line.count), a.text(line.dutch, line.english))
		}
	}
	fmt.Fprintf(a.out, "\n%s\n", a.text("Wat nu?", "What next?"))
	for _, path := range still {
		fmt.Fprintf(a.out, "  "+a.text("%s staat er nog: haal het weg, anders neemt de volgende run het weer in.\n",
			"%s is still there: remove it, or the next run takes it in again.\n"), path)
	}
	if len(withdrawn.Files) > 0 {
		fmt.Fprintf(a.out, "  "+a.text("De volgende run leest opnieuw wat een deel ervan herhaalde; neem deze bestanden opnieuw in met ‘pxq import’ als ze niet meer in de werkmap staan: %s\n",
			"The next run reads again what repeated a part of it; take these files in again with “pxq import” if they are no longer in the workspace: %s\n"),
			strings.Join(withdrawn.Files, ", "))
	}
	fmt.Fprintf(a.out, "  %s\n", a.text("Draai ‘pxq run’ opnieuw.", "Do “pxq run” again."))
}
