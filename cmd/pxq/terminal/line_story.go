package terminal

import (
	"fmt"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// printLineStory prints the story of a line.
func (p *Printer) printLineStory(line *workspace.LineStory) {
	l := line.Line
	number := l.Number
	if number == "" {
		number = p.text("nog niet definitief", "not yet final")
	}
	p.heading("Declaratieregel "+number+" ("+p.kind(l.Kind)+")", "Line "+number+" ("+p.kind(l.Kind)+")")
	fmt.Fprintf(p.Out, "  %s %s, %s %s, %s %s, %s %s, %s %s, %s %s\n", p.text("periode", "period"), l.Period, p.text("zorgmaand", "care month"), l.CareMonth,
		p.text("gemeente", "municipality"), p.municipality(l.Municipality), p.text("aanbieder", "provider"), p.providerName(l.Provider),
		p.text("toewijzing", "referral"), line.Referral, p.text("product", "product"), l.Product)
	if l.Kind == billing.Credit {
		fmt.Fprintf(p.Out, "  %s %s: %s\n", p.text("neemt terug", "takes back"), l.Original, p.euros(l.Amount))
		return
	}
	for _, row := range line.Rows {
		fmt.Fprintf(p.Out, "    %-24s %s  %s\n", row.Shown.Reference, p.date(row.Record.First), p.qty(row.Record.Quantity, row.Record.Unit))
	}
	if line.Product != nil && line.Product.WholeHours && l.Unit == billing.Time {
		fmt.Fprintf(p.Out, "  %s %s → %s\n", p.text("hele uren:", "whole hours:"), p.qty(line.Exact, l.Unit), p.qty(l.Quantity, l.Unit))
	}
	fmt.Fprintf(p.Out, "  %s × %s = %s\n", p.qty(l.Quantity, l.Unit), p.euros(billing.Money(l.Price)), p.euros(l.Amount))
	unit := p.text("honderdsten van een minuut", "hundredths of a minute")
	if l.Unit == billing.Daypart {
		unit = p.text("honderdsten van een dagdeel", "hundredths of a day-part")
	}
	p.Line("  (precies: %s, want pxq rekent in %s)", "  (exactly: %s, because pxq calculates in %s)", strings.ReplaceAll(workspace.Arithmetic(&l), ".", p.text(",", ".")), unit)
}

// lineStoryJSON returns the story of a line for JSON.
func lineStoryJSON(line *workspace.LineStory) object {
	l := line.Line
	records := []object{}
	for _, row := range line.Rows {
		records = append(records, object{"reference": row.Shown.Reference, "care_date": row.Record.First.String(), "hundredths": row.Record.Quantity})
	}
	return object{"line": l.Number, "kind": string(l.Kind), "period": l.Period.String(), "care_month": l.CareMonth.String(), "municipality": l.Municipality,
		"provider": l.Provider, "referral": line.Referral, "product": l.Product, "unit": l.Unit.String(), "hundredths": l.Quantity, "price": l.Price.String(),
		"amount": l.Amount.String(), "original_line": l.Original, "records": records, "arithmetic": workspace.Arithmetic(&l)}
}
