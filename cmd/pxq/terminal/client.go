package terminal

import (
	"fmt"
	"strings"

	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// Client prints the records of one client, without identifying the client.
func (p *Printer) Client(c *workspace.ClientRows) error {
	if p.JSON {
		rows := []object{}
		for _, row := range c.Rows {
			rows = append(rows, object{"provider": row.Provider, "reference": row.Reference, "care_date": row.First.String(), "product": row.Product,
				"unit": row.Unit.String(), "quantity": row.Quantity.Format(row.Unit), "outcome": row.Outcome.String(), "codes": row.Codes})
		}
		return p.writeJSON(object{"period": c.Period.String(), "records": rows})
	}
	p.Line("%s van deze cliënt, na de run van %s:", "%s of this client, after the run of %s:", p.records(len(c.Rows)), c.Period)
	for _, row := range c.Rows {
		fmt.Fprintln(p.Out, strings.TrimRight(fmt.Sprintf("  %s  %-8s %-20s %-8s %14s  %s %s", p.date(row.First), row.Provider, row.Reference, row.Product,
			p.qty(row.Quantity, row.Unit), p.in(colourOf(row.Outcome), p.outcome(row.Outcome)), row.Codes), " "))
	}
	p.gap()
	p.Line("‘pxq explain REGELNUMMER --provider AGB’ vertelt het hele verhaal van een regel.", "“pxq explain REFERENCE --provider AGB” tells the whole story of a record.")
	return nil
}
