package main

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/internal/synthetic"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// The month and the size of the demo.
const (
	demoFolder  = "pxq-demo"
	demoRecords = 12_000
	demoSeed    = 1
)

var demoPeriod = billing.PeriodOf(2026, 10)

func (a *app) demoCommand() *cobra.Command {
	command := a.command(words{
		use: both("demo [MAP]", "demo [FOLDER]"), short: both("maakt een verzonnen maand van de regio en draait die", "makes a synthetic month of the region and runs it"),
		long: both("Maakt een werkmap (standaard pxq-demo) met een verzonnen maar aannemelijke maand van de regio, en draait de maandelijkse batch. Alle cliënten, tarieven en codes zijn verzonnen.",
			"Makes a workspace (pxq-demo by default) with a synthetic but realistic month of the region, and runs the monthly batch. All clients, prices and codes are made up."),
		ends: endsTaking,
	})
	command.Args = cobra.MaximumNArgs(1)
	command.RunE = func(cmd *cobra.Command, args []string) error {
		folder := demoFolder
		if len(args) == 1 {
			folder = args[0]
		}
		return a.demo(cmd.Context(), folder)
	}
	return command
}

func (a *app) demo(ctx context.Context, folder string) error {
	if err := workspace.CreateTrial(folder); err != nil {
		return err
	}
	made, err := a.generate(ctx, folder, synthetic.Options{Records: demoRecords, Seed: demoSeed, Period: demoPeriod})
	if err != nil {
		return err
	}
	a.workspace = folder
	if a.asOf == "" {
		a.asOf, a.day = made.AsOf.String(), made.AsOf
	}
	if err := a.runBatch(ctx, &runFlags{period: demoPeriod.String()}); err != nil || a.json {
		return err
	}
	fmt.Fprintf(a.out, "\n%s\n  %s\n", a.text("Kijk zelf:", "See for yourself:"), filepath.Join(folder, "reports", demoPeriod.String()))
	fmt.Fprintf(a.out, "  pxq status --workspace %s\n", folder)
	fmt.Fprintf(a.out, "  pxq run --workspace %s --period %s --as-of %s\n", folder, demoPeriod, a.asOf)
	return nil
}
