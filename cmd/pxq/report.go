package main

import (
	"context"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

func (a *app) reportCommand() *cobra.Command {
	year := ""
	command := a.command(words{
		use: both("report --year JJJJ", "report --year YYYY"), short: both("de productieverantwoording van een jaar", "writes the production statement of a year"),
		long: both("Schrijft in reports/JAAR wat de zorg van een kalenderjaar werd, per gemeente, aanbieder, product en maand: gedeclareerd, gecrediteerd en nog in uitval, uit de afgesloten perioden. De keten van het grootboek wordt eerst nagerekend; elk werkboek noemt haar hoofd. De aanbieder ondertekent de zijne. Voorlopig zolang er zorg van dat jaar kan binnenkomen, of iets ervan in uitval of nog niet afgesloten is.",
			"Writes to reports/YEAR the care of a calendar year by municipality, provider, product and month: declared, credited and still held, taken from the closed periods. The hash chain of the ledger is recomputed first; each workbook shows its head. Each provider signs its own workbook. The statement is provisional as long as care of that year may come in, or some of it is held or not closed."),
		ends: endsPlain,
	})
	command.Args = cobra.NoArgs
	command.RunE = func(cmd *cobra.Command, _ []string) error { return a.report(cmd.Context(), year) }
	command.Flags().StringVar(&year, "year", "", a.text("het `JAAR` waarin de zorg is geleverd, zoals 2026", "the `YEAR` in which the care was delivered, like 2026"))
	return command
}

// parseYear parses the value of the flag --year.
func parseYear(text string) (int, error) {
	if text == "" {
		return 0, usage("geef het jaar: --year 2026.", "give the year: --year 2026.")
	}
	year, err := strconv.Atoi(text)
	if err != nil || len(text) != len("2026") || year < 1000 {
		return 0, usage("--year is een jaar als 2026, niet ‘%s’.", "--year must be a year like 2026, not “%s”.", text)
	}
	return year, nil
}

func (a *app) report(ctx context.Context, text string) error {
	year, err := parseYear(text)
	if err != nil {
		return err
	}
	return a.in(ctx, existing, func(w *workspace.Workspace) error {
		progress := a.progress()
		statement, err := w.YearStatement(ctx, year, progress.Show)
		progress.End()
		if err != nil {
			return err
		}
		return a.printer(statement.Year.Book).Statement(statement)
	})
}
