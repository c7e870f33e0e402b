package workspace

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/rules"
)

// examplesNamed is how many examples a refusal names.
const examplesNamed = 5

// exampleList gathers the prices and contracts marked as an example that lines rest on.
type exampleList struct {
	lines int
	rows  map[billing.Text]bool
}

func (l *exampleList) add(book *billing.Book, line *billing.DeclaredLine) {
	prices, contracts := examplesUnder(book, line)
	if len(prices)+len(contracts) == 0 {
		return
	}
	l.lines++
	if l.rows == nil {
		l.rows = make(map[billing.Text]bool)
	}
	for _, price := range prices {
		l.rows[billing.Text{
			Dutch:   fmt.Sprintf("tarief %s van product %s", strings.ReplaceAll(price.Price.String(), ".", ","), price.Product),
			English: fmt.Sprintf("price %s of product %s", price.Price, price.Product),
		}] = true
	}
	for _, contract := range contracts {
		l.rows[billing.Text{
			Dutch:   fmt.Sprintf("contract van %s voor segment %s", contract.Provider, contract.Segment),
			English: fmt.Sprintf("contract of %s for segment %s", contract.Provider, contract.Segment),
		}] = true
	}
}

// count tells how many lines rest on an example, as the beginning of a sentence.
func (l *exampleList) count() billing.Text {
	if l.lines == 1 {
		return billing.Text{Dutch: "1 declaratieregel berust", English: "1 line rests"}
	}
	return billing.Text{Dutch: rules.Count(l.lines, "nl") + " declaratieregels berusten", English: rules.Count(l.lines, "en") + " lines rest"}
}

// names names the first of the examples and counts the others.
func (l *exampleList) names() billing.Text {
	rows := slices.SortedFunc(maps.Keys(l.rows), func(a, b billing.Text) int { return strings.Compare(a.Dutch, b.Dutch) })
	var dutch, english []string
	for _, row := range rows[:min(examplesNamed, len(rows))] {
		dutch, english = append(dutch, row.Dutch), append(english, row.English)
	}
	more := billing.Text{}
	if rest := len(rows) - examplesNamed; rest > 0 {
		more = billing.Text{Dutch: fmt.Sprintf(" en nog %d", rest), English: fmt.Sprintf(" and %d more", rest)}
	}
	return billing.Text{Dutch: strings.Join(dutch, ", ") + more.Dutch, English: strings.Join(english, ", ") + more.English}
}

// examplesUnder returns the prices and contracts marked as an example in bron that a line rests on: the rows of its price
// that are valid in its care month, and the contract of its provider on its first care date.
func examplesUnder(book *billing.Book, line *billing.DeclaredLine) (prices []*billing.PriceRow, contracts []*billing.Contract) {
	for i := range book.Prices {
		row := &book.Prices[i]
		if row.Product == line.Product && row.Unit == line.Unit && row.Price == line.Price && (row.Provider == "" || row.Provider == line.Provider) &&
			row.From <= line.CareMonth.Last() && (row.To.IsZero() || row.To >= line.First) && isExample(row.SourceOfRow) {
			prices = append(prices, row)
		}
	}
	if product := book.Product(line.Product); product != nil {
		for _, contract := range book.ContractsOf(line.Provider, product.Segment, line.First) {
			if contract.Includes(product.Code) && isExample(contract.SourceOfRow) {
				contracts = append(contracts, contract)
			}
		}
	}
	return prices, contracts
}

func isExample(source string) bool { return strings.HasPrefix(billing.Fold(source), "voorbeeld") }
