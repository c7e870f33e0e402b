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
	command := a.command(words{
		use: both("run --period JJJJ-MM", "run --period YYYY-MM"), short: both("de hele maandelijkse batch", "runs the whole monthly batch"),
		long: both("Leest wat er nieuw is in contract/, referrals/, submissions/ en decisions/, toetst elke regel, berekent de declaratie van de periode en schrijft de werkboeken in reports/PERIODE. Nog eens draaien zonder iets nieuws verandert niets.",
			"Imports what is new in contract/, referrals/, submissions/ and decisions/, checks every record, computes the declaration of the period and writes the workbooks to reports/PERIOD. Running it again with nothing new changes nothing."),
		ends: endsTaking,
	})
	command.Args = cobra.NoArgs
	command.RunE = func(cmd *cobra.Command, _ []string) error { return a.runBatch(cmd.Context(), flags) }
	command.Flags().StringVar(&flags.period, "period", "", a.text("de `MAAND` die gedeclareerd wordt, zoals 2026-10", "the `MONTH` to declare, like 2026-10"))
	command.Flags().BoolVar(&flags.noReports, "no-reports", false, a.text("schrijf geen werkboeken", "write no workbooks"))
	return command
}

func (a *app) runBatch(ctx context.Context, flags *runFlags) error {
	period, err := parsePeriod(flags.period)
	if err != nil {
		return err
	}
	return a.in(ctx, creating, func(w *workspace.Workspace) error {
		progress := a.progress()
		month, err := w.Run(ctx, workspace.RunOptions{Period: period, AsOf: a.day, NoWorkbooks: flags.noReports}, progress.Show)
		progress.End()
		if err != nil {
			if month != nil {
				return a.failedAfter(month.Imported, err)
			}
			return err
		}
		a.countRefused(month.Imported)
		if len(month.TooLarge) > 0 {
			a.status = refused
		}
		return a.printer(month.Book).Month(month)
	})
}
