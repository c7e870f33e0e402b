package batch

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// refuseExamples refuses to close a run with a line that depends on a price or a contract which the book marks as an
// example: nobody agreed on it. A credit only takes back what was declared, so it depends on neither.
func refuseExamples(ctx context.Context, tx *ledger.Tx, run ledger.Run, input RunInput) error {
	if input.AllowExamples {
		return nil
	}
	examples, lines := make(map[billing.Text]bool), 0
	err := tx.EachLine(ctx, run, func(line *billing.DeclaredLine) error {
		if line.Kind == billing.Credit {
			return nil
		}
		found := examplesUnder(input.Book, &line.Line)
		for _, example := range found {
			examples[example] = true
		}
		if len(found) > 0 {
			lines++
		}
		return nil
	})
	if err != nil || lines == 0 {
		return err
	}
	names := exampleNames(examples)
	return ledger.Refuse("Periode %[1]s kan niet worden afgesloten: declaratieregels (%[2]d) berusten op wat in het contractenboek bij bron als voorbeeld is gemerkt: %[3]s. "+
		"Zet er in wat is afgesproken, met de bron daarvan, en doe ‘pxq run --period %[1]s’. In een werkmap om te proberen (trial = true in pxq.toml) mag het wel.",
		"Period %[1]s cannot be closed: lines (%[2]d) are based on what the contract book marks as an example in bron: %[4]s. "+
			"Fill in what was agreed, with its source, and do “pxq run --period %[1]s”. In a trial workspace (trial = true in pxq.toml) it is allowed.",
		run.Month(), lines, names.Dutch, names.English)
}

// examplesUnder returns the names of the prices and contracts marked as examples on which a line depends.
func examplesUnder(book *billing.Book, line *billing.Line) []billing.Text {
	prices, contracts := book.ExamplesUnder(line)
	found := make([]billing.Text, 0, len(prices)+len(contracts))
	for _, row := range prices {
		english := row.Price.String()
		price := billing.Text{Dutch: strings.Replace(english, ".", ",", 1), English: english}
		found = append(found, billing.Texts("tarief %s van product %s", "price %s of product %s", price, row.Product))
	}
	for _, contract := range contracts {
		found = append(found, billing.Texts("contract van %s voor segment %s", "contract of %s for segment %s", contract.Provider, contract.Segment))
	}
	return found
}

// examplesNamed is the largest number of examples that a refusal names.
const examplesNamed = 10

// exampleNames returns the first of the examples as a text, and how many more there are.
func exampleNames(examples map[billing.Text]bool) billing.Text {
	all := slices.SortedFunc(maps.Keys(examples), func(a, b billing.Text) int { return strings.Compare(a.Dutch, b.Dutch) })
	var dutch, english []string
	for _, example := range all[:min(examplesNamed, len(all))] {
		dutch, english = append(dutch, example.Dutch), append(english, example.English)
	}
	names := billing.Text{Dutch: strings.Join(dutch, ", "), English: strings.Join(english, ", ")}
	if rest := len(all) - examplesNamed; rest > 0 {
		names.Dutch += " en nog " + strconv.Itoa(rest)
		names.English += " and " + strconv.Itoa(rest) + " more"
	}
	return names
}
