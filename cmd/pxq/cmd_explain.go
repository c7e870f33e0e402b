package main

import (
	"context"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/billing/ledger"
)

func (a *app) explainCommand() *cobra.Command {
	provider := ""
	command := &cobra.Command{
		Use:   "explain REGELNUMMER|DECLARATIEREGEL",
		Short: "Het hele verhaal van een zorgregel of declaratieregel / the whole story of a record or a line",
		Long: `Vertelt waarom een zorgregel deze uitkomst heeft en hoe het bedrag ontstond: waar hij vandaan kwam, zijn
versies, de toewijzing en wat daarvan gebruikt is, het tarief, elke regel, besluiten, en de declaratieregel met
de berekening. Een declaratieregel heeft een nummer als 2026-10-000123.

Tells why a record got this outcome and how its amount came about; or how a line of a declaration did.
Exit status: 0 done; 1 failed; 2 wrong usage.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.explainIt(cmd.Context(), args[0], provider) },
	}
	command.Flags().StringVar(&provider, "provider", "", "AGB-code, als meer aanbieders het nummer gebruiken / AGB code, when several providers use the number")
	return command
}

var lineNumber = regexp.MustCompile(`^\d{4}-\d{2}-\d{6}$`)

func (a *app) explainIt(ctx context.Context, what, provider string) error {
	w, err := a.openWorkspace(ctx, false)
	if err != nil {
		return err
	}
	defer w.close()
	book, err := w.book()
	if err != nil {
		return err
	}
	providers, err := w.batch.Store.ProvidersOf(ctx, what)
	if err != nil {
		return err
	}
	if len(providers) == 0 && lineNumber.MatchString(what) {
		line, err := w.reporter().ExplainLine(ctx, what, w.setting(book))
		if err != nil {
			return err
		}
		if a.json {
			return a.writeJSON(lineStoryJSON(line))
		}
		a.tellLine(line)
		return nil
	}
	key, err := a.whichRecord(what, provider, providers)
	if err != nil {
		return err
	}
	story, err := w.reporter().Explain(ctx, key, w.setting(book))
	if err != nil {
		return err
	}
	if a.json {
		return a.writeJSON(a.storyJSON(story))
	}
	a.tell(story)
	return nil
}

// whichRecord finds the one record that is meant.
func (a *app) whichRecord(reference, provider string, providers []string) (ledger.Key, error) {
	switch {
	case provider != "":
		return ledger.Key{Provider: provider, Reference: reference}, nil
	case len(providers) == 0:
		return ledger.Key{}, failure("Regelnummer %s is niet bekend. Schrijf het zoals in de aanlevering.", "Reference %s is not known. Write it as in the submission.", reference)
	case len(providers) > 1:
		return ledger.Key{}, failure("Regelnummer %s wordt door %d aanbieders gebruikt: %s. Kies er een met --provider.",
			"Reference %s is used by %d providers: %s. Choose one with --provider.", reference, len(providers), strings.Join(providers, ", "))
	}
	return ledger.Key{Provider: providers[0], Reference: reference}, nil
}
