package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"
)

func (a *app) closeCommand() *cobra.Command {
	period := ""
	command := &cobra.Command{
		Use:   "close --period JJJJ-MM",
		Short: "Maakt de declaratie van een periode definitief / makes the declaration of a period final",
		Long: `Maakt de declaratieregels van de periode definitief: genummerd, aan elkaar geketend met een hash, en nooit
meer gewijzigd. Wat later binnenkomt, wordt in een volgende periode verrekend.

Makes the lines of the period final: numbered, chained by a hash and never changed again.
Exit status: 0 done; 1 refused or failed; 2 wrong usage.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.closePeriod(cmd.Context(), period) },
	}
	command.Flags().StringVar(&period, "period", "", "de maand / the month")
	return command
}

func (a *app) closePeriod(ctx context.Context, text string) error {
	w, book, order, err := a.openMonth(ctx, text, false, "pxq close")
	if err != nil {
		return err
	}
	defer w.close()
	run, err := w.batch.Close(ctx, order)
	if err != nil {
		return err
	}
	report, err := w.reporter().Report(ctx, run, w.setting(book))
	if err != nil {
		return err
	}
	written, err := w.writeReports(ctx, run, report)
	if err != nil {
		return err
	}
	summary, err := w.reporter().Summarise(ctx, run, &report.ReportHead)
	if err != nil {
		return err
	}
	if a.json {
		closed := runJSON(summary, nil, written, a.language)
		closed["head"] = run.Head
		return a.writeJSON(closed)
	}
	a.printSummary(summary)
	a.printWritten(written)
	fmt.Fprintf(a.out, "\n%s\n  %s\n", a.text("Afgesloten. Hoofd van de keten (bewaar dit buiten de database):", "Closed. Head of the chain (keep this outside the database):"), run.Head)
	return nil
}
