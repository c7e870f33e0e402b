package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/exporters/templates"
	"github.com/pxq-nl/pxq/importers"
	"github.com/pxq-nl/pxq/importers/table"
	"github.com/pxq-nl/pxq/rates"
)

// templates are what can be filled in.
var templateKinds = map[string]func(string, templates.Head) error{
	"submission": templates.Submission, "referrals": templates.Referrals, "contract": templates.Contract,
}

// templateFlags are the flags of template.
type templateFlags struct{ out, provider string }

func (a *app) templateCommand() *cobra.Command {
	flags := &templateFlags{}
	command := &cobra.Command{
		Use:   "template submission|referrals|contract --out BESTAND.xlsx",
		Short: "Maakt een leeg werkboek om in te vullen / makes an empty workbook to fill in",
		Long: `Maakt een leeg werkboek met keuzelijsten, controles en uitleg: voor een aanlevering, voor toewijzingen of
voor het contractenboek. Met --provider staan de producten en prijzen van die aanbieder erin. Een bestand dat er al is
blijft staan.

Makes an empty workbook with drop-downs, checks and an explanation. A file that is there already is left alone.
Exit status: 0 done; 1 failed; 2 wrong usage.`,
		Args: cobra.MatchAll(cobra.ExactArgs(1), func(_ *cobra.Command, args []string) error {
			if templateKinds[args[0]] == nil {
				return usage("template kent submission, referrals en contract, niet ‘%s’.", "template knows submission, referrals and contract, not “%s”.", args[0])
			}
			return nil
		}),
		RunE: func(_ *cobra.Command, args []string) error { return a.makeTemplate(args[0], flags) },
	}
	command.Flags().StringVar(&flags.out, "out", "", "het werkboek dat gemaakt wordt / the workbook to make")
	command.Flags().StringVar(&flags.provider, "provider", "", "AGB-code van de aanbieder die het invult / of the provider that fills it in")
	return command
}

func (a *app) makeTemplate(what string, flags *templateFlags) error {
	if filepath.Ext(flags.out) != ".xlsx" {
		return usage("geef het werkboek een naam die op .xlsx eindigt: --out sjabloon.xlsx.", "give the workbook a name that ends in .xlsx: --out template.xlsx.")
	}
	if flags.provider != "" && what != "submission" {
		return usage("--provider hoort bij pxq template submission.", "--provider goes with pxq template submission.")
	}
	asOf, err := a.day()
	if err != nil {
		return err
	}
	settings, err := readSettings(filepath.Join(a.workspace, "pxq.toml"))
	if err != nil {
		return err
	}
	if a.lang == "" {
		a.language = settings.Language
	}
	book, found, err := importers.Book(filepath.Join(a.workspace, "contract"), table.DefaultLimits())
	if err != nil {
		return err
	}
	if !found {
		book = rates.HartVanBrabant()
	}
	if flags.provider != "" && book.Provider(flags.provider) == nil {
		return failure("Aanbieder %s staat niet in het contractenboek. Kijk de AGB-code na, of voeg de aanbieder toe.",
			"Provider %s is not in the contract book. Check the AGB code, or add the provider.", flags.provider)
	}
	err = templateKinds[what](flags.out, templates.Head{
		Region: settings.Region, Language: a.language, Program: program(), AsOf: asOf, Book: book, Provider: flags.provider,
	})
	if errors.Is(err, fs.ErrExist) {
		return failure("%s is er al en blijft staan: misschien is het ingevuld. Kies een andere naam.",
			"%s is there already and is left alone: it may be filled in. Choose another name.", flags.out)
	}
	if err != nil {
		return unwritable(flags.out, err)
	}
	if a.json {
		return a.writeJSON(object{"file": flags.out, "template": what})
	}
	fmt.Fprintf(a.out, "%s %s\n", a.text("Sjabloon gemaakt:", "Template made:"), flags.out)
	return nil
}
