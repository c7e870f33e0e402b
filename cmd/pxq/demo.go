package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/internal/synthetic"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// The contents of the demo.
const (
	demoFolder  = "pxq-demo"
	demoRecords = 12_000
	demoSeed    = 1
)

var demoPeriod = billing.PeriodOf(2026, 10)

func (a *app) demoCommand() *cobra.Command {
	command := a.command(words{
		use: both("demo [MAP]", "demo [FOLDER]"), short: both("maakt een verzonnen maand van de regio en draait die", "creates a synthetic month of the region and runs it"),
		long: both("Maakt een werkmap (standaard pxq-demo) met een verzonnen maar aannemelijke maand van de regio, en draait de maandelijkse batch. Alle cliënten, tarieven en codes zijn verzonnen.",
			"Creates a workspace (pxq-demo by default) with a synthetic but realistic month of the region, and runs the monthly batch. All clients, prices and codes are fictitious."),
		ends: endsTaking,
	})
	serve, listen := false, listenHere
	command.Flags().BoolVar(&serve, "serve", false, a.text("bedien daarna de pagina's, met een account per rol", "serve the pages afterwards, with an account per role"))
	command.Flags().StringVar(&listen, "listen", listenHere, a.text("luister op `ADRES`, met --serve (standaard "+listenHere+")", "listen on `ADDRESS`, with --serve (default "+listenHere+")"))
	command.Args = cobra.MaximumNArgs(1)
	command.RunE = func(cmd *cobra.Command, args []string) error {
		folder := demoFolder
		switch {
		case len(args) == 1:
			folder = args[0]
		case a.chosen:
			folder = a.workspace
		}
		if serve {
			return a.serveDemo(cmd.Context(), folder, listen)
		}
		return a.demo(cmd.Context(), folder)
	}
	return command
}

func (a *app) demo(ctx context.Context, folder string) error {
	if database := a.databaseAddress(); database != "" {
		if err := workspace.MayTry(ctx, folder, database); err != nil {
			return err
		}
	}
	made, err := workspace.CreateDemo(ctx, folder, synthetic.Options{Records: demoRecords, Seed: demoSeed, Period: demoPeriod, Language: a.language, One: true})
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

// serveDemo makes the demo, unless the folder has a workspace already, and serves its pages.
func (a *app) serveDemo(ctx context.Context, folder, listen string) error {
	if _, err := os.Stat(filepath.Join(folder, "pxq.toml")); err != nil {
		if err := a.demo(ctx, folder); err != nil {
			return err
		}
	}
	a.workspace = folder
	first := a.day // the as-of date of the demo, which may be later than today
	return a.serve(ctx, listen, func() billing.Date { return max(first, billing.DateOf(time.Now())) })
}
