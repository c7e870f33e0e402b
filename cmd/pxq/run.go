package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// runFlags are the flags of run.
type runFlags struct {
	period    string
	noReports bool
}

func (a *app) runCommand() *cobra.Command {
	flags := &runFlags{}
	command := &cobra.Command{
		Use:   "run --period JJJJ-MM",
		Short: "De hele maandelijkse batch / the whole monthly batch",
		Long: `Leest wat er nieuw is in contract/, referrals/, submissions/ en decisions/, toetst elke regel, berekent de
declaratie van de periode en schrijft de werkboeken in reports/PERIODE. Nog eens draaien zonder iets nieuws
verandert niets.

Takes in what is new, judges every record, computes the declaration of the period and writes the workbooks.
Exit status: 0 done; 1 failed; 2 wrong usage; 3 done, but a file was refused whole.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.runBatch(cmd.Context(), flags) },
	}
	command.Flags().StringVar(&flags.period, "period", "", "de maand die gedeclareerd wordt / the month to declare")
	command.Flags().BoolVar(&flags.noReports, "no-reports", false, "schrijf geen werkboeken / write no workbooks")
	return command
}

func (a *app) runBatch(ctx context.Context, flags *runFlags) error {
	period, err := parsePeriod(flags.period)
	if err != nil {
		return err
	}
	return a.in(ctx, creating, func(w *workspace.Workspace) error {
		progress := a.progress()
		month, err := w.Run(ctx, workspace.RunOptions{Period: period, AsOf: a.day, NoWorkbooks: flags.noReports}, progress.Tell)
		progress.End()
		if err != nil {
			return err
		}
		a.countRefused(month.Imported)
		if len(month.TooLarge) > 0 {
			a.status = refused
		}
		return a.printer(month.Book).Month(month)
	})
}
