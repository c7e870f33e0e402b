package terminal

import (
	"fmt"
	"strings"

	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// Statement prints the production statement of a year.
func (p *Printer) Statement(s *workspace.Statement) error {
	if p.JSON {
		return p.writeJSON(yearJSON(s))
	}
	p.printYear(s)
	return nil
}

func (p *Printer) printYear(s *workspace.Statement) {
	year, reasons, sums := s.Year, s.Provisional, s.Sums()
	state := p.text("DEFINITIEF", "FINAL")
	if len(reasons) > 0 {
		state = p.text("VOORLOPIG", "PROVISIONAL")
	}
	p.gap()
	fmt.Fprintf(p.Out, "%s %d – %s\n", p.text("Productieverantwoording", "Production statement"), year.Year, state)
	for _, row := range []struct {
		label string
		sum   workspace.Sum
		count func(int) string
	}{
		{p.text("gedeclareerd", "declared"), workspace.Sum{Count: sums.Final.Debits, Amount: sums.Final.Debit}, p.lines},
		{p.text("gecrediteerd", "credited"), workspace.Sum{Count: sums.Final.Credits, Amount: sums.Final.Credit}, p.lines},
		{p.text("netto", "net"), workspace.Sum{Count: sums.Final.Lines(), Amount: sums.Final.Net()}, p.lines},
		{p.text("in uitval", "held"), sums.Held, p.records},
		{p.text("nog niet afgesloten", "not closed yet"), sums.Open, p.lines},
	} {
		number, things, _ := strings.Cut(row.count(row.sum.Count), " ")
		fmt.Fprintf(p.Out, "  %-20s %16s %9s %s\n", row.label, p.euros(row.sum.Amount), number, things)
	}
	if len(reasons) > 0 {
		p.gap()
		fmt.Fprintf(p.Out, "%s\n", p.text("Waarom voorlopig", "Why provisional"))
	}
	for _, reason := range reasons {
		fmt.Fprintf(p.Out, "  • %s\n", reason)
	}
	p.printWorkbooks(s.Workbooks)
	if year.Head != "" {
		fmt.Fprintf(p.Out, "%s\n  %s\n", p.text("Hoofd van de keten:", "Head of the chain:"), year.Head)
	}
}

// yearJSON returns a production statement for JSON. Amounts are strings, in euros with two decimals.
func yearJSON(s *workspace.Statement) object {
	year, reasons, sums := s.Year, s.Provisional, s.Sums()
	return object{
		"year": year.Year, "final": len(reasons) == 0, "reasons": listOf(reasons), "closed_until": year.Until.String(), "head": year.Head,
		"lines": sums.Final.Lines(), "debit": sums.Final.Debit.String(), "credit": sums.Final.Credit.String(), "net": sums.Final.Net().String(),
		"held": sumJSON(sums.Held), "not_closed": object{"lines": sums.Open.Count, "amount": sums.Open.Amount.String()},
		"reports": s.Workbooks.Folder, "workbooks": listOf(s.Workbooks.Files), "kept": listOf(s.Workbooks.Kept),
	}
}
