package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/internal/synthetic"
	"github.com/pxq-nl/pxq/rates"
)

// The month and the size of the demo.
const (
	demoFolder  = "pxq-demo"
	demoRecords = 12_000
	demoSeed    = 1
)

var demoPeriod = billing.PeriodOf(2026, 10)

func (a *app) demoCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "demo [MAP]",
		Short: "Maakt een verzonnen maand van de regio en draait die / makes a synthetic month of the region and runs it",
		Long: `Maakt een werkmap (standaard pxq-demo) met een verzonnen maar aannemelijke maand van de regio, en draait de
maandelijkse batch. Alle cliënten, tarieven en codes zijn verzonnen.

Makes a workspace (pxq-demo) with a synthetic but realistic month of the region and runs it.
Exit status: 0 done; 1 failed; 2 wrong usage; 3 done, but a file was refused whole.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			folder := demoFolder
			if len(args) == 1 {
				folder = args[0]
			}
			return a.demo(cmd.Context(), folder)
		},
	}
}

func (a *app) demo(ctx context.Context, folder string) error {
	if err := a.makeWorkspace(folder, false); err != nil {
		return err
	}
	made, err := a.generate(ctx, folder, synthetic.Options{Records: demoRecords, Seed: demoSeed, Period: demoPeriod})
	if err != nil {
		return err
	}
	a.workspace = folder
	if a.asOf == "" {
		a.asOf = made.AsOf.String()
	}
	if err := a.runBatch(ctx, &runFlags{period: demoPeriod.String()}); err != nil || a.json {
		return err
	}
	fmt.Fprintf(a.out, "\n%s\n  %s\n", a.text("Kijk zelf:", "See for yourself:"), filepath.Join(folder, "reports", demoPeriod.String()))
	fmt.Fprintf(a.out, "  pxq status --workspace %s\n", folder)
	fmt.Fprintf(a.out, "  pxq run --workspace %s --period %s --as-of %s\n", folder, demoPeriod, a.asOf)
	return nil
}

func (a *app) generateCommand() *cobra.Command {
	options := synthetic.Options{}
	period := ""
	command := &cobra.Command{
		Use:   "generate --records N --seed S",
		Short: "Vult de werkmap met verzonnen gegevens / fills the workspace with synthetic data",
		Long: `Schrijft verzonnen toewijzingen en aanleveringen in de werkmap, van elke omvang, voor proeven en metingen.
Met --plain als eenvoudige xlsx-bestanden die ook andere programma's kunnen lezen, met het contractenboek erbij.

Writes synthetic referrals and submissions into the workspace, of any size.
Exit status: 0 done; 1 failed; 2 wrong usage.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			var err error
			if options.Period, err = parsePeriod(period); err != nil {
				return err
			}
			if options.Records < 1 || options.Records > synthetic.RecordsMax {
				return usage("--records is een getal van 1 tot %d.", "--records is a number from 1 to %d.", synthetic.RecordsMax)
			}
			made, err := a.generate(cmd.Context(), a.workspace, options)
			if err != nil {
				return err
			}
			return a.showGenerated(made, options)
		},
	}
	flags := command.Flags()
	flags.IntVar(&options.Records, "records", demoRecords, "aantal zorgregels / number of records")
	flags.Uint64Var(&options.Seed, "seed", demoSeed, "een ander getal geeft een andere werkmap / another number gives another workspace")
	flags.BoolVar(&options.Plain, "plain", false, "eenvoudige xlsx, met het boek in contract/ / plain xlsx, with the book in contract/")
	flags.StringVar(&period, "period", demoPeriod.String(), "de zorgmaand / the care month")
	return command
}

// generate makes synthetic data in the folder of a workspace.
func (a *app) generate(ctx context.Context, folder string, options synthetic.Options) (*synthetic.Summary, error) {
	options.Language = a.language
	options.Book, options.Tables = rates.HartVanBrabant(), rates.HartVanBrabantTables()
	made, err := synthetic.Generate(ctx, folder, options)
	if err != nil {
		if errors.Is(err, fs.ErrExist) {
			return nil, failure("In %s staat deze verzonnen maand al. Kies een andere map of een andere --period.",
				"This synthetic month is in %s already. Choose another folder or another --period.", folder)
		}
		return nil, unwritable(folder, err)
	}
	return made, nil
}

func (a *app) showGenerated(made *synthetic.Summary, options synthetic.Options) error {
	if a.json {
		return a.writeJSON(object{"files": made.Files, "records": made.Records, "clients": made.Clients, "referrals": made.Referrals,
			"providers": made.Providers, "as_of": made.AsOf.String(), "period": options.Period.String()})
	}
	fmt.Fprintf(a.out, a.text("%s zorgregels van %s cliënten bij %s aanbieders, %s toewijzingen, in %s bestanden.\n",
		"%s care records of %s clients at %s providers, %s referrals, in %s files.\n"), a.count(made.Records), a.count(made.Clients),
		a.count(made.Providers), a.count(made.Referrals), a.count(len(made.Files)))
	fmt.Fprintf(a.out, "pxq run --workspace %s --period %s --as-of %s\n", a.workspace, options.Period, made.AsOf)
	return nil
}
