package main

import (
	"context"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/tables"
)

// exports are what can be exported.
var exports = []string{"lines", "records", "findings", "totals", "payments"}

// exportFlags are the flags of export.
type exportFlags struct{ period, format, out string }

func (a *app) exportCommand() *cobra.Command {
	flags := &exportFlags{}
	command := &cobra.Command{
		Use:   "export lines|records|findings|totals|payments --period JJJJ-MM",
		Short: "Dezelfde gegevens voor andere programma's / the same data for other programs",
		Long: `Schrijft de declaratieregels, de zorgregels met hun uitkomst, de bevindingen, de totalen of de betalingen van
een periode als CSV of JSON, zoals de laatste run ze liet. lines en records bevatten het BSN.

Writes the lines, records, findings, totals or payments of a period as CSV or JSON.
Exit status: 0 done; 1 failed; 2 wrong usage.`,
		Args: cobra.MatchAll(cobra.ExactArgs(1), func(_ *cobra.Command, args []string) error {
			if !slices.Contains(exports, args[0]) {
				return usage("export kent lines, records, findings, totals en payments, niet ‘%s’.", "export knows lines, records, findings, totals and payments, not “%s”.", args[0])
			}
			return nil
		}),
		RunE: func(cmd *cobra.Command, args []string) error { return a.export(cmd.Context(), args[0], flags) },
	}
	command.Flags().StringVar(&flags.period, "period", "", "de maand / the month")
	command.Flags().StringVar(&flags.format, "format", tables.CSV, "csv of/or json")
	command.Flags().StringVar(&flags.out, "out", "", "bestand (standaard: standaarduitvoer) / file")
	return command
}

func (a *app) export(ctx context.Context, what string, flags *exportFlags) error {
	period, err := parsePeriod(flags.period)
	if err != nil {
		return err
	}
	if flags.format != tables.CSV && flags.format != tables.JSON {
		return usage("--format is csv of json, niet ‘%s’.", "--format is csv or json, not “%s”.", flags.format)
	}
	w, err := a.openWorkspace(ctx, false)
	if err != nil {
		return err
	}
	defer w.close()
	run, found, err := w.batch.Store.RunOf(ctx, period)
	if err != nil {
		return err
	}
	if !found {
		return failure("Periode %s is nog niet berekend. Doe eerst ‘pxq run --period %[1]s’.", "Period %s was not computed yet. First do “pxq run --period %[1]s”.", period)
	}
	book, err := w.book()
	if err != nil {
		return err
	}
	setting, err := w.reporter().SettingOf(ctx, run, w.setting(book))
	if err != nil {
		return err
	}
	report, err := w.reporter().Report(ctx, run, setting)
	if err != nil {
		return err
	}
	fill := func(out io.Writer) error { return w.exportTo(ctx, out, what, flags.format, run, report) }
	if flags.out != "" {
		return writeFile(flags.out, fill)
	}
	return buffered(a.out, fill)
}

func (w *workspace) exportTo(ctx context.Context, out io.Writer, what, format string, run ledger.Run, content *report.Report) error {
	rows := func(ctx context.Context, visit func(*report.Row) error) error {
		return w.reporter().EachRow(ctx, run, visit)
	}
	switch what {
	case "lines":
		return tables.Lines(ctx, out, format, content.Lines)
	case "records":
		return tables.Records(ctx, out, format, rows)
	case "findings":
		return tables.Findings(ctx, out, format, w.app.language, w.batch.Catalogue, rows, content.Signals)
	case "totals":
		return tables.ExportTotals(ctx, out, format, content.Book, content.Lines)
	}
	return tables.Payments(ctx, out, format, run.Month(), content.Payments)
}
