package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

func (a *app) verifyCommand() *cobra.Command {
	head := ""
	command := a.command(words{
		use: same("verify"), short: both("bewijst dat aan het grootboek niets is gewijzigd", "proves that the ledger was not changed"),
		long: both("Berekent de hashketen, de aansluiting en de totalen van elke afgesloten periode opnieuw uit de bewaarde regels, en zegt wat afwijkt (dan is de exitstatus 1). Met --head vergelijkt het met een hoofd dat u buiten de database bewaarde.",
			"Recomputes the hash chain, the reconciliation and the totals of every closed period from what is stored, and reports differences (with exit status 1). With --head it compares the chain with a head that you kept outside the database."),
		ends: endsPlain,
	})
	command.Args = cobra.NoArgs
	command.RunE = func(cmd *cobra.Command, _ []string) error { return a.verify(cmd.Context(), head) }
	command.Flags().StringVar(&head, "head", "", a.text("het `HOOFD` van de keten zoals ‘pxq close’ het gaf", "the `HEAD` of the chain that “pxq close” printed"))
	return command
}

func (a *app) verify(ctx context.Context, head string) error {
	if head = strings.ToLower(strings.TrimSpace(head)); aWholeHash.FindString(head) != head {
		return usage("‘%s’ is geen hoofd van een keten. Geef de 64 tekens (0-9 en a-f) die ‘pxq close’ gaf.", "“%s” is not the head of a chain. Give the 64 characters (0-9 and a-f) that “pxq close” gave.", head)
	}
	return a.looking(ctx, func(w *workspace.Workspace) error {
		verified, err := w.Verify(ctx, head)
		if err != nil {
			return err
		}
		if len(verified.Faults) > 0 {
			a.status = failed
		}
		return a.printer(nil).Verified(verified)
	})
}

func (a *app) auditCommand() *cobra.Command {
	last := 20
	command := a.command(words{
		use: same("audit"), short: both("toont wie wat deed, en bewijst dat daaraan niets is gewijzigd", "shows who did what, and proves that this was not changed"),
		long: both("Toont het logboek: elke opdracht die iets wijzigde of wilde wijzigen, met wanneer (UTC), wie op welke computer, de bestanden met hun hash, aantallen en de uitkomst. Regels worden alleen bijgeschreven en zijn aan elkaar geketend met een hash; ‘pxq audit’ rekent die keten na en zegt wat afwijkt (dan is de exitstatus 1).",
			"Shows the audit trail: every command that changed something or tried to, with the time (UTC), who ran it on which computer, the files with their hashes, counts and the result. Entries are only added, and chained by hashes; “pxq audit” recomputes that chain and reports differences (with exit status 1)."),
		ends: endsPlain,
	})
	command.Args = cobra.NoArgs
	command.RunE = func(cmd *cobra.Command, _ []string) error { return a.audit(cmd.Context(), last) }
	command.Flags().IntVar(&last, "last", last, a.text("toon de laatste `AANTAL` opdrachten (standaard 20); 0 is alle", "show the last `NUMBER` of commands (default 20); 0 is all"))
	return command
}

func (a *app) audit(ctx context.Context, last int) error {
	return a.looking(ctx, func(w *workspace.Workspace) error {
		told, err := w.Trail(ctx)
		if err != nil {
			return err
		}
		if len(told.Faults) > 0 {
			a.status = failed
		}
		return a.printer(nil).Trail(told, last)
	})
}

func (a *app) diffCommand() *cobra.Command {
	period := ""
	command := a.command(words{
		use: both("diff --period JJJJ-MM", "diff --period YYYY-MM"), short: both("wat de laatste run anders maakte dan de run ervoor", "shows what the last run changed since the one before"),
		long: both("Vergelijkt de laatste run van een periode met de run van die periode daarvoor: welke declaratieregels kwamen, gingen of wijzigden, waardoor en voor hoeveel, en van welke zorgregels de uitkomst of de codes wijzigden.",
			"Compares the last run of a period with the previous run of that period: which lines were added, removed or changed, why and by how much, and which records changed in outcome or codes."),
		ends: endsPlain,
	})
	command.Args = cobra.NoArgs
	command.RunE = func(cmd *cobra.Command, _ []string) error { return a.diff(cmd.Context(), period) }
	command.Flags().StringVar(&period, "period", "", a.text("de `MAAND`, zoals 2026-10", "the `MONTH`, like 2026-10"))
	return command
}

func (a *app) diff(ctx context.Context, text string) error {
	period, err := parsePeriod(text)
	if err != nil {
		return err
	}
	return a.in(ctx, existing, func(w *workspace.Workspace) error {
		comparison, compared, book, err := w.Compare(ctx, period)
		if err != nil {
			return err
		}
		return a.printer(book).Comparison(period, comparison, compared)
	})
}
