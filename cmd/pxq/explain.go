package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// explainFlags are the flags of explain.
type explainFlags struct {
	provider   string
	rules, bsn bool
}

func (a *app) explainCommand() *cobra.Command {
	flags := &explainFlags{}
	command := a.command(words{
		use: both("explain REGELNUMMER|DECLARATIEREGEL", "explain REFERENCE|LINE"), short: both("waarom een zorgregel zo uitkwam, en hoe het bedrag ontstond", "explains the outcome and the amount of a record"),
		long: both("Vertelt wat van een zorgregel is geworden en waarom: de uitkomst, het bedrag, de versies, de toewijzing en wat daarvan gebruikt is, het tarief, besluiten, en de declaratieregel met de berekening; met --rules ook elke regel die is getoetst. Een declaratieregel heeft een nummer als 2026-10-000123. Met --bsn toont het de zorgregels van één cliënt; pxq vraagt het BSN en toont het niet (buiten een terminal leest het dat van standaardinvoer).",
			"Explains the outcome of a record: its amount, versions, referral and how much of that is used, price, decisions, and the line with its arithmetic; with --rules also every rule that was judged. A line has a number like 2026-10-000123. With --bsn it lists the records of one client; pxq prompts for the BSN without showing it (without a terminal it reads standard input)."),
		ends: endsPlain,
	})
	command.Args = func(cmd *cobra.Command, args []string) error {
		if flags.bsn {
			return noBSNHere(args)
		}
		return cobra.ExactArgs(1)(cmd, args)
	}
	command.RunE = func(cmd *cobra.Command, args []string) error {
		if flags.bsn {
			return a.explainClient(cmd.Context())
		}
		return a.explainIt(cmd.Context(), args[0], flags)
	}
	command.Flags().StringVar(&flags.provider, "provider", "", a.text("de `AGB`-code, als meer aanbieders het nummer gebruiken", "the `AGB` code, when several providers use the reference"))
	command.Flags().BoolVar(&flags.rules, "rules", false, a.text("toon ook elke regel die is getoetst", "also show every rule that was judged"))
	command.Flags().BoolVar(&flags.bsn, "bsn", false, a.text("zoek een cliënt; pxq vraagt het BSN", "find a client; pxq prompts for the BSN"))
	return command
}

// noBSNHere refuses arguments: a BSN must not be given on the command line.
func noBSNHere(args []string) error {
	if len(args) == 0 {
		return nil
	}
	return usage("geef geen BSN op de opdrachtregel: daar is het te zien. pxq vraagt erom.", "do not give a BSN on the command line: it is visible there. pxq asks for it.")
}

func (a *app) explainIt(ctx context.Context, what string, flags *explainFlags) error {
	return a.in(ctx, existing, func(w *workspace.Workspace) error {
		explained, err := w.Explain(ctx, what, billing.AGBOf(flags.provider))
		if err != nil {
			return err
		}
		return a.printer(explained.Book).Explained(explained, flags.rules)
	})
}

// explainClient shows the records of one client. It asks for the BSN, since the shell keeps the command line and others can
// see it.
func (a *app) explainClient(ctx context.Context) error {
	return a.in(ctx, existing, func(w *workspace.Workspace) error {
		bsn, err := a.secret("BSN (wordt niet getoond): ", "BSN (not shown): ")
		if err != nil {
			return err
		}
		found, err := w.FindClient(ctx, bsn)
		if err != nil {
			return err
		}
		return a.printer(found.Book).Client(found)
	})
}
