package reports

import (
	"maps"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// addStranger counts a new row with an AGB code that the book does not have for who sent it. The row itself stands in
// a return file of that code, which is nobody's: whoever mistyped a code would never learn of it.
func (g *gathering) addStranger(row *report.Row) {
	provider := row.Record.Provider
	if row.Before != billing.NoOutcome || row.Outcome != billing.Rejected || provider == "" || g.Book.Provider(provider) != nil || g.Book.Provider(row.SentBy) == nil {
		return
	}
	g.provider(row.SentBy).strangers[provider]++
}

// strangersNote tells a provider of rows in its files that bear a code the book does not have: the code and how many,
// nothing else, since they may be another's.
func (g *gathering) strangersNote(page *workbook.Page, p *provider) {
	if len(p.strangers) == 0 {
		return
	}
	count := 0
	for _, rows := range p.strangers {
		count += rows
	}
	page.Skip()
	page.Paragraph(g.say("In uw bestanden staan regels met een AGB-code die niet in het contractenboek staat (%s). Aantal: %d; zij staan niet in dit werkboek. Zijn het regels van u, lever ze dan opnieuw aan met uw eigen AGB-code.",
		strings.Join(slices.Sorted(maps.Keys(p.strangers)), ", "), count))
}
