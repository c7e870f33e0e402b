package main

import (
	"context"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// templateFlags are the flags of template.
type templateFlags struct{ out, provider string }

func (a *app) templateCommand() *cobra.Command {
	flags := &templateFlags{}
	command := a.command(words{
		use: both("template submission|referrals|contract --out BESTAND.xlsx", "template submission|referrals|contract --out FILE.xlsx"), short: both("maakt een leeg werkboek om in te vullen", "creates an empty workbook to fill in"),
		long: both("Maakt een leeg werkboek met keuzelijsten, controles en uitleg: voor een aanlevering, voor toewijzingen of voor het contractenboek. Met --provider staan de producten en prijzen van die aanbieder erin. Een bestand dat er al is blijft staan.",
			"Creates an empty workbook with drop-downs, checks and an explanation: for a submission, for referrals or for the contract book. With --provider it contains the products and prices of that provider. An existing file is never overwritten."),
		ends: endsPlain,
	})
	command.Args = cobra.MatchAll(cobra.ExactArgs(1), func(_ *cobra.Command, args []string) error {
		if !slices.Contains(workspace.TemplateKinds, args[0]) {
			return usage("template kent submission, referrals en contract, niet ‘%s’.", "template can make submission, referrals and contract, not “%s”.", args[0])
		}
		return nil
	})
	command.RunE = func(cmd *cobra.Command, args []string) error { return a.makeTemplate(cmd.Context(), args[0], flags) }
	command.Flags().StringVar(&flags.out, "out", "", a.text("het `BESTAND` dat gemaakt wordt", "the `FILE` to create"))
	command.Flags().StringVar(&flags.provider, "provider", "", a.text("de `AGB`-code van de aanbieder die het invult", "the `AGB` code of the provider that fills it in"))
	return command
}

func (a *app) makeTemplate(ctx context.Context, what string, flags *templateFlags) error {
	if filepath.Ext(flags.out) != ".xlsx" {
		return usage("geef het werkboek een naam die op .xlsx eindigt: --out sjabloon.xlsx.", "give the workbook a name that ends in .xlsx: --out template.xlsx.")
	}
	if flags.provider != "" && what != "submission" {
		return usage("--provider hoort bij pxq template submission.", "--provider goes with pxq template submission.")
	}
	folder, err := a.folder()
	if err != nil {
		return err
	}
	if err := folder.Template(what, flags.out, billing.AGBOf(flags.provider), a.day); err != nil {
		return err
	}
	a.noted(ctx, "sjabloon: "+flags.out)
	printer := a.printer(nil)
	if a.json {
		return printer.Object(map[string]any{"file": flags.out, "template": what})
	}
	printer.Line("Sjabloon gemaakt: %s", "Template created: %s", flags.out)
	return nil
}
