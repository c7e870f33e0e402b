package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/cmd/internal/synthetic"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

func (a *app) generateCommand() *cobra.Command {
	options, period := synthetic.Options{}, ""
	command := a.command(words{
		use: same("generate --records N --seed S"), short: both("vult een werkmap met verzonnen gegevens", "fills a workspace with synthetic data"),
		long: both("Schrijft verzonnen toewijzingen en aanleveringen in de werkmap, van elke omvang, voor proeven en metingen. Een map die nog geen werkmap is, wordt een proef (trial = true in pxq.toml). Met --plain als eenvoudige xlsx-bestanden die ook andere programma's kunnen lezen, met het contractenboek erbij.",
			"Writes synthetic referrals and submissions of any size into the workspace, for trials and benchmarks. A folder that is not a workspace yet becomes a trial (trial = true in pxq.toml). With --plain it writes simple xlsx files that other programs can read too, and the contract book."),
		ends: endsPlain,
	})
	command.Args = cobra.NoArgs
	command.RunE = func(cmd *cobra.Command, _ []string) error {
		var err error
		if options.Period, err = parsePeriod(period); err != nil {
			return err
		}
		if options.Records < 1 || options.Records > synthetic.RecordsMax {
			return usage("--records is een getal van 1 tot %d.", "--records must be a number from 1 to %d.", synthetic.RecordsMax)
		}
		made, err := a.generate(cmd.Context(), a.workspace, options)
		if err != nil {
			return err
		}
		a.noted(cmd.Context(), fmt.Sprintf("verzonnen gegevens: %d zorgregels", made.Records))
		a.warnOfMadeUp()
		return a.showGenerated(made, options)
	}
	flags := command.Flags()
	flags.IntVar(&options.Records, "records", demoRecords, a.text("het `AANTAL` zorgregels (standaard 12.000)", "the `NUMBER` of records (default 12,000)"))
	flags.Uint64Var(&options.Seed, "seed", demoSeed, a.text("een ander `GETAL` geeft een andere werkmap (standaard 1)", "the seed; another `NUMBER` gives other data (default 1)"))
	flags.BoolVar(&options.Plain, "plain", false, a.text("eenvoudige xlsx, met het boek in contract/", "write plain xlsx, and the book in contract/"))
	flags.BoolVar(&options.Messages, "ijw", false, a.text("in berichten van iJw: toewijzingen (JW301) en declaraties (JW323)", "write iJw messages: referrals (JW301) and declarations (JW323)"))
	flags.StringVar(&period, "period", demoPeriod.String(), a.text("de zorg`MAAND` (standaard 2026-10)", "the care `MONTH` (default 2026-10)"))
	return command
}

// warnOfMadeUp warns when the workspace is no trial, since the synthetic care would become part of its declaration.
func (a *app) warnOfMadeUp() {
	folder, err := a.folder()
	if err != nil || folder.Settings.Trial || a.quiet {
		return
	}
	fmt.Fprintln(a.err, a.text("LET OP: deze werkmap is geen proef (trial = true in pxq.toml). Bij de volgende ‘pxq run’ telt de verzonnen zorg mee met wat er al was; haal haar bestanden anders weg uit referrals/ en submissions/.",
		"ATTENTION: this workspace is not a trial (trial = true in pxq.toml). The next “pxq run” counts the synthetic care together with what was there already; to prevent that, remove its files from referrals/ and submissions/."))
}

// generate makes synthetic data in the folder of a workspace.
func (a *app) generate(ctx context.Context, folder string, options synthetic.Options) (*synthetic.Summary, error) {
	options.Language = a.language
	return workspace.Generate(ctx, folder, options)
}

func (a *app) showGenerated(made *synthetic.Summary, options synthetic.Options) error {
	printer := a.printer(nil)
	if a.json {
		return printer.Object(map[string]any{"files": made.Files, "records": made.Records, "clients": made.Clients, "referrals": made.Referrals,
			"providers": made.Providers, "as_of": made.AsOf.String(), "period": options.Period.String()})
	}
	printer.Generated(made)
	fmt.Fprintf(a.out, "pxq run --workspace %s --period %s --as-of %s\n", a.workspace, options.Period, made.AsOf)
	return nil
}
