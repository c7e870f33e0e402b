// From the cell to the euro, 7 of 8. The declaration is the target (billing/line.go) minus the ledger, key by key.
// The lines of the difference are kept with the run, numbered and chained by the close, and shown by
// exporters/reports/gemeente/gemeente.go.

package billing

import (
	"fmt"
	"slices"
)

// Balance returns the debit lines of a ledger that no credit has undone.
func Balance(ledger []DeclaredLine) []DeclaredLine {
	undone := make(map[string]bool)
	for i := range ledger {
		if ledger[i].Kind == Credit {
			undone[ledger[i].Original] = true
		}
	}
	var balance []DeclaredLine
	for _, line := range ledger {
		if line.Kind != Credit && !undone[line.Number] {
			balance = append(balance, line)
		}
	}
	return balance
}

// lineValue is what two equal lines have in common.
type lineValue struct {
	LineKey
	price    Price
	quantity Quantity
	amount   Money
}

func valueOf(line Line) lineValue {
	return lineValue{line.LineKey, line.Price, line.Quantity, line.Amount}
}

// difference returns the declaration: the target minus the ledger, line key by line key. Late care, corrections,
// withdrawn records, changed referrals and retroactive prices all follow from it. Frozen care months are left alone.
func (j *Judge) difference(target []Line, ledger []DeclaredLine) []DeclaredLine {
	ever := make(map[LineKey]bool)
	for i := range ledger {
		ever[ledger[i].LineKey] = true
	}
	open := make(map[lineValue][]DeclaredLine) // balance lines that may stay
	for _, line := range Balance(ledger) {
		if line.CareMonth >= j.Policy.RecalculateFrom {
			value := valueOf(line.Line)
			open[value] = append(open[value], line)
		}
	}
	var declaration []DeclaredLine
	for _, line := range target {
		value := valueOf(line)
		if same := open[value]; len(same) > 0 {
			open[value] = same[1:]
			continue
		}
		kind := Regular
		switch {
		case ever[line.LineKey]:
			kind = Correction
		case line.CareMonth < j.Period:
			kind = Late
		}
		declaration = append(declaration, DeclaredLine{Line: line, Kind: kind, Period: j.Period})
	}
	for _, lines := range open {
		for _, line := range lines {
			declaration = append(declaration, credit(line, j.Period))
		}
	}
	slices.SortFunc(declaration, CompareDeclared)
	return declaration
}

// credit returns the credit of a declared line: its price and quantity with a negative amount, and its number as
// Original (iJw IV091).
func credit(line DeclaredLine, period Period) DeclaredLine {
	original := line.Number
	line.Amount, line.Kind, line.Period, line.Number, line.Original = -line.Amount, Credit, period, "", original
	return line
}

// Balanced checks that the client's ledger and declaration together come to its target, to the cent, in every care
// month that is not frozen; the error names one key for which they do not. This is the invariant of the whole
// program, so it is checked on every client of every run.
func (j *Judge) Balanced(judgement *Judgement, ledger []DeclaredLine) error {
	sums := make(map[LineKey]Money)
	for _, line := range ledger {
		if line.CareMonth >= j.Policy.RecalculateFrom {
			sums[line.LineKey] += line.Amount
		}
	}
	for _, line := range judgement.Declaration {
		sums[line.LineKey] += line.Amount
	}
	for _, line := range judgement.Target {
		sums[line.LineKey] -= line.Amount
	}
	for key, sum := range sums {
		if sum != 0 {
			return fmt.Errorf("ledger and declaration differ from the target by %s for provider %s, referral %s, product %s, care month %s",
				sum, key.Provider, key.Referral, key.Product, key.CareMonth)
		}
	}
	return nil
}
