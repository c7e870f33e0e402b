package main

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// exportFlags are the flags of export.
type exportFlags struct{ period, format, out, provider string }

func (a *app) exportCommand() *cobra.Command {
	flags := &exportFlags{}
	command := a.command(words{
		use: both("export lines|records|findings|totals|payments|jw323 --period JJJJ-MM", "export lines|records|findings|totals|payments|jw323 --period YYYY-MM"), short: both("dezelfde gegevens voor andere programma's", "writes the same data for other programs"),
		long: both("Schrijft de declaratieregels, de zorgregels met hun uitkomst, de bevindingen, de totalen of de betalingen van een periode als CSV of JSON, zoals de laatste run ze liet. lines en records bevatten het BSN. jw323 schrijft de reguliere en nagekomen declaratieregels van één aanbieder (--provider) als declaratieberichten, één per gemeente; wat niet in een bericht past, wordt genoemd.",
			"Writes the lines, the records with their outcome, the findings, the totals or the payments of a period as CSV or JSON, as the last run left them. lines and records contain the BSN. jw323 writes the regular and late lines of one provider (--provider) as declarations, one for each municipality, and names what cannot be expressed in a message."),
		ends: endsPlain,
	})
	command.Args = cobra.MatchAll(cobra.ExactArgs(1), func(_ *cobra.Command, args []string) error {
		if !slices.Contains(workspace.Exports, args[0]) && args[0] != messageExport {
			return usage("export kent lines, records, findings, totals, payments en jw323, niet ‘%s’.", "export can write lines, records, findings, totals, payments and jw323, not “%s”.", args[0])
		}
		return nil
	})
	command.RunE = func(cmd *cobra.Command, args []string) error { return a.export(cmd.Context(), args[0], flags) }
	command.Flags().StringVar(&flags.period, "period", "", a.text("de `MAAND`, zoals 2026-10", "the `MONTH`, like 2026-10"))
	command.Flags().StringVar(&flags.format, "format", workspace.ExportFormats[0], a.text("de `VORM`: csv (standaard) of json", "the `FORM`: csv (default) or json"))
	command.Flags().StringVar(&flags.out, "out", "", a.text("het `BESTAND` (standaard: standaarduitvoer)", "the `FILE` (default: standard output)"))
	command.Flags().StringVar(&flags.provider, "provider", "", a.text("bij jw323: de `AGB`-code van de aanbieder", "with jw323: the `AGB` code of the provider"))
	return command
}

// messageExport is the export of declarations as messages (JW323), which are written into a folder.
const messageExport = "jw323"

func (a *app) export(ctx context.Context, what string, flags *exportFlags) error {
	period, err := parsePeriod(flags.period)
	if err != nil {
		return err
	}
	if what == messageExport {
		return a.exportMessages(ctx, period, flags)
	}
	if !slices.Contains(workspace.ExportFormats, flags.format) {
		return usage("--format is csv of json, niet ‘%s’.", "--format must be csv or json, not “%s”.", flags.format)
	}
	return a.in(ctx, existing, func(w *workspace.Workspace) error {
		export := workspace.Export{What: what, Format: flags.format, Period: period}
		if flags.out != "" {
			return w.ExportFile(ctx, export, flags.out)
		}
		return w.Export(ctx, export, a.out)
	})
}

// exportMessages writes the declarations of a provider into a folder.
func (a *app) exportMessages(ctx context.Context, period billing.Period, flags *exportFlags) error {
	if flags.provider == "" {
		return usage("geef met --provider de AGB-code van de aanbieder.", "give the AGB code of the provider with --provider.")
	}
	return a.in(ctx, existing, func(w *workspace.Workspace) error {
		made, err := w.ExportMessages(ctx, billing.AGBOf(flags.provider), period, flags.out)
		if err != nil {
			return err
		}
		if len(made.TooLarge) > 0 {
			a.status = refused
		}
		return a.printer(nil).Declarations(made)
	})
}
