package terminal

import (
	"fmt"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// Comparison prints what differs between the last run of a period and the one before it; compared is false when there is only
// one run.
func (p *Printer) Comparison(period billing.Period, comparison *workspace.Comparison, compared bool) error {
	switch {
	case p.JSON:
		return p.writeJSON(comparisonJSON(comparison, compared))
	case !compared:
		p.Line("Periode %s heeft pas één run: er is niets om mee te vergelijken.", "Period %s has had only one run: there is nothing to compare it with.", period)
	default:
		p.printComparison(comparison)
	}
	return nil
}

// changesShown is how many lines and how many records are listed; --json has all.
const changesShown = 50

func (p *Printer) printComparison(comparison *workspace.Comparison) {
	fmt.Fprintf(p.Out, p.text("Periode %s: de run met peildatum %s tegenover die met peildatum %s\n", "Period %s: the run as of %s compared with the one as of %s\n"),
		comparison.After.Month(), p.date(comparison.After.AsOf), p.date(comparison.Before.AsOf))
	total := billing.Money(0)
	p.gap()
	fmt.Fprintf(p.Out, "%s: %s\n", p.text("Declaratieregels", "Lines"), p.count(len(comparison.Lines)))
	for i := range comparison.Lines {
		change := &comparison.Lines[i]
		total += change.Net()
		if i < changesShown {
			fmt.Fprintf(p.Out, "  %s %s\n", p.lineChange(change), p.causesOf(change))
		}
	}
	p.more(len(comparison.Lines))
	fmt.Fprintf(p.Out, "  %s %s\n", p.text("samen", "total"), p.euros(total))
	if len(comparison.Causes) > 1 {
		for _, cause := range comparison.Causes {
			fmt.Fprintf(p.Out, "    %s %s\n", cause.Cause.Text().In(p.Language), p.euros(cause.Amount))
		}
	}
	p.gap()
	fmt.Fprintf(p.Out, "%s: %s\n", p.text("Zorgregels", "Records"), p.count(len(comparison.Rows)))
	for _, row := range comparison.Rows[:min(changesShown, len(comparison.Rows))] {
		fmt.Fprintf(p.Out, "  %s %s: %s → %s (%s)\n", row.Provider, row.Reference, p.outcomeWithCodes(row.Before, row.BeforeCodes),
			p.outcomeWithCodes(row.After, row.AfterCodes), p.place(row.File, row.Sheet, row.Row))
	}
	p.more(len(comparison.Rows))
}

func (p *Printer) more(count int) {
	if count > changesShown {
		fmt.Fprintf(p.Out, "  … %s %s (--json)\n", p.text("en nog", "and more:"), p.count(count-changesShown))
	}
}

// lineChange returns the text of a line that was added (+), removed (-) or changed (~), without its client.
func (p *Printer) lineChange(change *workspace.LineChange) string {
	line := change.Line()
	mark := "~"
	switch {
	case change.Before == nil:
		mark = "+"
	case change.After == nil:
		mark = "-"
	}
	return fmt.Sprintf("%s %s, %s, %s %s, %s %s, %s: %s;", mark, p.municipality(line.Municipality), line.Provider, p.text("toewijzing", "referral"),
		change.Referral, line.Product, line.CareMonth, p.kind(line.Kind), p.euros(change.Net()))
}

// causesOf returns why a line changed; several causes each have their amount.
func (p *Printer) causesOf(change *workspace.LineChange) string {
	if len(change.Causes) <= 1 {
		return change.Cause.Text().In(p.Language)
	}
	parts := make([]string, len(change.Causes))
	for i, cause := range change.Causes {
		parts[i] = cause.Cause.Text().In(p.Language) + " " + p.euros(cause.Amount)
	}
	return strings.Join(parts, ", ")
}

func (p *Printer) outcomeWithCodes(outcome billing.Outcome, codes string) string {
	if outcome == 0 {
		return p.text("niet bekend", "unknown")
	}
	return strings.TrimSpace(p.outcome(outcome) + " " + codes)
}

// comparisonJSON returns a comparison for JSON, without clients.
func comparisonJSON(comparison *workspace.Comparison, compared bool) object {
	lines, rows := []object{}, []object{}
	for i := range comparison.Lines {
		change := &comparison.Lines[i]
		line := change.Line()
		lines = append(lines, object{"municipality": line.Municipality, "provider": line.Provider, "referral": change.Referral, "product": line.Product,
			"unit": line.Unit.String(), "care_month": line.CareMonth.String(), "kind": string(line.Kind), "before": lineStateJSON(change.Before),
			"after": lineStateJSON(change.After), "net": change.Net().String(), "cause": string(change.Cause), "causes": causeAmountsJSON(change.Causes)})
	}
	for _, row := range comparison.Rows {
		rows = append(rows, object{"provider": row.Provider, "reference": row.Reference, "file": row.File, "sheet": row.Sheet, "row": row.Row,
			"before": outcomeName(row.Before), "before_codes": row.BeforeCodes, "after": outcomeName(row.After), "after_codes": row.AfterCodes})
	}
	return object{"period": comparison.After.Month().String(), "compared": compared, "lines": lines, "causes": causeAmountsJSON(comparison.Causes), "records": rows}
}

// lineStateJSON returns a line of one run for JSON; null when the run does not have it.
func lineStateJSON(line *billing.DeclaredLine) any {
	if line == nil {
		return nil
	}
	return object{"quantity": line.Quantity.Format(line.Unit), "price": line.Price.String(), "amount": line.Amount.String(), "records": line.Records}
}

func causeAmountsJSON(causes []workspace.CauseAmount) []object {
	list := []object{}
	for _, cause := range causes {
		list = append(list, object{"cause": string(cause.Cause), "net": cause.Amount.String()})
	}
	return list
}

func outcomeName(outcome billing.Outcome) string {
	if outcome == 0 {
		return ""
	}
	return outcome.String()
}
