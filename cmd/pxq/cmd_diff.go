package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/batch"
)

func (a *app) diffCommand() *cobra.Command {
	period := ""
	command := &cobra.Command{
		Use:   "diff --period JJJJ-MM",
		Short: "Wat de laatste run anders maakte dan de run ervoor / what the last run made otherwise than the one before",
		Long: `Vergelijkt de laatste run van een periode met de run van die periode daarvoor: welke declaratieregels kwamen,
gingen of wijzigden, waardoor en voor hoeveel, en van welke zorgregels de uitkomst of de codes wijzigden.

Compares the last run of a period with the run of that period before it: which lines came, went or changed, why and
for how much, and of which records the outcome or the codes changed.
Exit status: 0 done; 1 failed; 2 wrong usage.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.diff(cmd.Context(), period) },
	}
	command.Flags().StringVar(&period, "period", "", "de maand / the month")
	return command
}

func (a *app) diff(ctx context.Context, text string) error {
	period, err := parsePeriod(text)
	if err != nil {
		return err
	}
	w, err := a.openWorkspace(ctx, false)
	if err != nil {
		return err
	}
	defer w.close()
	if _, err := w.book(); err != nil {
		return err
	}
	diff, ok, err := w.batch.Diff(ctx, period)
	if err != nil {
		return err
	}
	if a.json {
		return a.writeJSON(diffJSON(diff, ok))
	}
	if !ok {
		fmt.Fprintf(a.out, a.text("Periode %s heeft pas één run: er is niets om mee te vergelijken.\n", "Period %s has one run only: there is nothing to compare with.\n"), period)
		return nil
	}
	a.printDiff(diff)
	return nil
}

// changesShown is how many lines and how many records are named one by one; --json names all.
const changesShown = 50

func (a *app) printDiff(diff *batch.Diff) {
	fmt.Fprintf(a.out, a.text("Periode %s: de run met peildatum %s tegenover die met peildatum %s\n", "Period %s: the run as of %s against that as of %s\n"),
		diff.After.Month(), a.date(billing.Date(diff.After.AsOf)), a.date(billing.Date(diff.Before.AsOf)))
	total := billing.Money(0)
	fmt.Fprintf(a.out, "\n%s: %s\n", a.text("Declaratieregels", "Lines"), a.count(len(diff.Lines)))
	for i := range diff.Lines {
		change := &diff.Lines[i]
		total += change.Net()
		if i < changesShown {
			fmt.Fprintf(a.out, "  %s %s\n", a.lineChange(change), change.Cause.Text().In(a.language))
		}
	}
	a.more(len(diff.Lines))
	fmt.Fprintf(a.out, "  %s %s\n", a.text("samen", "together"), a.euros(total))
	fmt.Fprintf(a.out, "\n%s: %s\n", a.text("Zorgregels", "Records"), a.count(len(diff.Rows)))
	for _, row := range diff.Rows[:min(changesShown, len(diff.Rows))] {
		fmt.Fprintf(a.out, "  %s %s: %s → %s (%s)\n", row.Provider, row.Reference, a.outcomeWithCodes(row.Before, row.BeforeCodes),
			a.outcomeWithCodes(row.After, row.AfterCodes), a.place(row.File, row.Sheet, row.Row))
	}
	a.more(len(diff.Rows))
}

func (a *app) more(count int) {
	if count > changesShown {
		fmt.Fprintf(a.out, "  … %s %s (--json)\n", a.text("en nog", "and more:"), a.count(count-changesShown))
	}
}

// lineChange writes a line that came, went or changed, without its client.
func (a *app) lineChange(change *batch.LineChange) string {
	line := change.Line()
	mark := "~"
	switch {
	case change.Before == nil:
		mark = "+"
	case change.After == nil:
		mark = "-"
	}
	return fmt.Sprintf("%s %s, %s, %s %s, %s %s, %s: %s;", mark, a.municipality(line.Municipality), line.Provider, a.text("toewijzing", "referral"),
		withoutBSN(line.Referral, line.BSN), line.Product, line.CareMonth, a.kind(line.Kind), a.euros(change.Net()))
}

// withoutBSN takes the client's number out of a referral's: some administrations make the one of the other.
func withoutBSN(text, bsn string) string {
	if bsn == "" {
		return text
	}
	return strings.ReplaceAll(text, bsn, billing.Mask(bsn))
}

func (a *app) outcomeWithCodes(outcome billing.Outcome, codes string) string {
	if outcome == 0 {
		return a.text("niet bekend", "not known")
	}
	return strings.TrimSpace(a.outcome(outcome) + " " + codes)
}

// diffJSON is the difference for programs, without clients.
func diffJSON(diff *batch.Diff, compared bool) object {
	lines, rows := []object{}, []object{}
	for i := range diff.Lines {
		change := &diff.Lines[i]
		line := change.Line()
		lines = append(lines, object{"municipality": line.Municipality, "provider": line.Provider, "referral": withoutBSN(line.Referral, line.BSN), "product": line.Product,
			"unit": line.Unit.String(), "care_month": line.CareMonth.String(), "kind": string(line.Kind), "before": lineStateJSON(change.Before),
			"after": lineStateJSON(change.After), "net": change.Net().String(), "cause": string(change.Cause)})
	}
	for _, row := range diff.Rows {
		rows = append(rows, object{"provider": row.Provider, "reference": row.Reference, "file": row.File, "sheet": row.Sheet, "row": row.Row,
			"before": outcomeName(row.Before), "before_codes": row.BeforeCodes, "after": outcomeName(row.After), "after_codes": row.AfterCodes})
	}
	return object{"period": diff.After.Month().String(), "compared": compared, "lines": lines, "records": rows}
}

// lineStateJSON gives what a line said; null when it was not there.
func lineStateJSON(line *billing.DeclaredLine) any {
	if line == nil {
		return nil
	}
	return object{"quantity": line.Quantity.Format(line.Unit), "price": line.Price.String(), "amount": line.Amount.String(), "records": line.Records}
}

func outcomeName(outcome billing.Outcome) string {
	if outcome == 0 {
		return ""
	}
	return outcome.String()
}
