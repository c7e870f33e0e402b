package main

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

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
			if !slices.Contains(workspace.Exports, args[0]) {
				return usage("export kent lines, records, findings, totals en payments, niet ‘%s’.", "export knows lines, records, findings, totals and payments, not “%s”.", args[0])
			}
			return nil
		}),
		RunE: func(cmd *cobra.Command, args []string) error { return a.export(cmd.Context(), args[0], flags) },
	}
	command.Flags().StringVar(&flags.period, "period", "", "de maand / the month")
	command.Flags().StringVar(&flags.format, "format", workspace.ExportFormats[0], "csv of/or json")
	command.Flags().StringVar(&flags.out, "out", "", "bestand (standaard: standaarduitvoer) / file")
	return command
}

func (a *app) export(ctx context.Context, what string, flags *exportFlags) error {
	period, err := parsePeriod(flags.period)
	if err != nil {
		return err
	}
	if !slices.Contains(workspace.ExportFormats, flags.format) {
		return usage("--format is csv of json, niet ‘%s’.", "--format is csv or json, not “%s”.", flags.format)
	}
	return a.in(ctx, existing, func(w *workspace.Workspace) error {
		export := workspace.Export{What: what, Format: flags.format, Period: period}
		if flags.out != "" {
			return w.ExportFile(ctx, export, flags.out)
		}
		return w.Export(ctx, export, a.out)
	})
}
