package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"
)

func (a *app) verifyCommand() *cobra.Command {
	head := ""
	command := &cobra.Command{
		Use:   "verify",
		Short: "Bewijst dat aan het grootboek niets is gewijzigd / proves that nothing of the ledger was changed",
		Long: `Berekent de hashketen, de aansluiting en de totalen van elke afgesloten periode opnieuw uit de bewaarde
regels, en zegt wat afwijkt. Met --head vergelijkt het met een hoofd dat u buiten de database bewaarde.

Recomputes the hash chain, the reconciliation and the totals of every closed period, and says what differs.
Exit status: 0 nothing differs; 1 something differs, or failed; 2 wrong usage.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.verify(cmd.Context(), head) },
	}
	command.Flags().StringVar(&head, "head", "", "hoofd van de keten zoals ‘pxq close’ het gaf / head of the chain as “pxq close” gave it")
	return command
}

func (a *app) verify(ctx context.Context, head string) error {
	w, err := a.openWorkspace(ctx, false)
	if err != nil {
		return err
	}
	defer w.close()
	verified, err := w.batch.Verify(ctx, head)
	if err != nil {
		return err
	}
	faults := []string{}
	for _, fault := range verified.Faults {
		faults = append(faults, fault.In(a.language))
	}
	if len(faults) > 0 {
		a.status = failed
	}
	if a.json {
		return a.writeJSON(object{"periods": verified.Periods, "lines": verified.Lines, "rows": verified.Rows, "head": verified.Head, "faults": faults})
	}
	for _, fault := range faults {
		fmt.Fprintln(a.out, fault)
	}
	fmt.Fprintf(a.out, a.text("%s afgesloten perioden, %s definitieve regels en %s zorgregels nagerekend: %s.\n",
		"%s closed periods, %s final lines and %s records recomputed: %s.\n"), a.count(verified.Periods), a.count(verified.Lines), a.count(verified.Rows),
		a.verdict(len(faults)))
	if verified.Head != "" {
		fmt.Fprintf(a.out, "%s %s\n", a.text("Hoofd van de keten:", "Head of the chain:"), verified.Head)
	}
	return nil
}

func (a *app) verdict(faults int) string {
	if faults == 0 {
		return a.text("niets wijkt af", "nothing differs")
	}
	return fmt.Sprintf(a.text("%d afwijkingen", "%d differences"), faults)
}
